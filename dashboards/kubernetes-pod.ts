import { kubeletThresholds } from '../lib/components/kubelet/kubelet-thresholds';
import { collapsed, dashboard, labelVariable, row, top } from './grafana/dashboard';
import { limits, step } from './grafana/fields';
import { dashed, mirrored, stat, stateTimeline, timeSeries } from './grafana/panels';
import { table } from './grafana/table';
import { after, alertsFiring, containers, objects, ofRow, rate, toNetworkOfNamespace, toNode } from './queries';
import { network, promised, Resource, throttled, traffic, used } from './workloads';

const at = limits(kubeletThresholds());
const pod = 'namespace="$namespace", pod="$pod"';
const percent = { unit: 'percent', min: 0, decimals: 0 } as const;
const number = { unit: 'short', min: 0, decimals: 0 } as const;
const state = (metric: string, matchers: string = '') => `${metric}{${objects(`${pod}${after(matchers)}`)}}`;
const byContainer = (vector: string) => `sum by (container) (${vector})`;
const READY = { 0: { text: 'not ready', color: 'red' }, 1: { text: 'ready', color: 'green' } } as const;

function use(resource: Resource, title: string, unit: 'short' | 'bytes', what: string) {
  return timeSeries(title, {
    description: `${what} that each container uses, against the requests and limits of the Pod.`, unit, stacked: true,
    overrides: [dashed('requests', 'purple'), dashed('limits')],
    queries: [
      { expr: byContainer(used(resource, pod)), legend: '{{container}}' },
      { expr: `sum(${promised('requests', resource, pod)})`, legend: 'requests' },
      { expr: `sum(${promised('limits', resource, pod)})`, legend: 'limits' },
    ],
  });
}

function share(resource: Resource, of: 'requests' | 'limits'): string {
  return `100 * ${byContainer(used(resource, pod))} / ${byContainer(promised(of, resource, pod))}`;
}

