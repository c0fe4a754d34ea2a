/** Panels of dashboards, or single queries of them, that are empty in some clusters, by their names as in `queriesIn`, each with the reason. */
type Reasons = Readonly<Record<string, string>>;

/** Without series where all is well. The tests of faults show that they have some where it is not. */
export const UNTIL_A_FAULT: Reasons = {
  'alerts: Firing alerts': 'no alert fires',
  'alerts: When alerts fired': 'no alert fires',
  'alerts: Alerts by severity': 'no alert fires',
  'alerts: Alerts by namespace': 'no alert fires',
  'kubernetes-cluster: Restarts': 'no container restarts',
  'kubernetes-kubelet: Failed probes': 'no probe fails',
  'kubernetes-kubelet: Failed operations': 'no operation of the container runtime fails',
  'kubernetes-namespace: CPU throttled': 'no container of the stack has a CPU limit',
  'kubernetes-namespace: CPU C': 'no container of the stack has a CPU limit',
  'kubernetes-namespace: Containers that wait': 'no container waits',
  'kubernetes-namespace: Restarts by container': 'no container restarts',
  'kubernetes-namespace: Quotas by use': 'the namespace has no quota',
  'kubernetes-pod: CPU throttled': 'no container of the stack has a CPU limit',
  'kubernetes-pod: Throttling': 'no container of the stack has a CPU limit',
  'kubernetes-pod: CPU C': 'no container of the stack has a CPU limit',
  'kubernetes-pod: Disk throughput': 'the Pod, of Alertmanager, neither reads from a disk nor writes to one',
  'kubernetes-volumes: Requested': 'the namespace has no claim',
  'kubernetes-volumes: Claims by phase': 'the namespace has no claim',
  'kubernetes-volumes: Space used': 'the namespace has no claim',
  'kubernetes-volumes: Inodes used': 'the namespace has no claim',
  'kubernetes-workload: CPU throttled': 'no container of the stack has a CPU limit',
  'kubernetes-workload: Throttling': 'no container of the stack has a CPU limit',
  'kubernetes-workload: CPU C': 'no container of the stack has a CPU limit',
  'kubernetes-workload: Restarts by container': 'no container restarts',
};

/** Without series where a cluster, or the machine under it, is of another kind. */
export const OF_OTHER_CLUSTERS: Reasons = {
  'kubernetes-kubelet: Certificates end in': 'kubelets whose certificate is not renewed have no such series',
  'kubernetes-node: Disk busy': 'the machine of the cluster has no disk of its own where it is a container',
  'kubernetes-node: Disk queue': 'the same',
  'kubernetes-node: Disk throughput': 'the same',
  'kubernetes-node: Disk requests': 'the same',
  'kubernetes-node: Disk latency': 'the same',
  'kubernetes-node: Pressure': 'the kernel has no PSI, or it is not enabled',
  'kubernetes-nodes: CPU pressure': 'the same',
  'kubernetes-nodes: Memory pressure': 'the same',
  'kubernetes-nodes: Disk pressure': 'the same',
  'kubernetes-nodes: Disk utilization': 'as in kubernetes-node',
  'kubernetes-nodes: Disk saturation': 'as in kubernetes-node',
  'kubernetes-volumes: Fullest volume': 'volumes that are folders of the node do not say how full they are',
  'kubernetes-volumes: Fullest by inodes': 'the same',
  'kubernetes-volumes: Volumes by use': 'the same',
};

/** Whether a query, or its panel, is among them. */
export function isListed(name: string, ...lists: readonly Reasons[]): boolean {
  return lists.some((list) => name in list || name.replace(/ [A-Z]$/, '') in list);
}
