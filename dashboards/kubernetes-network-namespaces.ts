import { collapsed, dashboard, row } from './grafana/dashboard';
import { table } from './grafana/table';
import { bothWays, Level, networkColumns, networkGraphs, networkStats } from './network';
import { ofRow, ofSeries, toNetworkOfNamespace, toNetworkOfWorkload, toPod } from './queries';
import { byWorkload } from './workloads';

const level: Level = {
  label: 'namespace', name: 'namespace', names: 'namespaces', matchers: '', sum: (vector) => `sum by (namespace) (${vector})`,
  links: [toNetworkOfNamespace(ofSeries('namespace'))], alerts: 'alertname=~"NodeNetwork.+|NodeBonding.+|NodeHighNumberConntrack.+|KubeProxy.+|CoreDNS.+"',
};

export default dashboard({
  uid: 'kubernetes-network-namespaces',
  title: 'Kubernetes / Network by namespace',
  description: 'Traffic of all Pods by namespace: who sends and receives most, and who loses packets. Namespaces lead on to their workloads.',
  topic: 'kubernetes',
  jobs: ['kubelet', 'kube-state-metrics'],
  variables: [],
  alerts: level.alerts,
  rows: [
    networkStats(level),
    row(
      'Namespaces',
      table('Namespaces by traffic', {
        description: 'Each namespace with what its Pods receive, send and lose. A click leads to the network of its workloads.', sortBy: 'Received', height: 9,
        columns: [{ label: 'namespace', name: 'Namespace', links: [toNetworkOfNamespace(ofRow('Namespace'))] }, ...networkColumns(level)],
      }),
    ),
    ...networkGraphs(level),
    collapsed(
      'Largest',
      table('Workloads by traffic', {
        description: 'The twenty workloads of the cluster that receive and send most together.', sortBy: 'Traffic', width: 12,
        columns: [
          { label: 'namespace', name: 'Namespace', links: [toNetworkOfNamespace(ofRow('Namespace'))] },
          { label: 'workload', name: 'Workload', links: [toNetworkOfWorkload(ofRow('Namespace'), ofRow('Workload'))] },
          { query: `topk(20, sum by (namespace, workload) (${byWorkload(bothWays(''), '')}))`, name: 'Traffic', unit: 'bps' },
        ],
      }),
      table('Pods by traffic', {
        description: 'The twenty Pods of the cluster that receive and send most together.', sortBy: 'Traffic', width: 12,
        columns: [
          { label: 'namespace', name: 'Namespace', links: [toNetworkOfNamespace(ofRow('Namespace'))] },
          { label: 'pod', name: 'Pod', links: [toPod(ofRow('Namespace'), ofRow('Pod'))] },
          { query: `topk(20, sum by (namespace, pod) (${bothWays('')}))`, name: 'Traffic', unit: 'bps' },
        ],
      }),
    ),
  ],
});
