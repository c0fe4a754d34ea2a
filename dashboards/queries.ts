/** What the dashboards have in common: matchers, links to each other, and stats of the first row. */
import { Query, step } from './grafana/fields';
import type { Link } from './grafana/json';
import { Sized, stat } from './grafana/panels';

/** Matchers of the series of a component, by the default name of its scrape job. */
export function series(component: string, matchers: string = ''): string {
  return `job=~"$${component.replace(/-/g, '_')}", cluster=~"$cluster"${matchers === '' ? '' : `, ${matchers}`}`;
}

/** Matchers of the series of cAdvisor about containers. */
export const containers = (matchers: string = ''): string => series('kubelet', `metrics_path="/metrics/cadvisor", container!=""${after(matchers)}`);
/** Matchers of the series of cAdvisor about the network of Pods. */
export const podNetwork = (matchers: string = ''): string => series('kubelet', `metrics_path="/metrics/cadvisor", pod!=""${after(matchers)}`);
/** Matchers of the series of the kubelet itself. */
export const kubelet = (matchers: string = ''): string => series('kubelet', `metrics_path="/metrics"${after(matchers)}`);
/** Matchers of the series of kube-state-metrics. */
export const objects = (matchers: string = ''): string => series('kube-state-metrics', matchers);

/** Matchers after others. */
export const after = (matchers: string): string => (matchers === '' ? '' : `, ${matchers}`);

/** A rate over the time that Grafana finds right for the range that is shown. */
export const rate = (counter: string): string => `rate(${counter}[$__rate_interval])`;

/** A quantile of a histogram whose series have these matchers, by these labels. */
export function quantile(q: number, histogram: string, matchers: string, by: string = ''): string {
  return `histogram_quantile(${q}, sum by (${by === '' ? '' : `${by}, `}le) (${rate(`${histogram}_bucket{${matchers}}`)}))`;
}

/** Median, 90th and 99th percentile of a histogram. */
export function quantiles(histogram: string, matchers: string): Query[] {
  return [0.5, 0.9, 0.99].map((q) => ({ expr: quantile(q, histogram, matchers), legend: `${100 * q}%` }));
}

/** Mean of a histogram or a summary, by these labels. */
export function mean(histogram: string, matchers: string, by: string): string {
  return ['sum', 'count'].map((part) => `sum by (${by}) (${rate(`${histogram}_${part}{${matchers}}`)})`).join(' / ');
}

/** Series of rule groups, whose name is the path of a file and the group, by the group alone. */
export const namedByGroup = (vector: string): string => `label_replace(${vector}, "rule_group", "$1", "rule_group", ".*;(.+)")`;

/** The value of a label of the series that was clicked; in a table, of a column by its name. */
export const ofSeries = (label: string): string => `\${__field.labels.${label}}`;
export const ofRow = (column: string): string => `\${__data.fields.${column}}`;

/** Link to a dashboard of ours that keeps time, data source and cluster, and sets variables. */
export function link(title: string, uid: string, variables: Readonly<Record<string, string>> = {}): Link {
  const set = Object.entries(variables).map(([name, value]) => `&var-${name}=${value}`).join('');
  return { title, url: `/d/${uid}?\${__url_time_range}&\${datasource:queryparam}&\${cluster:queryparam}${set}` };
}

export const toAlerts: Link = link('Alerts', 'alerts');
export const toApiServer: Link = link('API server', 'kubernetes-apiserver');
export const toPrometheus: Link = link('Prometheus', 'prometheus');
export const toRemoteWrite: Link = link('Remote write', 'prometheus-remote-write');
export const toCardinality: Link = link('Cardinality', 'prometheus-cardinality');
export const toAlertmanager: Link = link('Alertmanager', 'alertmanager');
export const toNode = (node: string): Link => link('Node', 'kubernetes-node', { node });
export const toNamespace = (namespace: string): Link => link('Namespace', 'kubernetes-namespace', { namespace });
export const toPod = (namespace: string, pod: string): Link => link('Pod', 'kubernetes-pod', { namespace, pod });
export const toWorkload = (namespace: string, workload: string): Link => link('Workload', 'kubernetes-workload', { namespace, workload });
export const toNetwork: Link = link('Network', 'kubernetes-network-namespaces');
export const toNetworkOfNamespace = (namespace: string): Link => link('Network', 'kubernetes-network-workloads', { namespace });
export const toNetworkOfWorkload = (namespace: string, workload: string): Link => link('Network', 'kubernetes-network-pods', { namespace, workload });
export const toJobs: Link = link('Jobs', 'kubernetes-jobs');
export const toJobsOfNamespace = (namespace: string): Link => link('Jobs', 'kubernetes-jobs', { namespace });
export const toAutoscaling: Link = link('Autoscaling', 'kubernetes-autoscaling');
export const toAutoscalingOfNamespace = (namespace: string): Link => link('Autoscaling', 'kubernetes-autoscaling', { namespace });

export const toClusters: Link = link('Clusters', 'kubernetes-clusters');

/** Links that lead to one of the clusters that are compared. */
export const toCluster = (cluster: string): Link => ({ ...link('Cluster', 'kubernetes-cluster'), cluster });
export const toAlertsOf = (cluster: string): Link => ({ ...toAlerts, cluster });

/** Firing alerts with these matchers, of those that somebody should see to. */
export function alertsFiring(matchers: string, width: number = 4): Sized {
  return stat('Alerts firing', {
    description: 'Alerts of severity warning or critical that fire now. Any is worth a look; a click lists them.',
    unit: 'short', min: 0, thresholds: [step(1, 'orange')], width, links: [toAlerts],
    query: `count(ALERTS{alertstate="firing", cluster=~"$cluster", severity=~"warning|critical"${after(matchers)}}) or vector(0)`,
  });
}

/** Targets of a component that answer, of all that were found. */
export function targetsUp(component: string, what: string, matchers: string = '', width: number = 4): Sized {
  const of = series(component, matchers);
  return stat(`${what} up`, {
    description: `Share of the scraped ${what.toLowerCase()} that answer. Below 100% some are down or out of reach.`,
    unit: 'percent', min: 0, max: 100, base: 'red', thresholds: [step(50, 'orange'), step(100, 'green')], width, noValue: 'none found',
    query: `100 * avg(up{${of}})`,
  });
}
