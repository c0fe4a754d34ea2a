import { victoriaMetricsThresholds } from '../lib/components/victoria-metrics/victoria-metrics-rules';
import { collapsed, dashboard, labelVariable, row, top } from './grafana/dashboard';
import { limits, step } from './grafana/fields';
import { dashed, stat, timeSeries } from './grafana/panels';
import { processes } from './programs';
import { alertsFiring, ofSeries, rate, series, targetsUp, toPod } from './queries';

const at = limits(victoriaMetricsThresholds());
const ALERTS = 'alertname=~"VictoriaMetrics.+"';
const matchers = series('victoria-metrics', 'instance=~"$instance"');
const chosen = (metric: string, more: string = '') => `${metric}{${matchers}${more === '' ? '' : `, ${more}`}}`;
const flow = (counter: string, more: string = '') => rate(chosen(counter, more));
const writes = 'protocol!=""';
const percent = { unit: 'percent', min: 0, max: 100 } as const;
const byPod = (expr: string) => ({ expr: `topk(20, max by (namespace, pod) (${expr}))`, legend: '{{namespace}}/{{pod}}' });
const free = `100 * ${chosen('vm_free_disk_space_bytes')} / ${chosen('vm_total_disk_space_bytes')}`;
const memory = `100 * ${chosen('process_resident_memory_bytes')} / ${chosen('vm_available_memory_bytes')}`;
const onDisk = (metric: string) => `sum by (namespace, pod, instance) (${chosen(metric, 'type=~"storage/(small|big)"')})`;
const activeSeries = chosen('vm_cache_entries', 'type="storage/hour_metric_ids"');

export default dashboard({
  uid: 'victoria-metrics',
  title: 'Monitoring / VictoriaMetrics',
  description: 'Samples that VictoriaMetrics is sent, stores and is asked for, and the disk and memory that it takes.',
  topic: 'monitoring',
  jobs: ['victoria-metrics'],
  variables: [labelVariable('instance', 'Instance', `vm_app_version{${series('victoria-metrics')}}`, true)],
  alerts: ALERTS,
  rows: [
    top(
      targetsUp('victoria-metrics', 'Instances', 'instance=~"$instance"'),
      stat('Disk free', {
        description: 'Share of the disk that is free, of the instance with the least. Merges need some 20%; nothing is stored once it is full.', ...percent, decimals: 0,
        base: 'red', thresholds: [step(3, 'orange'), at('freeDiskPercent', 'green')], query: `min(${free})`,
      }),
      stat('Write errors', {
        description: 'Share of the write requests that are answered by an error. Their samples are lost or late.', ...percent, decimals: 1,
        thresholds: [at('writeErrorPercent', 'red')], noValue: 'none sent',
        query: `100 * sum(${flow('vm_http_request_errors_total', writes)}) / (sum(${flow('vm_http_requests_total', writes)}) > 0)`,
      }),
      stat('Samples dropped', {
        description: 'Samples a second that were accepted and not stored: too many labels, too old, too new.', unit: 'cps', min: 0, thresholds: [step(0.01, 'orange')],
        query: `sum(${flow('vm_rows_ignored_total')})`,
      }),
      stat('Samples stored', { description: 'Samples a second that are stored.', unit: 'cps', min: 0, query: `sum(${flow('vm_rows_added_to_storage_total')})` }),
      alertsFiring(ALERTS),
    ),
    row(
      'Writing',
      timeSeries('Samples received', {
        description: 'Samples a second, by the protocol by which they come.', unit: 'cps', stacked: true,
        queries: [{ expr: `sum by (type) (${flow('vm_rows_inserted_total')}) > 0`, legend: '{{type}}' }],
      }),
      timeSeries('Write errors by protocol', {
        description: 'Write requests a second that are answered by an error, by protocol. The log says why.', unit: 'reqps', noValue: 'No write fails',
        queries: [{ expr: `sum by (protocol) (${flow('vm_http_request_errors_total', writes)}) > 0`, legend: '{{protocol}}' }],
      }),
      timeSeries('Samples dropped by reason', {
        description: 'Samples a second that were accepted and not stored. More than 40 labels, or time stamps outside of the retention.', unit: 'cps', noValue: 'None is dropped',
        queries: [{ expr: `sum by (reason) (${flow('vm_rows_ignored_total')}) > 0`, legend: '{{reason}}' }],
      }),
      timeSeries('Writes at once', {
        description: 'Write requests that are worked on at once, and how many may be, which is dashed. At the limit writers wait: more CPU is needed.', unit: 'short',
        overrides: [dashed(/^at most/)],
        queries: [
          byPod(chosen('vm_concurrent_insert_current')),
          { expr: `min(${chosen('vm_concurrent_insert_capacity')})`, legend: 'at most' },
        ],
      }),
    ),
    collapsed(
      'Series',
      timeSeries('Active series', {
        description: 'Series that got a sample within the last hour. Memory follows from them.', unit: 'short', queries: [byPod(activeSeries)],
      }),
      timeSeries('New series', {
        description: 'Series a second that were never seen before. Many all the time are churn, which fills index and memory.', unit: 'cps',
        queries: [byPod(flow('vm_new_timeseries_created_total'))],
      }),
      timeSeries('Slow inserts', {
        description: 'Share of the samples whose series is not in memory. Above some percent for long: more memory is needed.', ...percent,
        queries: [byPod(`100 * ${flow('vm_slow_row_inserts_total')} / (${flow('vm_rows_added_to_storage_total')} > 0)`)],
      }),
      timeSeries('Bytes a sample', {
        description: 'Bytes on disk for a sample, without the index. It falls as parts are merged.', unit: 'bytes',
        queries: [byPod(`${onDisk('vm_data_size_bytes')} / (${onDisk('vm_rows')} > 0)`)],
      }),
    ),
    row(
      'Queries and disk',
      timeSeries('Queries', {
        description: 'Requests a second that read, by path.', unit: 'reqps',
        queries: [{ expr: `topk(20, sum by (path) (${flow('vm_http_requests_total', 'protocol="", path=~"/api/v1/.+"')}) > 0)`, legend: '{{path}}' }],
      }),
      timeSeries('Queries that waited in vain', {
        description: 'Queries a second that were given up, because as many as may be ran already. Fewer or lighter queries, or more CPU.', unit: 'ops',
        queries: [byPod(flow('vm_concurrent_select_limit_timeout_total'))],
      }),
      timeSeries('Size of the database', {
        description: 'Samples and index on disk, and what is free beside them, which is dashed.', unit: 'bytes', overrides: [dashed(/^free/)],
        queries: [
          { expr: `sum(${chosen('vm_data_size_bytes', 'type=~"storage/.+"')})`, legend: 'samples' },
          { expr: `sum(${chosen('vm_data_size_bytes', 'type=~"indexdb/.+"')})`, legend: 'index' },
          { expr: `sum(${chosen('vm_free_disk_space_bytes')})`, legend: 'free' },
        ],
      }),
      timeSeries('Memory used', {
        description: 'Share of the memory limit that each instance takes. Above 80% it may be killed, and loses some seconds of samples.', ...percent,
        queries: [byPod(memory)],
      }),
    ),
    processes({ matchers, by: 'namespace, pod', legend: '{{namespace}}/{{pod}}', links: [toPod(ofSeries('namespace'), ofSeries('pod'))] }),
  ],
});
