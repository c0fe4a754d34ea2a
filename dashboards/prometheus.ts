import { prometheusThresholds } from '../lib/components/prometheus/prometheus-rule-options';
import { collapsed, dashboard, labelVariable, row, top } from './grafana/dashboard';
import { limits, step } from './grafana/fields';
import { dashed, stat, timeSeries } from './grafana/panels';
import { table } from './grafana/table';
import {
  alertsFiring, namedByGroup, ofSeries, rate, series, targetsUp, toAlertmanager, toAlerts, toCardinality, toPod, toRemoteWrite,
} from './queries';

const at = limits(prometheusThresholds());
const chosen = series('prometheus', 'pod=~"$pod"');
// The config reloader is a target of the same job.
const server = 'endpoint!="reloader-web", pod=~"$pod"';
const process = series('prometheus', server);
const OF_JOB = 'job=~"$prometheus"';
const percent = { unit: 'percent', min: 0, max: 100 } as const;
const links = [toPod(ofSeries('namespace'), ofSeries('pod'))];
const byPod = (expr: string, what: 'sum' | 'max' | 'min' = 'max') => ({ expr: `${what} by (namespace, pod) (${expr})`, legend: '{{pod}}' });
const gauge = (metric: string) => `prometheus_${metric}{${chosen}}`;
const counted = (counter: string, legend: string) => ({ expr: `sum(increase(prometheus_${counter}{${chosen}}[$__rate_interval])) or vector(0)`, legend });
const groupTime = namedByGroup(`100 * ${gauge('rule_group_last_duration_seconds')} / ${gauge('rule_group_interval_seconds')}`);
const slots = `100 * ${gauge('engine_queries')} / ${gauge('engine_queries_concurrent_max')}`;

