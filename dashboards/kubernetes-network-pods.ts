import { dashboard, labelVariable, resultVariable, row } from './grafana/dashboard';
import { table } from './grafana/table';
import { Level, networkColumns, networkGraphs, networkStats } from './network';
import { objects, ofRow, ofSeries, toNetworkOfNamespace, toPod, toWorkload } from './queries';
import { ofChosen, owners } from './workloads';

const ns = 'namespace="$namespace"';
const level: Level = {
  label: 'pod', name: 'Pod', names: 'Pods', matchers: ns, sum: (vector) => `sum by (pod) (${ofChosen(vector)})`,
  links: [toPod('${namespace}', ofSeries('pod'))], alerts: `${ns}, pod=~"$workload-.*"`,
};

export default dashboard({
  uid: 'kubernetes-network-pods',
  title: 'Kubernetes / Network by Pod',
  description: 'Traffic of one workload by Pod: whether its Pods share it evenly, and which lose packets. Pods lead on to their own dashboard.',
  topic: 'kubernetes',
  jobs: ['kubelet', 'kube-state-metrics'],
  variables: [
    labelVariable('namespace', 'Namespace', `kube_pod_owner{${objects()}}`),
    resultVariable('workload', 'Workload', `count by (workload) (${owners(ns)})`),
  ],
  alerts: level.alerts,
  related: [toWorkload('${namespace}', '${workload}'), toNetworkOfNamespace('${namespace}')],
  rows: [
    networkStats(level),
    row(
      'Pods',
      table('Pods by traffic', {
        description: 'Each Pod of the workload with what it receives, sends and loses. A click leads to the Pod.', sortBy: 'Received', height: 9,
        columns: [{ label: 'pod', name: 'Pod', width: 340, links: [toPod('${namespace}', ofRow('Pod'))] }, ...networkColumns(level)],
      }),
    ),
    ...networkGraphs(level),
  ],
});
