/** A recording rule as the community knows it: dashboards and rules of others find series by these. */
export interface CommunityRecord {
  readonly record: string;
  /** Labels that the rule adds to those of its result. */
  readonly labels: { readonly [name: string]: string };
}

/**
 * Name and labels of the 95 recording rules of kube-prometheus, which has those of kubernetes-mixin and node-mixin; four that tell status
 * codes apart have one name and the same labels.
 * @see https://github.com/prometheus-operator/kube-prometheus/tree/4d719f1dea8853540b3823ab1fbe6be74a9953b3/manifests
 */
const COMMUNITY = `
:node_memory_MemAvailable_bytes:sum
apiserver_request:availability30d verb=all
apiserver_request:availability30d verb=read
apiserver_request:availability30d verb=write
apiserver_request:burnrate1d verb=read
apiserver_request:burnrate1d verb=write
apiserver_request:burnrate1h verb=read
apiserver_request:burnrate1h verb=write
apiserver_request:burnrate2h verb=read
apiserver_request:burnrate2h verb=write
apiserver_request:burnrate30m verb=read
apiserver_request:burnrate30m verb=write
apiserver_request:burnrate3d verb=read
apiserver_request:burnrate3d verb=write
apiserver_request:burnrate5m verb=read
apiserver_request:burnrate5m verb=write
apiserver_request:burnrate6h verb=read
apiserver_request:burnrate6h verb=write
cluster:namespace:pod_cpu:active:kube_pod_container_resource_limits
cluster:namespace:pod_cpu:active:kube_pod_container_resource_requests
cluster:namespace:pod_memory:active:kube_pod_container_resource_limits
cluster:namespace:pod_memory:active:kube_pod_container_resource_requests
cluster:node_cpu:ratio
cluster:node_cpu:ratio_rate5m
cluster:node_cpu:sum_rate5m
cluster_quantile:apiserver_request_sli_duration_seconds:histogram_quantile quantile=0.99 verb=read
cluster_quantile:apiserver_request_sli_duration_seconds:histogram_quantile quantile=0.99 verb=write
cluster_quantile:scheduler_pod_scheduling_sli_duration_seconds:histogram_quantile quantile=0.5
cluster_quantile:scheduler_pod_scheduling_sli_duration_seconds:histogram_quantile quantile=0.9
cluster_quantile:scheduler_pod_scheduling_sli_duration_seconds:histogram_quantile quantile=0.99
cluster_quantile:scheduler_scheduling_algorithm_duration_seconds:histogram_quantile quantile=0.5
cluster_quantile:scheduler_scheduling_algorithm_duration_seconds:histogram_quantile quantile=0.9
cluster_quantile:scheduler_scheduling_algorithm_duration_seconds:histogram_quantile quantile=0.99
cluster_quantile:scheduler_scheduling_attempt_duration_seconds:histogram_quantile quantile=0.5
cluster_quantile:scheduler_scheduling_attempt_duration_seconds:histogram_quantile quantile=0.9
cluster_quantile:scheduler_scheduling_attempt_duration_seconds:histogram_quantile quantile=0.99
cluster_verb_scope:apiserver_request_sli_duration_seconds_count:increase1h
cluster_verb_scope:apiserver_request_sli_duration_seconds_count:increase30d
cluster_verb_scope_le:apiserver_request_sli_duration_seconds_bucket:increase1h
cluster_verb_scope_le:apiserver_request_sli_duration_seconds_bucket:increase30d
code:apiserver_request_total:increase30d verb=read
code:apiserver_request_total:increase30d verb=write
code_resource:apiserver_request_total:rate5m verb=read
code_resource:apiserver_request_total:rate5m verb=write
code_verb:apiserver_request_total:increase1h
code_verb:apiserver_request_total:increase30d
count:up0
count:up1
instance:node_cpu:rate:sum
instance:node_cpu:ratio
instance:node_cpu_utilisation:rate5m
instance:node_load1_per_cpu:ratio
instance:node_memory_utilisation:ratio
instance:node_network_receive_bytes:rate:sum
instance:node_network_receive_bytes_excluding_lo:rate5m
instance:node_network_receive_bytes_physical:rate5m
instance:node_network_receive_drop_excluding_lo:rate5m
instance:node_network_receive_drop_physical:rate5m
instance:node_network_transmit_bytes:rate:sum
instance:node_network_transmit_bytes_excluding_lo:rate5m
instance:node_network_transmit_bytes_physical:rate5m
instance:node_network_transmit_drop_excluding_lo:rate5m
instance:node_network_transmit_drop_physical:rate5m
instance:node_num_cpu:sum
instance:node_vmstat_pgmajfault:rate5m
instance_device:node_disk_io_time_seconds:rate5m
instance_device:node_disk_io_time_weighted_seconds:rate5m
namespace_cpu:kube_pod_container_resource_limits:sum
namespace_cpu:kube_pod_container_resource_requests:sum
namespace_job_handler_statuscode:grafana_http_request_duration_seconds_count:rate5m
namespace_memory:kube_pod_container_resource_limits:sum
namespace_memory:kube_pod_container_resource_requests:sum
namespace_workload_pod:kube_pod_owner:relabel
namespace_workload_pod:kube_pod_owner:relabel workload_type=barepod
namespace_workload_pod:kube_pod_owner:relabel workload_type=daemonset
namespace_workload_pod:kube_pod_owner:relabel workload_type=deployment
namespace_workload_pod:kube_pod_owner:relabel workload_type=job
namespace_workload_pod:kube_pod_owner:relabel workload_type=replicaset
namespace_workload_pod:kube_pod_owner:relabel workload_type=statefulset
namespace_workload_pod:kube_pod_owner:relabel workload_type=staticpod
node:node_cpu_utilization:ratio_rate5m
node:node_num_cpu:sum
node_namespace_pod:kube_pod_info:
node_namespace_pod_container:container_cpu_usage_seconds_total:sum_irate
node_namespace_pod_container:container_cpu_usage_seconds_total:sum_rate5m
node_namespace_pod_container:container_memory_cache
node_namespace_pod_container:container_memory_rss
node_namespace_pod_container:container_memory_swap
node_namespace_pod_container:container_memory_working_set_bytes
node_quantile:kubelet_pleg_relist_duration_seconds:histogram_quantile quantile=0.5
node_quantile:kubelet_pleg_relist_duration_seconds:histogram_quantile quantile=0.9
node_quantile:kubelet_pleg_relist_duration_seconds:histogram_quantile quantile=0.99
`;

/** The recording rules of the community, each once. */
export const COMMUNITY_RECORDS: readonly CommunityRecord[] = COMMUNITY.trim().split('\n').map((line) => {
  const [record, ...labels] = line.split(' ');
  return { record, labels: Object.fromEntries(labels.map((label) => label.split('='))) };
});

/** Recording rules of our own, with what they are for. */
export const OUR_RECORDS: { readonly [record: string]: string } = {
  'apiserver_request:slo:rate5m': 'KubeAPIErrorBudgetBurn sums it up over its windows, where the community reads three days of buckets',
  'apiserver_request:good:rate5m': 'the same, of the requests that were good',
  'apiserver_request:bad:rate5m': 'burn rates are averages of it, where the community reads three days of buckets',
  'apiserver_request:total:rate5m': 'the same, of all requests',
};
