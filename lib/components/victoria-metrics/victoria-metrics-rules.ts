import { Duration } from 'cdk8s';
import { VictoriaMetricsRuleOptions } from './victoria-metrics-rule-options';
import { victoriaMetricsThresholds } from './victoria-metrics-thresholds';
import { AlertingRule, RuleSet, Severity } from '../../monitoring/rules';
import { trustedAlert, trustedGroup } from '../../monitoring/rules/trusted';
import { downRule, jobMatcher, jobRules, promql, RuleContext } from '../component-rules';

/** Default name of the scrape job. */
export const VICTORIA_METRICS_JOB = 'victoria-metrics';

const INSTANCE = 'VictoriaMetrics {{ with $labels.pod }}{{ $labels.namespace }}/{{ . }}{{ else }}{{ $labels.instance }}{{ end }}';
const LOG = '{{ with $labels.pod }}: `kubectl -n {{ $labels.namespace }} logs {{ . }}`{{ end }}';
const QUARTER = Duration.minutes(15);

/** Rules about VictoriaMetrics: gone, its disk, and samples that it does not store. */
export function victoriaMetricsRules({ jobName = VICTORIA_METRICS_JOB }: RuleContext = {}, options: VictoriaMetricsRuleOptions = {}): RuleSet {
  const job = jobMatcher(jobName);
  return jobRules(jobName, VICTORIA_METRICS_JOB, trustedGroup({
    name: 'victoria-metrics',
    rules: [
      downRule({
        alert: 'VictoriaMetricsDown', what: 'VictoriaMetrics', jobName,
        consequence: 'if it does not run, queries of it fail, and a Prometheus that writes to it loses samples after about two hours',
      }),
      ...disk(job, options),
      ...ingestion(job, options),
    ],
  }));
}

function disk(job: string, options: VictoriaMetricsRuleOptions): AlertingRule[] {
  const { freeDiskPercent } = victoriaMetricsThresholds(options);
  const latest = (metric: string) => `last_over_time(vm_${metric}_disk_space_bytes{${job}}[5m])`;
  return [
    trustedAlert({
      alert: 'VictoriaMetricsDiskFilling',
      // It stops writing before the disk is full.
      expr: promql`
        100 * ${latest('free')} / ${latest('total')} < ${freeDiskPercent}
        and
        predict_linear(vm_free_disk_space_bytes{${job}}[6h], 4 * 24 * 3600) < last_over_time(vm_free_disk_space_limit_bytes{${job}}[5m])`,
      for: Duration.hours(1),
      severity: Severity.WARNING,
      summary: 'The disk of VictoriaMetrics fills up',
      description: `${INSTANCE} has {{ printf "%.1f" $value }}% of its disk free, and by the growth of the last 6 hours stores nothing more within 4 days. `
        + 'Grow its claim or shorten its retention.',
    }),
    trustedAlert({
      alert: 'VictoriaMetricsReadOnly',
      expr: `max_over_time(vm_storage_is_read_only{${job}}[5m]) == 1`,
      for: Duration.minutes(5),
      severity: Severity.CRITICAL,
      summary: 'The disk of VictoriaMetrics is full',
      description: `${INSTANCE} stores no samples for want of disk space; a Prometheus that writes to it loses samples after about two hours. Grow its claim.`,
    }),
  ];
}

function ingestion(job: string, options: VictoriaMetricsRuleOptions): AlertingRule[] {
  const { writeErrorPercent } = victoriaMetricsThresholds(options);
  const writes = (metric: string) => `rate(vm_http_${metric}_total{${job},protocol!=""}[5m])`;
  return [
    trustedAlert({
      alert: 'VictoriaMetricsIngestionFailing',
      expr: promql`
        100 * ${writes('request_errors')}
          / ${writes('requests')}
        > ${writeErrorPercent}`,
      for: QUARTER,
      severity: Severity.CRITICAL,
      summary: 'VictoriaMetrics rejects samples',
      description: `${INSTANCE} answers {{ printf "%.1f" $value }}% of the write requests at {{ $labels.path }} by an error. Its log says why${LOG}.`,
    }),
    trustedAlert({
      alert: 'VictoriaMetricsRowsIgnored',
      expr: `rate(vm_rows_ignored_total{${job}}[5m]) > 0`,
      for: QUARTER,
      severity: Severity.WARNING,
      summary: 'VictoriaMetrics drops samples',
      description: `${INSTANCE} accepts {{ printf "%.1f" $value }} samples a second and does not store them: {{ $labels.reason }}. Its log names the series${LOG}.`,
    }),
  ];
}
