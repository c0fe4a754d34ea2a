import { Duration } from 'cdk8s';
import { claimFilling } from './claim-filling';
import { AlertingRule, RuleSet, Severity } from '../../monitoring/rules';
import { trustedAlert, trustedGroup } from '../../monitoring/rules/trusted';
import { escapeRegex } from '../../regex';
import { downRule, jobMatcher, jobRules, promql, RuleContext } from '../component-rules';

/** Default name of the scrape job. */
export const INFLUXDB_JOB = 'influxdb';

/** Options of the rules about InfluxDB. */
export interface InfluxDbRuleOptions {
  /**
   * Share of the claim that is free below which InfluxDBDiskFilling fires, if it would be full within 4 days, in percent.
   * @default 15
   */
  readonly freeDiskPercent?: number;

  /**
   * Share of the samples sent to it that it rejects above which InfluxDBIngestionFailing fires, in percent.
   * @default 1
   */
  readonly writeErrorPercent?: number;

  /**
   * Name of the kubelets' scrape job, which knows how full the claim is.
   * @default kubelet
   */
  readonly kubeletJobName?: string;

  /**
   * Name of the scrape job of the Prometheus that writes to it, which knows what InfluxDB rejects.
   * @default prometheus
   */
  readonly prometheusJobName?: string;
}

/** Facts that an InfluxDB knows, and that its rules follow. */
export interface InfluxDbRuleContext extends RuleContext {
  /** Its namespace; `monitoring` if undefined. */
  readonly namespace?: string;
  /** Its claim; that of an InfluxDB named `influxdb` if undefined, and none if empty. */
  readonly claim?: string;
  /** URL that its senders have; that of an InfluxDB named `influxdb` if undefined. */
  readonly url?: string;
}

/**
 * Rules about InfluxDB: gone, its disk, and samples that it does not store. It tells neither of its disk nor of what it rejects, so the kubelet and
 * the Prometheus that sends are asked.
 */
export function influxDbRules(context: InfluxDbRuleContext = {}, options: InfluxDbRuleOptions = {}): RuleSet {
  const { jobName = INFLUXDB_JOB, claim = 'data-influxdb-0', namespace = 'monitoring', url = 'http://influxdb.monitoring.svc:8086' } = context;
  return jobRules(jobName, INFLUXDB_JOB, trustedGroup({
    name: 'influxdb',
    rules: [
      downRule({
        alert: 'InfluxDBDown', what: 'InfluxDB', jobName,
        consequence: 'if it does not run, queries of it fail, and a Prometheus that writes to it loses samples after about two hours',
      }),
      ...claimFilling('InfluxDBDiskFilling', 'InfluxDB', {
        namespace, claim, freeDiskPercent: influxDbThresholds(options).freeDiskPercent, kubeletJobName: options.kubeletJobName,
      }),
      ingestionFailing(url, options),
    ],
  }));
}

/** Thresholds of the alerts about InfluxDB, which colour dashboards too. Percentages are 0 to 100. */
export function influxDbThresholds({ freeDiskPercent = 15, writeErrorPercent = 1 }: InfluxDbRuleOptions = {}) {
  return { freeDiskPercent, writeErrorPercent };
}

function ingestionFailing(url: string, options: InfluxDbRuleOptions): AlertingRule {
  const { writeErrorPercent } = influxDbThresholds(options);
  const matchers = `${jobMatcher(options.prometheusJobName ?? 'prometheus')}, url=~${JSON.stringify(`${escapeRegex(url)}/.*`)}`;
  const samples = (metric: string) => `rate(prometheus_remote_storage_${metric}_total{${matchers}}[5m])`;
  return trustedAlert({
    alert: 'InfluxDBIngestionFailing',
    // samples_total counts those that fail, too
    expr: promql`
      100 * ${samples('samples_failed')}
        / ${samples('samples')}
      > ${writeErrorPercent}`,
    for: Duration.minutes(15),
    severity: Severity.CRITICAL,
    summary: 'InfluxDB rejects samples',
    description: 'InfluxDB rejects {{ printf "%.1f" $value }}% of the samples that Prometheus {{ with $labels.pod }}{{ $labels.namespace }}/{{ . }}{{ else }}'
      + '{{ $labels.instance }}{{ end }} sends to {{ $labels.url }}, and they are lost. By 401 the password is not that of the writing user, by 404 the database is gone, '
      + 'by 400 it cannot store some. Its log has each request that it refuses.',
  });
}
