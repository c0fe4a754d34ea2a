import { Duration } from 'cdk8s';
import { bucketFailureRule, OF_POD, percentOf, QUARTER } from './shared-rules';
import { ThanosCompactorRuleOptions } from './thanos-rule-options';
import { thanosCompactorThresholds } from './thanos-thresholds';
import { AlertingRule, RuleSet, Severity } from '../../monitoring/rules';
import { trustedAlert, trustedGroup } from '../../monitoring/rules/trusted';
import { downRule, jobMatcher, jobRules, promql, RuleContext } from '../component-rules';

/** Default name of the scrape job. */
export const THANOS_COMPACTOR_JOB = 'thanos-compact';

const LOG = 'See its log: `kubectl logs -n {{ $labels.namespace }} {{ $labels.pod }}`.';
const LOSS = 'the bucket grows, long queries get slower, and retention is not applied';

/** Rules about Thanos Compactor: gone, halted, twice, and compactions that fail or do not happen. */
export function thanosCompactorRules({ jobName = THANOS_COMPACTOR_JOB }: RuleContext = {}, options: ThanosCompactorRuleOptions = {}): RuleSet {
  const job = jobMatcher(jobName);
  return jobRules(jobName, THANOS_COMPACTOR_JOB, trustedGroup({
    name: 'thanos-compact',
    rules: [
      downRule({ alert: 'ThanosCompactIsDown', what: 'Thanos Compactor', jobName, consequence: `if it does not run, ${LOSS}` }),
      trustedAlert({
        alert: 'ThanosCompactMultipleRunning',
        expr: `count by (cluster, namespace, job) (max_over_time(up{${job}}[5m]) == 1) > 1`,
        for: QUARTER,
        severity: Severity.CRITICAL,
        summary: 'Several Thanos Compactors run',
        description: '{{ $value }} Thanos Compactors of job {{ $labels.job }} have run in namespace {{ $labels.namespace }} for [for]: two of one bucket damage its blocks. '
          + 'Stop all but one: `kubectl get pods -n {{ $labels.namespace }} -l app.kubernetes.io/name=thanos-compact`.',
      }),
      trustedAlert({
        alert: 'ThanosCompactHalted',
        expr: `max_over_time(thanos_compact_halted{${job}}[5m]) == 1`,
        for: Duration.minutes(5),
        severity: Severity.WARNING,
        summary: 'Thanos Compactor has halted',
        description: `Thanos Compactor ${OF_POD} has met blocks that it cannot compact and does nothing any more until it is restarted: ${LOSS}. Its log names the blocks: \`kubectl logs -n {{ $labels.namespace }} {{ $labels.pod }} | grep -i halt\`.`,
      }),
      ...failureRules(job, options),
    ],
  }));
}

function failureRules(job: string, options: ThanosCompactorRuleOptions): AlertingRule[] {
  const { compactionErrorPercent, bucketErrorPercent } = thanosCompactorThresholds(options);
  return [
    trustedAlert({
      alert: 'ThanosCompactHighCompactionFailures',
      expr: promql`
        ${percentOf(`thanos_compact_group_compactions_failures_total{${job}}`, `thanos_compact_group_compactions_total{${job}}`)}
        > ${compactionErrorPercent}`,
      for: QUARTER,
      severity: Severity.WARNING,
      summary: 'Compactions of Thanos Compactor fail',
      description: `{{ printf "%.1f" $value }}% of the compactions of Thanos Compactor ${OF_POD} have failed for [for]: ${LOSS}. ${LOG}`,
    }),
    bucketFailureRule({ alert: 'ThanosCompactBucketHighOperationFailures', job, what: 'Thanos Compactor', percent: bucketErrorPercent, consequence: LOSS }),
    trustedAlert({
      alert: 'ThanosCompactHasNotRun',
      // A first run over a large bucket takes hours.
      expr: promql`
        increase(thanos_compact_iterations_total{${job}}[24h]) == 0
        and on (cluster, namespace, pod)
        time() - last_over_time(process_start_time_seconds{${job}}[5m]) > 24 * 3600`,
      for: QUARTER,
      severity: Severity.WARNING,
      summary: 'Thanos Compactor has not ended a run within a day',
      description: `Thanos Compactor ${OF_POD} has not gone through its bucket once within 24 hours: ${LOSS}. ${LOG}`,
    }),
  ];
}
