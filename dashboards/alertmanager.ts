import { alertmanagerThresholds } from '../lib/components/alertmanager/alertmanager-rules';
import { collapsed, dashboard, labelVariable, row, top } from './grafana/dashboard';
import { limits, step } from './grafana/fields';
import { mirrored, stat, timeSeries } from './grafana/panels';
import { table } from './grafana/table';
import { alertsFiring, ofSeries, rate, series, targetsUp, toAlerts, toPod } from './queries';

const at = limits(alertmanagerThresholds());
const chosen = series('alertmanager', 'pod=~"$pod"');
// The config reloader is a target of the same job.
const server = 'endpoint!="reloader-web", pod=~"$pod"';
const process = series('alertmanager', server);
const ALERTS = 'job=~"$alertmanager"';
const percent = { unit: 'percent', min: 0, max: 100 } as const;
const links = [toPod(ofSeries('namespace'), ofSeries('pod'))];
const metric = (name: string, matchers: string = '') => `alertmanager_${name}{${chosen}${matchers}}`;
const byPod = (expr: string, legend: string = '{{pod}}') => ({ expr: `max by (namespace, pod) (${expr})`, legend });
// Replicas have the same alerts and silences.
const byState = (name: string) => ({ expr: `sum by (state) (max by (cluster, namespace, service, state) (${metric(name)}))`, legend: '{{state}}' });
const sent = (by: string) => `sum by (${by}) (${rate(metric('notifications_total'))})`;
const failed = (by: string) => `sum by (${by}) (${rate(metric('notifications_failed_total'))})`;
const members = metric('cluster_members');
// All integrations have series, whether they are in use or not.
const inUse = (expr: string) => `${expr} and on (cluster, integration) sum by (cluster, integration) (${metric('notification_latency_seconds_count')}) > 0`;
const INTEGRATION = 'cluster, integration';
const latency = (part: 'sum' | 'count') => `sum by (integration) (${rate(metric(`notification_latency_seconds_${part}`))})`;

