import { ClusterProfile, KubeletReach } from './cluster-profile';
import { MonitoringBackend } from './monitoring-backend';
import { KubernetesMonitoringProps } from './kubernetes-monitoring-props';
import { ApiServerMonitorProps, BlackboxExporterProps, EtcdMonitorProps, KubeletDiscovery, KubeletMonitorProps, NodeExporterDaemonSetProps } from '../components';
import { GrafanaProps } from '../grafana';
import { InfluxDb, InfluxDb2, VictoriaMetrics } from '../long-term';
import { MetricsServerProps, PrometheusAdapterOptions, ResourceMetric } from '../metrics-api';
import { IAlertmanager, IPrometheus, TlsClient } from '../monitoring';
import { KubeletService, PrometheusOperator } from '../operator';

/** TLS and port of the kubelets as the profile says, unless their own props do, and the job that knows the volumes. */
export function kubeletProps(
  profile: ClusterProfile,
  { kubelet = {}, kubeStateMetrics }: KubernetesMonitoringProps,
  backend: MonitoringBackend,
  operator: PrometheusOperator | undefined,
): KubeletMonitorProps {
  const kubeStateJobName = kubeStateMetrics?.jobName ?? 'kube-state-metrics';
  const discovery = backend._operator === undefined ? undefined : kubeletDiscovery(operator?.kubeletService);
  return { discovery, ...kubeletAccess(profile, kubelet), ...kubelet, rules: { kubeStateJobName, ...kubelet.rules } };
}

/** The name of the job that knows the nodes. */
export function nodeExporterProps({ nodeExporter = {}, kubeStateMetrics }: KubernetesMonitoringProps): NodeExporterDaemonSetProps {
  return { ...nodeExporter, rules: { kubeStateJobName: kubeStateMetrics?.jobName, ...nodeExporter.rules } };
}

/** Through the Service that the operator of the stack keeps; what another operator keeps is not known. */
function kubeletDiscovery(service: KubeletService | undefined): KubeletDiscovery {
  return service?.isKept ? KubeletDiscovery.service(service.namespace) : KubeletDiscovery.nodes();
}

function kubeletAccess(profile: ClusterProfile, { tls, readOnlyPort }: KubeletMonitorProps): KubeletMonitorProps {
  if (tls !== undefined || readOnlyPort === true) {
    return {};
  }
  switch (profile.kubelet) {
    case KubeletReach.VERIFIED: return { tls: TlsClient.clusterCa() };
    case KubeletReach.UNVERIFIED: return { tls: TlsClient.insecureSkipVerify() };
    case KubeletReach.READ_ONLY_PORT: return { readOnlyPort: true };
    case KubeletReach.NONE: return {};
  }
}

/** The API server's rules compare the versions of all components, each under the name that its job has here. */
export function apiServerProps(props: KubernetesMonitoringProps): ApiServerMonitorProps {
  const { apiServer = {}, kubelet, scheduler, controllerManager, kubeProxy } = props;
  const versionedJobs = [
    apiServer.jobName ?? 'apiserver', kubelet?.jobName ?? 'kubelet', scheduler?.jobName ?? 'kube-scheduler',
    controllerManager?.jobName ?? 'kube-controller-manager', kubeProxy?.jobName ?? 'kube-proxy',
  ];
  return { ...apiServer, rules: { versionedJobs, ...apiServer.rules } };
}

/** An etcd outside of the cluster has a Service of its own, in the namespace of all. */
export function etcdProps(namespace: string, { etcd }: KubernetesMonitoringProps): EtcdMonitorProps | undefined {
  return etcd?.addresses === undefined ? etcd : { namespace, ...etcd };
}

/** Certificates of the API servers, if they are monitored, and of an etcd with addresses and TLS are watched besides those that are named. */
export function blackboxExporterProps(
  { blackboxExporter = {}, etcd: { addresses = [], tls, port = 2379 } = {} }: KubernetesMonitoringProps, ofApiServer: boolean,
): BlackboxExporterProps {
  const members = tls === undefined ? [] : addresses.map((address) => `${address.includes(':') ? `[${address}]` : address}:${port}`);
  const own = [...(ofApiServer ? ['kubernetes.default.svc:443'] : []), ...members];
  return { ...blackboxExporter, certificates: [...new Set([...own, ...blackboxExporter.certificates ?? []])] };
}

/** Kubelets as the profile and their own props say, verified where neither does, and the name of the API server's job. */
export function metricsServerProps(
  profile: ClusterProfile, { kubelet, apiServer }: KubernetesMonitoringProps, given: MetricsServerProps,
): MetricsServerProps {
  const isUnverified = kubelet?.tls === undefined ? profile.kubelet === KubeletReach.UNVERIFIED : kubelet.tls.skipsVerification;
  const kubeletTls = given.kubeletTls ?? (isUnverified ? TlsClient.insecureSkipVerify() : undefined);
  return { ...given, kubeletTls, rules: { apiServerJobName: apiServer?.jobName, ...given.rules } };
}

/** The names of the jobs that have been given others. */
export function prometheusAdapterProps({ kubelet, apiServer }: KubernetesMonitoringProps, given: PrometheusAdapterOptions): PrometheusAdapterOptions {
  const kubeletJobName = kubelet?.jobName;
  const { resourceMetrics } = given;
  return {
    ...given,
    rules: { apiServerJobName: apiServer?.jobName, ...given.rules },
    resourceMetrics: resourceMetrics === undefined ? undefined : {
      cpu: ResourceMetric.cpu({ kubeletJobName }), memory: ResourceMetric.memory({ kubeletJobName }), ...resourceMetrics,
    },
  };
}

/** The servers of a stack that are data sources. */
export interface StackSources {
  readonly prometheus: IPrometheus;
  readonly isAgent: boolean;
  readonly alertmanager?: IAlertmanager;
  readonly stores: ReadonlyArray<VictoriaMetrics | InfluxDb | InfluxDb2>;
}

/** The stack's own data sources. */
export function grafanaProps(given: GrafanaProps, { prometheus, isAgent, alertmanager, stores }: StackSources): GrafanaProps {
  const dataSources = [...stores.map((store) => store.dataSource()), ...given.dataSources ?? []];
  return { ...(isAgent ? {} : { prometheus }), alertmanager, ...given, dataSources };
}
