import alerts from './alerts';
import type { Dashboard } from './grafana/json';
import autoscaling from './kubernetes-autoscaling';
import cluster from './kubernetes-cluster';
import clusters from './kubernetes-clusters';
import jobs from './kubernetes-jobs';
import kubelet from './kubernetes-kubelet';
import namespace from './kubernetes-namespace';
import networkNamespaces from './kubernetes-network-namespaces';
import networkPods from './kubernetes-network-pods';
import networkWorkloads from './kubernetes-network-workloads';
import node from './kubernetes-node';
import nodes from './kubernetes-nodes';
import pod from './kubernetes-pod';
import volumes from './kubernetes-volumes';
import workload from './kubernetes-workload';
import cardinality from './prometheus-cardinality';

/** Every dashboard, by the folder of lib/components that it belongs to. */
export const DASHBOARDS: Readonly<Record<string, readonly Dashboard[]>> = {
  'kube-state': [clusters, cluster, namespace, workload, pod, jobs, autoscaling],
  'kubelet': [kubelet, volumes, networkNamespaces, networkWorkloads, networkPods],
  'node': [node, nodes],
  'prometheus': [alerts, cardinality],
};
