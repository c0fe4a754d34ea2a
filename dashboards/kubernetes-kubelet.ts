import { kubeletThresholds } from '../lib/components/kubelet/kubelet-thresholds';
import { collapsed, dashboard, labelVariable, row, top } from './grafana/dashboard';
import { limits, step } from './grafana/fields';
import { heatmap, stat, timeSeries } from './grafana/panels';
import { alertsFiring, kubelet, ofSeries, quantile, quantiles, rate, series, targetsUp, toApiServer, toNode } from './queries';

const at = limits(kubeletThresholds());
const chosen = kubelet('node=~"$node"');
const probes = series('kubelet', 'metrics_path="/metrics/probes", node=~"$node"');
const percent = { unit: 'percent', min: 0, max: 100 } as const;
const links = [toNode(ofSeries('node'))];
// Without a failed operation there is no series of errors.
const errors = `100 * (sum(${rate(`kubelet_runtime_operations_errors_total{${chosen}}`)}) or vector(0)) / sum(${rate(`kubelet_runtime_operations_total{${chosen}}`)})`;
const p99 = (histogram: string, by: string) => quantile(0.99, histogram, chosen, by);
const relist = p99('kubelet_pleg_relist_duration_seconds', 'node');
const top20 = (expr: string) => [{ expr: `topk(20, ${expr})`, legend: '{{node}}' }];

export default dashboard({
  uid: 'kubernetes-kubelet',
  title: 'Kubernetes / Kubelet',
  description: 'The kubelets: how many Pods they run, how fast they start them, and what the container runtime makes of it.',
  topic: 'kubernetes',
  jobs: ['kubelet'],
  variables: [labelVariable('node', 'Node', `kubelet_node_name{${kubelet()}}`, true)],
  alerts: 'alertname=~"Kubelet.+|KubeNode.+"',
  rows: [
    top(
      targetsUp('kubelet', 'Kubelets', 'metrics_path="/metrics", node=~"$node"'),
      stat('Running Pods', { description: 'Pods that run on these nodes.', unit: 'short', min: 0, decimals: 0, query: `sum(kubelet_running_pods{${chosen}})` }),
      stat('Runtime errors', {
        description: 'Share of the operations of the container runtime that fail. A few come with Pods that end; a rise means images, volumes or the runtime.', ...percent,
        decimals: 1, thresholds: [step(5, 'orange'), step(20, 'red')], query: errors,
      }),
      stat('Relist time', {
        description: 'Time to list the containers of a node, 99th percentile, of the slowest. A slow runtime makes a node not ready.', unit: 's', min: 0,
        thresholds: [at('relistSeconds', 'orange')], query: `max(${relist})`,
      }),
      stat('Certificates end in', {
        description: 'Time until the first client certificate of a kubelet ends. Below a week its renewal does not work.', unit: 's', decimals: 1, base: 'red',
        thresholds: [at('certificateCriticalSeconds', 'orange'), at('certificateWarningSeconds', 'green')], noValue: 'not renewed',
        query: `min(kubelet_certificate_manager_client_ttl_seconds{${chosen}})`,
      }),
      alertsFiring('alertname=~"Kubelet.+|KubeNode.+"'),
    ),
    row(
      'Pods',
      timeSeries('Pods by node', {
        description: 'Pods that each node runs, the twenty with the most. A kubelet takes 110 by default.', unit: 'short', decimals: 0, links,
        queries: top20(`max by (node) (kubelet_running_pods{${chosen}})`),
      }),
      timeSeries('Pod start time', {
        description: 'Time from the sight of a Pod to its running containers, without pulling images.', unit: 's', min: 0,
        queries: quantiles('kubelet_pod_start_sli_duration_seconds', chosen),
      }),
      timeSeries('Pod worker time', {
        description: 'Time for a change of a Pod, 99th percentile, the twenty slowest nodes. The alert fires above the dashed line.', unit: 's', min: 0, links,
        thresholds: [at('podWorkerSeconds', 'orange')], queries: top20(p99('kubelet_pod_worker_duration_seconds', 'node')),
      }),
      timeSeries('Failed probes', {
        description: 'Probes of containers that failed, a second, by kind. Readiness takes a Pod out of its Service, liveness restarts it.', unit: 'short',
        queries: [{ expr: `sum by (probe_type) (${rate(`prober_probe_total{${probes}, result!="successful"}`)})`, legend: '{{probe_type}}' }],
      }),
    ),
    row(
      'Container runtime',
      timeSeries('Operations', {
        description: 'Requests a second to the container runtime, by what is asked.', unit: 'ops',
        queries: [{ expr: `topk(10, sum by (operation_type) (${rate(`kubelet_runtime_operations_total{${chosen}}`)}))`, legend: '{{operation_type}}' }],
      }),
      timeSeries('Operation time', {
        description: 'Time of the requests to the container runtime, 99th percentile, the ten slowest.', unit: 's', min: 0,
        queries: [{ expr: `topk(10, ${p99('kubelet_runtime_operations_duration_seconds', 'operation_type')})`, legend: '{{operation_type}}' }],
      }),
      timeSeries('Failed operations', {
        description: 'Requests to the container runtime that failed, a second, by what was asked.', unit: 'ops',
        queries: [{ expr: `topk(10, sum by (operation_type) (${rate(`kubelet_runtime_operations_errors_total{${chosen}}`)}))`, legend: '{{operation_type}}' }],
      }),
      timeSeries('Relist time by node', {
        description: 'Time to list the containers, 99th percentile, the twenty slowest nodes. The alert fires above the dashed line.', unit: 's', min: 0, links,
        thresholds: [at('relistSeconds', 'orange')], queries: top20(relist),
      }),
    ),
    collapsed(
      'API server and volumes',
      timeSeries('Requests to the API server', {
        description: 'Requests a second of the kubelets to the API server, by the code of the answer. 429 and 5xx are trouble there.', unit: 'reqps', stacked: true,
        links: [toApiServer],
        queries: [{ expr: `sum by (code) (${rate(`rest_client_requests_total{${chosen}}`)})`, legend: '{{code}}' }],
      }),
      timeSeries('Volume operations', {
        description: 'Operations on volumes a second that failed or succeeded, by what was asked.', unit: 'ops',
        queries: [{
          expr: `topk(10, sum by (operation_name, status) (${rate(`storage_operation_duration_seconds_count{${chosen}}`)}))`, legend: '{{operation_name}} {{status}}',
        }],
      }),
    ),
    collapsed(
      'Process',
      timeSeries('CPU of kubelets', {
        description: 'Cores that each kubelet uses itself, the twenty with the most.', unit: 'short', width: 8, links,
        queries: top20(`sum by (node) (${rate(`process_cpu_seconds_total{${chosen}}`)})`),
      }),
      timeSeries('Memory of kubelets', {
        description: 'Resident memory of each kubelet, the twenty with the most.', unit: 'bytes', width: 8, links,
        queries: top20(`max by (node) (process_resident_memory_bytes{${chosen}})`),
      }),
      heatmap('Relist times', {
        description: 'How often listing the containers took how long, on all nodes.', unit: 's', width: 8,
        query: `sum by (le) (${rate(`kubelet_pleg_relist_duration_seconds_bucket{${chosen}}`)})`,
      }),
    ),
  ],
});
