import { thanosQueryFrontendThresholds } from '../lib/components/thanos/thanos-thresholds';
import { dashboard, labelVariable, row, top } from './grafana/dashboard';
import { limits } from './grafana/fields';
import { stat, timeSeries } from './grafana/panels';
import { alertsFiring, quantile, rate, series, targetsUp } from './queries';
import { chosenPods, percent, thanosProcesses, toQuery } from './thanos';

const at = limits(thanosQueryFrontendThresholds());
const ALERTS = 'alertname=~"ThanosQueryFrontend.+"';
const chosen = chosenPods('thanos-query-frontend');
const REQUESTS = `${chosen}, handler="query-frontend"`;
const requests = (more: string = '') => rate(`http_request_duration_seconds_count{${REQUESTS}${more}}`);
const cached = (metric: string, more: string = '') => rate(`cortex_cache_${metric}_total{${chosen}${more}}`);

export default dashboard({
  uid: 'thanos-query-frontend',
  title: 'Monitoring / Thanos Query Frontend',
  description: 'The cache before Thanos Query: whether requests are answered, how fast, and how many of them out of the cache.',
  topic: 'monitoring',
  jobs: ['thanos-query-frontend'],
  variables: [labelVariable('pod', 'Pod', `thanos_query_frontend_queries_total{${series('thanos-query-frontend')}}`, true)],
  alerts: ALERTS,
  related: [toQuery],
  rows: [
    top(
      targetsUp('thanos-query-frontend', 'Frontends', 'pod=~"$pod"'),
      stat('Failed requests', {
        description: 'Share of the requests that are answered by an error of the server, after they were tried again.', ...percent, decimals: 1,
        thresholds: [at('httpErrorPercent', 'red')], noValue: 'none asked',
        query: `100 * (sum(${requests(', code=~"5.."')}) or vector(0)) / (sum(${requests()}) > 0)`,
      }),
      stat('Time of requests', {
        description: 'Time of requests of any kind, 99th percentile.', unit: 's', min: 0, noValue: 'none asked', query: quantile(0.99, 'http_request_duration_seconds', REQUESTS),
      }),
      stat('Out of the cache', {
        description: 'Share of the parts of range queries that the cache had an answer to. Little: ranges that are never asked again, or a cache that is too small.', ...percent,
        decimals: 0, noValue: 'none asked',
        query: `100 * sum(${cached('hits', ', tripperware="query_range"')}) / (sum(${cached('fetched_keys', ', tripperware="query_range"')}) > 0)`,
      }),
      stat('Failed requests to memcached', {
        description: 'Share of the requests to memcached that fail. Thanos Query is asked in its place.', ...percent, decimals: 1, thresholds: [at('cacheErrorPercent', 'orange')],
        noValue: 'in memory',
        query: `100 * (sum(${rate(`cortex_memcache_request_duration_seconds_count{${chosen}, status_code!~"200|404"}`)}) or vector(0)) `
          + `/ (sum(${rate(`cortex_memcache_request_duration_seconds_count{${chosen}}`)}) > 0)`,
      }),
      alertsFiring(ALERTS),
    ),
    row(
      'Requests',
      timeSeries('Requests by code', {
        description: 'Requests a second, by code. 4xx are faults of the query, 5xx of Thanos or a store.', unit: 'reqps', stacked: true,
        queries: [{ expr: `sum by (code) (${requests()})`, legend: '{{code}}' }],
      }),
      timeSeries('Requests by kind', {
        description: 'Requests a second, by kind. Those of ranges, labels and series have a cache; instant queries have none.', unit: 'reqps', stacked: true,
        queries: [{ expr: `sum by (op) (${rate(`thanos_query_frontend_queries_total{${chosen}}`)})`, legend: '{{op}}' }],
      }),
      timeSeries('Time of requests by Query', {
        description: 'Time of requests to Thanos Query, 99th percentile, by kind. What the cache answers is not among them.', unit: 's',
        queries: [{
          expr: quantile(0.99, 'cortex_frontend_query_range_duration_seconds', `${chosen}, method="retry"`, 'tripperware'), legend: '{{tripperware}}',
        }],
      }),
      timeSeries('Parts and repeats', {
        description: 'Parts a second that range queries are divided into, and requests to Thanos Query that are tried again after an error.', unit: 'ops',
        queries: [
          { expr: `sum(${rate(`thanos_frontend_split_queries_total{${chosen}}`)})`, legend: 'parts' },
          { expr: `sum(${rate(`cortex_query_frontend_retries_sum{${chosen}}`)})`, legend: 'tried again' },
        ],
      }),
    ),
    row(
      'Cache',
      timeSeries('Answers', {
        description: 'Answers a second that the cache had, and those that were looked for, by kind of request.', unit: 'ops',
        queries: [
          { expr: `sum by (tripperware) (${cached('hits')})`, legend: '{{tripperware}} found' },
          { expr: `sum by (tripperware) (${cached('fetched_keys')})`, legend: '{{tripperware}} looked for' },
        ],
      }),
      timeSeries('Cache in memory', {
        description: 'Memory of the cache in the process, by kind of answer. None: the cache is on servers of memcached.', unit: 'bytes',
        queries: [{ expr: `sum by (tripperware) (querier_cache_memory_bytes{${chosen}})`, legend: '{{tripperware}}' }],
      }),
      timeSeries('Answers dropped', {
        description: 'Answers a second that make room for others in memory, and those that are not written because memcached is slow or the answer too large for it.', unit: 'ops',
        queries: [
          { expr: `sum(${rate(`querier_cache_evicted_total{${chosen}}`)})`, legend: 'make room' },
          { expr: `sum(${rate(`cortex_cache_dropped_background_writes_total{${chosen}}`)})`, legend: 'memcached is slow' },
          { expr: `sum(${rate(`cortex_memcache_client_set_skip_total{${chosen}}`)})`, legend: 'too large' },
        ],
      }),
      timeSeries('Requests to memcached', {
        description: 'Requests a second to memcached, by code. 404 is an answer that is not there, 500 a server that does not answer.', unit: 'reqps', stacked: true,
        queries: [{ expr: `sum by (status_code) (${rate(`cortex_memcache_request_duration_seconds_count{${chosen}}`)})`, legend: '{{status_code}}' }],
      }),
    ),
    thanosProcesses(chosen),
  ],
});
