import { kubeletThresholds } from '../lib/components/kubelet/kubelet-thresholds';
import { dashboard, labelVariable, resultVariable, row, top } from './grafana/dashboard';
import { colored, limits, step } from './grafana/fields';
import { dashed, mirrored, stat, timeSeries } from './grafana/panels';
import { table } from './grafana/table';
import { alertsFiring, objects, ofRow, ofSeries, toAutoscalingOfNamespace, toNetworkOfWorkload, toNode, toPod } from './queries';
import { ofChosen, owners, promised, Resource, throttled, traffic, used } from './workloads';

const at = limits(kubeletThresholds());
const ns = 'namespace="$namespace"';
const percent = { unit: 'percent', min: 0, decimals: 0 } as const;
const number = { unit: 'short', min: 0, decimals: 0 } as const;
const KINDS = ['deployment', 'statefulset', 'daemonset'] as const;
const restarts = (window: '$__range' | '$__rate_interval') => `increase(kube_pod_container_status_restarts_total{${objects(ns)}}[${window}])`;
const ready = `kube_pod_status_ready{${objects(`${ns}, condition="true"`)}}`;
const info = `kube_pod_info{${objects(ns)}}`;
const podsOf = (vector: string) => `sum by (pod) (${ofChosen(vector)})`;
const toPodHere = [toPod('${namespace}', ofSeries('pod'))];

const METRICS: Record<(typeof KINDS)[number], Record<'desired' | 'available' | 'updated', string>> = {
  deployment: {
    desired: 'kube_deployment_spec_replicas', available: 'kube_deployment_status_replicas_available', updated: 'kube_deployment_status_replicas_updated',
  },
  statefulset: {
    desired: 'kube_statefulset_replicas', available: 'kube_statefulset_status_replicas_ready', updated: 'kube_statefulset_status_replicas_updated',
  },
  daemonset: {
    desired: 'kube_daemonset_status_desired_number_scheduled', available: 'kube_daemonset_status_number_available',
    updated: 'kube_daemonset_status_updated_number_scheduled',
  },
};

/** A number of replicas, whatever the kind of the workload is. */
const replicas = (which: 'desired' | 'available' | 'updated') => (
  `sum(${KINDS.map((kind) => `${METRICS[kind][which]}{${objects(`${ns}, ${kind}="$workload"`)}}`).join(' or ')})`
);

function use(resource: Resource, title: string, unit: 'short' | 'bytes', what: string) {
  return timeSeries(title, {
    description: `${what} that the Pods of the workload use, the ten largest, against the requests and limits of all of them.`, unit, stacked: true, links: toPodHere,
    overrides: [dashed('requests', 'purple'), dashed('limits')],
    queries: [
      { expr: `topk(10, ${podsOf(used(resource, ns))})`, legend: '{{pod}}' },
      { expr: `sum(${ofChosen(promised('requests', resource, ns))})`, legend: 'requests' },
      { expr: `sum(${ofChosen(promised('limits', resource, ns))})`, legend: 'limits' },
    ],
  });
}

