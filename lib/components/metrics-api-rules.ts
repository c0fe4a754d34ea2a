import { Duration } from 'cdk8s';
import { jobMatcher, promql } from './component-rules';
import { AlertingRule, Severity } from '../monitoring/rules';
import { trustedAlert } from '../monitoring/rules/trusted';

/** Options of the rules about a server of metrics APIs. */
export interface MetricsApiRuleOptions {
  /**
   * Name of the API server's scrape job, for the alerts on the availability of the API.
   * @default apiserver
   */
  readonly apiServerJobName?: string;
}

/** APIs of a server. */
export interface ServedApis {
  /** Name of the alert. */
  readonly alert: string;
  /** Matcher of the names of their APIServices: `name="v1beta1.metrics.k8s.io"`. */
  readonly matcher: string;
  /** Name of the API in a sentence. */
  readonly what: string;
  /** Loss while the API is unavailable. */
  readonly consequence: string;
}

/** Critical: an API server does not reach the server of a metrics API, or does not trust it. */
export function unavailableRule({ alert, matcher, what, consequence }: ServedApis, { apiServerJobName = 'apiserver' }: MetricsApiRuleOptions): AlertingRule {
  return trustedAlert({
    alert,
    expr: promql`
      max by (cluster, name) (last_over_time(aggregator_unavailable_apiservice{${jobMatcher(apiServerJobName)}, ${matcher}}[5m])) == 1`,
    for: Duration.minutes(5),
    severity: Severity.CRITICAL,
    summary: `${what} is unavailable`,
    description: `The API server has not been able to use APIService {{ $labels.name }} for [for]: ${consequence}. `
      + 'See the reason in `kubectl get apiservice {{ $labels.name }} -o yaml`.',
  });
}
