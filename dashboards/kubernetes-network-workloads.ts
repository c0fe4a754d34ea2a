import { collapsed, dashboard, labelVariable, row } from './grafana/dashboard';
import { table } from './grafana/table';
import { Level, networkColumns, networkGraphs, networkStats } from './network';
import { objects, ofRow, ofSeries, toNamespace, toNetwork, toNetworkOfWorkload, toPod } from './queries';
import { byWorkload } from './workloads';

const ns = 'namespace="$namespace"';
const level: Level = {
  label: 'workload', name: 'workload', names: 'workloads', matchers: ns, sum: (vector) => `sum by (workload, kind) (${byWorkload(vector, ns)})`,
  links: [toNetworkOfWorkload('${namespace}', ofSeries('workload'))], alerts: ns,
};

export default dashboard({
  uid: 'kubernetes-network-workloads',
  title: 'Kubernetes / Network by workload',
  description: 'Traffic of one namespace by workload: who sends and receives most, and who loses packets. Workloads lead on to their Pods.',
  topic: 'kubernetes',
  jobs: ['kubelet', 'kube-state-metrics'],
  variables: [labelVariable('namespace', 'Namespace', `kube_pod_info{${objects()}}`)],
  alerts: level.alerts,
  related: [toNamespace('${namespace}'), toNetwork],
  rows: [
    networkStats(level),
    row(
      'Workloads',
      table('Workloads by traffic', {
        description: 'Each workload with what its Pods receive, send and lose. A click leads to the network of its Pods.', sortBy: 'Received', height: 9,
        columns: [
          { label: 'workload', name: 'Workload', width: 280, links: [toNetworkOfWorkload('${namespace}', ofRow('Workload'))] },
          { label: 'kind', name: 'Kind' },
          ...networkColumns(level),
        ],
      }),
    ),
    ...networkGraphs(level),
    collapsed(
      'Pods',
      table('Pods by traffic', {
        description: 'Each Pod of the namespace with what it receives, sends and loses. A click leads to the Pod.', sortBy: 'Received', height: 9,
        columns: [
          { label: 'pod', name: 'Pod', width: 340, links: [toPod('${namespace}', ofRow('Pod'))] },
          ...networkColumns({ ...level, sum: (vector) => `sum by (pod) (${vector})` }),
        ],
      }),
    ),
  ],
});
