import { Duration } from 'cdk8s';
import { claimFilling } from './claim-filling';
import { AlertingRule, RuleSet, Severity } from '../../monitoring/rules';
import { trustedAlert, trustedGroup } from '../../monitoring/rules/trusted';
import { downRule, jobMatcher, jobRules, promql, RuleContext } from '../component-rules';

/** Default name of the scrape job. */
export const INFLUXDB2_JOB = 'influxdb2';

/** Options of the rules about InfluxDB 2. */
export interface InfluxDb2RuleOptions {
  /**
   * Share of the claim that is free below which InfluxDB2DiskFilling fires, if it would be full within 4 days, in percent.
   * @default 15
   */
  readonly freeDiskPercent?: number;

  /**
   * Share of its write requests that it answers by an error of its own, 5xx, above which InfluxDB2IngestionFailing fires, in percent.
   * @default 1
   */
  readonly writeErrorPercent?: number;

  /**
   * Name of the kubelets' scrape job, which knows how full the claim is.
   * @default kubelet
   */
  readonly kubeletJobName?: string;
}

/** Facts that an InfluxDB 2 knows, and that its rules follow. */
export interface InfluxDb2RuleContext extends RuleContext {
  /** Its namespace; `monitoring` if undefined. */
  readonly namespace?: string;
  /** Its claim; that of an InfluxDB named `influxdb2` if undefined, and none if empty. */
  readonly claim?: string;
}

/** Rules about InfluxDB 2: gone, its disk, and requests to write that fail. It does not count those that it refuses, so gateways tell of them. */
export function influxDb2Rules(context: InfluxDb2RuleContext = {}, options: InfluxDb2RuleOptions = {}): RuleSet {
  const { jobName = INFLUXDB2_JOB, claim = 'data-influxdb2-0', namespace = 'monitoring' } = context;
  return jobRules(jobName, INFLUXDB2_JOB, trustedGroup({
    name: 'influxdb2',
    rules: [
      downRule({
        alert: 'InfluxDB2Down', what: 'InfluxDB 2', jobName,
        consequence: 'if it does not run, queries of it fail, and a Prometheus that forwards to it loses samples after about two hours',
      }),
      ...claimFilling('InfluxDB2DiskFilling', 'InfluxDB 2', {
        namespace, claim, freeDiskPercent: influxDb2Thresholds(options).freeDiskPercent, kubeletJobName: options.kubeletJobName,
      }),
      ingestionFailing(jobMatcher(jobName), options),
    ],
  }));
}

/** Thresholds of the alerts about InfluxDB 2, which colour dashboards too. Percentages are 0 to 100. */
export function influxDb2Thresholds({ freeDiskPercent = 15, writeErrorPercent = 1 }: InfluxDb2RuleOptions = {}) {
  return { freeDiskPercent, writeErrorPercent };
}

function ingestionFailing(job: string, options: InfluxDb2RuleOptions): AlertingRule {
  const writes = (more: string = '') => `sum by (cluster, job, namespace, service, pod, instance, path) (rate(http_api_requests_total{${job}, path=~"/write|/api/v2/write"${more}}[5m]))`;
  return trustedAlert({
    alert: 'InfluxDB2IngestionFailing',
    // those that it refuses, by 4XX, it does not count: the gateway tells of them
    expr: promql`
      100 * ${writes(', status="5XX"')}
        / ${writes()}
      > ${influxDb2Thresholds(options).writeErrorPercent}`,
    for: Duration.minutes(15),
    severity: Severity.CRITICAL,
    summary: 'InfluxDB 2 fails to store samples',
    description: 'InfluxDB 2 {{ $labels.namespace }}/{{ $labels.pod }} answers {{ printf "%.1f" $value }}% of the write requests at {{ $labels.path }} by an error of its '
      + 'own, such as for a full disk or a write that takes too long. Its log has the reason: kubectl logs -n {{ $labels.namespace }} {{ $labels.pod }} -c influxdb.',
  });
}
