/**
 * Where a kubelet serves metrics.
 * @see https://kubernetes.io/docs/concepts/cluster-administration/system-metrics/
 */
export enum KubeletPath {
  /** The kubelet itself: Pods it starts, the container runtime, volumes, certificates. */
  METRICS = '/metrics',
  /** cAdvisor: what containers use. */
  CADVISOR = '/metrics/cadvisor',
  /** Results of the containers' probes. */
  PROBES = '/metrics/probes',
  /** What nodes, Pods and containers use of CPU and memory, as metrics-server reads it. */
  RESOURCE = '/metrics/resource',
  /** Service level indicators: the health checks of the kubelet. */
  SLIS = '/metrics/slis',
}
