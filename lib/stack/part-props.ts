import { ClusterProfile } from './cluster-profile';
import { KubeletReach } from './cluster-reach';
import { MonitoringBackend } from './monitoring-backend';
import { KubernetesMonitoringProps } from './kubernetes-monitoring-props';
import {
  ApiServerMonitorProps, BlackboxExporterProps, ControlPlaneMonitorProps, CoreDnsMonitorProps, EtcdMonitorProps, InstanceOptions, KubeletDiscovery,
  KubeletMonitorProps, KubeProxyMonitorProps, NodeExporterDaemonSetProps,
} from '../components';
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
  const own = { ...profile._parts.kubelet, ...kubelet };
  return { discovery, ...kubeletAccess(profile, own), ...own, rules: { kubeStateJobName, ...own.rules } };
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
export function apiServerProps(profile: ClusterProfile, props: KubernetesMonitoringProps): ApiServerMonitorProps {
  const { kubelet, scheduler, controllerManager, kubeProxy } = props;
  const apiServer = { ...profile._parts.apiServer, ...props.apiServer };
  const versionedJobs = [
    apiServer.jobName ?? 'apiserver', kubelet?.jobName ?? 'kubelet', scheduler?.jobName ?? 'kube-scheduler',
    controllerManager?.jobName ?? 'kube-controller-manager', kubeProxy?.jobName ?? 'kube-proxy',
  ];
  return { ...apiServer, rules: { versionedJobs, ...apiServer.rules } };
}

/** Instances, or the nodes in whose kubelet a program runs. */
interface PlacedProps extends InstanceOptions {
  readonly kubeletNodes?: { readonly [label: string]: string };
}

/** The props of a part over those of the profile, unless they place it elsewhere; what has addresses has its Service in the namespace of all. */
function placed<T extends PlacedProps>(namespace: string, usual: T | undefined, given: T | undefined): T | undefined {
  const isElsewhere = [given?.addresses, given?.pods, given?.kubeletNodes].some((place) => place !== undefined);
  const props = usual === undefined || isElsewhere ? given : { ...usual, ...given };
  return props?.addresses === undefined ? props : { namespace, ...props };
}

/** Verification of the kubelets for what runs in them. */
function inKubelet<T extends ControlPlaneMonitorProps | KubeProxyMonitorProps>(
  profile: ClusterProfile, { kubelet = {} }: KubernetesMonitoringProps, props: T | undefined,
): T | undefined {
  return props?.kubeletNodes === undefined ? props : { tls: kubelet.tls ?? kubeletAccess(profile, kubelet).tls, ...props };
}

/** Scheduler or controller manager, as the profile and their own props say. */
export function controlPlaneProps(
  part: 'scheduler' | 'controllerManager', profile: ClusterProfile, namespace: string, props: KubernetesMonitoringProps,
): ControlPlaneMonitorProps | undefined {
  return inKubelet(profile, props, placed(namespace, profile._parts[part], props[part]));
}

/** kube-proxy, as the profile and its own props say. */
export function kubeProxyProps(profile: ClusterProfile, namespace: string, props: KubernetesMonitoringProps): KubeProxyMonitorProps | undefined {
  return inKubelet(profile, props, placed(namespace, profile._parts.kubeProxy, props.kubeProxy));
}

/** etcd, as the profile and its own props say. */
export function etcdProps(profile: ClusterProfile, namespace: string, { etcd }: KubernetesMonitoringProps): EtcdMonitorProps | undefined {
  return placed(namespace, profile._parts.etcd, etcd);
}

/** CoreDNS, as the profile says unless its own props say that the Service of the cluster is to be used. */
export function coreDnsProps(profile: ClusterProfile, { coreDns }: KubernetesMonitoringProps): CoreDnsMonitorProps | undefined {
  return coreDns?.ownService === false ? coreDns : { ...profile._parts.coreDns, ...coreDns };
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
