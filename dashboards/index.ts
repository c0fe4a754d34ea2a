import alertmanager from './alertmanager';
import alerts from './alerts';
import coredns from './coredns';
import etcd from './etcd';
import grafana from './grafana-server';
import type { Dashboard } from './grafana/json';
import influxDb from './influxdb';
import influxDb2 from './influxdb2';
import apiServer from './kubernetes-apiserver';
import autoscaling from './kubernetes-autoscaling';
import cluster from './kubernetes-cluster';
import clusters from './kubernetes-clusters';
import controllerManager from './kubernetes-controller-manager';
import jobs from './kubernetes-jobs';
import kubeProxy from './kubernetes-kube-proxy';
import kubelet from './kubernetes-kubelet';
import namespace from './kubernetes-namespace';
import networkNamespaces from './kubernetes-network-namespaces';
import networkPods from './kubernetes-network-pods';
import networkWorkloads from './kubernetes-network-workloads';
import node from './kubernetes-node';
import nodes from './kubernetes-nodes';
import pod from './kubernetes-pod';
import scheduler from './kubernetes-scheduler';
import volumes from './kubernetes-volumes';
import workload from './kubernetes-workload';
import metricsServer from './metrics-server';
import probes from './probes';
import prometheus from './prometheus';
import adapter from './prometheus-adapter';
import cardinality from './prometheus-cardinality';
import operator from './prometheus-operator';
import remoteWrite from './prometheus-remote-write';
import thanosCompact from './thanos-compact';
import thanosQuery from './thanos-query';
import thanosQueryFrontend from './thanos-query-frontend';
import thanosReceive from './thanos-receive';
import thanosRule from './thanos-rule';
import thanosSidecar from './thanos-sidecar';
import thanosStore from './thanos-store';
import sinkGateway from './sink-gateway';
import victoriaMetrics from './victoria-metrics';

/** Every dashboard, by the folder of lib/components that it belongs to. */
export const DASHBOARDS: Readonly<Record<string, readonly Dashboard[]>> = {
  'alertmanager': [alertmanager],
  'apiserver': [apiServer],
  'blackbox': [probes],
  'control-plane': [scheduler, controllerManager],
  'coredns': [coredns],
  'etcd': [etcd],
  'grafana': [grafana],
  'influxdb': [influxDb, influxDb2],
  'kube-proxy': [kubeProxy],
  'kube-state': [clusters, cluster, namespace, workload, pod, jobs, autoscaling],
  'kubelet': [kubelet, volumes, networkNamespaces, networkWorkloads, networkPods],
  'metrics-server': [metricsServer],
  'node': [node, nodes],
  'operator': [operator],
  'prometheus': [alerts, cardinality, prometheus, remoteWrite],
  'prometheus-adapter': [adapter],
  'thanos': [thanosSidecar, thanosQuery, thanosQueryFrontend, thanosStore, thanosCompact, thanosReceive, thanosRule],
  'sink-gateway': [sinkGateway],
  'victoria-metrics': [victoriaMetrics],
};
