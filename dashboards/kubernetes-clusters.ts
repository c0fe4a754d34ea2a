import { collapsed, dashboard, row, top } from './grafana/dashboard';
import { step } from './grafana/fields';
import { stat, timeSeries } from './grafana/panels';
import { table } from './grafana/table';
import { after, kubelet, objects, ofRow, ofSeries, rate, series, toAlertsOf, toCluster } from './queries';
import { allocatable, nodeUse, promised, Resource } from './workloads';

const percent = { unit: 'percent', min: 0, decimals: 0 } as const;
const number = { unit: 'short', min: 0, decimals: 0 } as const;
const busy = [step(80, 'orange'), step(90, 'red')];
const full = [step(90, 'orange'), step(100, 'red')];

/** Series of a single cluster have no such label; a row and a line need a name. */
const named = (vector: string) => `label_replace(${vector}, "cluster", "this cluster", "cluster", "")`;
const byCluster = (vector: string) => `sum by (cluster) (${vector})`;
/** 0 for clusters that have none of what is counted. */
const counted = (vector: string) => `(count by (cluster) (${vector}) or 0 * ${scraped})`;

const state = `up{${objects()}}`;
const scraped = `count by (cluster) (${state})`;
const silent = `(count by (cluster) (${state} offset 1h) unless on (cluster) ${scraped})`;
const firing = (severity: string) => `ALERTS{alertstate="firing", cluster=~"$cluster", severity="${severity}"}`;
const servers = `up{${series('apiserver')}}`;
/** Without probes of its health, which an API server that starts answers with an error. */
const requests = (matchers: string = '') => (
  byCluster(rate(`apiserver_request_total{${series('apiserver', `subresource!~"/(healthz|livez|readyz).*"${after(matchers)}`)}}`))
);
const apiErrors = `100 * (${requests('code=~"5.."')} or 0 * ${requests()}) / (${requests()} > 0)`;
const ready = `kube_node_status_condition{${objects('condition="Ready", status="true"')}}`;
const pods = (matchers: string) => byCluster(`kube_pod_status_phase{${objects(matchers)}}`);
const troubled = 'phase=~"Pending|Failed|Unknown"';
const room = (resource: Resource | 'pods') => byCluster(allocatable(resource));
const used = (resource: Resource) => `100 * ${byCluster(nodeUse(resource))} / ${room(resource)}`;
const requested = (resource: Resource) => `100 * ${byCluster(promised('requests', resource, ''))} / ${room(resource)}`;

const clusterColumn = { label: 'cluster', name: 'Cluster', links: [toCluster(ofRow('Cluster'))] };
const top20 = (vector: string) => [{ expr: `topk(20, ${named(vector)})`, legend: '{{cluster}}' }];
const graph = { links: [toCluster(ofSeries('cluster'))] };

