import { collapsed, dashboard, labelVariable, row, top } from './grafana/dashboard';
import { step } from './grafana/fields';
import { stat, timeSeries } from './grafana/panels';
import { apiLatency, apiRequests, leadership, processes } from './programs';
import { after, alertsFiring, link, quantile, quantiles, rate, series, targetsUp } from './queries';

const LEASE = 'kube-scheduler';
const scheduler = (matchers = '') => series('kube-scheduler', `instance=~"$instance"${after(matchers)}`);
const number = { unit: 'short', min: 0, decimals: 0 } as const;
const ALERTS = 'alertname=~"KubeScheduler.+"';
const toCluster = link('Cluster', 'kubernetes-cluster');
const total = (metric: string, by: string) => `sum by (${by}) (${rate(`${metric}{${scheduler()}}`)})`;
/** What happened within the time range. */
const within = (metric: string, matchers: string) => `sum(increase(${metric}{${scheduler(matchers)}}[$__range]))`;
/** A gauge of the instance that works: others queue Pods too, but try none. */
const ofLeader = (metric: string, by: string, matchers = '') => (
  `sum by (${by}) (${metric}{${scheduler(matchers)}} unless on (cluster, instance) (leader_election_master_status{${scheduler(`name="${LEASE}"`)}} == 0))`
);

export default dashboard({
  uid: 'kubernetes-scheduler',
  title: 'Kubernetes / Scheduler',
  description: 'The scheduler: how many Pods wait for a node and why, how fast it finds one, and what it preempts.',
  topic: 'control-plane',
  jobs: ['kube-scheduler'],
  variables: [labelVariable('instance', 'Instance', `up{${series('kube-scheduler')}}`, true)],
  alerts: ALERTS,
  rows: [
    top(
      targetsUp('kube-scheduler', 'Schedulers', 'instance=~"$instance"'),
      stat('Unschedulable Pods', {
        description: 'Pods that no node can take. They wait until one has room, or until their requests, affinities or tolerations are changed.', ...number,
        thresholds: [step(1, 'orange')], links: [toCluster],
        query: `sum(${ofLeader('scheduler_pending_pods', 'cluster', 'queue="unschedulable"')})`,
      }),
      stat('Scheduling errors', {
        description: 'Attempts of the time range that ended with an error of the scheduler itself, such as a refused request. They are retried.', ...number,
        thresholds: [step(1, 'orange')], course: false, query: `${within('scheduler_schedule_attempts_total', 'result="error"')} or vector(0)`,
      }),
      stat('Time to schedule', {
        description: 'Time until a Pod has a node, all attempts included, 99th percentile of the time range.', unit: 's', min: 0, course: false,
        thresholds: [step(5, 'orange'), step(60, 'red')], noValue: 'no Pods',
        query: `histogram_quantile(0.99, sum by (le) (increase(scheduler_pod_scheduling_sli_duration_seconds_bucket{${scheduler()}}[$__range])))`,
      }),
      stat('Scheduled Pods', {
        description: 'Pods that got a node within the time range.', ...number, course: false,
        query: `${within('scheduler_schedule_attempts_total', 'result="scheduled"')} or vector(0)`,
      }),
      alertsFiring(ALERTS),
    ),
    row(
      'Waiting Pods',
      timeSeries('Pods in queues', {
        description: 'Pods that wait. Active ones are next, those in backoff have failed and are tried again soon, unschedulable ones fit no node, '
          + 'gated ones wait until their gates are removed.',
        ...number, stacked: true, links: [toCluster], queries: [{ expr: ofLeader('scheduler_pending_pods', 'queue'), legend: '{{queue}}' }],
      }),
      timeSeries('Reasons', {
        description: 'Unschedulable Pods by the plugin that rejects them, the ten with the most. NodeResourcesFit is lack of CPU or memory, TaintToleration a taint, '
          + 'VolumeBinding a volume elsewhere.',
        ...number, queries: [{ expr: `topk(10, ${ofLeader('scheduler_unschedulable_pods', 'plugin')})`, legend: '{{plugin}}' }],
      }),
    ),
    row(
      'Attempts',
      timeSeries('Attempts by result', {
        description: 'Attempts per second to find a node. Many unschedulable ones are Pods that are tried again and again.', unit: 'ops', stacked: true,
        queries: [{ expr: total('scheduler_schedule_attempts_total', 'result'), legend: '{{result}}' }],
      }),
      timeSeries('Preemption', {
        description: 'Attempts per second to make room for a Pod of a higher priority, and Pods that were evicted for it.', unit: 'ops',
        queries: [
          { expr: `sum(${rate(`scheduler_preemption_attempts_total{${scheduler()}}`)})`, legend: 'attempts' },
          { expr: `sum(${rate(`scheduler_preemption_victims_sum{${scheduler()}}`)})`, legend: 'victims' },
        ],
      }),
    ),
    row(
      'Duration',
      timeSeries('Time until a Pod has a node', {
        description: 'Time that Pods spend in the queues and in all attempts. A high one with short attempts means that they wait for room.', unit: 's', min: 0,
        queries: quantiles('scheduler_pod_scheduling_sli_duration_seconds', scheduler()),
      }),
      timeSeries('Time of an attempt', {
        description: 'Time of an attempt, with the binding, 99th percentile, by result. A few milliseconds are usual; many nodes and affinities make it longer.', unit: 's',
        min: 0, queries: [{ expr: quantile(0.99, 'scheduler_scheduling_attempt_duration_seconds', scheduler(), 'result'), legend: '{{result}}' }],
      }),
    ),
    row('Instances', leadership(LEASE, scheduler())),
    collapsed(
      'Plugins',
      timeSeries('Extension points', {
        description: 'Time of each step of an attempt, 99th percentile. A slow Bind or PreBind is a request to the API server or a volume.', unit: 's', min: 0, width: 8,
        queries: [{ expr: quantile(0.99, 'scheduler_framework_extension_point_duration_seconds', scheduler(), 'extension_point'), legend: '{{extension_point}}' }],
      }),
      timeSeries('Slowest plugins', {
        description: 'Time of the plugins, 99th percentile, the ten slowest. One attempt in ten is measured.', unit: 's', min: 0, width: 8,
        queries: [{
          expr: `topk(10, ${quantile(0.99, 'scheduler_plugin_execution_duration_seconds', scheduler(), 'plugin, extension_point')})`,
          legend: '{{plugin}} {{extension_point}}',
        }],
      }),
      timeSeries('Events that queue Pods', {
        description: 'Pods per second that go to a queue, by the event that moves them there, the ten with the most: why the scheduler tries again.', unit: 'ops',
        width: 8, queries: [{ expr: `topk(10, ${total('scheduler_queue_incoming_pods_total', 'queue, event')})`, legend: '{{event}} to {{queue}}' }],
      }),
    ),
    collapsed('Requests to the API server', apiRequests(scheduler()), apiLatency(scheduler())),
    processes({ matchers: scheduler(), by: 'instance', legend: '{{instance}}' }),
  ],
});