export default dashboard({
  uid: 'prometheus',
  title: 'Monitoring / Prometheus',
  description: 'Prometheus itself: whether it scrapes, stores, evaluates and notifies, and what that costs.',
  topic: 'monitoring',
  jobs: ['prometheus'],
  variables: [labelVariable('pod', 'Pod', `prometheus_build_info{${series('prometheus')}}`, true)],
  alerts: OF_JOB,
  related: [toCardinality, toRemoteWrite],
  rows: [
    top(
      targetsUp('prometheus', 'Servers', server),
      stat('Configuration', {
        description: 'Whether the configuration was loaded. After one that is rejected Prometheus keeps the old one, and does not start again.', unit: 'short',
        base: 'red', thresholds: [step(1, 'green')], words: { 0: { text: 'rejected', color: 'red' }, 1: { text: 'loaded', color: 'green' } },
        query: `min(${gauge('config_last_reload_successful')})`,
      }),
      stat('Targets out of reach', {
        description: 'Targets of all jobs that do not answer. Nothing is known of them, and alerts about them may be missing.', unit: 'short', min: 0, decimals: 0,
        thresholds: [step(1, 'orange')], links: [toAlerts], query: `count(up{cluster=~"$cluster"} == 0) or vector(0)`,
      }),
      stat('Slowest rule group', {
        description: 'Time that the slowest group of rules takes, against its interval. At 100% evaluations are left out.', unit: 'percent', min: 0, decimals: 1,
        thresholds: [step(80, 'orange'), step(100, 'red')], query: `max(${groupTime})`,
      }),
      stat('Query slots', {
        description: 'Share of the queries that may run at once that do. At 100% queries wait, rules and dashboards among them.', ...percent, decimals: 0,
        thresholds: [at('queryLoadPercent', 'orange')], query: `max(${slots})`,
      }),
      alertsFiring(OF_JOB),
    ),
    row(
      'Scraping',
      timeSeries('Samples stored', {
        description: 'Samples a second that each Prometheus stores. A drop means lost targets, a rise comes before memory and disk run short.', unit: 'cps', width: 8, links,
        queries: [byPod(rate(gauge('tsdb_head_samples_appended_total')), 'sum')],
      }),
      timeSeries('Samples rejected', {
        description: 'Samples a second that are scraped and not stored. Duplicates are often two targets with the same labels.', unit: 'cps', width: 8,
        queries: [
          { expr: `sum(${rate(gauge('target_scrapes_sample_duplicate_timestamp_total'))})`, legend: 'duplicate' },
          { expr: `sum(${rate(gauge('target_scrapes_sample_out_of_order_total'))})`, legend: 'out of order' },
          { expr: `sum(${rate(gauge('target_scrapes_sample_out_of_bounds_total'))})`, legend: 'out of bounds' },
        ],
      }),
      timeSeries('Limits hit', {
        description: 'Scrapes, and for targets whole jobs, that exceeded a limit. None of their samples are stored.', unit: 'short', width: 8, bars: true,
        queries: [
          counted('target_scrapes_exceeded_sample_limit_total', 'samples'),
          counted('target_scrapes_exceeded_body_size_limit_total', 'body size'),
          counted('target_scrape_pool_exceeded_label_limits_total', 'labels'),
          counted('target_scrape_pool_exceeded_target_limit_total', 'targets'),
        ],
      }),
      table('Scrape jobs', {
        description: 'Targets of each job, those out of reach, and what their scrapes cost. A scrape that takes nearly its timeout is about to fail.',
        sortBy: 'Out of reach',
        columns: [
          { label: 'job', name: 'Job' },
          { query: `count by (job) (up{cluster=~"$cluster"})`, name: 'Targets', unit: 'short', decimals: 0 },
          { query: `sum by (job) (up{cluster=~"$cluster"} == bool 0)`, name: 'Out of reach', unit: 'short', decimals: 0, thresholds: [step(1, 'orange')] },
          { query: `max by (job) (scrape_duration_seconds{cluster=~"$cluster"})`, name: 'Slowest scrape', unit: 's', decimals: 2 },
          { query: `sum by (job) (scrape_samples_post_metric_relabeling{cluster=~"$cluster"})`, name: 'Samples a scrape', unit: 'short' },
          { query: `sum by (job) (scrape_series_added{cluster=~"$cluster"})`, name: 'New series', unit: 'short' },
        ],
      }),
    ),
    row(
      'Rules and queries',
      timeSeries('Rule groups by time', {
        description: 'Time that the slowest groups of rules take, against their interval. At 100% evaluations are left out.', unit: 'percent',
        thresholds: [step(100, 'red')], queries: [{ expr: `topk(10, max by (rule_group) (${groupTime}))`, legend: '{{rule_group}}' }],
      }),
      timeSeries('Rules that fail', {
        description: 'Evaluations of rules that failed, and rounds of groups that were left out because the one before took too long. Alerts are missing then.',
        unit: 'short', bars: true,
        queries: [counted('rule_evaluation_failures_total', 'failed'), counted('rule_group_iterations_missed_total', 'left out')],
      }),
      timeSeries('Queries', {
        description: 'Queries that run at once, rules among them, against the number that may. Above the dashed line the alert fires, in the dashed one queries wait.',
        ...percent, links, thresholds: [at('queryLoadPercent', 'orange')], queries: [byPod(slots)],
      }),
      timeSeries('Query time', {
        description: 'Time of the slowest 1% of queries, by what they spend it on. Time in the queue is time without a slot.', unit: 's',
        queries: [{ expr: `max by (slice) (prometheus_engine_query_duration_seconds{${chosen}, quantile="0.99"})`, legend: '{{slice}}' }],
      }),
    ),
    collapsed(
      'Memory and series',
      timeSeries('Series in memory', {
        description: 'Series of the last two to three hours, which are held in memory. Memory grows with them.', unit: 'short', width: 8, links,
        queries: [byPod(gauge('tsdb_head_series'))],
      }),
      timeSeries('New series', {
        description: 'Series a second that appear. A high rate is a label with ever new values, or Pods that are made anew all the time.', unit: 'cps', width: 8, links,
        queries: [byPod(rate(gauge('tsdb_head_series_created_total')))],
      }),
      timeSeries('Memory of servers', {
        description: 'Resident memory of each Prometheus. Its Pod shows the limit at which the kernel kills it.', unit: 'bytes', width: 8, links,
        queries: [byPod(`process_resident_memory_bytes{${process}}`)],
      }),
      timeSeries('CPU of servers', {
        description: 'Cores that each Prometheus uses.', unit: 'short', width: 8, links, queries: [byPod(rate(`process_cpu_seconds_total{${process}}`))],
      }),
      timeSeries('Memory a series', {
        description: 'Resident memory divided by the series in memory. A rise without new series is queries that need much, or labels that are long.', unit: 'bytes', width: 8, links,
        queries: [{
          expr: `sum by (namespace, pod) (process_resident_memory_bytes{${process}}) / sum by (namespace, pod) (${gauge('tsdb_head_series')})`, legend: '{{pod}}',
        }],
      }),
      timeSeries('Requests', {
        description: 'HTTP requests a second to Prometheus, by the code of the answer. 4xx are often queries that are refused, 5xx such as take too long.', unit: 'reqps',
        width: 8, stacked: true, queries: [{ expr: `sum by (code) (${rate(gauge('http_requests_total'))})`, legend: '{{code}}' }],
      }),
    ),
    collapsed(
      'Storage',
      timeSeries('Space', {
        description: 'Bytes on disk by what they hold, against the limit of the retention, if there is one. The volume must hold the WAL on top of the limit.', unit: 'bytes',
        stacked: true, overrides: [dashed('limit')],
        queries: [
          { expr: `sum(${gauge('tsdb_storage_blocks_bytes')})`, legend: 'blocks' },
          { expr: `sum(${gauge('tsdb_wal_storage_size_bytes')})`, legend: 'write-ahead log' },
          { expr: `sum(${gauge('tsdb_head_chunks_storage_size_bytes')})`, legend: 'chunks of the head' },
          { expr: `sum(${gauge('tsdb_retention_limit_bytes')} > 0)`, legend: 'limit' },
        ],
      }),
      timeSeries('Oldest sample', {
        description: 'Age of the oldest sample. It grows up to the retention, which is dashed; when it stays below, the limit by size removes blocks first.', unit: 's',
        overrides: [dashed('retention')],
        queries: [
          byPod(`time() - ${gauge('tsdb_lowest_timestamp_seconds')}`),
          { expr: `max(${gauge('tsdb_retention_limit_seconds')} > 0)`, legend: 'retention' },
        ],
      }),
      timeSeries('Span of the head', {
        description: 'Time between the oldest and the newest sample in memory. Above three hours blocks are not written: memory and the WAL grow.', unit: 's', links,
        queries: [byPod(`${gauge('tsdb_head_max_time_seconds')} - ${gauge('tsdb_head_min_time_seconds')}`)],
      }),
      timeSeries('Storage failures', {
        description: 'Operations on the disk that failed. A full or broken volume is the usual cause, and data is lost with the next crash.', unit: 'short', bars: true,
        queries: [
          counted('tsdb_compactions_failed_total', 'compactions'),
          counted('tsdb_reloads_failures_total', 'reads of blocks'),
          counted('tsdb_head_truncations_failed_total', 'truncations of the head'),
          counted('tsdb_checkpoint_creations_failed_total', 'checkpoints'),
          counted('tsdb_wal_writes_failed_total', 'writes to the WAL'),
          counted('tsdb_wal_truncations_failed_total', 'truncations of the WAL'),
          counted('tsdb_wal_corruptions_total', 'corruptions of the WAL'),
        ],
      }),
      timeSeries('Blocks', {
        description: 'Compactions, which write blocks every two hours and merge them, and blocks that the retention removed.', unit: 'short', bars: true,
        queries: [
          counted('tsdb_compactions_total', 'compactions'),
          counted('tsdb_time_retentions_total', 'removed for their age'),
          counted('tsdb_size_retentions_total', 'removed for the size'),
        ],
      }),
      timeSeries('Compaction time', {
        description: 'Time of a compaction on average, where there was one. It uses CPU and disk, and needs room for what it writes.', unit: 's', links,
        queries: [{
          expr: `sum by (namespace, pod) (${rate(gauge('tsdb_compaction_duration_seconds_sum'))}) / (sum by (namespace, pod) (${rate(gauge('tsdb_compaction_duration_seconds_count'))}) > 0)`,
          legend: '{{pod}}',
        }],
      }),
    ),
    collapsed(
      'Discovery and configuration',
      timeSeries('Targets by job', {
        description: 'Targets of the ten largest jobs. A fall to nothing is a selector that no longer matches.', unit: 'short', decimals: 0,
        queries: [{ expr: `topk(10, sum by (scrape_job) (${gauge('target_scrape_pool_targets')}))`, legend: '{{scrape_job}}' }],
      }),
      timeSeries('Scrape interval', {
        description: 'Time between two scrapes, of the slowest 1%, by the interval that is set. Where it is longer Prometheus is overloaded.', unit: 's',
        queries: [{ expr: `max by (interval) (prometheus_target_interval_length_seconds{${chosen}, quantile="0.99"})`, legend: 'every {{interval}}' }],
      }),
      timeSeries('Discovery failures', {
        description: 'Requests that the API server refused, lists of targets that could not be read anew, and targets whose labels are invalid.', unit: 'short', width: 8,
        bars: true,
        queries: [
          counted('sd_kubernetes_failures_total', 'requests to the API server'),
          counted('sd_refresh_failures_total', 'refreshes'),
          counted('target_sync_failed_total', 'invalid targets'),
        ],
      }),
      timeSeries('Configuration loaded', {
        description: 'Time since the configuration was loaded. It falls with each change; one that is rejected does not count.', unit: 's', width: 8, links,
        queries: [byPod(`time() - ${gauge('config_last_reload_success_timestamp_seconds')}`)],
      }),
      timeSeries('Reloads asked for', {
        description: 'Reloads that the config reloader asked for after a change of configuration or rules, and those that failed.', unit: 'short', width: 8, bars: true,
        queries: [
          { expr: `sum(increase(reloader_reloads_total{${chosen}}[$__rate_interval]))`, legend: 'all' },
          { expr: `sum(increase(reloader_reloads_failed_total{${chosen}}[$__rate_interval]))`, legend: 'failed' },
        ],
      }),
    ),
    collapsed(
      'Notifications',
      timeSeries('Alerts sent', {
        description: 'Alerts a second that are sent to each Alertmanager.', unit: 'cps', width: 8,
        links: [toAlertmanager], queries: [{ expr: `sum by (alertmanager) (${rate(gauge('notifications_sent_total'))})`, legend: '{{alertmanager}}' }],
      }),
      timeSeries('Alerts lost', {
        description: 'Share of the alerts that could not be sent to each Alertmanager. Above the first line a warning, above the second a critical alert fires.', ...percent,
        width: 8, links: [toAlertmanager], thresholds: [at('notificationWarningPercent', 'orange'), at('notificationCriticalPercent', 'red')],
        queries: [{
          expr: `100 * sum by (alertmanager) (${rate(gauge('notifications_errors_total'))}) / (sum by (alertmanager) (${rate(gauge('notifications_sent_total'))}) > 0)`,
          legend: '{{alertmanager}}',
        }],
      }),
      timeSeries('Notification queue', {
        description: 'Share of the queue of alerts that is full. At 100% alerts are dropped.', ...percent, width: 8, links,
        queries: [{
          expr: `100 * max by (namespace, pod) (${gauge('notifications_queue_length')}) / max by (namespace, pod) (${gauge('notifications_queue_capacity')})`,
          legend: '{{pod}}',
        }],
      }),
      timeSeries('Notification time', {
        description: 'Time to hand alerts to each Alertmanager, 99th percentile.', unit: 's',
        queries: [{ expr: `max by (alertmanager) (prometheus_notifications_latency_seconds{${chosen}, quantile="0.99"})`, legend: '{{alertmanager}}' }],
      }),
      timeSeries('Known Alertmanagers', {
        description: 'Alertmanagers that each Prometheus sends to. None means that nobody is notified.', unit: 'short', decimals: 0, links,
        queries: [byPod(gauge('notifications_alertmanagers_discovered'), 'min')],
      }),
    ),
  ],
});
