import { collapsed, dashboard, row, top } from './grafana/dashboard';
import { colored, step } from './grafana/fields';
import { dashed, mirrored, stat, timeSeries } from './grafana/panels';
import { table } from './grafana/table';
import {
  alertsFiring, kubelet, link, objects, ofRow, ofSeries,
  toAutoscaling, toClusters, toJobs, toNamespace, toNetwork, toNetworkOfNamespace, toNode, toWorkload,
} from './queries';
import { allocatable, byWorkload, nodeUse, promised, Resource, traffic, used } from './workloads';

const percent = { unit: 'percent', min: 0, max: 100, decimals: 0 } as const;
const number = { unit: 'short', min: 0, decimals: 0 } as const;
const ready = `kube_node_status_condition{${objects('condition="Ready", status="true"')}}`;
const byNode = (vector: string) => `sum by (node) (${vector})`;
const byNamespace = (vector: string) => `sum by (namespace) (${vector})`;
const busy = [step(80, 'orange'), step(90, 'red')];

function commitment(resource: Resource, title: string, unit: 'short' | 'bytes', what: string) {
  return timeSeries(title, {
    description: `${what} that is used and requested, against what nodes can give. Where requests pass that line, new Pods stay pending.`, unit,
    overrides: [colored('used', 'blue'), dashed('requested', 'purple'), dashed('allocatable')],
    queries: [
      { expr: `sum(${nodeUse(resource)})`, legend: 'used' },
      { expr: `sum(${promised('requests', resource, '')})`, legend: 'requested' },
      { expr: `sum(${allocatable(resource)})`, legend: 'allocatable' },
    ],
  });
}

