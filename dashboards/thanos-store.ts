import { thanosStoreThresholds } from '../lib/components/thanos/thanos-thresholds';
import { collapsed, dashboard, labelVariable, row, top } from './grafana/dashboard';
import { limits } from './grafana/fields';
import { stat, timeSeries } from './grafana/panels';
import { alertsFiring, ofSeries, quantile, rate, series, targetsUp, toPod } from './queries';
import { bucket, chosenPods, failedShare, grpcServer, percent, thanosProcesses, toQuery } from './thanos';

const at = limits(thanosStoreThresholds());
const ALERTS = 'alertname=~"ThanosStore.+"';
const chosen = chosenPods('thanos-store');
const mostOf = (vector: string) => ({ expr: `topk(20, ${vector})`, legend: '{{namespace}}/{{pod}}' });
const links = [toPod(ofSeries('namespace'), ofSeries('pod'))];
const cache = (counter: string) => `sum by (item_type) (${rate(`thanos_store_index_cache_${counter}{${chosen}}`)})`;
const objects = (counter: string) => `sum(${rate(`thanos_objstore_bucket_${counter}{${chosen}}`)})`;

export default dashboard({
  uid: 'thanos-store',
  title: 'Monitoring / Thanos Store',
  description: 'Old samples out of the bucket: whether requests for them are answered, how fast, and what the bucket does.',
  topic: 'monitoring',
  jobs: ['thanos-store'],
  variables: [labelVariable('pod', 'Pod', `thanos_bucket_store_blocks_loaded{${series('thanos-store')}}`, true)],
  alerts: ALERTS,
  related: [toQuery],
  rows: [
    top(
      targetsUp('thanos-store', 'Stores', 'pod=~"$pod"'),
      stat('Failed requests', {
        description: 'Share of the requests that fail. Queries lack old samples then.', ...percent, decimals: 1, thresholds: [at('grpcErrorPercent', 'orange')],
        noValue: 'none asked', query: failedShare('grpc_server_handled_total', chosen),
      }),
      stat('Failed bucket operations', {
        description: 'Share of the operations on the bucket that fail.', ...percent, decimals: 1, thresholds: [at('bucketErrorPercent', 'orange')], noValue: 'none',
        query: `100 * ${objects('operation_failures_total')} / (${objects('operations_total')} > 0)`,
      }),
      stat('Slow bucket operations', {
        description: 'Time of an operation on the bucket, 99th percentile.', unit: 's', min: 0, thresholds: [at('bucketLatencySeconds', 'orange')], noValue: 'none',
        query: quantile(0.99, 'thanos_objstore_bucket_operation_duration_seconds', chosen),
      }),
      stat('Blocks', {
        description: 'Blocks of the bucket that the store with the fewest knows.', unit: 'short', min: 0, decimals: 0, query: `min(thanos_bucket_store_blocks_loaded{${chosen}})`,
      }),
      alertsFiring(ALERTS),
    ),
    row('Answers', ...grpcServer(chosen)),
    row(
      'Work',
      timeSeries('Wait of requests', {
        description: 'Time that requests wait for others to end, 99th percentile.', unit: 's', links, width: 8, thresholds: [at('gateLatencySeconds', 'orange')],
        queries: [mostOf(quantile(0.99, 'thanos_bucket_store_series_gate_queries_duration_seconds', chosen, 'namespace, pod'))],
      }),
      timeSeries('Blocks of a request', {
        description: 'Blocks that a request looks into, 99th percentile. Compaction makes them fewer.', unit: 'short', width: 8,
        queries: [mostOf(quantile(0.99, 'thanos_bucket_store_series_blocks_queried', chosen, 'namespace, pod'))],
      }),
      timeSeries('Blocks known', {
        description: 'Blocks of the bucket that each store knows. Stores of one bucket differ only until the next look into it.', unit: 'short', decimals: 0, width: 8, links,
        queries: [mostOf(`max by (namespace, pod) (thanos_bucket_store_blocks_loaded{${chosen}})`)],
      }),
    ),
    row('Bucket', ...bucket(chosen)),
    collapsed(
      'Index cache',
      timeSeries('Cache hits', {
        description: 'Share of the lookups in the index cache that find something, by kind. A larger cache helps where it is low.', ...percent, width: 24,
        queries: [{ expr: `100 * ${cache('hits_total')} / (${cache('requests_total')} > 0)`, legend: '{{item_type}}' }],
      }),
    ),
    thanosProcesses(chosen),
  ],
});
