import { ClusterProfile, KubeletReach } from './cluster-profile';
import { MonitoringBackend } from './monitoring-backend';
import { KubernetesMonitoringProps } from './kubernetes-monitoring-props';
import { ApiServerMonitorProps, EtcdMonitorProps, KubeletDiscovery, KubeletMonitorProps } from '../components';
import { TlsClient } from '../monitoring';
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
