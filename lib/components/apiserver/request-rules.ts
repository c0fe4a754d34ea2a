import { Duration } from 'cdk8s';
import { ApiServerRuleOptions } from './apiserver-rule-options';
import { apiServerThresholds } from './apiserver-thresholds';
import { ALL } from './error-budget-rules';
import { JUDGED_VERBS, REQUEST_KINDS, STREAMS } from './request-kinds';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { promql } from '../component-rules';
import { trustedAlert } from '../../monitoring/rules/trusted';

/** Requests that the API server sheds, or refuses for want of capacity. */
export function requestRules(job: string, options: ApiServerRuleOptions): AlertingRule[] {
  const { terminatedPercent, throttledPercent } = apiServerThresholds(options);
  const terminated = `sum by (cluster) (rate(apiserver_request_terminations_total{${job}}[10m]))`;
  return [
    trustedAlert({
      alert: 'KubeAPITerminatedRequests',
      expr: promql`
        ${terminated}
          / (sum by (cluster) (rate(apiserver_request_total{${job}}[10m])) + ${terminated})
        > ${terminatedPercent / 100}`,
      for: Duration.minutes(5),
      severity: Severity.WARNING,
      summary: 'The API server sheds requests',
      description: 'The API server terminates {{ $value | humanizePercentage }} of its requests before they are served: it has more to do than it can.',
    }),
    trustedAlert({
      alert: 'KubeAPIThrottledRequests',
      expr: promql`
        sum by (cluster) (rate(apiserver_request_total{${job}, code="429"}[5m]))
          / sum by (cluster) (${ALL})
        > ${throttledPercent / 100}`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'The API server refuses requests because there are too many',
      description: 'The API server answers {{ $value | humanizePercentage }} of its requests with 429, Too Many Requests, by its priority and fairness. '
        + 'See which flows: the query `topk(5, sum by (priority_level, flow_schema) (rate(apiserver_flowcontrol_rejected_requests_total[5m])))`.',
    }),
  ];
}

/** Requests that are answered late, by resource. Of a few requests one slow one is a large share, so there must be one in two seconds. */
export function slowRequests(job: string): AlertingRule {
  const by = 'sum by (cluster, verb, resource)';
  const judged = `${job}, subresource!~"${STREAMS}"`;
  const within = REQUEST_KINDS.flatMap(({ verbs, quick }) => quick.map((matchers) => (
    `rate(apiserver_request_sli_duration_seconds_bucket{${judged}, ${verbs}, ${matchers}}[5m])`
  )));
  return trustedAlert({
    alert: 'KubeAPILatencyHigh',
    expr: promql`
      100 * (
        1 - (
          ${by} (
            ${within.join('\nor ')}
          )
          / (${by} (rate(apiserver_request_sli_duration_seconds_count{${judged}, verb=~"${JUDGED_VERBS}"}[5m])) > 0.5)
          < 0.99
        )
      )`,
    for: Duration.minutes(15),
    severity: Severity.WARNING,
    summary: 'Requests for a resource are slow',
    description: '{{ printf "%.2g" $value }}% of the requests {{ $labels.verb }} {{ $labels.resource }} to the API server take longer than they should: '
      + '1 s for an object, 5 s for a namespace, 30 s for the cluster. Look at etcd, and at webhooks for this resource.',
  });
}
