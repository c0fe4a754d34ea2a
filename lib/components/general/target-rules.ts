import { Duration } from 'cdk8s';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { trustedAlert } from '../../monitoring/rules/trusted';
import { counted, promql } from '../component-rules';

const GROUP = 'by (cluster, job, namespace, service)';
const TARGET = '{{ with $labels.pod }}Pod {{ $labels.namespace }}/{{ . }}, port {{ or $labels.endpoint $labels.instance }},{{ else }}Target {{ $labels.instance }}{{ end }} of job {{ $labels.job }}';

/** Targets that fail, many of a job or a single one, and targets that are scraped twice. */
export function targetRules(targetDownPercent: number): AlertingRule[] {
  const share = promql`
    100 * count ${GROUP} (up == 0)
      / count ${GROUP} (up)
    > ${targetDownPercent}`;
  return [
    trustedAlert({
      alert: 'TargetDown',
      expr: share,
      for: Duration.minutes(10),
      severity: Severity.WARNING,
      summary: 'Targets of a job cannot be scraped',
      description: '{{ printf "%.4g" $value }}% of the targets of job {{ $labels.job }}'
        + '{{ with $labels.service }} behind Service {{ $labels.namespace }}/{{ . }}{{ else }}{{ with $labels.namespace }} in namespace {{ . }}{{ end }}{{ end }} have failed to be scraped for [for]. '
        + 'See which, and why, on the page Target health of Prometheus, or by the query `up{job="{{ $labels.job }}"{{ with $labels.namespace }}, namespace="{{ . }}"{{ end }}} == 0`.',
    }),
    trustedAlert({
      alert: 'TargetUnreachable',
      // Those that are too few for TargetDown.
      expr: promql`
        max_over_time(up[5m]) == 0
        unless on (cluster, job, namespace, service) (
          ${share}
        )`,
      for: Duration.minutes(30),
      severity: Severity.WARNING,
      summary: 'A target cannot be scraped',
      description: `${TARGET} has failed every scrape for [for]; the others of its job are well. Its error is on the page Target health of Prometheus, `
        + 'search for {{ $labels.instance }}.',
    }),
    trustedAlert({
      alert: 'TargetFoundTwice',
      expr: 'count without (namespace, service, endpoint) (up) > 1',
      for: Duration.hours(1),
      severity: Severity.WARNING,
      summary: 'A target is scraped more than once',
      description: `Job {{ $labels.job }} has found {{ $labels.instance }}{{ with $labels.metrics_path }}, path {{ . }},{{ end }} by ${counted('Service')} and scrapes it as often: `
        + 'its series are stored more than once, and sums count them so. See the Services: `count by (namespace, service) (up{job="{{ $labels.job }}", instance="{{ $labels.instance }}"})`.',
    }),
  ];
}
