import alertmanager from './alertmanager';
import alerts from './alerts';
import type { Dashboard } from './grafana/json';
import cluster from './kubernetes-cluster';
import kubelet from './kubernetes-kubelet';
import namespace from './kubernetes-namespace';
import node from './kubernetes-node';
import nodes from './kubernetes-nodes';
import pod from './kubernetes-pod';
import volumes from './kubernetes-volumes';
import workload from './kubernetes-workload';
import metricsServer from './metrics-server';
import probes from './probes';
import prometheus from './prometheus';
import adapter from './prometheus-adapter';
import operator from './prometheus-operator';
import remoteWrite from './prometheus-remote-write';

/** Every dashboard, by the folder of lib/components that it belongs to. */
export const DASHBOARDS: Readonly<Record<string, readonly Dashboard[]>> = {
  'alertmanager': [alertmanager],
  'blackbox': [probes],
  'kube-state': [cluster, namespace, workload, pod],
  'kubelet': [kubelet, volumes],
  'metrics-server': [metricsServer],
  'node': [node, nodes],
  'operator': [operator],
  'prometheus': [alerts, prometheus, remoteWrite],
  'prometheus-adapter': [adapter],
};
