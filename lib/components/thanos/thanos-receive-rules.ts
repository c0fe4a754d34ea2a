import { notUploadingRule, OF_POD, percentOf, QUARTER } from './shared-rules';
import { ThanosReceiveRuleOptions } from './thanos-rule-options';
import { thanosReceiveThresholds } from './thanos-thresholds';
import { RuleSet, Severity } from '../../monitoring/rules';
import { trustedAlert, trustedGroup } from '../../monitoring/rules/trusted';
import { downRule, jobMatcher, jobRules, promql, RuleContext } from '../component-rules';

/** Default name of the scrape job. */
export const THANOS_RECEIVE_JOB = 'thanos-receive';

const LOG = 'See its log: `kubectl logs -n {{ $labels.namespace }} {{ $labels.pod }}`.';

/** Facts about a Thanos Receive that its rules follow. */
export interface ThanosReceiveRuleContext extends RuleContext {
  /** Whether it uploads blocks. */
  readonly uploads?: boolean;
}

/** Rules about Thanos Receive: gone, remote writes that fail, replicas that do not reach each other, and blocks that it does not upload. */
export function thanosReceiveRules(context: ThanosReceiveRuleContext = {}, options: ThanosReceiveRuleOptions = {}): RuleSet {
  const { jobName = THANOS_RECEIVE_JOB, uploads = true } = context;
  const job = jobMatcher(jobName);
  const { httpErrorPercent, forwardErrorPercent, uploadAgeSeconds } = thanosReceiveThresholds(options);
  const writes = (more: string = '') => `http_request_duration_seconds_count{${job}, handler="receive"${more}}`;
  const forwarded = (more: string = '') => `thanos_receive_forward_requests_total{${job}${more}}`;
  return jobRules(jobName, THANOS_RECEIVE_JOB, trustedGroup({
    name: 'thanos-receive',
    rules: [
      downRule({
        alert: 'ThanosReceiveIsDown', what: 'Thanos Receive', jobName,
        consequence: 'if it does not run, a Prometheus that writes to it loses samples after about two hours',
      }),
      trustedAlert({
        alert: 'ThanosReceiveHttpRequestErrorRateHigh',
        expr: promql`
          ${percentOf(writes(', code=~"5.."'), writes())}
          > ${httpErrorPercent}`,
        for: QUARTER,
        severity: Severity.CRITICAL,
        summary: 'Thanos Receive fails to store samples',
        description: `Thanos Receive ${OF_POD} has answered {{ printf "%.1f" $value }}% of the remote writes by an error for [for]: a Prometheus that writes to it tries again, and loses samples after about two hours. ${LOG}`,
      }),
      trustedAlert({
        alert: 'ThanosReceiveHighForwardRequestFailures',
        expr: promql`
          ${percentOf(forwarded(', result="error"'), forwarded())}
          > ${forwardErrorPercent}`,
        for: QUARTER,
        severity: Severity.WARNING,
        summary: 'Replicas of Thanos Receive do not reach each other',
        description: `{{ printf "%.1f" $value }}% of the requests of Thanos Receive ${OF_POD} to other replicas have failed for [for]: samples have fewer copies than they should, or are refused. ${LOG}`,
      }),
      ...(uploads ? [notUploadingRule({
        alert: 'ThanosReceiveNoUpload', job, summary: 'Thanos Receive uploads no blocks', subject: `Thanos Receive ${OF_POD}`, maker: 'it', log: LOG,
        ageSeconds: uploadAgeSeconds,
      })] : []),
    ],
  }));
}
