import { Duration } from 'cdk8s';
import { AlertingRule, RuleSet, Severity } from '../../monitoring/rules';
import { optionalRecord, trustedAlert, trustedGroup } from '../../monitoring/rules/trusted';
import { RuleContext, jobMatcher, jobRules, missing, promql } from '../component-rules';

/** Default name of the scrape job. */
export const GRAFANA_JOB = 'grafana';

/** Options of the rules about Grafana. */
export interface GrafanaRuleOptions {
  /**
   * Share of the requests to a handler that fail with a server error above which GrafanaRequestsFailing fires, in percent.
   * @default 50
   */
  readonly requestErrorPercent?: number;
}

/** Queries to data sources, which also fail where the data source does. */
export const DATA_SOURCE_HANDLERS = '/api/ds/query|/api/datasources/.+';

/** Rules about Grafana: gone, or failing. */
export function grafanaRules({ jobName = GRAFANA_JOB }: RuleContext = {}, options: GrafanaRuleOptions = {}): RuleSet {
  const job = jobMatcher(jobName);
  return jobRules(jobName, GRAFANA_JOB, trustedGroup({
    name: 'grafana',
    rules: [
      optionalRecord({
        record: 'namespace_job_handler_statuscode:grafana_http_request_duration_seconds_count:rate5m',
        expr: `sum by (cluster, namespace, job, handler, status_code) (rate(grafana_http_request_duration_seconds_count{${job}}[5m]))`,
      }),
      trustedAlert({
        alert: 'GrafanaDown',
        expr: missing(`up{${job}} == 1`),
        for: Duration.minutes(15),
        severity: Severity.WARNING,
        labels: { job: jobName },
        summary: 'Grafana is gone from monitoring',
        description: `Prometheus has found no target of job ${jobName} that answers for [for]: if it does not run, no dashboard can be opened. `
          + 'Alerts of Prometheus are evaluated and sent all the same.',
      }),
      requestsFailing(job, grafanaThresholds(options).requestErrorPercent),
    ],
  }));
}

/** Thresholds of the alerts about Grafana, which colour dashboards too. Percentages are 0 to 100. */
export function grafanaThresholds({ requestErrorPercent = 50 }: GrafanaRuleOptions = {}) {
  return { requestErrorPercent };
}

function requestsFailing(job: string, percent: number): AlertingRule {
  const rate = (more: string = '') => 'sum by (cluster, namespace, job, handler) '
    + `(rate(grafana_http_request_duration_seconds_count{${job}, handler!~"${DATA_SOURCE_HANDLERS}"${more}}[5m]))`;
  return trustedAlert({
    alert: 'GrafanaRequestsFailing',
    expr: promql`
      100 * ${rate(', status_code=~"5.."')}
        / ${rate()}
      > ${percent}`,
    for: Duration.minutes(5),
    severity: Severity.WARNING,
    summary: 'Grafana answers requests with server errors',
    description: '{{ printf "%.4g" $value }}% of the requests to {{ $labels.handler }} of Grafana (job {{ $labels.job }}) in namespace {{ $labels.namespace }} '
      + 'have failed with a server error for [for]. See why in `kubectl -n {{ $labels.namespace }} logs -l app.kubernetes.io/name=grafana -c grafana`.',
  });
}
