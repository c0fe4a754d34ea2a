import { KubeletPath } from './kubelet-path';
import { MetricSelection } from '../../monitoring';
import { INDICATOR_METRICS, UNUSED_KUBERNETES_METRICS } from '../monitor-endpoints';

/**
 * Names of the metrics of each path. That of the kubelet itself has what no other path has.
 * @see https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/server/server.go
 */
export const PATH_METRICS: { readonly [path in KubeletPath]: RegExp } = {
  [KubeletPath.METRICS]: /^(?!(?:cadvisor|container|machine|prober)_)/,
  [KubeletPath.CADVISOR]: /^(?:cadvisor|container|machine)_/,
  [KubeletPath.PROBES]: /^prober_/,
  [KubeletPath.RESOURCE]: /^(?:container|node|pod|resource|scrape)_/,
  [KubeletPath.SLIS]: INDICATOR_METRICS,
};

/** Buckets of what the kubelet does rarely or besides; their sums and counts stay. */
export const KUBELET_METRICS = MetricSelection.drop(
  ...UNUSED_KUBERNETES_METRICS,
  '(volume_operation_total|csi_operations|workqueue_queue_duration)_seconds_bucket',
  '(dra|kubelet_(evented_pleg|http_requests|run_podsandbox|topology_manager|volume_metric))_.+_bucket',
  'apiserver_.+',
);

/**
 * Per-device, per-state and per-socket details that multiply by every container. Of cgroups that are no Pod's, only the root stays: the
 * sum of the node.
 */
export const CADVISOR_METRICS = MetricSelection.drop(
  'container_(tasks_state|memory_failures_total|blkio_device_usage_total|ulimits_soft|last_seen|health_state)',
  'container_cpu_(load_average_10s|load_d_average_10s|schedstat_.+)',
  'container_network_(advance_tcp_stats|tcp6?_usage|udp6?_usage)_total',
  'container_fs_(inodes_free|inodes_total|io_current|io_time_.+|read_seconds_total|reads_merged_total|sector_.+|write_seconds_total|writes_merged_total)',
).and(MetricSelection.dropByLabels({ __name__: 'container_.+', id: '/.+', pod: '' }));
