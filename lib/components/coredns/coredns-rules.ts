import { Duration } from 'cdk8s';
import { AlertingRule, RuleSet, Severity } from '../../monitoring/rules';
import { RuleContext, downRule, jobMatcher, jobRules, promql } from '../component-rules';
import { trustedAlert, trustedGroup } from '../../monitoring/rules/trusted';

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
  const { latency = Duration.seconds(4) } = options;
  const job = jobMatcher(jobName);
  return jobRules(jobName, CORE_DNS_JOB, trustedGroup({
    name: 'coredns',
    rules: [
      downRule({ alert: 'CoreDNSDown', what: 'CoreDNS', jobName, consequence: 'names may not be resolved in the cluster' }),
      slow(job, latency),
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

function slow(job: string, latency: Duration): AlertingRule {
  const seconds = latency.toMilliseconds() / 1000;
  return trustedAlert({
    alert: 'CoreDNSLatencyHigh',
    expr: promql`
      histogram_quantile(0.99, sum by (server, zone, le) (rate(coredns_dns_request_duration_seconds_bucket{${job}}[5m])))
      > ${seconds}`,
    for: Duration.minutes(10),
    severity: Severity.CRITICAL,
    summary: 'CoreDNS is slow',
    description: 'CoreDNS takes {{ $value | humanizeDuration }} for an answer in zone {{ $labels.zone }} (99th percentile). '
      + 'Clients give up after 5 seconds, so whatever looks up names becomes slow or fails.',
  });
}

/** A share of a few queries says little, so there must be one error in 10 seconds at least. */
function failing(alert: string, metric: string, matchers: string, sum: string, summary: string, description: string): AlertingRule[] {
  const errors = `${sum} (rate(${metric}{${matchers}, rcode="SERVFAIL"}[5m]))`;
  return [{ ratio: 0.01, severity: Severity.WARNING }, { ratio: 0.03, severity: Severity.CRITICAL }].map(({ ratio, severity }) => trustedAlert({
    alert,
    expr: promql`
      ${errors} / ${sum} (rate(${metric}{${matchers}}[5m])) > ${ratio}
      and ${errors} > 0.1`,
    for: Duration.minutes(10),
    severity,
    summary,
    description,
  }));
}
