import { Duration } from 'cdk8s';
import { BlackboxRuleOptions } from './blackbox-rule-options';
import { blackboxThresholds } from './blackbox-thresholds';
import { RuleSet, Severity } from '../../monitoring/rules';
import { RuleContext, ends, jobMatcher, jobRules, latest, missing } from '../component-rules';
import { durationWords } from '../../monitoring/rules/text-values';
import { trustedAlert, trustedGroup } from '../../monitoring/rules/trusted';

/** Default name of the exporter's scrape job. */
export const BLACKBOX_JOB = 'blackbox-exporter';

/** Rules about what is probed from outside, whatever the jobs are called, and about the exporter. */
export function blackboxRules({ jobName = BLACKBOX_JOB }: RuleContext = {}, options: BlackboxRuleOptions = {}): RuleSet {
  const { probedCertificateWarningSeconds, probedCertificateCriticalSeconds } = blackboxThresholds(options);
  const { ignoredTargets } = options;
  const probes = ignoredTargets === undefined ? '' : `instance!~${JSON.stringify(ignoredTargets)}, `;
  const certificates = [
    { rest: probedCertificateWarningSeconds, severity: Severity.WARNING },
    { rest: probedCertificateCriticalSeconds, severity: Severity.CRITICAL },
  ];
  return jobRules(jobName, BLACKBOX_JOB, trustedGroup({
    name: 'blackbox-exporter',
    rules: [
      trustedAlert({
        alert: 'ProbeFailed',
        expr: `${latest(`probe_success{${probes}ingress=""}`)} == 0`,
        for: Duration.minutes(5),
        severity: Severity.CRITICAL,
        summary: 'A probe fails',
        description: '{{ $labels.instance }} has failed its probe (job {{ $labels.job }}) for [for]; its users are likely to fail as well. '
          + 'The web page of blackbox-exporter shows its last probes with their logs.',
      }),
      trustedAlert({
        alert: 'KubeIngressProbeFailing',
        expr: `${latest(`probe_success{${probes}ingress!=""}`)} == 0`,
        for: Duration.minutes(5),
        severity: Severity.CRITICAL,
        summary: 'An Ingress gives no good answer',
        description: '{{ $labels.instance }}, of Ingress {{ $labels.namespace }}/{{ $labels.ingress }}, has failed its probe for [for].',
      }),
      ...certificates.map(({ rest, severity }) => trustedAlert({
        alert: 'ProbeCertificateExpiring',
        expr: `${latest(`probe_ssl_earliest_cert_expiry${probes === '' ? '' : `{${probes.slice(0, -2)}}`}`)} - time() < ${rest}`,
        for: Duration.hours(1),
        severity,
        summary: `A certificate ends within ${durationWords(Duration.seconds(rest))}`,
        description: `The certificate of {{ $labels.instance }}, or one that vouches for it, ${ends()}.`,
      })),
      trustedAlert({
        alert: 'BlackboxExporterDown',
        expr: missing(`up{${jobMatcher(jobName)}} == 1`),
        for: Duration.minutes(15),
        severity: Severity.WARNING,
        labels: { job: jobName },
        summary: 'blackbox-exporter is gone',
        description: `Prometheus has found no target of job ${jobName} that answers for [for]: nothing is probed.`,
      }),
    ],
  }));
}
