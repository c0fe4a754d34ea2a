import { thanosRulerThresholds } from '../lib/components/thanos/thanos-thresholds';
import { collapsed, dashboard, labelVariable, row, top } from './grafana/dashboard';
import { limits, step } from './grafana/fields';
import { dashed, stat, timeSeries } from './grafana/panels';
import { alertsFiring, namedByGroup, ofSeries, rate, series, targetsUp, toPod } from './queries';
import { chosenPods, grpcServer, percent, thanosProcesses, toQuery } from './thanos';

const at = limits(thanosRulerThresholds());
const ALERTS = 'alertname=~"ThanosRule.+|ThanosNoRuleEvaluations"';
const chosen = chosenPods('thanos-rule');
const rules = (metric: string) => `prometheus_rule_${metric}{${chosen}}`;
const alerts = (metric: string) => `thanos_alert_${metric}{${chosen}}`;
const byGroup = { legend: '{{rule_group}}' };
const links = [toPod(ofSeries('namespace'), ofSeries('pod'))];

export default dashboard({
  uid: 'thanos-rule',
  title: 'Monitoring / Thanos Ruler',
  description: 'Rules that are evaluated on Thanos Query: whether they are, how long they take, and whether their alerts arrive.',
  topic: 'monitoring',
  jobs: ['thanos-rule'],
  variables: [labelVariable('pod', 'Pod', `thanos_alert_queue_capacity{${series('thanos-rule')}}`, true)],
  alerts: ALERTS,
  related: [toQuery],
  rows: [
    top(
      targetsUp('thanos-rule', 'Rulers', 'pod=~"$pod"'),
      stat('Failed evaluations', {
        description: 'Share of the evaluations that fail. Alerts of these rules do not fire.', ...percent, decimals: 1, thresholds: [at('evaluationErrorPercent', 'red')],
        noValue: 'none', query: `100 * sum(${rate(rules('evaluation_failures_total'))}) / (sum(${rate(rules('evaluations_total'))}) > 0)`,
      }),
      stat('Alerts dropped', {
        description: 'Alerts a second that reach no Alertmanager: the queue is full, or none accepts them.', unit: 'cps', min: 0, thresholds: [step(0.001, 'red')],
        query: `sum(${rate(alerts('queue_alerts_dropped_total'))}) + sum(${rate(alerts('sender_alerts_dropped_total'))})`,
      }),
      stat('Slowest group', {
        description: 'Time that the slowest group takes, as a share of its interval. Above 100% evaluations are left out.', unit: 'percent', min: 0, decimals: 0,
        thresholds: [step(100, 'orange')], query: `max(100 * ${rules('group_last_duration_seconds')} / ${rules('group_interval_seconds')})`,
      }),
      stat('Rules', { description: 'Rules that are loaded, of the ruler with the fewest.', unit: 'short', min: 0, decimals: 0, query: `min(sum by (namespace, pod) (thanos_rule_loaded_rules{${chosen}}))` }),
      alertsFiring(ALERTS),
    ),
    row(
      'Evaluation',
      timeSeries('Evaluations', {
        description: 'Evaluations of rules a second, those that fail among them. Failures are mostly queries that Thanos Query or a store does not answer.', unit: 'ops',
        queries: [
          { expr: `sum(${rate(rules('evaluations_total'))})`, legend: 'all' },
          { expr: `sum(${rate(rules('evaluation_failures_total'))})`, legend: 'failed' },
        ],
      }),
      timeSeries('Time of groups', {
        description: 'Time of the last evaluation of a group, of the ten slowest.', unit: 's',
        queries: [{ expr: `topk(10, max by (rule_group) (${namedByGroup(rules('group_last_duration_seconds'))}))`, ...byGroup }],
      }),
      timeSeries('Evaluations left out', {
        description: 'Evaluations a second that are left out, because the one before took longer than the interval.', unit: 'ops',
        noValue: 'None is left out',
        queries: [{ expr: `topk(10, sum by (rule_group) (${namedByGroup(rate(rules('group_iterations_missed_total')))}) > 0)`, ...byGroup }],
      }),
      timeSeries('Evaluations with warnings', {
        description: 'Evaluations a second whose answer lacked the samples of a store. Rules that may be evaluated so can miss what they look for.', unit: 'ops',
        queries: [{ expr: `sum by (strategy) (${rate(`thanos_rule_evaluation_with_warnings_total{${chosen}}`)})`, legend: '{{strategy}}' }],
      }),
    ),
    row(
      'Alerts',
      timeSeries('Alerts by way', {
        description: 'Alerts a second that are queued and sent, and those that are dropped.', unit: 'cps',
        queries: [
          { expr: `sum(${rate(alerts('queue_alerts_pushed_total'))})`, legend: 'queued' },
          { expr: `sum(${rate(alerts('queue_alerts_popped_total'))})`, legend: 'sent' },
          { expr: `sum(${rate(alerts('queue_alerts_dropped_total'))})`, legend: 'dropped, queue full' },
          { expr: `sum(${rate(alerts('sender_alerts_dropped_total'))})`, legend: 'dropped, not accepted' },
        ],
      }),
      timeSeries('Queue', {
        description: 'Alerts that wait to be sent, and how many may, which is dashed.', unit: 'short', decimals: 0, links, overrides: [dashed(/^at most/)],
        queries: [
          { expr: `topk(20, max by (namespace, pod) (${alerts('queue_length')}))`, legend: '{{namespace}}/{{pod}}' },
          { expr: `min(${alerts('queue_capacity')})`, legend: 'at most' },
        ],
      }),
    ),
    collapsed('Queries of its results', ...grpcServer(chosen)),
    thanosProcesses(chosen),
  ],
});
