import { thanosQueryThresholds } from '../lib/components/thanos/thanos-thresholds';
import { collapsed, dashboard, labelVariable, row, top } from './grafana/dashboard';
import { limits, step } from './grafana/fields';
import { dashed, stat, timeSeries } from './grafana/panels';
import { alertsFiring, ofSeries, quantile, rate, series, targetsUp, toPod } from './queries';
import { chosenPods, failedShare, percent, thanosProcesses } from './thanos';

const at = limits(thanosQueryThresholds());
const ALERTS = 'alertname=~"ThanosQuery.+"';
const chosen = chosenPods('thanos-query');
const QUERIES = `${chosen}, handler=~"query|query_range"`;
const requests = (matchers: string) => rate(`http_request_duration_seconds_count{${matchers}}`);
const mostOf = (vector: string, legend: string = '{{namespace}}/{{pod}}') => ({ expr: `topk(20, ${vector})`, legend });
const links = [toPod(ofSeries('namespace'), ofSeries('pod'))];
const gate = (metric: string) => `thanos_query_concurrent_gate_queries_${metric}{${chosen}}`;

export default dashboard({
  uid: 'thanos-query',
  title: 'Monitoring / Thanos Query',
  description: 'Queries over all that Thanos knows: whether they are answered, how fast, and from which stores.',
  topic: 'monitoring',
  jobs: ['thanos-query'],
  variables: [labelVariable('pod', 'Pod', `thanos_query_concurrent_gate_queries_max{${series('thanos-query')}}`, true)],
  alerts: ALERTS,
  rows: [
    top(
      targetsUp('thanos-query', 'Queriers', 'pod=~"$pod"'),
      stat('Failed queries', {
        description: 'Share of the queries that are answered by an error of the server.', ...percent, decimals: 1, thresholds: [at('httpErrorPercent', 'red')],
        noValue: 'none asked', query: `100 * (sum(${requests(`${QUERIES}, code=~"5.."`)}) or vector(0)) / (sum(${requests(QUERIES)}) > 0)`,
      }),
      stat('Slow queries', {
        description: 'Time of instant queries, 99th percentile.', unit: 's', min: 0, thresholds: [at('latencySeconds', 'orange')], noValue: 'none asked',
        query: quantile(0.99, 'http_request_duration_seconds', `${chosen}, handler="query"`),
      }),
      stat('Stores', {
        description: 'Stores, sidecars and receivers that the querier with the fewest is connected to. Fewer than there are: answers lack their samples.', unit: 'short', min: 0,
        decimals: 0, base: 'red', thresholds: [step(1, 'green')], query: `min(sum by (namespace, pod) (thanos_store_nodes_grpc_connections{${chosen}}))`,
      }),
      stat('Failed requests to stores', {
        description: 'Share of the requests to stores that fail. By default the answer to the query is what the others have.', ...percent, decimals: 1,
        thresholds: [at('grpcErrorPercent', 'orange')], noValue: 'none asked', query: failedShare('grpc_client_handled_total', chosen),
      }),
      alertsFiring(ALERTS),
    ),
    row(
      'Queries',
      timeSeries('Queries by code', {
        description: 'Queries a second, by kind and code. 4xx are faults of the query, 5xx of Thanos or a store.', unit: 'reqps', stacked: true,
        queries: [{ expr: `sum by (handler, code) (${requests(QUERIES)})`, legend: '{{handler}} {{code}}' }],
      }),
      timeSeries('Time of queries', {
        description: 'Time of a query, 99th percentile, by kind. Compare with that of the stores.', unit: 's',
        queries: [{ expr: quantile(0.99, 'http_request_duration_seconds', QUERIES, 'handler'), legend: '{{handler}}' }],
      }),
      timeSeries('Queries at once', {
        description: 'Queries that are worked on at once, and how many may be, which is dashed. At the limit others wait.', unit: 'short', links,
        overrides: [dashed(/^at most/)],
        queries: [
          mostOf(`sum by (namespace, pod) (${gate('in_flight')})`),
          mostOf(`sum by (namespace, pod) (${gate('max')})`, 'at most {{namespace}}/{{pod}}'),
        ],
      }),
      timeSeries('Wait before queries', {
        description: 'Time that queries wait for others to end, 99th percentile. Above some seconds: more replicas, or lighter queries.', unit: 's',
        queries: [mostOf(quantile(0.99, 'thanos_query_concurrent_gate_queries_duration_seconds', chosen, 'namespace, pod'))],
      }),
    ),
    row(
      'Connections',
      timeSeries('Stores by kind', {
        description: 'Stores that queriers are connected to, by kind. A drop is a store that is gone, or out of reach.', unit: 'short', decimals: 0,
        queries: [{ expr: `min by (store_type) (sum by (namespace, pod, store_type) (thanos_store_nodes_grpc_connections{${chosen}}))`, legend: '{{store_type}}' }],
      }),
      timeSeries('Requests to stores', {
        description: 'Requests a second to stores, by code. Canceled are queries that were given up; other codes than OK are faults.', unit: 'reqps', stacked: true,
        queries: [{ expr: `sum by (grpc_code) (${rate(`grpc_client_handled_total{${chosen}}`)})`, legend: '{{grpc_code}}' }],
      }),
    ),
    collapsed(
      'Discovery',
      timeSeries('Lookups in DNS', {
        description: 'Lookups of stores in DNS a second, those that fail among them. Failures: a Service of a store does not exist, or DNS has trouble.', unit: 'ops',
        width: 24,
        queries: [
          { expr: `sum(${rate(`thanos_query_endpoints_dns_lookups_total{${chosen}}`)})`, legend: 'all' },
          { expr: `sum(${rate(`thanos_query_endpoints_dns_failures_total{${chosen}}`)})`, legend: 'failed' },
        ],
      }),
    ),
    thanosProcesses(chosen),
  ],
});
