import { eventually } from './harness/eventually';
import { fullStack, prometheus } from './harness/reference';
import { given, scenario } from './harness/scenario';

/** For each source, series that only it delivers and that people look for first. */
const SERIES: readonly (readonly [source: string, queries: readonly string[]])[] = [
  ['the API server', ['apiserver_request_total{job="apiserver"}', 'apiserver_request_duration_seconds_count{job="apiserver"}']],
  ['the scheduler', ['scheduler_schedule_attempts_total{job="kube-scheduler"}', 'scheduler_pending_pods{job="kube-scheduler"}']],
  ['the controller manager', ['workqueue_depth{job="kube-controller-manager"}', 'workqueue_adds_total{job="kube-controller-manager"}']],
  ['kube-proxy', ['kubeproxy_sync_proxy_rules_duration_seconds_count{job="kube-proxy"}']],
  ['CoreDNS', ['coredns_dns_requests_total{job="coredns"}', 'coredns_build_info{job="coredns"}']],
  ['etcd', ['etcd_server_has_leader{job="etcd"} == 1', 'etcd_mvcc_db_total_size_in_bytes{job="etcd"}', 'etcd_disk_wal_fsync_duration_seconds_count{job="etcd"}']],
  ['the kubelet', ['kubelet_running_pods{job="kubelet", metrics_path="/metrics"} > 0', 'kubelet_node_name{job="kubelet"}']],
  ['cAdvisor', [
    'container_cpu_usage_seconds_total{job="kubelet", metrics_path="/metrics/cadvisor", container="prometheus"}',
    'container_memory_working_set_bytes{job="kubelet", metrics_path="/metrics/cadvisor", container="prometheus"} > 0',
  ]],
  ['the kubelet\'s probes', ['prober_probe_total{job="kubelet", metrics_path="/metrics/probes"}']],
  ['nodes', [
    'node_cpu_seconds_total{job="node-exporter", mode="idle"}', 'node_memory_MemAvailable_bytes{job="node-exporter"}', 'node_load1{job="node-exporter"}',
    'node_filesystem_avail_bytes{job="node-exporter"}', 'node_network_receive_bytes_total{job="node-exporter"}', 'node_disk_io_time_seconds_total{job="node-exporter"}',
  ]],
  ['kube-state-metrics', [
    'kube_deployment_spec_replicas{job="kube-state-metrics", deployment="prometheus"}', 'kube_pod_status_phase{job="kube-state-metrics", phase="Running"} == 1',
    'kube_daemonset_status_number_ready{job="kube-state-metrics"}', 'kube_node_status_condition{job="kube-state-metrics", condition="Ready", status="true"} == 1',
  ]],
  ['Prometheus', ['prometheus_build_info{job="prometheus"}', 'prometheus_tsdb_head_series{job="prometheus"} > 0', 'reloader_last_reload_successful{job="prometheus"} == 1']],
  ['Alertmanager', ['alertmanager_build_info{job="alertmanager"}', 'alertmanager_config_last_reload_successful{job="alertmanager"} == 1']],
  ['Grafana', ['grafana_build_info{job="grafana"}', 'grafana_http_request_duration_seconds_count{job="grafana"}']],
];

describe('the full stack has series of', () => {
  given(300, async () => {
    await fullStack();
  });

  SERIES.forEach(([source, queries]) => {
    scenario(source, 90, async () => {
      await eventually(`${queries.length} queries about ${source} find series`, 75, async () => {
        const found = await Promise.all(queries.map(async (query) => ({ query, series: (await prometheus.query(`count(${query})`)).length })));
        expect(found.filter(({ series }) => series === 0)).toEqual([]);
      });
    });
  });
});
