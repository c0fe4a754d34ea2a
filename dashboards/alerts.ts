import { collapsed, dashboard, labelVariable, row, top } from './grafana/dashboard';
import { colored, step } from './grafana/fields';
import { stateTimeline, stat, timeSeries } from './grafana/panels';
import { table } from './grafana/table';
import { namedByGroup, ofRow, rate, series, toAlertmanager, toNamespace, toNode, toPod, toPrometheus } from './queries';

const prometheus = series('prometheus');
const SERIOUS = 'severity=~"warning|critical"';
const alerts = (matchers: string) => `ALERTS{cluster=~"$cluster", namespace=~"$namespace", ${matchers}}`;
const firing = (matchers: string) => alerts(`alertstate="firing", ${matchers}`);
const number = { unit: 'short', min: 0, decimals: 0 } as const;

export default dashboard({
  uid: 'alerts',
  title: 'Alerts / Overview',
  description: 'Which alerts fire, since when, and about what; and whether the rules that say so are evaluated.',
  topic: 'monitoring',
  jobs: ['prometheus'],
  variables: [labelVariable('namespace', 'Namespace', 'ALERTS{cluster=~"$cluster"}', true)],
  alerts: 'namespace=~"$namespace"',
  from: 'now-6h',
  rows: [
    top(
      stat('Critical', {
        description: 'Alerts of severity critical that fire. Each needs somebody now.', ...number, thresholds: [step(1, 'red')],
        query: `count(${firing('severity="critical"')}) or vector(0)`,
      }),
      stat('Warnings', {
        description: 'Alerts of severity warning that fire. Each needs somebody soon.', ...number, thresholds: [step(1, 'orange')],
        query: `count(${firing('severity="warning"')}) or vector(0)`,
      }),
      stat('Pending', {
        description: 'Alerts whose condition holds, but not for long enough yet to fire.', ...number,
        query: `count(${alerts(`alertstate="pending", ${SERIOUS}`)}) or vector(0)`,
      }),
      stat('Targets down', {
        description: 'Targets that Prometheus cannot scrape: alerts about them may be missing.', ...number, thresholds: [step(1, 'orange')],
        links: [toPrometheus], query: 'count(up{cluster=~"$cluster"} == 0) or vector(0)',
      }),
      stat('Failed evaluations', {
        description: 'Evaluations of rules that failed within the time that is shown. Alerts of such rules do not fire.', ...number,
        thresholds: [step(1, 'red')], links: [toPrometheus], course: false, query: `sum(increase(prometheus_rule_evaluation_failures_total{${prometheus}}[$__range]))`,
      }),
      stat('Lost notifications', {
        description: 'Alerts that Prometheus dropped, within the time that is shown, before Alertmanager had them. Nobody hears of them.', ...number,
        thresholds: [step(1, 'red')], links: [toAlertmanager, toPrometheus], course: false,
        query: `sum(increase(prometheus_notifications_dropped_total{${prometheus}}[$__range]))`,
      }),
    ),
    row(
      'Firing now',
      table('Firing alerts', {
        description: 'Alerts that fire, with what they are about. Cells lead to the dashboard of the namespace, Pod or node.', sortBy: 'Firing for', height: 10,
        noValue: 'No alert fires',
        columns: [
          { label: 'severity', name: 'Severity', width: 100 },
          { label: 'alertname', name: 'Alert' },
          { label: 'namespace', name: 'Namespace', links: [toNamespace(ofRow('Namespace'))] },
          { label: 'pod', name: 'Pod', links: [toPod(ofRow('Namespace'), ofRow('Pod'))] },
          { label: 'node', name: 'Node', links: [toNode(ofRow('Node'))] },
          { label: 'job', name: 'Job' },
          {
            name: 'Firing for', unit: 's', decimals: 0, width: 160,
            query: `max by (severity, alertname, namespace, pod, node, job) (
              (time() - ALERTS_FOR_STATE{cluster=~"$cluster", namespace=~"$namespace"})
              * ignoring (alertstate) group_right () ${firing(SERIOUS)}
            )`,
          },
        ],
      }),
    ),
    row(
      'Over time',
      stateTimeline('When alerts fired', {
        description: 'Times at which each alert fired for anything, the twenty with the most of it. Short bars over and over are an alert that flaps.', ...number,
        thresholds: [step(1, 'red')], height: 10,
        queries: [{ expr: `topk(20, sum by (alertname) (${firing(SERIOUS)}))`, legend: '{{alertname}}' }],
      }),
      timeSeries('Alerts by severity', {
        description: 'Alerts that fire, by severity. A step up is a common cause.', ...number, stacked: true,
        overrides: [colored('critical', 'red'), colored('warning', 'orange'), colored('info', 'blue')],
        queries: [{ expr: `sum by (severity) (${firing('severity!="none"')})`, legend: '{{severity}}' }],
      }),
      timeSeries('Alerts by namespace', {
        description: 'Alerts that fire about the namespaces with the most of them.', ...number, stacked: true,
        // Some alerts are about no namespace.
        queries: [{ expr: `topk(10, label_replace(sum by (namespace) (${firing(SERIOUS)}), "namespace", "none", "namespace", ""))`, legend: '{{namespace}}' }],
      }),
    ),
    collapsed(
      'Evaluation',
      timeSeries('Evaluation time', {
        description: 'Time that the slowest groups of rules take, against their interval. At 100% evaluations are left out.', unit: 'percent', min: 0,
        thresholds: [step(100, 'red')],
        queries: [{
          expr: `topk(10, max by (rule_group) (${namedByGroup(`100 * prometheus_rule_group_last_duration_seconds{${prometheus}} / prometheus_rule_group_interval_seconds{${prometheus}}`)}))`,
          legend: '{{rule_group}}',
        }],
      }),
      timeSeries('Notifications', {
        description: 'Alerts a second that Prometheus sends to each Alertmanager, and that it fails to send.', unit: 'short',
        queries: [
          { expr: `sum by (alertmanager) (${rate(`prometheus_notifications_sent_total{${prometheus}}`)})`, legend: 'sent to {{alertmanager}}' },
          { expr: `sum by (alertmanager) (${rate(`prometheus_notifications_errors_total{${prometheus}}`)})`, legend: 'failed to {{alertmanager}}' },
        ],
      }),
    ),
  ],
});
