/**
 * Path at which a kubelet serves metrics.
 * @see https://kubernetes.io/docs/concepts/cluster-administration/system-metrics/
 */
export enum KubeletPath {
  /** The kubelet itself: Pods it starts, the container runtime, volumes, certificates. */
  METRICS = '/metrics',
  /** cAdvisor: what containers use. */
  CADVISOR = '/metrics/cadvisor',
  /** Results of the containers' probes. */
  PROBES = '/metrics/probes',
  /** CPU and memory usage of nodes, Pods and containers, as metrics-server reads it. */
  RESOURCE = '/metrics/resource',
  /** Service level indicators: the health checks of the kubelet. */
  SLIS = '/metrics/slis',
}
