import { Duration } from 'cdk8s';
import { PROMETHEUS } from './counter-rule';
import { PrometheusRuleOptions, prometheusThresholds } from './prometheus-rule-options';
import { NOTHING } from './record-rules';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { trustedAlert } from '../../monitoring/rules/trusted';
import { escapeRegex } from '../../regex';
import { jobMatcher, latest, promql } from '../component-rules';

/** Samples of a target after metric relabelings. They are counted in scrapes that exceed the limit too. */
const SAMPLES = 'scrape_samples_post_metric_relabeling';
const QUARTER = Duration.minutes(15);

/** Series that a Prometheus is made for. */
export interface SeriesPlan {
  /** Samples that a scrape may bring, of jobs without a limit of their own. No limit if undefined. */
  readonly sampleLimit?: number;
  /** Series that its memory is planned for. Not known if undefined. */
  readonly plannedSeries?: number;
}

/** Limits on the samples of a scrape. */
export interface SampleLimits {
  /** Limit of jobs without one of their own. */
  readonly usual?: number;
  /** Limits of the others, by the name of the job. */
  readonly own: ReadonlyMap<string, number>;
}

/** Alert on a target that will soon exceed its limit, or does. */
export const NEAR_SAMPLE_LIMIT = 'PrometheusTargetNearSampleLimit';

/** Targets whose samples are nearly as many as a scrape may bring, or more. */
export function nearSampleLimit({ usual, own }: SampleLimits, options: PrometheusRuleOptions = {}): string {
  const { sampleLimitPercent } = prometheusThresholds(options);
  return byJob(own, usual, (matchers, limit) => `max_over_time(${SAMPLES}${matchers}[5m]) > ${Math.floor((limit * sampleLimitPercent) / 100)}`);
}

/** More series than a Prometheus is made for: of a target, of a job, of all. Of one that is made elsewhere only budgets are known. */
export function seriesRules(job: string, plan: SeriesPlan | undefined, options: PrometheusRuleOptions): AlertingRule[] {
  const { sampleLimit, plannedSeries } = plan ?? {};
  const { sampleLimitPercent, plannedSeriesPercent } = prometheusThresholds(options);
  const { seriesBudget = plannedSeries, seriesBudgets = {} } = options;
  const budgets = new Map(Object.entries(seriesBudgets));
  return [
    ...(plan === undefined ? [] : [trustedAlert({
      alert: NEAR_SAMPLE_LIMIT,
      expr: nearSampleLimit({ usual: sampleLimit, own: new Map() }, options),
      for: QUARTER,
      severity: Severity.WARNING,
      summary: 'A target exposes nearly as many samples as it may, or more',
      description: '{{ with $labels.pod }}Pod {{ $labels.namespace }}/{{ . }}{{ else }}Target {{ $labels.instance }}{{ end }} (job {{ $labels.job }}) exposes {{ printf "%.0f" $value }} samples, '
        + `more than ${sampleLimitPercent}% of the sample limit of its job. Above the limit its scrapes fail as a whole. See its metrics by number of series: `
        + '`topk(10, count by (__name__) ({job="{{ $labels.job }}", instance="{{ $labels.instance }}"}))`.',
    })]),
    ...(seriesBudget === undefined && budgets.size === 0 ? [] : [trustedAlert({
      alert: 'PrometheusSeriesBudgetExceeded',
      expr: byJob(budgets, seriesBudget, (matchers, budget) => `sum by (cluster, job) (max_over_time(${SAMPLES}${matchers}[2m])) > ${budget}`),
      for: QUARTER,
      severity: Severity.WARNING,
      summary: 'A scrape job exposes more series than planned',
      description: 'Job {{ $labels.job }} exposes {{ printf "%.0f" $value }} series, more than its budget: Prometheus may run out of memory. See its targets by number of series: '
        + `\`topk(10, ${SAMPLES}{job="{{ $labels.job }}"})\`.`,
    })]),
    ...(plannedSeries === undefined ? [] : [trustedAlert({
      alert: 'PrometheusSeriesAbovePlan',
      expr: `${latest(`prometheus_tsdb_head_series{${job}}`)} > ${Math.ceil((plannedSeries * plannedSeriesPercent) / 100)}`,
      for: QUARTER,
      severity: Severity.WARNING,
      summary: 'A Prometheus holds more series than its memory is planned for',
      description: `${PROMETHEUS} holds {{ printf "%.0f" $value }} series, and its memory is planned for ${plannedSeries}: it may run out of memory. `
        + `See the jobs by number of series: \`topk(10, sum by (job) (${SAMPLES}))\`.`,
    })]),
  ];
}

/** A condition on the series of each job: by its own amount, and by the usual one on all others. None of them where there is no amount. */
function byJob(own: ReadonlyMap<string, number>, usual: number | undefined, condition: (matchers: string, amount: number) => string): string {
  const others = own.size === 0 ? '' : `{job!~${JSON.stringify([...own.keys()].map(escapeRegex).join('|'))}}`;
  return [
    ...(usual === undefined ? [] : [condition(others, usual)]),
    ...[...own].map(([job, amount]) => condition(`{${jobMatcher(job)}}`, amount)),
  ].join('\nor\n') || NOTHING;
}

/** A volume that samples are stored in. */
export interface StorageVolume {
  readonly bytes: number;
  /** Bytes of it that samples may take at most, by its retention. No limit if undefined. */
  readonly retentionBytes?: number;
}

/** Warning: what is stored takes more of the volume than the retention should leave it. It is known where the kubelet is not asked, too. */
export function storageRule(job: string, { bytes, retentionBytes = 0 }: StorageVolume, options: PrometheusRuleOptions): AlertingRule {
  // Where more is kept, half of the rest has to be left.
  const percent = options.storagePercent ?? Math.max(prometheusThresholds().storagePercent, Math.round((100 * retentionBytes / bytes + 100) / 2));
  const size = (of: string) => latest(`prometheus_tsdb_${of}_bytes{${job}}`);
  return trustedAlert({
    alert: 'PrometheusStorageFillingUp',
    expr: promql`
      100 * (
        ${size('storage_blocks')}
        + ${size('wal_storage_size')}
        + ${size('head_chunks_storage_size')}
      ) / ${bytes} > ${percent}`,
    for: QUARTER,
    severity: Severity.WARNING,
    summary: 'The volume of a Prometheus fills up',
    description: `The samples of ${PROMETHEUS} take {{ printf "%.0f" $value }}% of its volume, and its retention does not free enough. When it is full, `
      + 'nothing is stored and no rule works. See blocks, write-ahead log and head on its dashboard; grow the claim, or lower `retentionSize` or `retention`.',
  });
}
