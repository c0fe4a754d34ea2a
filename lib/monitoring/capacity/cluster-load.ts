import { ClusterCapacityOptions } from './capacity-options';
import { RecordingRules } from '../rules';

/** Series and targets that a Prometheus is to hold. */
export interface Load {
  /** Series that samples are written of at a time, those of rules not included. */
  readonly series: number;
  readonly targets: number;
  /** Series of the largest target, which no sharding splits. */
  readonly largestTarget: number;
  /** Series of Pods that have ended, which are in memory still. */
  readonly endedSeries: number;
  /** Recorded series, by the recording rules that are evaluated. */
  readonly recordedSeries: { readonly [rules in RecordingRules]: number };
}

/**
 * Series of the parts of a cluster, by the default `metrics` of the components. Counted on the end-to-end cluster, Kubernetes 1.36 with one node of 2
 * CPUs, 38 Pods and 43 containers, and rounded up.
 */
const SERIES = {
  /** node-exporter 562 without CPUs, kubelet 1483, kube-proxy 443, cAdvisor 96 without Pods, kube-state-metrics 31. */
  ofNode: 2620,
  /** node-exporter. */
  ofCpu: 17,
  /** cAdvisor: 26 for each of two cgroups, 8 for each network interface. */
  ofPodByCadvisor: 65,
  /** kube-state-metrics: 28 for the Pod, and for each of four Pods of a Deployment 30 for it, its Service and ten ReplicaSets. */
  ofPodByKubeState: 58,
  /** cAdvisor 27, the kubelet's probes 21, log files 1. */
  ofContainerByKubelet: 49,
  /** kube-state-metrics. */
  ofContainerByKubeState: 11,
  ofNodeByKubeState: 31,
  /** API server 8840, controller manager 2130, scheduler 1780, etcd 1320. */
  ofControlPlaneNode: 14_100,
  /** Prometheus and Alertmanager in pairs, CoreDNS, Grafana, exporters of themselves. */
  ofStack: 10_000,
  /** `RecordingRules.COMMUNITY`, by `npm run bench:rules`: 114 000 with 5000 Pods on 250 nodes. */
  recordedOfPod: 23,
};

/** Targets of a node: node-exporter, three paths of the kubelet, kube-proxy. */
const TARGETS_OF_NODE = 5;
/** Targets of a node of the control plane: API server, controller manager, scheduler, etcd. */
const TARGETS_OF_CONTROL_PLANE_NODE = 4;
const TARGETS_OF_STACK = 15;
/** Series of a target whose size is not known. */
export const SERIES_OF_TARGET = 1000;
/** Hours for which a series is in memory after its last sample: until the head is cut, which has up to three hours. */
const HOURS_IN_MEMORY = 3;

/** The load of a cluster. */
export function clusterLoad(options: ClusterCapacityOptions): Load {
  const { nodes, pods, cpusPerNode = 8, containersPerPod = 2, apiServers = 3, kubeStateShards = 1, podsStartedPerDay = pods } = options;
  const { extraSeries = 0 } = options;
  const { extraTargets = Math.ceil(extraSeries / SERIES_OF_TARGET) } = options;
  const ofPod = SERIES.ofPodByCadvisor + SERIES.ofPodByKubeState + containersPerPod * (SERIES.ofContainerByKubelet + SERIES.ofContainerByKubeState);
  const ofNode = SERIES.ofNode + cpusPerNode * SERIES.ofCpu;
  const kubeState = pods * (SERIES.ofPodByKubeState + containersPerPod * SERIES.ofContainerByKubeState) + nodes * SERIES.ofNodeByKubeState;
  return {
    series: Math.ceil(nodes * ofNode + pods * ofPod + apiServers * SERIES.ofControlPlaneNode + SERIES.ofStack + extraSeries),
    targets: nodes * TARGETS_OF_NODE + apiServers * TARGETS_OF_CONTROL_PLANE_NODE + kubeStateShards + TARGETS_OF_STACK + extraTargets,
    largestTarget: Math.ceil(kubeState / kubeStateShards),
    endedSeries: Math.ceil((podsStartedPerDay * ofPod * HOURS_IN_MEMORY) / 24),
    recordedSeries: { [RecordingRules.USED]: 4, [RecordingRules.COMMUNITY]: pods * SERIES.recordedOfPod },
  };
}
