import { coreDnsThresholds } from '../lib/components/coredns/coredns-rules';
import { collapsed, dashboard, labelVariable, row, top } from './grafana/dashboard';
import { limits } from './grafana/fields';
import { stat, timeSeries } from './grafana/panels';
import { processes } from './programs';
import { alertsFiring, ofSeries, quantile, quantiles, rate, series, targetsUp, toApiServer, toPod } from './queries';

const at = limits(coreDnsThresholds());
const dns = series('coredns', 'instance=~"$instance"');
const forward = series('coredns', 'instance=~"$instance", proxy_name="forward"');
const percent = { unit: 'percent', min: 0, max: 100 } as const;
const errors = [at('errorsWarningPercent', 'orange'), at('errorsCriticalPercent', 'red')];
const links = [toPod(ofSeries('namespace'), ofSeries('pod'))];
const sum = (by: string) => (by === '' ? 'sum' : `sum by (${by}) `);
const total = (metric: string, by = '') => `${sum(by)}(${rate(`${metric}{${dns}}`)})`;
const pods = (expr: string) => [{ expr: `topk(20, ${expr})`, legend: '{{pod}}' }];

/** Share of SERVFAIL, in percent. Without one there is no series of it. */
const failed = (metric: string, matchers: string, by: string = '') => {
  const all = `${sum(by)}(${rate(`${metric}{${matchers}}`)})`;
  return `100 * (${sum(by)}(${rate(`${metric}{${matchers}, rcode="SERVFAIL"}`)}) or 0 * ${all}) / (${all} > 0)`;
};

/** Times that something happened within a step of the graph. */
const times = (metric: string, legend: string) => ({ expr: `sum(increase(${metric}{${dns}}[$__rate_interval])) or vector(0)`, legend });

