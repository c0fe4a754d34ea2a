import { kubeletThresholds } from '../lib/components/kubelet/kubelet-thresholds';
import { collapsed, dashboard, labelVariable, row, top } from './grafana/dashboard';
import { colored, limits, step } from './grafana/fields';
import { dashed, mirrored, stat, timeSeries } from './grafana/panels';
import { table } from './grafana/table';
import { alertsFiring, objects, ofRow, ofSeries, toAutoscalingOfNamespace, toJobsOfNamespace, toNetworkOfNamespace, toPod, toWorkload } from './queries';
import { byWorkload, promised, Resource, throttled, traffic, used } from './workloads';

const at = limits(kubeletThresholds());
const ns = 'namespace="$namespace"';
const percent = { unit: 'percent', min: 0, decimals: 0 } as const;
const number = { unit: 'short', min: 0, decimals: 0 } as const;
const ready = `kube_pod_status_ready{${objects(`${ns}, condition="true"`)}}`;
const running = `kube_pod_status_phase{${objects(`${ns}, phase="Running"`)}} == 1`;
const restarts = (window: '$__range' | '$__rate_interval') => `increase(kube_pod_container_status_restarts_total{${objects(ns)}}[${window}])`;

function use(resource: Resource, title: string, unit: 'short' | 'bytes', what: string) {
  return timeSeries(title, {
    description: `${what} that the Pods of the namespace use, against their requests and limits.`, unit, width: 8,
    overrides: [colored('used', 'blue'), dashed('requests', 'purple'), dashed('limits')],
    queries: [
      { expr: `sum(${used(resource, ns)})`, legend: 'used' },
      { expr: `sum(${promised('requests', resource, ns)})`, legend: 'requests' },
      { expr: `sum(${promised('limits', resource, ns)})`, legend: 'limits' },
    ],
  });
}

function largest(resource: Resource, title: string, unit: 'short' | 'bytes', what: string) {
  return timeSeries(title, {
    description: `${what} of the ten Pods that use the most. A click on a series leads to its Pod.`, unit, stacked: true, links: [toPod('${namespace}', ofSeries('pod'))],
    queries: [{ expr: `topk(10, sum by (pod) (${used(resource, ns)}))`, legend: '{{pod}}' }],
  });
}

