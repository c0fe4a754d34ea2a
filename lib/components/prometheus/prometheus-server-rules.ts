import { Duration } from 'cdk8s';
import { LOG, PROMETHEUS, counterRule } from './counter-rule';
import { PrometheusRuleOptions, prometheusThresholds } from './prometheus-rule-options';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { latest, promql } from '../component-rules';
import { trustedAlert } from '../../monitoring/rules/trusted';

/** Its configuration, its database, its rules and its queries. */
export function prometheusServerRules(job: string, options: PrometheusRuleOptions): AlertingRule[] {
  const { queryLoadPercent } = prometheusThresholds(options);
  return [
    trustedAlert({
      alert: 'PrometheusBadConfig',
      expr: `max_over_time(prometheus_config_last_reload_successful{${job}}[5m]) == 0`,
      for: Duration.minutes(10),
      severity: Severity.CRITICAL,
      summary: 'Prometheus cannot load its configuration',
      description: `${PROMETHEUS} keeps the old configuration because the new one is invalid. When it restarts, it will not start. Its log says why${LOG}.`,
    }),
    ...storage(job),
    counterRule({
      alert: 'PrometheusRuleFailures',
      counter: `prometheus_rule_evaluation_failures_total{${job}}`,
      // What fails is often the storage, and with it every group.
      over: 'rule_group',
      range: '5m',
      hold: Duration.minutes(15),
      severity: Severity.CRITICAL,
      summary: 'Rules of Prometheus fail',
      says: 'fails to evaluate rules; failures in [5m]: {{ printf "%.0f" $value }}. Its page Rule health has the rules and the errors.',
    }),
    counterRule({
      alert: 'PrometheusMissingRuleEvaluations',
      counter: `prometheus_rule_group_iterations_missed_total{${job}}`,
      over: 'rule_group',
      range: '5m',
      hold: Duration.minutes(15),
      summary: 'Prometheus is too slow for its rules',
      says: 'has left out evaluations of rule groups in [5m] because those before took too long: {{ printf "%.0f" $value }}. See which are slow: '
        + '`topk(5, prometheus_rule_group_last_duration_seconds)`.',
    }),
    trustedAlert({
      alert: 'PrometheusHighQueryLoad',
      expr: promql`
        100 * avg_over_time(prometheus_engine_queries{${job}}[5m])
          / max_over_time(prometheus_engine_queries_concurrent_max{${job}}[5m])
        > ${queryLoadPercent}`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'Prometheus runs almost as many queries as it can',
      description: `${PROMETHEUS} has been using {{ printf "%.0f" $value }}% of its query slots for [for]; more queries have to wait.`,
    }),
  ];
}

function storage(job: string): AlertingRule[] {
  return [
    counterRule({
      alert: 'PrometheusTSDBReloadsFailing',
      counter: `prometheus_tsdb_reloads_failures_total{${job}}`,
      range: '3h',
      hold: Duration.hours(4),
      summary: 'Prometheus cannot read its blocks',
      says: `fails to load blocks from disk; failures in [3h]: {{ printf "%.0f" $value }}. Its log says why${LOG}.`,
    }),
    trustedAlert({
      alert: 'PrometheusTSDBWALCorruptions',
      // It is counted while the database is opened, before the first scrape.
      expr: `${latest(`prometheus_tsdb_wal_corruptions_total{${job}}`)} > 0`,
      severity: Severity.WARNING,
      summary: 'A part of the write-ahead log of Prometheus was corrupt',
      description: `${PROMETHEUS} has found its write-ahead log corrupt since it was started, and has dropped what came after: up to some hours of samples. `
        + 'Its disk may be failing or have been full. The alert ends with the next start.',
    }),
    counterRule({
      alert: 'PrometheusTSDBCompactionsFailing',
      counter: `prometheus_tsdb_compactions_failed_total{${job}}`,
      range: '3h',
      hold: Duration.hours(4),
      summary: 'Prometheus cannot write its blocks',
      says: 'fails to compact its blocks; failures in [3h]: {{ printf "%.0f" $value }}. Memory and disk grow meanwhile; the disk may be full.',
    }),
  ];
}
