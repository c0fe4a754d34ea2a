import { ClusterProfile, KubeletReach } from './cluster-profile';
import { MonitoringPart } from './monitoring-part';

interface Hidden {
  readonly part: MonitoringPart;
  readonly why: string;
}

const BIND = 'set bind-address to 0.0.0.0 in';
const CONFIGURATION = "of kubeadm's ClusterConfiguration";

/** What a cluster that kubeadm made hides, and how it is opened. */
const OPENINGS: ReadonlyArray<readonly [MonitoringPart, 'scheduler' | 'controllerManager' | 'kubeProxy' | 'etcd', string]> = [
  [MonitoringPart.SCHEDULER, 'scheduler', `${BIND} scheduler.extraArgs ${CONFIGURATION}`],
  [MonitoringPart.CONTROLLER_MANAGER, 'controllerManager', `${BIND} controllerManager.extraArgs ${CONFIGURATION}`],
  [MonitoringPart.KUBE_PROXY, 'kubeProxy', 'set metricsBindAddress to 0.0.0.0:10249 in the KubeProxyConfiguration, in ConfigMap kube-system/kube-proxy'],
  [MonitoringPart.ETCD, 'etcd', `set listen-metrics-urls to http://0.0.0.0:2381 in etcd.local.extraArgs ${CONFIGURATION}`],
];

function reason(profile: ClusterProfile, part: MonitoringPart, reach: string, opening: string): string {
  if (profile.isManaged && part !== MonitoringPart.KUBE_PROXY) {
    return `whoever manages the cluster runs it and does not show it; if this one does, say ${reach}: true in the ClusterProfile`;
  }
  const other = part === MonitoringPart.ETCD ? ", or give the prop 'etcd' with addresses and client certificates" : '';
  return `its metrics listen on 127.0.0.1 only; ${opening}, then say ${reach}: true in the ClusterProfile${other}`;
}

/** What the profile keeps from being watched, and what to change to have it watched. */
export function unwatched(profile: ClusterProfile): Hidden[] {
  const hidden = OPENINGS.filter(([, reach]) => !profile[reach])
    .map(([part, reach, opening]) => ({ part, why: reason(profile, part, reach, opening) }));
  const said: ReadonlyArray<readonly [MonitoringPart, boolean, string]> = [
    [MonitoringPart.CORE_DNS, profile.coreDns, 'coreDns: false'],
    [MonitoringPart.API_SERVER, profile.apiServer, 'apiServer: false'],
    [MonitoringPart.KUBELET, profile.kubelet !== KubeletReach.NONE, 'KubeletReach.NONE'],
  ];
  return [...hidden, ...said.filter(([, reached]) => !reached).map(([part, , what]) => ({ part, why: `the ClusterProfile says ${what}` }))];
}
