import { Duration } from 'cdk8s';
import { bufferRules } from './buffer-rules';
import { SinkGatewayRuleOptions } from './sink-gateway-rule-options';
import { GATEWAY, GROUPING, LOG } from './sink-gateway-texts';
import { sinkGatewayThresholds } from './sink-gateway-thresholds';
import { AlertingRule, RuleSet, Severity } from '../../monitoring/rules';
import { trustedAlert, trustedGroup } from '../../monitoring/rules/trusted';
import { downRule, jobMatcher, jobRules, promql, RuleContext } from '../component-rules';

/** Default name of the scrape job; `forward()` names it as the gateway. */
export const SINK_GATEWAY_JOB = 'sink-gateway';

const KEPT = 'Prometheus keeps them for about two hours, then they are lost';
const QUARTER = Duration.minutes(15);

/** Facts about a gateway that its rules follow. */
export interface SinkGatewayRuleContext extends RuleContext {
  /** Whether it keeps samples in memory. Undefined for rules about both kinds. */
  readonly buffers?: boolean;
}

/** Rules about a sink gateway: gone, and samples that the sink does not get, or late. */
export function sinkGatewayRules(context: SinkGatewayRuleContext = {}, options: SinkGatewayRuleOptions = {}): RuleSet {
  const { jobName = SINK_GATEWAY_JOB, buffers } = context;
  const job = jobMatcher(jobName);
  return jobRules(jobName, SINK_GATEWAY_JOB, trustedGroup({
    name: 'sink-gateway',
    rules: [
      downRule({
        alert: 'SinkGatewayDown', what: 'the sink gateway', jobName,
        consequence: 'if it does not run, its sink gets no samples, and a Prometheus that writes to it loses them after about two hours',
      }),
      ...(buffers === true ? [] : [failing(job, options)]),
      rejected(job, buffers),
      ...(buffers === true ? [] : [slow(job, options)]),
      ...(buffers === false ? [] : bufferRules(job, options)),
    ],
  }));
}

/** The sum of a counter's rate over the Pods of a gateway. */
function sum(metric: string, matchers: string): string {
  return `sum by (${GROUPING}) (rate(${metric}{${matchers}}[5m]))`;
}

function failing(job: string, options: SinkGatewayRuleOptions): AlertingRule {
  return trustedAlert({
    alert: 'SinkGatewayDeliveryFailing',
    // A request has a duration once the sink has its samples; neither those that fail nor those that Prometheus gives up have one.
    expr: promql`
      100 * (1 - ${sum('input_latency_ns_count', job)} / (${sum('input_received', job)} > 0))
      > ${sinkGatewayThresholds(options).failedPercent}`,
    for: QUARTER,
    severity: Severity.CRITICAL,
    summary: 'Samples do not reach their sink',
    description: `${GATEWAY} has failed to deliver {{ printf "%.0f" $value }}% of the requests of Prometheus for [for]. The sink is away, or rejects the `
      + `gateway's password or certificate. ${KEPT}. The reason is in the log: ${LOG}.`,
  });
}

function rejected(job: string, buffers?: boolean): AlertingRule {
  const own = sum('sink_samples_rejected', job);
  const buffered = sum('internal_write_metrics_rejected', `${job}, alias="sink"`);
  return trustedAlert({
    alert: 'SinkGatewaySamplesRejected',
    expr: buffers === undefined ? promql`
      (${own} or ${buffered})
      > 0` : `${buffers ? buffered : own} > 0`,
    for: QUARTER,
    severity: Severity.WARNING,
    summary: 'A sink rejects samples',
    description: `${GATEWAY} drops {{ printf "%.1f" $value }} samples a second that its sink rejects for good, such as those with too many labels or of a time that it does not keep. `
      + `The reason is in the log: ${LOG}.`,
  });
}

function slow(job: string, options: SinkGatewayRuleOptions): AlertingRule {
  return trustedAlert({
    alert: 'SinkGatewayDeliverySlow',
    expr: promql`
      histogram_quantile(0.9, sum by (${GROUPING}, le) (rate(input_latency_ns_bucket{${job}}[5m])))
      > ${sinkGatewayThresholds(options).deliverySeconds}`,
    for: QUARTER,
    severity: Severity.WARNING,
    summary: 'Samples reach their sink slowly',
    description: `One in ten deliveries of ${GATEWAY.replace('Sink', 'sink')} takes longer than {{ printf "%.1f" $value }} seconds; Prometheus gives up a request after 60 and `
      + 'sends it again. The sink is slow, or the gateway needs more CPU.',
  });
}