export default dashboard({
  uid: 'kubernetes-pod',
  title: 'Kubernetes / Pod',
  description: 'One Pod: whether its containers run and are ready, and what they use of what they request and may use.',
  topic: 'kubernetes',
  jobs: ['kube-state-metrics', 'kubelet'],
  variables: [
    labelVariable('namespace', 'Namespace', `kube_pod_info{${objects()}}`),
    labelVariable('pod', 'Pod', `kube_pod_info{${objects('namespace="$namespace"')}}`),
  ],
  alerts: pod,
  related: [toNetworkOfNamespace('${namespace}')],
  rows: [
    top(
      stat('Ready', {
        description: 'Whether the Pod is ready. Services send nothing to one that is not.', unit: 'none', words: READY, course: false, noValue: 'gone',
        base: 'red', thresholds: [step(1, 'green')], query: `max(${state('kube_pod_status_ready', 'condition="true"')})`,
      }),
      stat('Restarts', {
        description: 'Restarts of its containers within the time that is shown. Again and again means a crash, a failing probe or too little memory.', ...number,
        thresholds: [step(1, 'orange')], course: false, query: `sum(increase(${state('kube_pod_container_status_restarts_total')}[$__range]))`,
      }),
      stat('CPU of requests', {
        description: 'CPU in use against what is requested. Far below, the request could be lowered; above, the Pod depends on what others leave.', ...percent,
        noValue: 'no requests', query: `100 * sum(${used('cpu', pod)}) / sum(${promised('requests', 'cpu', pod)})`,
      }),
      stat('Memory of limits', {
        description: 'Memory of the container that is nearest to its limit. At 100% it is killed.', ...percent, max: 100, noValue: 'no limits',
        thresholds: [step(85, 'orange'), step(95, 'red')], query: `max(${share('memory', 'limits')})`,
      }),
      stat('CPU throttled', {
        description: 'Share of the periods in which the container that is held back most reached its CPU limit. It answers late then.', ...percent, max: 100,
        thresholds: [at('throttledPercent', 'orange')], noValue: 'no limits', query: `max(${throttled('container', pod)})`,
      }),
      alertsFiring(pod),
    ),
    row(
      'State',
      stateTimeline('Containers ready', {
        description: 'When each container was ready. Gaps are times at which it was not there.', unit: 'none', words: READY, width: 12, height: 6,
        base: 'red', thresholds: [step(1, 'green')],
        queries: [{ expr: `max by (container) (${state('kube_pod_container_status_ready')})`, legend: '{{container}}' }],
      }),
      table('Where it runs', {
        description: 'Node, address and age of the Pod, and what it belongs to. A click leads to the node.', sortBy: 'Age', width: 12, height: 6,
        columns: [
          { label: 'node', name: 'Node', links: [toNode(ofRow('Node'))] },
          { label: 'pod_ip', name: 'Address' },
          { label: 'created_by_kind', name: 'Owner' },
          { label: 'created_by_name', name: 'Name of the owner' },
          {
            query: `max by (node, pod_ip, created_by_kind, created_by_name) (
              ${state('kube_pod_info')} * on (cluster, namespace, pod) group_left () (time() - max by (cluster, namespace, pod) (${state('kube_pod_created')}))
            )`,
            name: 'Age', unit: 's', decimals: 1,
          },
        ],
      }),
    ),
    row(
      'Utilization',
      use('cpu', 'CPU', 'short', 'Cores'),
      use('memory', 'Memory', 'bytes', 'Memory'),
      timeSeries('Memory of limits by container', {
        description: 'Memory of each container against its limit. At 100% it is killed.', ...percent, max: 100, thresholds: [step(95, 'red')], width: 8,
        noValue: 'No container has a limit', queries: [{ expr: share('memory', 'limits'), legend: '{{container}}' }],
      }),
      timeSeries('Throttling', {
        description: 'Share of the periods in which each container was held back by its CPU limit. The alert fires above the dashed line.', ...percent, max: 100,
        thresholds: [at('throttledPercent', 'orange')], width: 8, noValue: 'No container has a limit',
        queries: [{ expr: throttled('container', pod), legend: '{{container}}' }],
      }),
      mirrored('Network', {
        description: 'Bits that the Pod receives, above, and sends, below.', unit: 'bps', below: /sent/, width: 8,
        noValue: 'In the network of its node it has no traffic of its own',
        queries: [
          { expr: `sum(${traffic('receive', pod)})`, legend: 'received' },
          { expr: `sum(${traffic('transmit', pod)})`, legend: 'sent' },
        ],
      }),
    ),
    collapsed(
      'Network in packets',
      ...([['packets', 'Packets', 'that the Pod receives, above, and sends, below'], ['packets_dropped', 'Packets dropped', 'that were dropped on their way in, above, and out, below'],
        ['errors', 'Packets damaged', 'with errors on their way in, above, and out, below']] as const).map(([of, title, what]) => mirrored(title, {
        description: `Packets a second ${what}, by interface.`, unit: 'pps', below: /sent/, width: 8, noValue: 'In the network of its node it has no packets of its own',
        queries: [
          { expr: `sum by (interface) (${network('receive', of, pod)})`, legend: '{{interface}} received' },
          { expr: `sum by (interface) (${network('transmit', of, pod)})`, legend: '{{interface}} sent' },
        ],
      })),
    ),
    collapsed(
      'Disk',
      mirrored('Disk throughput', {
        description: 'Bytes a second that each container reads, above, and writes, below.', unit: 'Bps', below: /written/,
        queries: [
          { expr: byContainer(rate(`container_fs_reads_bytes_total{${containers(pod)}}`)), legend: '{{container}} read' },
          { expr: byContainer(rate(`container_fs_writes_bytes_total{${containers(pod)}}`)), legend: '{{container}} written' },
        ],
      }),
      timeSeries('Memory by kind', {
        description: 'Memory of the Pod by what it is for. Only the resident part cannot be taken from it.', unit: 'bytes', stacked: true,
        queries: [
          { expr: `sum(container_memory_rss{${containers(pod)}})`, legend: 'resident' },
          { expr: `sum(container_memory_cache{${containers(pod)}})`, legend: 'cache' },
          { expr: `sum(container_memory_swap{${containers(pod)}})`, legend: 'swap' },
        ],
      }),
    ),
    collapsed(
      'Containers',
      table('Container images', {
        description: 'Images that the containers run.', sortBy: 'Running',
        columns: [
          { label: 'container', name: 'Container' },
          { label: 'image', name: 'Image' },
          {
            query: `max by (container, image) (${state('kube_pod_container_info')} * on (cluster, namespace, pod, container) group_left () ${state('kube_pod_container_status_running')})`,
            name: 'Running', unit: 'none', words: { 0: { text: 'no', color: 'orange' }, 1: { text: 'yes', color: 'green' } },
          },
        ],
      }),
    ),
  ],
});
