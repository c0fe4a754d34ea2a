import { Duration } from 'cdk8s';
import { LOG, PROMETHEUS, counterRule } from './counter-rule';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { latest, promql } from '../component-rules';
import { trustedAlert } from '../../monitoring/rules/trusted';

const QUARTER = Duration.minutes(15);

/** Finding targets, scraping them, and the limits on that. */
export function prometheusScrapeRules(job: string): AlertingRule[] {
  return [
    counterRule({
      alert: 'PrometheusSDRefreshFailure',
      counter: `prometheus_sd_refresh_failures_total{${job}}`,
      range: '10m',
      hold: Duration.minutes(20),
      summary: 'Prometheus cannot refresh its targets',
      says: 'fails to refresh the targets of {{ with $labels.config }}job {{ . }}, {{ end }}mechanism {{ $labels.mechanism }}; it keeps those that it knew. '
        + `Its log says why${LOG}.`,
    }),
    counterRule({
      alert: 'PrometheusKubernetesListWatchFailures',
      counter: `prometheus_sd_kubernetes_failures_total{${job}}`,
      range: '5m',
      hold: QUARTER,
      summary: 'Requests of Prometheus to the API server fail',
      says: 'fails to discover targets: failed requests to the API server in [5m]: {{ printf "%.0f" $value }}. '
        + `The API server is away or slow, or a role lacks a rule; its log says which${LOG}.`,
    }),
    counterRule({
      alert: 'PrometheusTargetSyncFailure',
      counter: `prometheus_target_sync_failed_total{${job}}`,
      range: '30m',
      hold: Duration.minutes(5),
      severity: Severity.CRITICAL,
      summary: 'Prometheus drops targets of a job',
      says: 'has dropped targets of job {{ $labels.scrape_job }} in [30m] because their labels or the job are invalid: {{ printf "%.0f" $value }}. '
        + `Its log names them${LOG}.`,
    }),
    trustedAlert({
      alert: 'PrometheusNotIngestingSamples',
      expr: promql`
        sum without (type) (rate(prometheus_tsdb_head_samples_appended_total{${job}}[5m])) <= 0
        and (
          sum without (scrape_job) (${latest(`prometheus_target_metadata_cache_entries{${job}}`)}) > 0
          or sum without (rule_group) (${latest(`prometheus_rule_group_rules{${job}}`)}) > 0
        )`,
      for: Duration.minutes(10),
      severity: Severity.WARNING,
      summary: 'Prometheus stores nothing',
      description: `${PROMETHEUS} has targets or rules and yet has stored no sample for [for].`,
    }),
    ...sampleRules(job),
    ...limitRules(job),
  ];
}

function sampleRules(job: string): AlertingRule[] {
  return [
    counterRule({
      alert: 'PrometheusDuplicateTimestamps',
      counter: `prometheus_target_scrapes_sample_duplicate_timestamp_total{${job}}`,
      range: '5m',
      hold: Duration.minutes(10),
      summary: 'Prometheus drops samples that contradict each other',
      says: 'has dropped samples in [5m] that had another value for a time that was stored already: {{ printf "%.0f" $value }}. '
        + 'Two targets may have the same labels. With log level debug its log names the series.',
    }),
    counterRule({
      alert: 'PrometheusOutOfBoundsTimestamps',
      counter: `prometheus_target_scrapes_sample_out_of_bounds_total{${job}}`,
      range: '5m',
      hold: Duration.minutes(10),
      summary: 'Prometheus drops samples that are far too old or new',
      says: 'has dropped samples in [5m] whose timestamps are too far from the time that it has: {{ printf "%.0f" $value }}. '
        + 'The clock of a target or of its own node may be wrong.',
    }),
    counterRule({
      alert: 'PrometheusOutOfOrderTimestamps',
      counter: `prometheus_target_scrapes_sample_out_of_order_total{${job}}`,
      range: '5m',
      hold: Duration.minutes(10),
      summary: 'Prometheus drops samples that come late',
      says: 'has dropped samples in [5m] that were older than what was stored already: {{ printf "%.0f" $value }}. Targets may set their own timestamps.',
    }),
  ];
}

function limitRules(job: string): AlertingRule[] {
  const limit = (alert: string, metric: string, summary: string, says: string) => counterRule({
    alert, counter: `${metric}{${job}}`, range: '5m', hold: QUARTER, summary, says,
  });
  return [
    limit(
      'PrometheusTargetLimitHit', 'prometheus_target_scrape_pool_exceeded_target_limit_total',
      'A scrape job has more targets than it may', 'has found more targets for a scrape job in [5m] than its limit allows, and scrapes none of that job. Its page Target health shows the job.',
    ),
    limit(
      'PrometheusLabelLimitHit', 'prometheus_target_scrape_pool_exceeded_label_limits_total',
      'Targets have more labels than they may', 'has failed scrapes in [5m] because series had too many or too long labels: {{ printf "%.0f" $value }}. Its page Target health shows the targets.',
    ),
    limit(
      'PrometheusScrapeBodySizeLimitHit', 'prometheus_target_scrapes_exceeded_body_size_limit_total',
      'Targets expose more bytes than they may', 'has failed scrapes in [5m] because the answer was too big: {{ printf "%.0f" $value }}. Its page Target health shows the targets.',
    ),
    limit(
      'PrometheusScrapeSampleLimitHit', 'prometheus_target_scrapes_exceeded_sample_limit_total',
      'Targets expose more samples than they may', 'has failed scrapes in [5m] because there were too many samples: {{ printf "%.0f" $value }}. Its page Target health shows the targets.',
    ),
  ];
}