export default dashboard({
  uid: 'kubernetes-namespace',
  title: 'Kubernetes / Namespace',
  description: 'One namespace: whether its Pods are well, and what its workloads use of what they request and may use.',
  topic: 'kubernetes',
  jobs: ['kube-state-metrics', 'kubelet'],
  variables: [labelVariable('namespace', 'Namespace', `kube_pod_info{${objects()}}`)],
  alerts: ns,
  related: [toNetworkOfNamespace('${namespace}'), toJobsOfNamespace('${namespace}'), toAutoscalingOfNamespace('${namespace}')],
  rows: [
    top(
      stat('Pods ready', {
        description: 'Share of the running Pods that are ready. Services send nothing to the others.', ...percent, max: 100, base: 'red', noValue: 'none runs',
        thresholds: [step(50, 'orange'), step(100, 'green')], query: `100 * avg(${ready} and on (cluster, namespace, pod) ${running})`,
      }),
      stat('Restarts', {
        description: 'Restarts of containers within the time that is shown. Again and again means a crash, a failing probe or too little memory.', ...number,
        thresholds: [step(1, 'orange')], course: false, query: `sum(${restarts('$__range')})`,
      }),
      stat('CPU of requests', {
        description: 'CPU in use against what is requested. Far below, requests could be lowered; above, Pods depend on what others leave.', ...percent,
        noValue: 'no requests', query: `100 * sum(${used('cpu', ns)}) / sum(${promised('requests', 'cpu', ns)})`,
      }),
      stat('Memory of limits', {
        description: 'Memory of the container that is nearest to its limit. At 100% it is killed.', ...percent, max: 100, noValue: 'no limits',
        thresholds: [step(85, 'orange'), step(95, 'red')],
        query: `max(100 * sum by (cluster, namespace, pod, container) (${used('memory', ns)}) / on (cluster, namespace, pod, container) sum by (cluster, namespace, pod, container) (${promised('limits', 'memory', ns)}))`,
      }),
      stat('CPU throttled', {
        description: 'Share of the periods in which the container that is held back most reached its CPU limit. It answers late then.', ...percent, max: 100,
        thresholds: [at('throttledPercent', 'orange')], noValue: 'no limits', query: `max(${throttled('cluster, namespace, pod, container', ns)})`,
      }),
      alertsFiring(ns),
    ),
    row(
      'Workloads',
      table('Workloads by use', {
        description: 'Deployments, StatefulSets, DaemonSets and Jobs with what their Pods use and are promised. A click leads to the workload.', sortBy: 'Memory', height: 9,
        columns: [
          { label: 'workload', name: 'Workload', links: [toWorkload('${namespace}', ofRow('Workload'))] },
          { label: 'kind', name: 'Kind' },
          { query: `sum by (workload, kind) (${byWorkload(running, ns)})`, name: 'Pods', unit: 'short', decimals: 0 },
          { query: `sum by (workload, kind) (${byWorkload(used('cpu', ns), ns)})`, name: 'CPU', unit: 'short', decimals: 3 },
          { query: `sum by (workload, kind) (${byWorkload(promised('requests', 'cpu', ns), ns)})`, name: 'CPU requests', unit: 'short', decimals: 3 },
          { query: `sum by (workload, kind) (${byWorkload(used('memory', ns), ns)})`, name: 'Memory', unit: 'bytes' },
          { query: `sum by (workload, kind) (${byWorkload(promised('limits', 'memory', ns), ns)})`, name: 'Memory limits', unit: 'bytes' },
          {
            query: `sum by (workload, kind) (${byWorkload(restarts('$__range'), ns)})`, name: 'Restarts', unit: 'short', decimals: 0, thresholds: [step(1, 'orange')],
          },
        ],
      }),
    ),
    row(
      'Utilization',
      use('cpu', 'CPU', 'short', 'Cores'),
      use('memory', 'Memory', 'bytes', 'Memory'),
      mirrored('Network', {
        description: 'Bits that the Pods of the namespace receive, above, and send, below.', unit: 'bps', below: /sent/, width: 8,
        queries: [
          { expr: `sum(${traffic('receive', ns)})`, legend: 'received' },
          { expr: `sum(${traffic('transmit', ns)})`, legend: 'sent' },
        ],
      }),
      largest('cpu', 'CPU by Pod', 'short', 'Cores'),
      largest('memory', 'Memory by Pod', 'bytes', 'Memory'),
    ),
    row(
      'Errors',
      timeSeries('Containers that wait', {
        description: 'Containers that cannot start, by the reason that the kubelet gives.', ...number, stacked: true,
        queries: [{ expr: `sum by (reason) (kube_pod_container_status_waiting_reason{${objects(ns)}})`, legend: '{{reason}}' }],
      }),
      timeSeries('Restarts by container', {
        description: 'Containers that restarted, the ten with the most.', ...number, bars: true, links: [toPod('${namespace}', ofSeries('pod'))],
        noValue: 'None has restarted',
        queries: [{ expr: `topk(10, sum by (pod, container) (${restarts('$__rate_interval')}) > 0)`, legend: '{{pod}} {{container}}' }],
      }),
    ),
    collapsed(
      'Quotas',
      table('Quotas by use', {
        description: 'What quotas allow and what is used of it. At 100% nothing more can be made.', sortBy: 'Share', noValue: 'The namespace has no quota',
        columns: [
          { label: 'resourcequota', name: 'Quota' },
          { label: 'resource', name: 'Resource' },
          { query: `max by (resourcequota, resource) (kube_resourcequota{${objects(`${ns}, type="used"`)}})`, name: 'Used', unit: 'short' },
          { query: `max by (resourcequota, resource) (kube_resourcequota{${objects(`${ns}, type="hard"`)}})`, name: 'Allowed', unit: 'short' },
          {
            query: `100 * max by (resourcequota, resource) (kube_resourcequota{${objects(`${ns}, type="used"`)}})
              / (max by (resourcequota, resource) (kube_resourcequota{${objects(`${ns}, type="hard"`)}}) > 0)`,
            name: 'Share', unit: 'percent', min: 0, max: 100, decimals: 0, bar: true, thresholds: [step(90, 'orange'), step(100, 'red')],
          },
        ],
      }),
    ),
  ],
});
