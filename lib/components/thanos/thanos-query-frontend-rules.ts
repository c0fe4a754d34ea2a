import { OF_POD, percentOf, QUARTER } from './shared-rules';
import { ThanosQueryFrontendRuleOptions } from './thanos-rule-options';
import { thanosQueryFrontendThresholds } from './thanos-thresholds';
import { RuleSet, Severity } from '../../monitoring/rules';
import { trustedAlert, trustedGroup } from '../../monitoring/rules/trusted';
import { downRule, jobMatcher, jobRules, promql, RuleContext } from '../component-rules';

/** Default name of the scrape job. */
export const THANOS_QUERY_FRONTEND_JOB = 'thanos-query-frontend';

const LOG = 'See its log: `kubectl logs -n {{ $labels.namespace }} {{ $labels.pod }}`.';

/** Facts about a Thanos Query Frontend that its rules follow. */
export interface ThanosQueryFrontendRuleContext extends RuleContext {
  /** Whether its cache is on servers of its own. */
  readonly hasCacheServers?: boolean;
}

/** Rules about Thanos Query Frontend: gone, requests that fail, and a cache that does not answer. */
export function thanosQueryFrontendRules(context: ThanosQueryFrontendRuleContext = {}, options: ThanosQueryFrontendRuleOptions = {}): RuleSet {
  const { jobName = THANOS_QUERY_FRONTEND_JOB, hasCacheServers = true } = context;
  const job = jobMatcher(jobName);
  const { httpErrorPercent, cacheErrorPercent } = thanosQueryFrontendThresholds(options);
  const requests = (more: string = '') => `http_request_duration_seconds_count{${job}, handler="query-frontend"${more}}`;
  const cached = (more: string = '') => `cortex_memcache_request_duration_seconds_count{${job}${more}}`;
  return jobRules(jobName, THANOS_QUERY_FRONTEND_JOB, trustedGroup({
    name: 'thanos-query-frontend',
    rules: [
      downRule({
        alert: 'ThanosQueryFrontendIsDown', what: 'Thanos Query Frontend', jobName,
        consequence: 'if it does not run, dashboards that ask it get no answer, and Thanos Query itself has to be asked',
      }),
      trustedAlert({
        alert: 'ThanosQueryFrontendHttpErrorRateHigh',
        expr: promql`
          ${percentOf(requests(', code=~"5.."'), requests())}
          > ${httpErrorPercent}`,
        for: QUARTER,
        severity: Severity.CRITICAL,
        summary: 'Thanos Query Frontend fails to answer',
        description: `Thanos Query Frontend ${OF_POD} has answered {{ printf "%.1f" $value }}% of the requests by an error for [for], after it tried again. Look at the alerts about Thanos Query first. ${LOG}`,
      }),
      ...(hasCacheServers ? [trustedAlert({
        alert: 'ThanosQueryFrontendCacheFailing',
        // 404 is an answer that is not there.
        expr: promql`
          ${percentOf(cached(', status_code!~"200|404"'), cached())}
          > ${cacheErrorPercent}`,
        for: QUARTER,
        severity: Severity.WARNING,
        summary: 'The cache of Thanos Query Frontend does not answer',
        description: `{{ printf "%.1f" $value }}% of the requests of Thanos Query Frontend ${OF_POD} to memcached have failed for [for]: Thanos Query is asked in its place, and has as much to do as without a cache. ${LOG}`,
      })] : []),
    ],
  }));
}
