import { ClusterProfile } from './cluster-profile';
import { KubernetesMonitoringProps } from './kubernetes-monitoring-props';

/** What a user of this kind of cluster should know of the parts that are made. */
export function profileNotes(
  { kubelet, _distribution: { kubeletNotes = {}, closesKubeSystem = false } }: ClusterProfile, props: KubernetesMonitoringProps, ofKubelet: boolean,
): string[] {
  const ofCertificates = ofKubelet && props.kubelet?.tls === undefined ? kubeletNotes[kubelet] : undefined;
  const inKubeSystem = Object.entries({ metricsServer: props.metricsServer, prometheusAdapter: props.prometheusAdapter })
    .flatMap(([prop, value]) => (closesKubeSystem && value !== undefined ? [prop] : []));
  return [
    ...(ofCertificates === undefined ? [] : [ofCertificates]),
    ...inKubeSystem.map((prop) => `the cluster lets nobody write into kube-system, where '${prop}' needs a RoleBinding to read the settings of aggregated APIs; leave it out`),
  ];
}
