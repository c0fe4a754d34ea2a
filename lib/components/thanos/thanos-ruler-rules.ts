import { OF_POD, percentOf, POD, QUARTER } from './shared-rules';
import { ThanosRulerRuleOptions } from './thanos-rule-options';
import { thanosRulerThresholds } from './thanos-thresholds';
import { AlertingRule, RuleSet, Severity } from '../../monitoring/rules';
import { trustedAlert, trustedGroup } from '../../monitoring/rules/trusted';
import { downRule, jobMatcher, jobRules, promql, RuleContext } from '../component-rules';

/** Default name of the scrape job. */
export const THANOS_RULER_JOB = 'thanos-rule';

const LOG = 'See its log: `kubectl logs -n {{ $labels.namespace }} {{ $labels.pod }}`.';

/** Rules about Thanos Ruler: gone, rules that are not evaluated, and alerts that do not arrive. */
export function thanosRulerRules({ jobName = THANOS_RULER_JOB }: RuleContext = {}, options: ThanosRulerRuleOptions = {}): RuleSet {
  const job = jobMatcher(jobName);
  return jobRules(jobName, THANOS_RULER_JOB, trustedGroup({
    name: 'thanos-rule',
    rules: [
      downRule({ alert: 'ThanosRuleIsDown', what: 'Thanos Ruler', jobName, consequence: 'if it does not run, none of its alerts fires' }),
      ...evaluationRules(job, options),
      lostRule('ThanosRuleQueueIsDroppingAlerts', 'thanos_alert_queue_alerts_dropped_total', 'because its queue is full', job),
      lostRule('ThanosRuleSenderIsFailingAlerts', 'thanos_alert_sender_alerts_dropped_total', 'because no Alertmanager accepts them', job),
    ],
  }));
}

function lostRule(alert: string, counter: string, why: string, job: string): AlertingRule {
  return trustedAlert({
    alert,
    expr: `sum by (${POD}) (rate(${counter}{${job}}[5m])) > 0`,
    for: QUARTER,
    severity: Severity.CRITICAL,
    summary: 'Thanos Ruler loses alerts',
    description: `Thanos Ruler ${OF_POD} has dropped {{ printf "%.2f" $value }} alerts a second for [for], ${why}. ${LOG}`,
  });
}

function evaluationRules(job: string, options: ThanosRulerRuleOptions): AlertingRule[] {
  const { evaluationErrorPercent } = thanosRulerThresholds(options);
  const group = (metric: string) => `sum by (${POD}, rule_group) (last_over_time(prometheus_rule_group_${metric}_seconds{${job}}[5m]))`;
  return [
    trustedAlert({
      alert: 'ThanosRuleHighRuleEvaluationFailures',
      expr: promql`
        ${percentOf(`prometheus_rule_evaluation_failures_total{${job}}`, `prometheus_rule_evaluations_total{${job}}`)}
        > ${evaluationErrorPercent}`,
      for: QUARTER,
      severity: Severity.CRITICAL,
      summary: 'Thanos Ruler fails to evaluate rules',
      description: `{{ printf "%.1f" $value }}% of the evaluations of Thanos Ruler ${OF_POD} have failed for [for]: their alerts do not fire. Thanos Query may be away. ${LOG}`,
    }),
    trustedAlert({
      alert: 'ThanosNoRuleEvaluations',
      expr: promql`
        sum by (${POD}) (rate(prometheus_rule_evaluations_total{${job}}[5m])) == 0
        and on (${POD})
        sum by (${POD}) (last_over_time(thanos_rule_loaded_rules{${job}}[5m])) > 0`,
      for: QUARTER,
      severity: Severity.CRITICAL,
      summary: 'Thanos Ruler evaluates no rules',
      description: `Thanos Ruler ${OF_POD} has rules and has evaluated none of them for [for]: none of its alerts fires. ${LOG}`,
    }),
    trustedAlert({
      alert: 'ThanosRuleRuleEvaluationLatencyHigh',
      expr: promql`
        ${group('last_duration')}
        > on (${POD}, rule_group)
        ${group('interval')}`,
      for: QUARTER,
      severity: Severity.WARNING,
      summary: 'Rules of Thanos Ruler take longer than their interval',
      description: `Group {{ $labels.rule_group }} of Thanos Ruler ${OF_POD} has taken {{ humanizeDuration $value }} for [for], longer than its interval: evaluations are left out. Split the group, or make its expressions lighter.`,
    }),
  ];
}
