import { prometheusThresholds } from '../lib/components/prometheus/prometheus-rule-options';
import { collapsed, dashboard, labelVariable, row, top } from './grafana/dashboard';
import { limits, step } from './grafana/fields';
import { dashed, stat, timeSeries } from './grafana/panels';
import { table } from './grafana/table';
import { alertsFiring, ofRow, rate, series, toPod } from './queries';

const at = limits(prometheusThresholds());
const chosen = series('prometheus', 'pod=~"$pod"');
const ALERTS = 'alertname=~"PrometheusRemote.+"';
const percent = { unit: 'percent', min: 0, max: 100 } as const;
const queue = (metric: string) => `prometheus_remote_storage_${metric}{${chosen}}`;
const flow = (counter: string) => rate(queue(counter));
const STORE = 'remote_name, url';
const store = (expr: string, what: 'sum' | 'max' = 'sum', prefix: string = '') => ({
  expr: `${what} by (${STORE}) (${expr})`, legend: `${prefix}{{remote_name}} {{url}}`,
});
const each = (expr: string) => `max by (namespace, pod, ${STORE}) (${expr})`;

// A store that has never got a sample is behind since Prometheus started.
const sent = queue('queue_highest_sent_timestamp_seconds');
const reached = `(
    ${sent} > 0
    or ${sent} + on (cluster, namespace, pod) group_left () process_start_time_seconds{${chosen}, endpoint!="reloader-web"}
  )`;
const ofAll = `${queue('highest_timestamp_in_seconds')} - ignoring (${STORE}) group_right () ${reached}`;
// Nothing is enqueued for a store that is gone, once its queue is full. Versions before 3.8 know the newest sample only for all stores together.
const behind = `clamp_min(
  ${ofAll} and min_over_time(${queue('samples_pending')}[$__rate_interval]) > 0
  or ${queue('queue_highest_timestamp_seconds')} - ${reached}
  or ${ofAll}, 0
)`;
// The total counts every attempt.
const share = (of: string) => `100 * sum(${flow(of)}) / (sum(${flow('samples_total')}) > 0)`;
const shards = `100 * ${queue('shards_desired')} / ${queue('shards_max')}`;