export default dashboard({
  uid: 'coredns',
  title: 'CoreDNS',
  description: 'The DNS server of the cluster: queries, answers, latency, the servers that it forwards to, and its cache.',
  topic: 'control-plane',
  jobs: ['coredns'],
  variables: [labelVariable('instance', 'Instance', `up{${series('coredns')}}`, true)],
  alerts: 'alertname=~"CoreDNS.+"',
  rows: [
    top(
      targetsUp('coredns', 'Instances', 'instance=~"$instance"'),
      stat('Queries', { description: 'Queries per second. A sudden rise is a client that loops or a cache that is gone.', unit: 'reqps', min: 0, query: total('coredns_dns_requests_total') }),
      stat('Failed queries', {
        description: 'Share of the answers that are SERVFAIL: CoreDNS or a server behind it could not answer. Clients retry, then fail.', ...percent, decimals: 2,
        thresholds: errors, query: failed('coredns_dns_responses_total', dns),
      }),
      stat('Latency', {
        description: 'Time to answer a query, 99th percentile. Clients give up after 5 seconds.', unit: 's', min: 0, thresholds: [at('latencySeconds', 'red')],
        query: quantile(0.99, 'coredns_dns_request_duration_seconds', dns),
      }),
      stat('Cache hits', {
        description: 'Share of the queries answered from the cache. A fall means more work for the servers behind it.', ...percent, decimals: 0,
        query: `100 * (${total('coredns_cache_hits_total')} or vector(0)) / ${total('coredns_cache_requests_total')}`,
      }),
      alertsFiring('alertname=~"CoreDNS.+"'),
    ),
    row(
      'Rate',
      timeSeries('Queries by type', {
        description: 'Queries per second by the record that is asked for. As many AAAA as A are normal where clients ask for both.', unit: 'reqps', stacked: true,
        queries: [{ expr: total('coredns_dns_requests_total', 'type'), legend: '{{type}}' }],
      }),
      timeSeries('Answers by code', {
        description: 'Answers per second by code. Many NXDOMAIN come from search domains: short names with dots are tried in each of them first.', unit: 'reqps',
        stacked: true, queries: [{ expr: total('coredns_dns_responses_total', 'rcode'), legend: '{{rcode}}' }],
      }),
    ),
    row(
      'Errors',
      timeSeries('Failed queries by zone', {
        description: 'Share of SERVFAIL in each zone. In the zone of the cluster it is CoreDNS or the API server, in the root zone the upstream servers.', ...percent,
        max: undefined, thresholds: errors, queries: [{ expr: `topk(10, ${failed('coredns_dns_responses_total', dns, 'zone')})`, legend: '{{zone}}' }],
      }),
      timeSeries('Faults', {
        description: 'Panics, failed reloads of the Corefile, failed health checks of CoreDNS itself and of its upstream servers, queries for which no upstream server was '
          + 'healthy, and queries rejected because too many were being forwarded. Each should be 0.',
        unit: 'short', bars: true,
        queries: [
          times('coredns_panics_total', 'panics'),
          times('coredns_reload_failed_total', 'failed reloads'),
          times('coredns_health_request_failures_total', 'own health checks'),
          times('coredns_proxy_healthcheck_failures_total', 'upstream health checks'),
          times('coredns_forward_healthcheck_broken_total', 'no healthy upstream'),
          times('coredns_forward_max_concurrent_rejects_total', 'rejected queries'),
        ],
      }),
    ),
    row(
      'Duration',
      timeSeries('Latency of answers', {
        description: 'Time to answer a query. Answers from the cache take less than a millisecond. The alert fires above the dashed line.', unit: 's', min: 0,
        thresholds: [at('latencySeconds', 'red')], queries: quantiles('coredns_dns_request_duration_seconds', dns),
      }),
      timeSeries('Latency by zone', {
        description: 'Time to answer a query, 99th percentile, the ten slowest zones.', unit: 's', min: 0, thresholds: [at('latencySeconds', 'red')],
        queries: [{ expr: `topk(10, ${quantile(0.99, 'coredns_dns_request_duration_seconds', dns, 'zone')})`, legend: '{{zone}}' }],
      }),
    ),
    row(
      'Upstream servers',
      timeSeries('Forwarded queries', {
        description: 'Queries per second forwarded to each upstream server.', unit: 'reqps', width: 8,
        queries: [{ expr: `topk(10, sum by (to) (${rate(`coredns_proxy_request_duration_seconds_count{${forward}}`)}))`, legend: '{{to}}' }],
      }),
      timeSeries('Failed by upstream server', {
        description: 'Share of the forwarded queries that the upstream server answers with SERVFAIL. A server that does not answer at all fails health checks instead.', ...percent,
        max: undefined, thresholds: errors, width: 8,
        queries: [{ expr: `topk(10, ${failed('coredns_proxy_request_duration_seconds_count', forward, 'to')})`, legend: '{{to}}' }],
      }),
      timeSeries('Latency of upstream servers', {
        description: 'Time that each upstream server takes to answer, 99th percentile.', unit: 's', min: 0, width: 8,
        queries: [{ expr: `topk(10, ${quantile(0.99, 'coredns_proxy_request_duration_seconds', forward, 'to')})`, legend: '{{to}}' }],
      }),
    ),
    collapsed(
      'Cache',
      timeSeries('Cache hits and misses', {
        description: 'Queries per second that the cache answers, with data or with a denial, and that it cannot answer.', unit: 'reqps', stacked: true, width: 8,
        queries: [
          { expr: total('coredns_cache_hits_total', 'type'), legend: '{{type}}' },
          { expr: `${total('coredns_cache_requests_total')} - (${total('coredns_cache_hits_total')} or vector(0))`, legend: 'miss' },
        ],
      }),
      timeSeries('Cache entries', {
        description: 'Answers that the caches hold, with data or with a denial.', unit: 'short', decimals: 0, width: 8,
        queries: [{ expr: `sum by (type) (coredns_cache_entries{${dns}})`, legend: '{{type}}' }],
      }),
      timeSeries('Cache evictions', {
        description: 'Answers per second that leave a full cache before they expire. Many mean that the cache is too small.', unit: 'short', width: 8,
        queries: [{ expr: `${total('coredns_cache_evictions_total')} or vector(0)`, legend: 'evictions' }],
      }),
    ),
    collapsed(
      'Kubernetes',
      timeSeries('Time until names resolve', {
        description: 'Time from a change of the endpoints of a Service to the new answer, 99th percentile. Headless Services alone are measured.', unit: 's', min: 0,
        queries: [{ expr: quantile(0.99, 'coredns_kubernetes_dns_programming_duration_seconds', dns, 'service_kind'), legend: '{{service_kind}}' }],
      }),
      timeSeries('Requests to the API server', {
        description: 'Requests of CoreDNS to the API server per second, by status code. Without answers new Services have no name.', unit: 'reqps', stacked: true,
        links: [toApiServer], queries: [{ expr: total('coredns_kubernetes_rest_client_requests_total', 'code'), legend: '{{code}}' }],
      }),
    ),
    collapsed(
      'Instances',
      timeSeries('Queries by Pod', {
        description: 'Queries per second that each Pod answers. A Pod far above the others serves clients that keep a connection.', unit: 'reqps', links,
        queries: pods(total('coredns_dns_requests_total', 'namespace, pod')),
      }),
      timeSeries('Latency by Pod', {
        description: 'Time to answer a query, 99th percentile, by Pod. A single slow one lacks CPU or sits on a node in trouble.', unit: 's', min: 0, links,
        queries: pods(quantile(0.99, 'coredns_dns_request_duration_seconds', dns, 'namespace, pod')),
      }),
    ),
    processes({ matchers: dns, by: 'namespace, pod', legend: '{{pod}}', links }),
  ],
});
