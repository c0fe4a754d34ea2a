import { collapsed, dashboard, labelVariable, row, top } from './grafana/dashboard';
import { step } from './grafana/fields';
import { stat, timeSeries } from './grafana/panels';
import { apiRequests, processes } from './programs';
import { alertsFiring, ofSeries, quantile, quantiles, rate, series, targetsUp, toNode } from './queries';

const proxy = series('kube-proxy', 'node=~"$node"');
const number = { unit: 'short', min: 0, decimals: 0 } as const;
const ALERTS = 'alertname=~"KubeProxy.+"';
const links = [toNode(ofSeries('node'))];
const top20 = (expr: string) => [{ expr: `topk(20, ${expr})`, legend: '{{node}}' }];
const PROGRAMMING = 'kubeproxy_network_programming_duration_seconds';
const SYNC = 'kubeproxy_sync_proxy_rules';
/** Syncs of each node that failed within a range; which of the metrics exists depends on the mode of kube-proxy. */
const failures = (range: string) => ['iptables_restore', 'nftables_sync'].map((of) => (
  `sum by (node) (increase(${SYNC}_${of}_failures_total{${proxy}}[${range}]))`
)).join(' or ');
/** Time since the latest change was queued, while it is not applied; else 0. */
const behind = `(time() - ${SYNC}_last_queued_timestamp_seconds{${proxy}})
  * (${SYNC}_last_queued_timestamp_seconds{${proxy}} > bool ${SYNC}_last_timestamp_seconds{${proxy}})`;
/** Gauges whose names end like those of counters. */
const gauge = (metric: string, by: string) => `max by (${by}) (max_over_time(${metric}{${proxy}}[$__rate_interval]))`;
/** A quantile over the time range: where nothing changes, little is measured. */
const within = (histogram: string) => `histogram_quantile(0.99, sum by (le) (increase(${histogram}_bucket{${proxy}}[$__range])))`;

