import { Duration } from 'cdk8s';
import { LOG, PROMETHEUS } from './counter-rule';
import { PrometheusRuleOptions, prometheusThresholds } from './prometheus-rule-options';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { promql } from '../component-rules';
import { trustedAlert } from '../../monitoring/rules/trusted';

const QUARTER = Duration.minutes(15);

/** The way of alerts to Alertmanager. */
export function notificationRules(job: string, options: PrometheusRuleOptions): AlertingRule[] {
  const { notificationWarningPercent, notificationCriticalPercent } = prometheusThresholds(options);
  const failed = `100 * rate(prometheus_notifications_errors_total{${job}}[5m]) / rate(prometheus_notifications_sent_total{${job}}[5m])`;
  return [
    trustedAlert({
      alert: 'PrometheusNotificationQueueRunningFull',
      // Newer versions have a queue for each Alertmanager.
      expr: promql`
        predict_linear(prometheus_notifications_queue_length{${job}}[5m], 30 * 60)
        > ignoring (alertmanager) group_left ()
        min_over_time(prometheus_notifications_queue_capacity{${job}}[5m])`,
      for: QUARTER,
      severity: Severity.WARNING,
      summary: 'The queue of alerts of a Prometheus fills up',
      description: `The alerts of ${PROMETHEUS} queue up; going by the last [5m], the queue will be full in 30 minutes, and alerts be lost.`,
    }),
    trustedAlert({
      alert: 'PrometheusErrorSendingAlertsToSomeAlertmanagers',
      expr: `${failed} > ${notificationWarningPercent}`,
      for: QUARTER,
      severity: Severity.WARNING,
      summary: 'Prometheus fails to send alerts to an Alertmanager',
      description: `${PROMETHEUS} fails to send {{ printf "%.1f" $value }}% of its alerts to Alertmanager {{ $labels.alertmanager }}. Its log says why${LOG}.`,
    }),
    trustedAlert({
      alert: 'PrometheusErrorSendingAlertsToAnyAlertmanager',
      expr: promql`
        min without (alertmanager) (
          ${failed}
        ) > ${notificationCriticalPercent}`,
      for: QUARTER,
      severity: Severity.CRITICAL,
      summary: 'Prometheus fails to send alerts to all Alertmanagers',
      description: `${PROMETHEUS} fails to send at least {{ printf "%.1f" $value }}% of its alerts to each Alertmanager: some may reach none. Its log says why${LOG}.`,
    }),
    trustedAlert({
      alert: 'PrometheusNotConnectedToAlertmanagers',
      expr: `max_over_time(prometheus_notifications_alertmanagers_discovered{${job}}[5m]) < 1`,
      for: Duration.minutes(10),
      severity: Severity.WARNING,
      summary: 'Prometheus knows no Alertmanager',
      description: `${PROMETHEUS} has found no Alertmanager to send alerts to for [for].`,
    }),
  ];
}

/** Reason for which samples are dropped before they are sent. */
const DROPPED = '{{ if eq $labels.reason "too_old" }}they are older than its sample_age_limit, because the store is away or too slow'
  + '{{ else if eq $labels.reason "nhcb_in_rw1_not_supported" }}remote write 1.0 has no native histograms with custom buckets'
  + '{{ else }}{{ $labels.reason }}{{ end }}';

/** Remote write; without it there are no such series. */
export function remoteWriteRules(job: string, options: PrometheusRuleOptions): AlertingRule[] {
  const { remoteWriteLagSeconds, remoteWriteFailedPercent } = prometheusThresholds(options);
  const samples = (metric: string) => `rate(prometheus_remote_storage_${metric}{${job}}[5m])`;
  const latest = (metric: string) => `max_over_time(prometheus_remote_storage_${metric}{${job}}[5m])`;
  const sinceSent = `${latest('highest_timestamp_in_seconds')} - ignoring (remote_name, url) group_right () ${latest('queue_highest_sent_timestamp_seconds')}`;
  return [
    trustedAlert({
      alert: 'PrometheusRemoteStorageFailures',
      // samples_total counts those that fail, too
      expr: promql`
        100 * ${samples('samples_failed_total')}
          / ${samples('samples_total')}
        > ${remoteWriteFailedPercent}`,
      for: QUARTER,
      severity: Severity.CRITICAL,
      summary: 'Prometheus loses samples on the way to remote storage',
      description: `${PROMETHEUS} fails to send {{ printf "%.1f" $value }}% of its samples to {{ $labels.remote_name }} ({{ $labels.url }}) and drops them: the store rejects them, or with 401 or 403 the credentials. Its log says which${LOG}.`,
    }),
    trustedAlert({
      alert: 'PrometheusRemoteWriteBehind',
      // Nothing is enqueued for a remote that is gone, once its queue is full: samples wait all the time, and the newest one in the queue is old.
      // Versions before 3.8 know the newest sample only for all remotes together.
      expr: promql`
        (
          ${sinceSent} and min_over_time(prometheus_remote_storage_samples_pending{${job}}[5m]) > 0
          or
          ${latest('queue_highest_timestamp_seconds')} - ${latest('queue_highest_sent_timestamp_seconds')}
          or
          ${sinceSent}
        ) > ${remoteWriteLagSeconds}`,
      for: QUARTER,
      severity: Severity.CRITICAL,
      summary: 'Remote write lags',
      description: `${PROMETHEUS} is {{ $value | humanizeDuration }} behind with sending to {{ $labels.remote_name }} ({{ $labels.url }}).`,
    }),
    trustedAlert({
      alert: 'PrometheusRemoteWriteDesiredShards',
      expr: `${latest('shards_desired')} > ${latest('shards_max')}`,
      for: QUARTER,
      severity: Severity.WARNING,
      summary: 'Remote write needs more shards than it may have',
      description: `${PROMETHEUS} would need {{ printf "%.0f" $value }} shards to keep up with {{ $labels.remote_name }} ({{ $labels.url }}), more than its max_shards.`,
    }),
    trustedAlert({
      alert: 'PrometheusRemoteWriteSamplesDropped',
      // What relabelings drop is meant.
      expr: promql`
        rate(prometheus_remote_storage_samples_dropped_total{${job},reason!="dropped_series"}[5m]) > 0
        or
        rate(prometheus_remote_storage_histograms_dropped_total{${job},reason!="dropped_series"}[5m]) > 0`,
      for: QUARTER,
      severity: Severity.WARNING,
      summary: 'Remote write drops samples',
      description: `${PROMETHEUS} drops {{ printf "%.1f" $value }} samples a second that it should send to {{ $labels.remote_name }} ({{ $labels.url }}): ${DROPPED}.`,
    }),
  ];
}
