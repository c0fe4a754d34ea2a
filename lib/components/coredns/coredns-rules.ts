import { Duration } from 'cdk8s';
import { AlertingRule, RuleSet, Severity } from '../../monitoring/rules';
import { RuleContext, downRule, jobMatcher, jobRules, promql } from '../component-rules';
import { trustedAlert, trustedGroup } from '../../monitoring/rules/trusted';
import { seconds } from '../../units';

/** Default name of the scrape job. */
export const CORE_DNS_JOB = 'coredns';

/** Options of the rules about CoreDNS. */
export interface CoreDnsRuleOptions {
  /**
   * 99th percentile of the response time above which CoreDNSLatencyHigh fires.
   * @default Duration.seconds(4)
   */
  readonly latency?: Duration;
}

/** Rules about the DNS of the cluster: gone, slow, failing, or cut off from the DNS that it asks. */
export function coreDnsRules({ jobName = CORE_DNS_JOB }: RuleContext = {}, options: CoreDnsRuleOptions = {}): RuleSet {
  const job = jobMatcher(jobName);
  return jobRules(jobName, CORE_DNS_JOB, trustedGroup({
    name: 'coredns',
    rules: [
      downRule({ alert: 'CoreDNSDown', what: 'CoreDNS', jobName, consequence: 'names may not be resolved in the cluster' }),
      slow(job, options),
      ...failing(
        'CoreDNSErrorsHigh', 'coredns_dns_responses_total', job, 'sum', 'CoreDNS answers with errors',
        'CoreDNS answers {{ $value | humanizePercentage }} of all queries with SERVFAIL.',
      ),
      ...failing(
        'CoreDNSForwardErrorsHigh', 'coredns_proxy_request_duration_seconds_count', `${job}, proxy_name="forward"`, 'sum by (to)',
        'The DNS that CoreDNS asks answers with errors',
        '{{ $labels.to }} answers {{ $value | humanizePercentage }} of the queries that CoreDNS forwards to it with SERVFAIL. '
          + 'Names outside of the cluster may not be resolved.',
      ),
    ],
  }));
}

/** Thresholds of the alerts about CoreDNS, which colour dashboards too. Percentages are 0 to 100. */
export function coreDnsThresholds({ latency = Duration.seconds(4) }: CoreDnsRuleOptions = {}) {
  return { latencySeconds: seconds(latency), errorsWarningPercent: 1, errorsCriticalPercent: 3 };
}

function slow(job: string, options: CoreDnsRuleOptions): AlertingRule {
  const { latencySeconds } = coreDnsThresholds(options);
  return trustedAlert({
    alert: 'CoreDNSLatencyHigh',
    expr: promql`
      histogram_quantile(0.99, sum by (server, zone, le) (rate(coredns_dns_request_duration_seconds_bucket{${job}}[5m])))
      > ${latencySeconds}`,
    for: Duration.minutes(10),
    severity: Severity.CRITICAL,
    summary: 'CoreDNS is slow',
    description: 'CoreDNS takes {{ $value | humanizeDuration }} for an answer in zone {{ $labels.zone }} (99th percentile). '
      + 'Clients give up after 5 seconds, so whatever looks up names becomes slow or fails.',
  });
}

/** A share of a few queries says little, so there must be one error in 10 seconds at least. */
function failing(alert: string, metric: string, matchers: string, sum: string, summary: string, description: string): AlertingRule[] {
  const { errorsWarningPercent, errorsCriticalPercent } = coreDnsThresholds();
  const levels = [{ percent: errorsWarningPercent, severity: Severity.WARNING }, { percent: errorsCriticalPercent, severity: Severity.CRITICAL }];
  const errors = `${sum} (rate(${metric}{${matchers}, rcode="SERVFAIL"}[5m]))`;
  return levels.map(({ percent, severity }) => trustedAlert({
    alert,
    expr: promql`
      ${errors} / ${sum} (rate(${metric}{${matchers}}[5m])) > ${percent / 100}
      and ${errors} > 0.1`,
    for: Duration.minutes(10),
    severity,
    summary,
    description,
  }));
}