export default dashboard({
  uid: 'kubernetes-kube-proxy',
  title: 'Kubernetes / kube-proxy',
  description: 'kube-proxy on each node: how long a change of a Service or its Pods takes to reach the rules of the nodes, and where that fails.',
  topic: 'control-plane',
  jobs: ['kube-proxy'],
  variables: [labelVariable('node', 'Node', `up{${series('kube-proxy')}}`, true)],
  alerts: ALERTS,
  rows: [
    top(
      targetsUp('kube-proxy', 'Proxies', 'node=~"$node"'),
      stat('Changes not applied', {
        description: 'Time that a node has not applied its latest change, the longest. Until it does connections may go to Pods that are gone.', unit: 's', min: 0, decimals: 0,
        thresholds: [step(60, 'orange'), step(300, 'red')], query: `max(${behind})`,
      }),
      stat('Failed syncs', {
        description: 'Attempts of the time range to write rules that failed, on all nodes.', ...number, thresholds: [step(1, 'orange')], course: false,
        query: `sum(${failures('$__range')}) or vector(0)`,
      }),
      stat('Programming time', {
        description: 'Time from a change of the endpoints of a Service to the rules of the nodes, 99th percentile of the time range.', unit: 's', min: 0,
        thresholds: [step(30, 'orange')], course: false, noValue: 'no change', query: within(PROGRAMMING),
      }),
      stat('Sync time', {
        description: 'Time to write the rules of a node, 99th percentile of the time range.', unit: 's', min: 0, thresholds: [step(10, 'orange')], course: false,
        noValue: 'no sync', query: within(`${SYNC}_duration_seconds`),
      }),
      alertsFiring(ALERTS),
    ),
    row(
      'Changes',
      timeSeries('Changes of Services and endpoints', {
        description: 'Changes per second that a proxy receives, mean of the nodes. Many changes of endpoints are Pods whose readiness flaps.', unit: 'ops',
        queries: [
          { expr: `avg(${rate(`${SYNC}_service_changes_total{${proxy}}`)})`, legend: 'Services' },
          { expr: `avg(${rate(`${SYNC}_endpoint_changes_total{${proxy}}`)})`, legend: 'endpoints' },
        ],
      }),
      timeSeries('Changes that wait', {
        description: 'Changes of Services and endpoints that are not in the rules yet, the twenty nodes with the most.', ...number, links,
        queries: top20(`max by (node) (${SYNC}_service_changes_pending{${proxy}} + ${SYNC}_endpoint_changes_pending{${proxy}})`),
      }),
    ),
    row(
      'Errors',
      timeSeries('Failed syncs by node', {
        description: 'Attempts to write rules that failed, the twenty nodes with the most. The log of kube-proxy on the node has the error.', ...number, bars: true, links,
        noValue: 'No sync has failed',
        queries: top20(`(${failures('$__rate_interval')})`),
      }),
      timeSeries('Services without local endpoints', {
        description: 'Services with traffic policy Local that have no endpoint on the node, the twenty nodes with the most. Their traffic is dropped '
          + 'there; with load balancers that check nodes this is intended.',
        ...number, links,
        queries: [{ expr: `topk(20, ${gauge(`${SYNC}_no_local_endpoints_total`, 'node, traffic_policy')})`, legend: '{{node}} {{traffic_policy}}' }],
      }),
    ),
    row(
      'Duration',
      timeSeries('Time to program the network', {
        description: 'Time from a change of the endpoints of a Service to the rules of the nodes.', unit: 's', min: 0, queries: quantiles(PROGRAMMING, proxy),
      }),
      timeSeries('Time to program by node', {
        description: 'Time from a change to the rules, 99th percentile, the twenty slowest nodes. A single slow one lacks CPU.', unit: 's', min: 0, links,
        queries: top20(quantile(0.99, PROGRAMMING, proxy, 'node')),
      }),
      timeSeries('Syncs by node', {
        description: 'Times per second that rules are written, the twenty nodes with the most.', unit: 'ops', links,
        queries: top20(`sum by (node) (${rate(`${SYNC}_duration_seconds_count{${proxy}}`)})`),
      }),
      timeSeries('Sync time by node', {
        description: 'Time to write the rules, 99th percentile, the twenty slowest nodes. It grows with the number of Services and endpoints.', unit: 's', min: 0, links,
        queries: top20(quantile(0.99, `${SYNC}_duration_seconds`, proxy, 'node')),
      }),
    ),
    collapsed(
      'Rules',
      timeSeries('iptables rules', {
        description: 'Rules that kube-proxy has in the tables of a node, the node with the most. In mode nftables there are none.', ...number, width: 8,
        noValue: 'None: it runs in another mode',
        queries: [{ expr: gauge(`${SYNC}_iptables_total`, 'table'), legend: '{{table}}' }],
      }),
      timeSeries('Full and partial syncs', {
        description: 'Times per second, mean of the nodes, that all rules are written or only those that change. Full ones should be rare.', unit: 'ops', width: 8,
        queries: [
          { expr: `avg(${rate(`kubeproxy_sync_full_proxy_rules_duration_seconds_count{${proxy}}`)})`, legend: 'full' },
          { expr: `avg(${rate(`kubeproxy_sync_partial_proxy_rules_duration_seconds_count{${proxy}}`)})`, legend: 'partial' },
        ],
      }),
      timeSeries('Deleted connections', {
        description: 'Tracked connections per second, mean of the nodes, deleted because their endpoint is gone.', unit: 'ops', width: 8,
        queries: [{ expr: `avg(${rate(`kubeproxy_conntrack_reconciler_deleted_entries_total{${proxy}}`)})`, legend: 'connections' }],
      }),
    ),
    collapsed('Requests to the API server', apiRequests(proxy, 24)),
    processes({ matchers: proxy, by: 'node', legend: '{{node}}', links }),
  ],
});
