import { Duration } from 'cdk8s';
import { SinkGatewayRuleOptions } from './sink-gateway-rule-options';
import { sinkGatewayThresholds } from './sink-gateway-thresholds';
import { AlertingRule, RuleSet, Severity } from '../../monitoring/rules';
import { trustedAlert, trustedGroup } from '../../monitoring/rules/trusted';
import { downRule, jobMatcher, jobRules, promql, RuleContext } from '../component-rules';

/** Default name of the scrape job; `forward()` names it as the gateway. */
export const SINK_GATEWAY_JOB = 'sink-gateway';

const GATEWAY = 'Sink gateway {{ $labels.namespace }}/{{ $labels.service }}';
const LOG = '`kubectl -n {{ $labels.namespace }} logs -l app.kubernetes.io/instance={{ $labels.service }} --tail=20`';
const KEPT = 'Prometheus keeps them for about two hours, then they are lost';
const QUARTER = Duration.minutes(15);
const GROUPING = 'cluster, job, namespace, service';

/** Rules about a sink gateway: gone, and samples that the sink does not get, or late. */
export function sinkGatewayRules({ jobName = SINK_GATEWAY_JOB }: RuleContext = {}, options: SinkGatewayRuleOptions = {}): RuleSet {
  return jobRules(jobName, SINK_GATEWAY_JOB, trustedGroup({
    name: 'sink-gateway',
    rules: [
      downRule({
        alert: 'SinkGatewayDown', what: 'the sink gateway', jobName,
        consequence: 'if it does not run, its sink gets no samples, and a Prometheus that writes to it loses them after about two hours',
      }),
      ...delivery(jobMatcher(jobName), options),
    ],
  }));
}

function delivery(job: string, options: SinkGatewayRuleOptions): AlertingRule[] {
  const { failedPercent, deliverySeconds } = sinkGatewayThresholds(options);
  const sum = (metric: string) => `sum by (${GROUPING}) (rate(${metric}{${job}}[5m]))`;
  return [
    trustedAlert({
      alert: 'SinkGatewayDeliveryFailing',
      // A request has a duration once the sink has its samples; neither those that fail nor those that Prometheus gives up have one.
      expr: promql`
        100 * (1 - ${sum('input_latency_ns_count')} / (${sum('input_received')} > 0))
        > ${failedPercent}`,
      for: QUARTER,
      severity: Severity.CRITICAL,
      summary: 'Samples do not reach their sink',
      description: `${GATEWAY} has failed to deliver {{ printf "%.0f" $value }}% of the requests of Prometheus for [for]. The sink is away, or rejects the `
        + `gateway's password or certificate. ${KEPT}. The reason is in the log: ${LOG}.`,
    }),
    trustedAlert({
      alert: 'SinkGatewaySamplesRejected',
      expr: `${sum('sink_samples_rejected')} > 0`,
      for: QUARTER,
      severity: Severity.WARNING,
      summary: 'A sink rejects samples',
      description: `${GATEWAY} drops {{ printf "%.1f" $value }} samples a second that its sink rejects for good, such as those with too many labels or of a time that it does not keep. `
        + `The reason is in the log: ${LOG}.`,
    }),
    trustedAlert({
      alert: 'SinkGatewayDeliverySlow',
      expr: promql`
        histogram_quantile(0.9, sum by (${GROUPING}, le) (rate(input_latency_ns_bucket{${job}}[5m])))
        > ${deliverySeconds}`,
      for: QUARTER,
      severity: Severity.WARNING,
      summary: 'Samples reach their sink slowly',
      description: `One in ten deliveries of ${GATEWAY.replace('Sink', 'sink')} takes longer than {{ printf "%.1f" $value }} seconds; Prometheus gives up a request after 60 and `
        + 'sends it again. The sink is slow, or the gateway needs more CPU.',
    }),
  ];
}
