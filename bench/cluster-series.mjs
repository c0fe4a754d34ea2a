// Series of a synthetic cluster as its components expose them, of the metrics that rules use.

const VERBS = ['GET', 'LIST', 'POST', 'PUT', 'PATCH', 'DELETE', 'WATCH'];
// The bounds that the API server's default selection keeps.
const SLI_BOUNDS = ['0.05', '0.1', '0.2', '0.4', '0.6', '1.0', '2.0', '5.0', '10.0', '30.0', '60.0', '+Inf'];
const BOUNDS = ['0.005', '0.01', '0.025', '0.05', '0.1', '0.25', '0.5', '1.0', '2.5', '5.0', '10.0', '+Inf'];
const PHASES = ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'];

const range = (count) => Array.from({ length: count }, (_, i) => i);

/** Series of a cluster of so many Pods: 20 on a node of 8 CPUs, 4 in a Deployment, each of two containers. `step` is added with each sample. */
export function* clusterSeries(pods) {
  const nodes = range(Math.ceil(pods / 20)).map((i) => `node-${i}`);
  for (const node of nodes) {
    yield* nodeExporter(node);
    yield* kubelet(node);
    yield* nodeState(node);
  }
  for (const i of range(pods)) {
    yield* pod({ namespace: `team-${i % 50}`, pod: `app-${i >> 2}-5d9f7c-${i}`, set: `app-${i >> 2}-5d9f7c`, node: nodes[i % nodes.length] });
  }
  for (const i of range(Math.ceil(pods / 4))) {
    yield* deployment({ namespace: `team-${(i * 4) % 50}`, deployment: `app-${i}` }, `app-${i}-5d9f7c`);
  }
  yield* controlPlane();
}

const gauge = (name, labels, value = 1) => ({ name, labels, value });
const counter = (name, labels, step = 3) => ({ name, labels, value: 0, step });

function* nodeExporter(node) {
  const target = { job: 'node-exporter', namespace: 'kube-ops-nodes', service: 'node-exporter', pod: `exporter-${node}`, instance: `${node}:9100`, endpoint: 'metrics', node };
  for (const cpu of range(8)) {
    for (const mode of ['idle', 'user', 'system', 'iowait', 'steal', 'irq', 'softirq', 'nice']) {
      yield counter('node_cpu_seconds_total', { ...target, cpu: `${cpu}`, mode });
    }
  }
  for (const name of ['MemTotal', 'MemAvailable', 'MemFree', 'Buffers', 'Cached', 'Slab']) {
    yield gauge(`node_memory_${name}_bytes`, target, 1e9);
  }
  yield gauge('node_load1', target);
  yield gauge('up', target);
  yield gauge('node_exporter_build_info', target);
  yield counter('node_vmstat_pgmajfault', target);
  for (const device of ['nvme0n1', 'nvme1n1']) {
    yield counter('node_disk_io_time_seconds_total', { ...target, device });
    yield counter('node_disk_io_time_weighted_seconds_total', { ...target, device });
  }
  for (const device of ['lo', 'eth0', 'eth1']) {
    for (const way of ['receive', 'transmit']) {
      for (const what of ['bytes', 'packets', 'drop', 'errs']) {
        yield counter(`node_network_${way}_${what}_total`, { ...target, device });
      }
    }
    yield counter('node_network_carrier_changes_total', { ...target, device }, 0);
  }
  for (const mountpoint of ['/', '/var', '/data']) {
    for (const what of ['size_bytes', 'avail_bytes', 'files', 'files_free']) {
      yield gauge(`node_filesystem_${what}`, { ...target, mountpoint, device: '/dev/nvme0n1', fstype: 'ext4' }, 1e9);
    }
    yield gauge('node_filesystem_readonly', { ...target, mountpoint, device: '/dev/nvme0n1', fstype: 'ext4' }, 0);
  }
}

function* kubelet(node) {
  const target = { job: 'kubelet', namespace: 'kube-system', service: 'kubelet', instance: `${node}:10250`, endpoint: 'https-metrics', node, metrics_path: '/metrics' };
  yield gauge('up', target);
  for (const metric of ['kubelet_pleg_relist_duration_seconds_bucket', 'kubelet_pod_worker_duration_seconds_bucket']) {
    for (const le of BOUNDS) {
      yield counter(metric, { ...target, le });
    }
  }
}