export default dashboard({
  uid: 'kubernetes-clusters',
  title: 'Kubernetes / Clusters',
  description: 'All clusters beside each other: which has alerts, which is full, and which no longer reports. Each leads on to its own dashboard.',
  topic: 'kubernetes',
  jobs: ['kube-state-metrics', 'kubelet', 'apiserver'],
  variables: [],
  comparesClusters: true,
  alerts: 'severity="critical"',
  rows: [
    top(
      stat('Clusters', { description: 'Clusters that report: whose kube-state-metrics is scraped, successfully or not.', ...number, query: `count(${scraped})` }),
      stat('Silent', {
        description: 'Clusters that reported an hour ago and no longer do. Their alerts do not come either.', ...number, thresholds: [step(1, 'red')],
        query: `count(${silent}) or vector(0)`,
      }),
      stat('With critical alerts', {
        description: 'Clusters in which a critical alert fires. Each needs somebody now.', ...number, thresholds: [step(1, 'red')],
        query: `count(count by (cluster) (${firing('critical')})) or vector(0)`,
      }),
      stat('API servers up', {
        description: 'Share of the API servers that answer, of the cluster with the fewest.', unit: 'percent', min: 0, max: 100, decimals: 0, base: 'red',
        thresholds: [step(50, 'orange'), step(100, 'green')], query: `min(100 * avg by (cluster) (${servers}))`,
      }),
      stat('Nodes not ready', {
        description: 'Nodes of all clusters that are not ready.', ...number, thresholds: [step(1, 'orange')], query: `count(${ready} == 0) or vector(0)`,
      }),
      stat('Fullest cluster', {
        description: 'Share of its CPUs or memory that is promised to Pods, of the cluster with the least left. At 100% new Pods stay pending.', ...percent,
        thresholds: full, query: `max(${(['cpu', 'memory'] as const).map((of) => `label_replace(${requested(of)}, "resource", "${of}", "", "")`).join(' or ')})`,
      }),
    ),
    row(
      'State',
      table('Clusters by alerts', {
        description: 'Each cluster of the last day, with its alerts, its API and its nodes and Pods. A click leads to the cluster, one on a number of alerts to these.',
        sortBy: 'Critical', height: 9,
        columns: [
          clusterColumn,
          {
            query: named(`(${scraped} > bool 0 or 0 * count by (cluster) (last_over_time(${state}[1d])))`), name: 'Reports', unit: 'none',
            words: { 0: { text: 'silent', color: 'red' }, 1: { text: 'yes', color: 'green' } },
          },
          { query: named(counted(firing('critical'))), name: 'Critical', ...number, thresholds: [step(1, 'red')], links: [toAlertsOf(ofRow('Cluster'))] },
          { query: named(counted(firing('warning'))), name: 'Warnings', ...number, thresholds: [step(1, 'orange')], links: [toAlertsOf(ofRow('Cluster'))] },
          { query: named(apiErrors), name: 'API errors', ...percent, decimals: 2, thresholds: [step(1, 'orange')] },
          { query: named(counted(`${ready} == 0`)), name: 'Nodes not ready', ...number, thresholds: [step(1, 'orange')] },
          { query: named(pods(troubled)), name: 'Pods not running', ...number, thresholds: [step(1, 'orange')] },
          { query: named(used('cpu')), name: 'CPU used', ...percent, max: 100, bar: true, thresholds: busy },
          { query: named(used('memory')), name: 'Memory used', ...percent, max: 100, bar: true, thresholds: busy },
        ],
      }),
    ),
    row(
      'Capacity',
      table('Clusters by size', {
        description: 'What each cluster has and has promised to Pods. Where CPU, memory or Pods come near 100%, the next Pods stay pending.', sortBy: 'CPU requested',
        height: 9,
        columns: [
          clusterColumn,
          { query: named(`count by (cluster) (${servers} == 1)`), name: 'API servers', ...number },
          { query: named(`count by (cluster) (${ready})`), name: 'Nodes', ...number },
          { query: named(byCluster(`kubelet_running_pods{${kubelet()}}`)), name: 'Pods', ...number },
          { query: named(`100 * ${byCluster(`kubelet_running_pods{${kubelet()}}`)} / ${room('pods')}`), name: 'Pods of most', ...percent, max: 100, bar: true, thresholds: full },
          { query: named(room('cpu')), name: 'CPUs', ...number },
          { query: named(requested('cpu')), name: 'CPU requested', ...percent, max: 100, bar: true, thresholds: full },
          { query: named(room('memory')), name: 'Memory', unit: 'bytes' },
          { query: named(requested('memory')), name: 'Memory requested', ...percent, max: 100, bar: true, thresholds: full },
        ],
      }),
    ),
    row(
      'Over time',
      timeSeries('Alerts by cluster', {
        description: 'Alerts of severity warning or critical that fire, the twenty clusters with the most. A step in all of them has one cause.', ...number, ...graph,
        queries: top20(counted('ALERTS{alertstate="firing", cluster=~"$cluster", severity=~"warning|critical"}')),
      }),
      timeSeries('API errors', {
        description: 'Share of the requests that API servers answer with an error of their own, the twenty clusters with the most.', ...percent, decimals: 2, ...graph,
        queries: top20(apiErrors),
      }),
      timeSeries('CPU used', { description: 'Share of the CPUs in use, the twenty busiest clusters.', ...percent, max: 100, thresholds: busy, ...graph, queries: top20(used('cpu')) }),
      timeSeries('Memory used', {
        description: 'Share of the memory in use, the twenty fullest clusters.', ...percent, max: 100, thresholds: busy, ...graph, queries: top20(used('memory')),
      }),
    ),
    collapsed(
      'Nodes and Pods',
      timeSeries('Nodes', { description: 'Nodes of each cluster, the twenty largest clusters.', ...number, ...graph, queries: top20(`count by (cluster) (${ready})`) }),
      timeSeries('Pods not running by cluster', {
        description: 'Pods that are pending, failed, or on a node that does not answer, the twenty clusters with the most.', ...number, ...graph, queries: top20(pods(troubled)),
      }),
    ),
  ],
});
