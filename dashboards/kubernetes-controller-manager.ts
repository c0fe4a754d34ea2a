import { collapsed, dashboard, labelVariable, row, top } from './grafana/dashboard';
import { step } from './grafana/fields';
import { stat, timeSeries } from './grafana/panels';
import { apiLatency, apiRequests, leadership, processes } from './programs';
import { after, alertsFiring, link, mean, quantile, rate, series, targetsUp, toApiServer } from './queries';

const manager = (matchers = '') => series('kube-controller-manager', `instance=~"$instance"${after(matchers)}`);
const number = { unit: 'short', min: 0, decimals: 0 } as const;
const percent = { unit: 'percent', min: 0, max: 100 } as const;
const ALERTS = 'alertname=~"KubeControllerManager.+"';
const toNodes = link('Nodes', 'kubernetes-nodes');
const total = (metric: string, by: string) => `sum by (${by}) (${rate(`${metric}{${manager()}}`)})`;
const gauge = (metric: string, by: string) => `sum by (${by}) (${metric}{${manager()}})`;
const queues = (expr: string) => [{ expr: `topk(10, ${expr})`, legend: '{{name}}' }];
const requests = (matchers: string) => `sum(${rate(`rest_client_requests_total{${manager(matchers)}}`)})`;

export default dashboard({
  uid: 'kubernetes-controller-manager',
  title: 'Kubernetes / Controller manager',
  description: 'The controller manager: whether its controllers keep up with their work, and what those for nodes, Jobs, autoscaling, endpoints and volumes do.',
  topic: 'control-plane',
  jobs: ['kube-controller-manager'],
  variables: [labelVariable('instance', 'Instance', `up{${series('kube-controller-manager')}}`, true)],
  alerts: ALERTS,
  rows: [
    top(
      targetsUp('kube-controller-manager', 'Managers', 'instance=~"$instance"'),
      stat('Queue wait', {
        description: 'Time that work waits before a controller starts it, 99th percentile of all queues. Above a second controllers do not keep up.', unit: 's', min: 0,
        thresholds: [step(1, 'orange'), step(10, 'red')], query: quantile(0.99, 'workqueue_queue_duration_seconds', manager()),
      }),
      stat('Longest running item', {
        description: 'Time that a controller has worked on one object so far, the longest. Minutes mean that it is stuck, for example on a webhook or a cloud.', unit: 's',
        min: 0, thresholds: [step(60, 'orange'), step(600, 'red')], query: `max(workqueue_longest_running_processor_seconds{${manager()}})`,
      }),
      stat('Failed API requests', {
        description: 'Share of the requests to the API server that got no answer, or one of 429 or 5xx.', ...percent, decimals: 2,
        thresholds: [step(1, 'orange'), step(5, 'red')], links: [toApiServer], query: `100 * (${requests('code=~"5..|429|<error>"')} or vector(0)) / ${requests('')}`,
      }),
      stat('Nodes not ready', {
        description: 'Nodes that are not ready, as the controller manager sees them. After some minutes it evicts their Pods.', ...number, thresholds: [step(1, 'orange')],
        links: [toNodes], query: `sum(node_collector_unhealthy_nodes_in_zone{${manager()}}) or vector(0)`,
      }),
      alertsFiring(ALERTS),
    ),
    row(
      'Work queues',
      timeSeries('Work added', {
        description: 'Objects per second that controllers have to reconcile, the ten busiest queues. A queue far above its usual is a loop of changes.', unit: 'ops', width: 8,
        queries: queues(total('workqueue_adds_total', 'name')),
      }),
      timeSeries('Work waiting', {
        description: 'Objects that wait, the ten longest queues. A queue that only grows belongs to a controller that is stuck or too slow.', ...number, width: 8,
        queries: queues(gauge('workqueue_depth', 'name')),
      }),
      timeSeries('Retries', {
        description: 'Objects per second queued again, mostly after an error, the ten queues with the most. The log of the leader has the errors.', unit: 'ops', width: 8,
        queries: queues(total('workqueue_retries_total', 'name')),
      }),
      timeSeries('Wait by queue', {
        description: 'Time that work waits, 99th percentile, the ten slowest queues.', unit: 's', min: 0, width: 8,
        queries: queues(quantile(0.99, 'workqueue_queue_duration_seconds', manager(), 'name')),
      }),
      timeSeries('Work time', {
        description: 'Mean time that a controller takes for an object, the ten slowest.', unit: 's', min: 0, width: 8,
        queries: queues(mean('workqueue_work_duration_seconds', manager(), 'name')),
      }),
      timeSeries('Unfinished work', {
        description: 'Seconds of work in progress, of all workers of a queue, the ten with the most. A line that rises steadily is a worker that is stuck.', unit: 's', min: 0,
        width: 8, queries: queues(gauge('workqueue_unfinished_work_seconds', 'name')),
      }),
    ),
    row(
      'Nodes',
      timeSeries('Nodes not ready by zone', {
        description: 'Nodes that are not ready, by zone. When too many of a zone are, the controller manager evicts slowly or not at all.', ...number, links: [toNodes],
        // Nodes without a zone are one of their own.
        queries: [{ expr: `label_replace(${gauge('node_collector_unhealthy_nodes_in_zone', 'zone')}, "zone", "none", "zone", "")`, legend: 'zone {{zone}}' }],
      }),
      timeSeries('Evictions', {
        description: 'Nodes per second whose Pods were evicted, and Pods deleted because of taints of their node.', unit: 'ops', links: [toNodes],
        queries: [
          { expr: `sum(${rate(`node_collector_evictions_total{${manager()}}`)}) or vector(0)`, legend: 'nodes' },
          { expr: `sum(${rate(`taint_eviction_controller_pod_deletions_total{${manager()}}`)}) or vector(0)`, legend: 'Pods' },
        ],
      }),
    ),
    row('Instances', leadership('kube-controller-manager', manager())),
    collapsed(
      'Jobs and autoscaling',
      timeSeries('Finished Jobs', {
        description: 'Jobs per second that ended, by result and reason.', unit: 'ops', width: 8,
        queries: [{ expr: total('job_controller_jobs_finished_total', 'result, reason'), legend: '{{result}} {{reason}}' }],
      }),
      timeSeries('Delay of CronJobs', {
        description: 'Time from the scheduled moment to the creation of the Job, 99th percentile.', unit: 's', min: 0, width: 8,
        queries: [{ expr: quantile(0.99, 'cronjob_controller_job_creation_skew_duration_seconds', manager()), legend: '99%' }],
      }),
      timeSeries('Autoscaler decisions', {
        description: 'Reconciliations of HorizontalPodAutoscalers per second, by decision and error. With an error the number of replicas stays as it is.', unit: 'ops',
        width: 8,
        queries: [{ expr: total('horizontal_pod_autoscaler_controller_reconciliations_total', 'action, error'), legend: '{{action}}, error: {{error}}' }],
      }),
    ),
    collapsed(
      'Endpoints, volumes and garbage',
      timeSeries('Syncs of EndpointSlices', {
        description: 'Services per second whose EndpointSlices were brought up to date, by result. With errors Services lead to Pods that are gone.', unit: 'ops', width: 8,
        queries: [{ expr: total('endpoint_slice_controller_syncs', 'result'), legend: '{{result}}' }],
      }),
      timeSeries('Attached volumes', {
        description: 'Volumes that should be attached to nodes, and those that are. A lasting difference is a driver that fails.', ...number, width: 8,
        queries: [{ expr: gauge('attachdetach_controller_total_volumes', 'state'), legend: '{{state}}' }],
      }),
      timeSeries('Errors of the garbage collector', {
        description: 'Failures per second to discover the resources whose owners are gone: an aggregated API that does not answer, as a rule.', unit: 'ops', width: 8,
        queries: [{ expr: `sum(${rate(`garbagecollector_controller_resources_sync_error_total{${manager()}}`)}) or vector(0)`, legend: 'errors' }],
      }),
    ),
    collapsed('Requests to the API server', apiRequests(manager()), apiLatency(manager())),
    processes({ matchers: manager(), by: 'instance', legend: '{{instance}}' }),
  ],
});
