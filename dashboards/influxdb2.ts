import { influxDb2Thresholds } from '../lib/components/influxdb/influxdb2-rules';
import { claimPanel, freeOfClaims } from './claims';
import { dashboard, labelVariable, row, top } from './grafana/dashboard';
import { limits, step } from './grafana/fields';
import { stat, timeSeries } from './grafana/panels';
import { processes } from './programs';
import { alertsFiring, ofSeries, quantile, quantiles, rate, series, targetsUp, toPod } from './queries';

const at = limits(influxDb2Thresholds());
const ALERTS = 'alertname=~"InfluxDB2.+"';
const matchers = series('influxdb2', 'instance=~"$instance"');
const percent = { unit: 'percent', min: 0, max: 100 } as const;

const writes = `${matchers}, path=~"/write|/api/v2/write"`;
const queries = `${matchers}, path=~"/query|/api/v2/query"`;
const requests = (of: string) => rate(`http_api_requests_total{${of}}`);
const points = (kind: string) => rate(`storage_writer_${kind}_points_sum{${matchers}}`);

export default dashboard({
  uid: 'influxdb2',
  title: 'Monitoring / InfluxDB 2',
  description: 'Samples that InfluxDB 2 gets and what comes of them, its series, and the disk and memory that it takes.',
  topic: 'monitoring',
  jobs: ['influxdb2', 'kubelet'],
  variables: [labelVariable('instance', 'Instance', `up{${series('influxdb2')}}`, true)],
  alerts: ALERTS,
  rows: [
    top(
      targetsUp('influxdb2', 'Instances', 'instance=~"$instance"'),
      stat('Disk free', {
        description: 'Share of the claim that is free, of the instance with the least. Nothing is stored once it is full.', ...percent, decimals: 0,
        base: 'red', thresholds: [step(3, 'orange'), at('freeDiskPercent', 'green')], noValue: 'no claim', query: `min(${freeOfClaims(matchers)})`,
      }),
      stat('Write requests failed', {
        description: 'Share of the write requests that it answers by an error of its own. Those that it refuses, such as for a wrong password, it does not count.', ...percent, decimals: 1,
        thresholds: [at('writeErrorPercent', 'red')], noValue: 'none sent',
        query: `100 * sum(${requests(`${writes}, status="5XX"`)} or vector(0)) / (sum(${requests(writes)}) > 0)`,
      }),
      stat('Samples dropped', {
        description: 'Samples a second that it accepts and does not store, such as those of a time outside of the retention. Any is a loss.', unit: 'cps', min: 0,
        thresholds: [step(0.01, 'orange')], query: `sum(${points('dropped')})`,
      }),
      stat('Samples stored', { description: 'Samples a second that it stores.', unit: 'cps', min: 0, query: `sum(${points('ok')})` }),
      alertsFiring(ALERTS),
    ),
    row(
      'Writing',
      timeSeries('Samples', {
        description: 'Samples a second that are stored, dropped, and that cannot be written. The log has the reason of the latter two.', unit: 'cps',
        queries: ['ok', 'dropped', 'err'].map((kind) => ({ expr: `sum(${points(kind)})`, legend: { ok: 'stored', dropped: 'dropped', err: 'failed' }[kind] ?? kind })),
      }),
      timeSeries('Write requests by status', {
        description: 'Write requests a second by status, without those that it refuses, 4XX, which the gateway tells of. 5XX is mostly a full disk.',
        unit: 'reqps', stacked: true, queries: [{ expr: `sum by (response_code) (${requests(writes)})`, legend: '{{response_code}}' }],
      }),
      timeSeries('Duration of write requests', {
        description: 'Time that write requests take. Above some seconds the gateway falls behind.', unit: 's', queries: quantiles('http_api_request_duration_seconds', writes),
      }),
      timeSeries('Series', {
        description: 'Series by bucket, those of the past included. Memory grows with them.', unit: 'short',
        queries: [{ expr: `topk(20, sum by (namespace, pod, bucket) (storage_bucket_series_num{${matchers}}))`, legend: '{{namespace}}/{{pod}} {{bucket}}' }],
      }),
    ),
    row(
      'Queries',
      timeSeries('Queries by status', {
        description: 'Queries a second, of InfluxQL and Flux, by status, without those that it refuses, 4XX. 5XX is a fault of the server.', unit: 'reqps', stacked: true,
        queries: [{ expr: `sum by (response_code) (${requests(queries)})`, legend: '{{response_code}}' }], noValue: 'No queries',
      }),
      timeSeries('Duration of queries', {
        description: 'Time that queries take, 99th percentile, by path. Above some seconds dashboards are slow.', unit: 's', noValue: 'No queries',
        queries: [{ expr: quantile(0.99, 'http_api_request_duration_seconds', queries, 'path'), legend: '{{path}}' }],
      }),
    ),
    row(
      'Disk',
      claimPanel(matchers),
      timeSeries('Files', {
        description: 'Size of the files of samples, and of the write-ahead log before them. The log grows where it cannot be compacted.', unit: 'bytes', width: 12,
        queries: [
          { expr: `topk(20, sum by (namespace, pod) (storage_shard_disk_size{${matchers}}))`, legend: '{{namespace}}/{{pod}} samples' },
          { expr: `topk(20, sum by (namespace, pod) (storage_wal_size{${matchers}}))`, legend: '{{namespace}}/{{pod}} log' },
        ],
      }),
    ),
    processes({ matchers, by: 'namespace, pod', legend: '{{namespace}}/{{pod}}', links: [toPod(ofSeries('namespace'), ofSeries('pod'))] }),
  ],
});