export default dashboard({
  uid: 'kubernetes-workload',
  title: 'Kubernetes / Workload',
  description: 'One Deployment, StatefulSet, DaemonSet or Job: its replicas, and what its Pods use of what they request and may use.',
  topic: 'kubernetes',
  jobs: ['kube-state-metrics', 'kubelet'],
  variables: [
    labelVariable('namespace', 'Namespace', `kube_pod_owner{${objects()}}`),
    resultVariable('workload', 'Workload', `count by (workload) (${owners(ns)})`),
  ],
  alerts: `${ns}, pod=~"$workload-.*"`,
  related: [toNetworkOfWorkload('${namespace}', '${workload}'), toAutoscalingOfNamespace('${namespace}')],
  rows: [
    top(
      stat('Pods ready', {
        description: 'Share of the Pods of the workload that are ready. Services send nothing to the others.', ...percent, max: 100, base: 'red', noValue: 'no Pod',
        thresholds: [step(50, 'orange'), step(100, 'green')], query: `100 * avg(${ofChosen(ready)})`,
      }),
      stat('Restarts', {
        description: 'Restarts of its containers within the time that is shown. Again and again means a crash, a failing probe or too little memory.', ...number,
        thresholds: [step(1, 'orange')], course: false, query: `sum(${ofChosen(restarts('$__range'))})`,
      }),
      stat('CPU of requests', {
        description: 'CPU in use against what is requested. Far below, requests could be lowered; above, Pods depend on what others leave.', ...percent,
        noValue: 'no requests', query: `100 * sum(${ofChosen(used('cpu', ns))}) / sum(${ofChosen(promised('requests', 'cpu', ns))})`,
      }),
      stat('Memory of limits', {
        description: 'Memory of the Pod that is nearest to its limit. At 100% a container of it is killed.', ...percent, max: 100, noValue: 'no limits',
        thresholds: [step(85, 'orange'), step(95, 'red')],
        query: `max(100 * ${podsOf(used('memory', ns))} / ${podsOf(promised('limits', 'memory', ns))})`,
      }),
      stat('CPU throttled', {
        description: 'Share of the periods in which the Pod that is held back most reached its CPU limit. It answers late then.', ...percent, max: 100,
        thresholds: [at('throttledPercent', 'orange')], noValue: 'no limits', query: `max(${ofChosen(throttled('cluster, namespace, pod', ns))})`,
      }),
      alertsFiring(`${ns}, pod=~"$workload-.*"`),
    ),
    row(
      'State',
      timeSeries('Replicas', {
        description: 'Replicas that should be, that are available, and that are of the newest revision. They differ during a rollout only.', ...number, width: 12,
        noValue: 'A Job, or a Pod of its own, has no replicas',
        overrides: [dashed('desired'), colored('available', 'green'), colored('updated', 'blue')],
        queries: (['desired', 'available', 'updated'] as const).map((which) => ({ expr: replicas(which), legend: which })),
      }),
      timeSeries('Restarts by container', {
        description: 'Restarts of its containers, the ten Pods with the most.', ...number, bars: true, links: toPodHere,
        noValue: 'None has restarted',
        queries: [{ expr: `topk(10, ${podsOf(restarts('$__rate_interval'))} > 0)`, legend: '{{pod}}' }],
      }),
    ),
    row(
      'Utilization',
      use('cpu', 'CPU', 'short', 'Cores'),
      use('memory', 'Memory', 'bytes', 'Memory'),
      mirrored('Network', {
        description: 'Bits that the Pods of the workload receive, above, and send, below.', unit: 'bps', below: /sent/,
        queries: [
          { expr: `sum(${ofChosen(traffic('receive', ns))})`, legend: 'received' },
          { expr: `sum(${ofChosen(traffic('transmit', ns))})`, legend: 'sent' },
        ],
      }),
      timeSeries('Throttling', {
        description: 'Share of the periods in which each Pod was held back by a CPU limit, the ten with the most. The alert fires above the dashed line.', ...percent,
        max: 100, thresholds: [at('throttledPercent', 'orange')], links: toPodHere,
        queries: [{ expr: `topk(10, ${podsOf(throttled('cluster, namespace, pod', ns))})`, legend: '{{pod}}' }],
      }),
    ),
    row(
      'Pods',
      table('Pods by use', {
        description: 'Each Pod with its node and what it uses. A click leads to the Pod or the node.', sortBy: 'Memory', height: 9,
        columns: [
          { label: 'pod', name: 'Pod', links: [toPod('${namespace}', ofRow('Pod'))] },
          { label: 'node', name: 'Node', links: [toNode(ofRow('Node'))] },
          {
            query: `max by (pod, node) (${info} * on (cluster, namespace, pod) group_left () (${ofChosen(ready)}))`, name: 'Ready', unit: 'none',
            words: { 0: { text: 'not ready', color: 'red' }, 1: { text: 'ready', color: 'green' } },
          },
          ...([['CPU', 'short', used('cpu', ns)], ['Memory', 'bytes', used('memory', ns)], ['Restarts', 'short', restarts('$__range')]] as const).map(
            ([name, unit, vector]) => ({
              query: `max by (pod, node) (${info} * on (cluster, namespace, pod) group_left () (${ofChosen(vector)}))`, name, unit, decimals: name === 'CPU' ? 3 : undefined,
            }),
          ),
        ],
      }),
    ),
  ],
});