function* nodeState(node) {
  for (const condition of ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure', 'NetworkUnavailable']) {
    for (const status of ['true', 'false', 'unknown']) {
      yield state('kube_node_status_condition', { node, condition, status }, condition === 'Ready' && status === 'true' ? 1 : 0);
    }
  }
  for (const resource of ['cpu', 'memory', 'pods', 'ephemeral_storage']) {
    yield state('kube_node_status_allocatable', { node, resource }, 1e3);
    yield state('kube_node_status_capacity', { node, resource }, 1e3);
  }
  yield state('kube_node_spec_unschedulable', { node }, 0);
  yield state('kube_node_info', { node }, 1);
}

const state = (name, labels, value) => gauge(name, { job: 'kube-state-metrics', instance: '10.1.0.7:8080', ...labels }, value);

function* pod({ namespace, pod: name, set, node }) {
  const labels = { namespace, pod: name, uid: `uid-of-${name}` };
  yield state('kube_pod_info', { ...labels, node, host_ip: '10.0.0.1', pod_ip: '10.1.0.1', created_by_kind: 'ReplicaSet', created_by_name: set });
  yield state('kube_pod_owner', { ...labels, owner_kind: 'ReplicaSet', owner_name: set, owner_is_controller: 'true' });
  for (const phase of PHASES) {
    yield state('kube_pod_status_phase', { ...labels, phase }, phase === 'Running' ? 1 : 0);
  }
  for (const condition of ['true', 'false', 'unknown']) {
    yield state('kube_pod_status_ready', { ...labels, condition }, condition === 'true' ? 1 : 0);
  }
  const target = { job: 'kubelet', service: 'kubelet', instance: `${node}:10250`, endpoint: 'https-metrics', node, metrics_path: '/metrics/cadvisor' };
  for (const container of ['app', 'proxy', '']) {
    const cgroup = { ...target, namespace, pod: name, container, image: container && `registry.example.com/${container}:1`, id: `/kubepods/${name}/${container}`, name: container && `c-${name}-${container}` };
    yield counter('container_cpu_usage_seconds_total', { ...cgroup, cpu: 'total' });
    for (const what of ['working_set_bytes', 'rss', 'cache', 'swap']) {
      yield gauge(`container_memory_${what}`, cgroup, 1e8);
    }
    if (container !== '') {
      yield { ...state('kube_pod_container_status_restarts_total', { ...labels, container }), value: 0, step: 0.001 };
      yield counter('container_cpu_cfs_periods_total', cgroup);
      yield counter('container_cpu_cfs_throttled_periods_total', cgroup, 0.1);
      for (const [resource, unit] of [['cpu', 'core'], ['memory', 'byte']]) {
        yield state('kube_pod_container_resource_requests', { ...labels, container, node, resource, unit });
        yield state('kube_pod_container_resource_limits', { ...labels, container, node, resource, unit });
      }
    }
  }
}

function* deployment(labels, set) {
  for (const metric of ['spec_replicas', 'status_replicas_available', 'status_replicas_updated', 'metadata_generation', 'status_observed_generation']) {
    yield state(`kube_deployment_${metric}`, labels, 4);
  }
  yield state('kube_replicaset_owner', { namespace: labels.namespace, replicaset: set, owner_kind: 'Deployment', owner_name: labels.deployment, owner_is_controller: 'true' });
}

function* controlPlane() {
  for (const instance of range(3).map((i) => `10.0.0.${i}:6443`)) {
    const target = { job: 'apiserver', namespace: 'default', service: 'kubernetes', endpoint: 'https', instance };
    yield gauge('up', target);
    for (const resource of range(100).map((i) => `resource${i}`)) {
      for (const verb of VERBS) {
        const request = { ...target, verb, resource, group: '', version: 'v1', scope: verb === 'LIST' ? 'cluster' : 'resource', component: 'apiserver' };
        for (const code of ['200', '404', '500']) {
          yield counter('apiserver_request_total', { ...request, code });
        }
        if (verb !== 'WATCH') {
          yield counter('apiserver_request_sli_duration_seconds_count', request);
          for (const le of SLI_BOUNDS) {
            yield counter('apiserver_request_sli_duration_seconds_bucket', { ...request, le });
          }
        }
      }
    }
  }
  const scheduler = { job: 'kube-scheduler', namespace: 'kube-system', service: 'kube-scheduler', pod: 'kube-scheduler-0', instance: '10.0.0.0:10259', endpoint: 'https-metrics' };
  for (const metric of ['scheduling_attempt', 'scheduling_algorithm', 'pod_scheduling_sli']) {
    for (const le of BOUNDS) {
      yield counter(`scheduler_${metric}_duration_seconds_bucket`, { ...scheduler, le });
    }
  }
}