export default dashboard({
  uid: 'prometheus-remote-write',
  title: 'Monitoring / Remote write',
  description: 'Samples that Prometheus sends to other stores: whether they arrive, how late, and what holds them up.',
  topic: 'monitoring',
  jobs: ['prometheus'],
  variables: [labelVariable('pod', 'Pod', `prometheus_remote_storage_shards{${series('prometheus')}}`, true)],
  alerts: ALERTS,
  rows: [
    top(
      stat('Behind', {
        description: 'Time by which the store that is furthest behind lags. After some two hours samples leave the WAL before they are sent, and are lost.', unit: 's', min: 0,
        decimals: 0, thresholds: [at('remoteWriteLagSeconds', 'red')], query: `max(${behind})`,
      }),
      stat('Failed', {
        description: 'Share of the samples that stores refuse for good. They are lost; the log of Prometheus has the answer of the store.', ...percent, decimals: 1,
        thresholds: [at('remoteWriteFailedPercent', 'red')], noValue: 'none sent', query: share('samples_failed_total'),
      }),
      stat('Retried', {
        description: 'Share of the samples that have to be sent once more, because the store is out of reach, overloaded or limits the rate.', ...percent, decimals: 1,
        thresholds: [step(1, 'orange')], noValue: 'none sent', query: share('samples_retried_total'),
      }),
      stat('Shards needed', {
        description: 'Shards that would keep up with the slowest store, against those that it may have. Above 100% Prometheus falls behind.', unit: 'percent', min: 0,
        decimals: 0, thresholds: [step(100, 'orange')], query: `max(${shards})`,
      }),
      stat('Sent', { description: 'Bytes a second that are sent to all stores, compressed.', unit: 'Bps', min: 0, query: `sum(${flow('bytes_total')})` }),
      alertsFiring(ALERTS),
    ),
    row(
      'Stores',
      table('Stores by time behind', {
        description: 'What each Prometheus sends to each store. Retries are trouble of the store or of the network, failures are samples that it refuses.', sortBy: 'Behind',
        columns: [
          { label: 'remote_name', name: 'Store', width: 120 },
          { label: 'url', name: 'URL' },
          { label: 'namespace', name: 'Namespace', width: 110 },
          { label: 'pod', name: 'Pod', width: 150, links: [toPod(ofRow('Namespace'), ofRow('Pod'))] },
          { query: each(behind), name: 'Behind', width: 100, unit: 's', decimals: 0, thresholds: [at('remoteWriteLagSeconds', 'red')] },
          { query: each(flow('samples_total')), name: 'Samples', width: 100, unit: 'cps' },
          { query: each(flow('bytes_total')), name: 'Bytes', width: 100, unit: 'Bps' },
          { query: each(flow('samples_failed_total')), name: 'Failed', width: 100, unit: 'cps' },
          { query: each(flow('samples_retried_total')), name: 'Retried', width: 100, unit: 'cps' },
          { query: each(queue('samples_pending')), name: 'Pending', width: 100, unit: 'short' },
          { query: each(shards), name: 'Shards needed', width: 140, unit: 'percent', decimals: 0, thresholds: [step(100, 'orange')] },
        ],
      }),
    ),
    row(
      'Rate and errors',
      timeSeries('Samples sent', {
        description: 'Samples a second that each store took, against those that were stored here. A store below the dashed line is sent less, or falls behind.', unit: 'cps',
        overrides: [dashed('stored here')],
        queries: [
          store(`clamp_min(${flow('samples_total')} - ${flow('samples_failed_total')} - ${flow('samples_retried_total')}, 0)`),
          { expr: `sum(${flow('samples_in_total')})`, legend: 'stored here' },
        ],
      }),
      timeSeries('Bytes sent', { description: 'Bytes a second that each store is sent, compressed.', unit: 'Bps', queries: [store(flow('bytes_total'))] }),
      timeSeries('Samples not sent', {
        description: 'Samples a second that a store refused for good, and that were dropped before: by relabelling, which is wanted, or because they were too old.',
        unit: 'cps', queries: [store(flow('samples_failed_total'), 'sum', 'refused by '), store(flow('samples_dropped_total'), 'sum', 'dropped for ')],
      }),
      timeSeries('Samples sent again', {
        description: 'Samples a second that have to be sent once more. A store out of reach has them all the time, an overloaded one now and then.', unit: 'cps',
        queries: [store(flow('samples_retried_total'))],
      }),
    ),
    row(
      'Duration and saturation',
      timeSeries('Time behind', {
        description: 'Time by which each store lags. The alert fires above the dashed line; what grows without end needs more shards or a faster store.', unit: 's',
        thresholds: [at('remoteWriteLagSeconds', 'red')], queries: [store(behind, 'max')],
      }),
      timeSeries('Request time', {
        description: 'Time of a request to each store, 99th percentile. A slow store needs more shards for the same rate.', unit: 's',
        queries: [{
          expr: `histogram_quantile(0.99, sum by (${STORE}, le) (${flow('sent_batch_duration_seconds_bucket')}))`, legend: '{{remote_name}} {{url}}',
        }],
      }),
      timeSeries('Shards', {
        description: 'Shards that send to each store at once, those that would keep up, and those that it may have at most, which is dashed.', unit: 'short',
        overrides: [dashed(/^at most/)],
        queries: [store(queue('shards'), 'max'), store(queue('shards_desired'), 'max', 'needed for '), store(queue('shards_max'), 'max', 'at most for ')],
      }),
      timeSeries('Queue used', {
        description: 'Share of the queues of the shards that is full of samples. At 100% nothing more is read until the store answers.', ...percent,
        queries: [store(`clamp_max(100 * ${queue('samples_pending')} / (${queue('shards')} * ${queue('shard_capacity')} > 0), 100)`, 'max')],
      }),
    ),
    collapsed(
      'Write-ahead log',
      timeSeries('Segments behind', {
        description: 'Segments of the WAL, of 128 MB, that are still to be read for each store. Old ones are removed about every two hours, whether they are read or not.',
        unit: 'short', decimals: 0,
        queries: [{
          expr: `max by (consumer) (prometheus_tsdb_wal_segment_current{${chosen}} - on (cluster, namespace, pod) group_right () prometheus_wal_watcher_current_segment{${chosen}})`,
          legend: '{{consumer}}',
        }],
      }),
      timeSeries('Waits for the queue', {
        description: 'Times a second that reading the WAL had to wait, because a queue was full.', unit: 'ops', queries: [store(flow('enqueue_retries_total'))],
      }),
      timeSeries('Histograms and exemplars not sent', {
        description: 'Native histograms and exemplars a second that stores refused for good. Not every store takes them.', unit: 'cps', width: 24,
        queries: [store(flow('histograms_failed_total'), 'sum', 'histograms to '), store(flow('exemplars_failed_total'), 'sum', 'exemplars to ')],
      }),
    ),
  ],
});
