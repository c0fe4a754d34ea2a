import { ClusterProfile, KubeletReach } from './cluster-profile';
import { MonitoringPart } from './monitoring-part';

interface Hidden {
  readonly part: MonitoringPart;
  readonly why: string;
}

/** What the profile keeps from being watched, and what to change to have it watched. */
export function unwatched(profile: ClusterProfile): Hidden[] {
  const hidden: Array<Hidden & { readonly reached: boolean }> = [
    {
      part: MonitoringPart.SCHEDULER,
      reached: profile.scheduler,
      why: "it listens on 127.0.0.1 only; set bind-address to 0.0.0.0 in scheduler.extraArgs of kubeadm's ClusterConfiguration, then say scheduler: true in the ClusterProfile",
    },
    {
      part: MonitoringPart.CONTROLLER_MANAGER,
      reached: profile.controllerManager,
      why: "it listens on 127.0.0.1 only; set bind-address to 0.0.0.0 in controllerManager.extraArgs of kubeadm's ClusterConfiguration, then say controllerManager: true in the ClusterProfile",
    },
    {
      part: MonitoringPart.KUBE_PROXY,
      reached: profile.kubeProxy,
      why: 'its metrics listen on 127.0.0.1 only; set metricsBindAddress to 0.0.0.0:10249 in the KubeProxyConfiguration, in ConfigMap kube-system/kube-proxy, then say kubeProxy: true in the ClusterProfile',
    },
    {
      part: MonitoringPart.ETCD,
      reached: profile.etcd,
      why: "its metrics listen on 127.0.0.1 only; set listen-metrics-urls to http://0.0.0.0:2381 in etcd.local.extraArgs of kubeadm's ClusterConfiguration, then say etcd: true in the ClusterProfile, or give the prop 'etcd' with addresses and client certificates",
    },
    { part: MonitoringPart.CORE_DNS, reached: profile.coreDns, why: 'the ClusterProfile says coreDns: false' },
    { part: MonitoringPart.API_SERVER, reached: profile.apiServer, why: 'the ClusterProfile says apiServer: false' },
    { part: MonitoringPart.KUBELET, reached: profile.kubelet !== KubeletReach.NONE, why: 'the ClusterProfile says KubeletReach.NONE' },
  ];
  return hidden.filter(({ reached }) => !reached);
}
