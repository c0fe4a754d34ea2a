import alerts from './alerts';
import grafana from './grafana-server';
import type { Dashboard } from './grafana/json';
import cluster from './kubernetes-cluster';
import kubelet from './kubernetes-kubelet';
import namespace from './kubernetes-namespace';
import node from './kubernetes-node';
import nodes from './kubernetes-nodes';
import pod from './kubernetes-pod';
import volumes from './kubernetes-volumes';
import workload from './kubernetes-workload';

/** Every dashboard, by the folder of lib/components that it belongs to. */
export const DASHBOARDS: Readonly<Record<string, readonly Dashboard[]>> = {
  'grafana': [grafana],
  'kube-state': [cluster, namespace, workload, pod],
  'kubelet': [kubelet, volumes],
  'node': [node, nodes],
  'prometheus': [alerts],
};
