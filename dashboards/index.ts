import alerts from './alerts';
import coredns from './coredns';
import etcd from './etcd';
import type { Dashboard } from './grafana/json';
import apiServer from './kubernetes-apiserver';
import cluster from './kubernetes-cluster';
import controllerManager from './kubernetes-controller-manager';
import kubeProxy from './kubernetes-kube-proxy';
import kubelet from './kubernetes-kubelet';
import namespace from './kubernetes-namespace';
import node from './kubernetes-node';
import nodes from './kubernetes-nodes';
import pod from './kubernetes-pod';
import scheduler from './kubernetes-scheduler';
import volumes from './kubernetes-volumes';
import workload from './kubernetes-workload';

/** Every dashboard, by the folder of lib/components that it belongs to. */
export const DASHBOARDS: Readonly<Record<string, readonly Dashboard[]>> = {
  'apiserver': [apiServer],
  'control-plane': [scheduler, controllerManager],
  'coredns': [coredns],
  'etcd': [etcd],
  'kube-proxy': [kubeProxy],
  'kube-state': [cluster, namespace, workload, pod],
  'kubelet': [kubelet, volumes],
  'node': [node, nodes],
  'prometheus': [alerts],
};