export default dashboard({
  uid: 'kubernetes-cluster',
  title: 'Kubernetes / Cluster',
  description: 'The whole cluster: whether nodes and Pods are well, what is used and promised, and which nodes and namespaces use it.',
  topic: 'kubernetes',
  jobs: ['kube-state-metrics', 'kubelet'],
  variables: [],
  alerts: 'alertname!=""',
  related: [toClusters, toNetwork, toJobs, toAutoscaling],
  rows: [
    top(
      stat('Nodes ready', {
        description: 'Share of the nodes that are ready. Pods of the others are made anew elsewhere where they can be.', ...percent, base: 'red',
        thresholds: [step(80, 'orange'), step(100, 'green')], query: `100 * sum(${ready}) / count(${ready})`,
      }),
      stat('Pods not running', {
        description: 'Pods that are pending, failed, or on a node that does not answer.', ...number, thresholds: [step(1, 'orange')],
        links: [link('Scheduler', 'kubernetes-scheduler')],
        query: `sum(kube_pod_status_phase{${objects('phase=~"Pending|Failed|Unknown"')}})`,
      }),
      stat('CPU used', {
        description: 'Share of the CPUs that Pods may use which is in use.', ...percent, thresholds: busy, query: `100 * sum(${nodeUse('cpu')}) / sum(${allocatable('cpu')})`,
      }),
      stat('Memory used', {
        description: 'Share of the memory that Pods may use which is in use. Near 100% the kubelets evict Pods.', ...percent, thresholds: busy,
        query: `100 * sum(${nodeUse('memory')}) / sum(${allocatable('memory')})`,
      }),
      stat('CPU requested', {
        description: 'Share of the CPUs that is promised to Pods. At 100% new Pods stay pending, however idle the nodes are.', unit: 'percent', min: 0, decimals: 0,
        thresholds: [step(90, 'orange'), step(100, 'red')], query: `100 * sum(${promised('requests', 'cpu', '')}) / sum(${allocatable('cpu')})`,
      }),
      alertsFiring(''),
    ),
    row(
      'Capacity',
      commitment('cpu', 'CPU', 'short', 'Cores'),
      commitment('memory', 'Memory', 'bytes', 'Memory'),
    ),
    row(
      'Nodes',
      table('Nodes by use', {
        description: 'Each node with what it uses of what it can give. A node that is not ready or far above the others is worth a look.', sortBy: 'Memory used',
        columns: [
          { label: 'node', name: 'Node', links: [toNode(ofRow('Node'))] },
          {
            query: byNode(ready), name: 'Ready', unit: 'none', words: { 0: { text: 'not ready', color: 'red' }, 1: { text: 'ready', color: 'green' } },
          },
          { query: `sum by (node) (kubelet_running_pods{${kubelet()}})`, name: 'Pods', unit: 'short', decimals: 0 },
          {
            query: `100 * ${byNode(nodeUse('cpu'))} / ${byNode(allocatable('cpu'))}`, name: 'CPU used', ...percent, bar: true, thresholds: busy,
          },
          {
            query: `100 * ${byNode(promised('requests', 'cpu', ''))} / ${byNode(allocatable('cpu'))}`, name: 'CPU requested', ...percent, bar: true,
          },
          {
            query: `100 * ${byNode(nodeUse('memory'))} / ${byNode(allocatable('memory'))}`, name: 'Memory used', ...percent, bar: true, thresholds: busy,
          },
          {
            query: `100 * ${byNode(promised('requests', 'memory', ''))} / ${byNode(allocatable('memory'))}`, name: 'Memory requested', ...percent, bar: true,
          },
        ],
      }),
    ),
    row(
      'Namespaces',
      table('Namespaces by use', {
        description: 'Each namespace with its Pods, what they use and what is promised to them.', sortBy: 'Memory used',
        columns: [
          { label: 'namespace', name: 'Namespace', links: [toNamespace(ofRow('Namespace'))] },
          { query: byNamespace(`kube_pod_status_phase{${objects('phase="Running"')}}`), name: 'Pods', unit: 'short', decimals: 0 },
          { query: byNamespace(used('cpu', '')), name: 'CPU used', unit: 'short', decimals: 3 },
          { query: byNamespace(promised('requests', 'cpu', '')), name: 'CPU requested', unit: 'short', decimals: 2 },
          { query: byNamespace(used('memory', '')), name: 'Memory', unit: 'bytes' },
          { query: byNamespace(promised('requests', 'memory', '')), name: 'Memory requested', unit: 'bytes' },
          {
            query: `100 * ${byNamespace(used('memory', ''))} / scalar(sum(${allocatable('memory')}))`, name: 'Memory used', ...percent, decimals: 1, bar: true,
          },
        ],
      }),
    ),
    row(
      'In trouble',
      timeSeries('Restarts', {
        description: 'Containers that restarted within the last hour, the ten with the most. Any that goes on is worth a look at the log before.', ...number, bars: true,
        links: [toNamespace(ofSeries('namespace'))],
        queries: [{
          expr: `topk(10, sum by (namespace, container) (increase(kube_pod_container_status_restarts_total{${objects()}}[$__rate_interval])) > 0)`,
          legend: '{{namespace}}/{{container}}',
        }],
      }),
      timeSeries('Pods by phase', {
        description: 'Pods that are not running, by their phase. Pending ones wait for a node, a volume or an image.', ...number, stacked: true,
        overrides: [colored('Pending', 'orange'), colored('Failed', 'red'), colored('Unknown', 'text')],
        queries: [{ expr: `sum by (phase) (kube_pod_status_phase{${objects('phase=~"Pending|Failed|Unknown"')}})`, legend: '{{phase}}' }],
      }),
    ),
    collapsed(
      'Largest workloads',
      table('Workloads by memory', {
        description: 'The twenty workloads that use the most memory, with their CPU.', sortBy: 'Memory',
        columns: [
          { label: 'namespace', name: 'Namespace', links: [toNamespace(ofRow('Namespace'))] },
          { label: 'workload', name: 'Workload', links: [toWorkload(ofRow('Namespace'), ofRow('Workload'))] },
          { label: 'kind', name: 'Kind' },
          { query: `topk(20, sum by (namespace, workload, kind) (${byWorkload(used('memory', ''), '')}))`, name: 'Memory', unit: 'bytes' },
        ],
      }),
    ),
    collapsed(
      'Network',
      mirrored('Traffic of namespaces', {
        description: 'Bits that the Pods of the ten busiest namespaces receive, above, and send, below.', unit: 'bps', below: /sent/, width: 24,
        links: [toNetworkOfNamespace(ofSeries('namespace'))],
        queries: [
          { expr: `topk(10, ${byNamespace(traffic('receive', ''))})`, legend: '{{namespace}} received' },
          { expr: `topk(10, ${byNamespace(traffic('transmit', ''))})`, legend: '{{namespace}} sent' },
        ],
      }),
    ),
  ],
});