export default dashboard({
  uid: 'alertmanager',
  title: 'Monitoring / Alertmanager',
  description: 'Alertmanager: whether notifications go out, by which way and how fast, and whether its replicas agree.',
  topic: 'monitoring',
  jobs: ['alertmanager'],
  variables: [labelVariable('pod', 'Pod', `alertmanager_build_info{${series('alertmanager')}}`, true)],
  alerts: ALERTS,
  from: 'now-6h',
  rows: [
    top(
      targetsUp('alertmanager', 'Replicas', server),
      stat('Failed notifications', {
        description: 'Share of the notifications that could not be sent. Whoever they were for has not heard of the alert.', ...percent, decimals: 1,
        thresholds: [at('failedNotificationsPercent', 'red')], noValue: 'none sent',
        query: `clamp_max(100 * sum(${rate(metric('notifications_failed_total'))}) / (sum(${rate(metric('notifications_total'))}) > 0), 100)`,
      }),
      stat('Configuration', {
        description: 'Whether every replica has loaded its configuration. After one that is rejected it keeps the old one, and does not start again.', unit: 'short',
        base: 'red', thresholds: [step(1, 'green')], words: { 0: { text: 'rejected', color: 'red' }, 1: { text: 'loaded', color: 'green' } },
        query: `min(${metric('config_last_reload_successful')})`,
      }),
      stat('Replicas in touch', {
        description: 'Share of the replicas that the loneliest one is in touch with. Below 100% notifications may be sent more than once.', ...percent, decimals: 0,
        base: 'red', thresholds: [step(100, 'green')], noValue: 'no cluster',
        query: `100 * min(${members} / on (cluster, namespace, service) group_left () count by (cluster, namespace, service) (${members}))`,
      }),
      stat('Active alerts', {
        description: 'Alerts that are neither silenced nor inhibited, of which receivers are notified.', unit: 'short', min: 0, decimals: 0, links: [toAlerts],
        query: `sum(max by (cluster, namespace, service) (${metric('alerts', ', state="active"')}))`,
      }),
      alertsFiring(ALERTS),
    ),
    row(
      'Notifications',
      timeSeries('Notifications sent', {
        description: 'Notifications a second by integration, those that fail among them. None in an incident is a route that leads nowhere.', unit: 'cps', width: 8,
        queries: [{ expr: inUse(sent(INTEGRATION)), legend: '{{integration}}' }],
      }),
      timeSeries('Notifications failed', {
        description: 'Share of the notifications that fail, by integration. The alert fires above the dashed line; the reasons are in the table.', ...percent, width: 8,
        thresholds: [at('failedNotificationsPercent', 'red')],
        queries: [{ expr: inUse(`clamp_max(100 * ${failed(INTEGRATION)} / (${sent(INTEGRATION)} > 0), 100)`), legend: '{{integration}}' }],
      }),
      timeSeries('Notification time', {
        description: 'Time to send a notification on average, by integration. Seconds are a slow receiver; those that follow wait.', unit: 's', width: 8,
        queries: [{ expr: `${latency('sum')} / (${latency('count')} > 0)`, legend: '{{integration}}' }],
      }),
      table('Failures by reason', {
        description: 'Notifications that failed within the time that is shown. Client and auth errors are the configuration, server errors and timeouts the receiver.',
        sortBy: 'Failures', noValue: 'none failed', height: 6,
        columns: [
          { label: 'integration', name: 'Integration' },
          { label: 'reason', name: 'Reason' },
          {
            query: `sum by (integration, reason) (increase(${metric('notifications_failed_total')}[$__range])) > 0`, name: 'Failures', unit: 'short', decimals: 0,
          },
        ],
      }),
    ),
    row(
      'Alerts',
      timeSeries('Alerts by state', {
        description: 'Alerts that Alertmanager has. Suppressed ones are silenced or inhibited; many of them hide what is new.', unit: 'short', decimals: 0, width: 8, stacked: true,
        queries: [byState('alerts')],
      }),
      timeSeries('Silences', {
        description: 'Silences by state. Active ones that are forgotten keep alerts from people.', unit: 'short', decimals: 0, width: 8, queries: [byState('silences')],
      }),
      timeSeries('Notifications suppressed', {
        description: 'Notifications a second that were not sent, by reason: a silence, an inhibition, a time interval of a route.', unit: 'cps', width: 8,
        queries: [{ expr: `sum by (reason) (${rate(metric('notifications_suppressed_total'))})`, legend: '{{reason}}' }],
      }),
      timeSeries('Alerts received', {
        description: 'Alerts a second that each replica gets from Prometheus, and those that are invalid. A replica without any is cut off.', unit: 'cps', width: 24, links,
        queries: [
          { expr: `sum by (namespace, pod) (${rate(metric('alerts_received_total'))})`, legend: '{{pod}}' },
          { expr: `sum by (namespace, pod) (${rate(metric('alerts_invalid_total'))})`, legend: '{{pod}} invalid' },
        ],
      }),
    ),
    collapsed(
      'Cluster',
      timeSeries('Members', {
        description: 'Replicas that each replica knows, itself among them, and those that it has lost.', unit: 'short', decimals: 0, width: 8, links,
        queries: [byPod(members), byPod(metric('cluster_failed_peers'), '{{pod}} lost')],
      }),
      mirrored('Gossip', {
        description: 'Messages a second between the replicas: received above, sent below.', unit: 'cps', width: 8, below: /sent/,
        queries: [
          { expr: `sum by (namespace, pod) (${rate(metric('cluster_messages_received_total'))})`, legend: '{{pod}} received' },
          { expr: `sum by (namespace, pod) (${rate(metric('cluster_messages_sent_total'))})`, legend: '{{pod}} sent' },
        ],
      }),
      timeSeries('Messages that wait', {
        description: 'Messages that each replica has yet to send. What grows is a network that is too slow.', unit: 'short', width: 8, links,
        queries: [byPod(metric('cluster_messages_queued'))],
      }),
      timeSeries('Ping time', {
        description: 'Time of a ping between replicas, 99th percentile.', unit: 's',
        queries: [{
          expr: `histogram_quantile(0.99, sum by (namespace, pod, le) (${rate(metric('cluster_pings_seconds_bucket'))}))`, legend: '{{pod}}',
        }],
      }),
      timeSeries('Health', {
        description: 'Health score of each replica in the cluster: 0 is best, more is a replica that answers late, for lack of CPU or by its network.', unit: 'short', links,
        queries: [byPod(metric('cluster_health_score'))],
      }),
    ),
    collapsed(
      'Process',
      timeSeries('Aggregation groups', {
        description: 'Groups of alerts, each of which is notified as one. Thousands are a group_by that is too fine.', unit: 'short', decimals: 0, width: 8, links,
        queries: [byPod(metric('dispatcher_aggregation_groups'))],
      }),
      timeSeries('CPU of replicas', {
        description: 'Cores that each replica uses.', unit: 'short', width: 8, links, queries: [byPod(rate(`process_cpu_seconds_total{${process}}`))],
      }),
      timeSeries('Memory of replicas', {
        description: 'Resident memory of each replica. It grows with alerts, silences and the log of notifications.', unit: 'bytes', width: 8, links,
        queries: [byPod(`process_resident_memory_bytes{${process}}`)],
      }),
      timeSeries('Requests', {
        description: 'HTTP requests a second, by the code of the answer. 4xx to alerts are labels that are invalid.', unit: 'reqps', stacked: true,
        queries: [{ expr: `sum by (code) (${rate(metric('http_request_duration_seconds_count'))})`, legend: '{{code}}' }],
      }),
      timeSeries('Configuration loaded', {
        description: 'Time since the configuration was loaded. It falls with each change; one that is rejected does not count.', unit: 's', links,
        queries: [byPod(`time() - ${metric('config_last_reload_success_timestamp_seconds')}`)],
      }),
    ),
  ],
});
