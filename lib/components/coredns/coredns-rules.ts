import { Duration } from 'cdk8s';
import { AlertingRule, RuleSet, Severity } from '../../monitoring/rules';
import { forwardRules } from './forward-rules';
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

  /**
   * 99th percentile of the time for an answer of a server that queries are forwarded to, above which CoreDNSForwardLatencyHigh fires.
   * @default Duration.seconds(4)
   */
  readonly forwardLatency?: Duration;

  /**
   * Share of queries answered with SERVFAIL above which CoreDNSErrorsHigh and CoreDNSForwardErrorsHigh fire as warnings, in percent.
   * @default 1
   */
  readonly errorsWarningPercent?: number;

  /**
   * Share of queries answered with SERVFAIL above which CoreDNSErrorsHigh and CoreDNSForwardErrorsHigh fire as critical, in percent.
   * @default 3
   */
  readonly errorsCriticalPercent?: number;
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
        { alert: 'CoreDNSErrorsHigh', metric: 'coredns_dns_responses_total', matchers: job, by: 'cluster' },
        'CoreDNS answers with errors',
        'CoreDNS answers {{ printf "%.2g" $value }}% of all queries with SERVFAIL. See its log: `kubectl -n kube-system logs -l k8s-app=kube-dns`.',
        options,
      ),
      ...failing(
        {
          alert: 'CoreDNSForwardErrorsHigh', metric: 'coredns_proxy_request_duration_seconds_count', matchers: `${job}, proxy_name="forward"`, by: 'cluster, to',
        },
        'The DNS that CoreDNS asks answers with errors',
        '{{ $labels.to }} answers {{ printf "%.2g" $value }}% of the queries that CoreDNS forwards to it with SERVFAIL. '
          + 'Names outside of the cluster may not be resolved.',
        options,
      ),
      ...forwardRules(job, coreDnsThresholds(options).forwardLatencySeconds),
    ],
  }));
}

/** Thresholds of the alerts about CoreDNS, which colour dashboards too. Percentages are 0 to 100. */
export function coreDnsThresholds(options: CoreDnsRuleOptions = {}) {
  const { latency = Duration.seconds(4), forwardLatency = Duration.seconds(4), errorsWarningPercent = 1, errorsCriticalPercent = 3 } = options;
  return { latencySeconds: seconds(latency), forwardLatencySeconds: seconds(forwardLatency), errorsWarningPercent, errorsCriticalPercent };
}

function slow(job: string, options: CoreDnsRuleOptions): AlertingRule {
  const { latencySeconds } = coreDnsThresholds(options);
  return trustedAlert({
    alert: 'CoreDNSLatencyHigh',
    expr: promql`
      histogram_quantile(0.99, sum by (cluster, server, zone, le) (rate(coredns_dns_request_duration_seconds_bucket{${job}}[5m])))
      > ${latencySeconds}`,
    for: Duration.minutes(10),
    severity: Severity.CRITICAL,
    summary: 'CoreDNS is slow',
    description: 'CoreDNS takes {{ $value | humanizeDuration }} for an answer in zone "{{ $labels.zone }}" (99th percentile). '
      + 'Clients give up after 5 seconds, so whatever looks up names becomes slow or fails.',
  });
}

/** Answers of a kind. */
interface Answers {
  readonly alert: string;
  readonly metric: string;
  readonly matchers: string;
  readonly by: string;
}

/** A share of a few queries says little, so there must be ten errors in 5 minutes at least. */
function failing({ alert, metric, matchers, by }: Answers, summary: string, description: string, options: CoreDnsRuleOptions): AlertingRule[] {
  const { errorsWarningPercent, errorsCriticalPercent } = coreDnsThresholds(options);
  const levels = [{ percent: errorsWarningPercent, severity: Severity.WARNING }, { percent: errorsCriticalPercent, severity: Severity.CRITICAL }];
  const answers = (of: string) => `sum by (${by}) (increase(${metric}{${of}}[5m]))`;
  return levels.map(({ percent, severity }) => trustedAlert({
    alert,
    expr: promql`
      100 * (${answers(`${matchers}, rcode="SERVFAIL"`)} > 10)
        / ${answers(matchers)}
      > ${percent}`,
    for: Duration.minutes(10),
    severity,
    summary,
    description,
  }));
}
