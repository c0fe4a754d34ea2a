import { Duration } from 'cdk8s';
import { GRPC_FAULTS, latency99, OF_POD, percentOf, POD, QUARTER } from './shared-rules';
import { ThanosQueryRuleOptions } from './thanos-rule-options';
import { thanosQueryThresholds } from './thanos-thresholds';
import { AlertingRule, RuleSet, Severity } from '../../monitoring/rules';
import { trustedAlert, trustedGroup } from '../../monitoring/rules/trusted';
import { downRule, jobMatcher, jobRules, promql, RuleContext } from '../component-rules';

/** Default name of the scrape job. */
export const THANOS_QUERY_JOB = 'thanos-query';

const LOG = 'See its log: `kubectl logs -n {{ $labels.namespace }} {{ $labels.pod }}`.';

/** Rules about Thanos Query: gone, queries that fail or are slow, and stores that it does not reach. */
export function thanosQueryRules({ jobName = THANOS_QUERY_JOB }: RuleContext = {}, options: ThanosQueryRuleOptions = {}): RuleSet {
  const job = jobMatcher(jobName);
  const { latencySeconds, rangeLatencySeconds } = thanosQueryThresholds(options);
  return jobRules(jobName, THANOS_QUERY_JOB, trustedGroup({
    name: 'thanos-query',
    rules: [
      downRule({ alert: 'ThanosQueryIsDown', what: 'Thanos Query', jobName, consequence: 'if it does not run, dashboards and rules that ask it get no answer' }),
      errorRule('ThanosQueryHttpRequestQueryErrorRateHigh', 'query', 'instant', job, options),
      errorRule('ThanosQueryHttpRequestQueryRangeErrorRateHigh', 'query_range', 'range', job, options),
      latencyRule('ThanosQueryInstantLatencyHigh', 'query', 'instant', job, latencySeconds),
      latencyRule('ThanosQueryRangeLatencyHigh', 'query_range', 'range', job, rangeLatencySeconds),
      trustedAlert({
        alert: 'ThanosQueryOverload',
        expr: promql`
          max_over_time(thanos_query_concurrent_gate_queries_max{${job}}[5m]) - avg_over_time(thanos_query_concurrent_gate_queries_in_flight{${job}}[5m])
          < 1`,
        for: QUARTER,
        severity: Severity.WARNING,
        summary: 'Thanos Query is at its limit of concurrent queries',
        description: `Thanos Query ${OF_POD} has worked on as many queries as it may at once for [for]: others wait. Raise 'replicas' or 'maxConcurrent', or make what dashboards and rules ask for lighter.`,
      }),
      ...storeRules(job, options),
    ],
  }));
}

function errorRule(alert: string, handler: string, kind: string, job: string, options: ThanosQueryRuleOptions): AlertingRule {
  const requests = (more: string = '') => `http_request_duration_seconds_count{${job}, handler="${handler}"${more}}`;
  return trustedAlert({
    alert,
    expr: promql`
      ${percentOf(requests(', code=~"5.."'), requests())}
      > ${thanosQueryThresholds(options).httpErrorPercent}`,
    for: QUARTER,
    severity: Severity.CRITICAL,
    summary: `Thanos Query fails to answer ${kind} queries`,
    description: `Thanos Query ${OF_POD} has answered {{ printf "%.1f" $value }}% of the ${kind} queries by an error for [for]. ${LOG}`,
  });
}

function latencyRule(alert: string, handler: string, kind: string, job: string, limit: number): AlertingRule {
  return trustedAlert({
    alert,
    expr: `${latency99(`http_request_duration_seconds_bucket{${job}, handler="${handler}"}`)} > ${limit}`,
    for: QUARTER,
    severity: Severity.WARNING,
    summary: `Thanos Query is slow to answer ${kind} queries`,
    description: `1% of the ${kind} queries to Thanos Query ${OF_POD} have taken longer than {{ humanizeDuration $value }} for [for]. Look for slow stores on its dashboard, and for dashboards and rules that ask for much.`,
  });
}

function storeRules(job: string, options: ThanosQueryRuleOptions): AlertingRule[] {
  const { grpcErrorPercent, dnsErrorPercent } = thanosQueryThresholds(options);
  const connections = `thanos_store_nodes_grpc_connections{${job}}`;
  return [
    trustedAlert({
      alert: 'ThanosQueryStoreMissing',
      expr: promql`
        max_over_time(sum by (${POD}) (${connections})[1h:1m])
        - on (${POD})
        sum by (${POD}) (last_over_time(${connections}[5m]))
        > 0`,
      for: Duration.minutes(10),
      severity: Severity.WARNING,
      summary: 'Thanos Query has lost stores',
      description: `Thanos Query ${OF_POD} has had {{ $value }} fewer stores for [for] than within the last hour: answers lack their samples unless a replica has them. The page /stores shows which. Where replicas were taken away on purpose this ends within an hour.`,
    }),
    trustedAlert({
      alert: 'ThanosQueryGrpcClientErrorRate',
      expr: promql`
        ${percentOf(`grpc_client_handled_total{${job}, ${GRPC_FAULTS}}`, `grpc_client_handled_total{${job}}`)}
        > ${grpcErrorPercent}`,
      for: QUARTER,
      severity: Severity.WARNING,
      summary: 'Requests of Thanos Query to stores fail',
      description: `{{ printf "%.1f" $value }}% of the requests of Thanos Query ${OF_POD} to stores have failed for [for]: answers may lack samples. The page /stores shows the errors.`,
    }),
    trustedAlert({
      alert: 'ThanosQueryHighDNSFailures',
      expr: promql`
        ${percentOf(`thanos_query_endpoints_dns_failures_total{${job}}`, `thanos_query_endpoints_dns_lookups_total{${job}}`)}
        > ${dnsErrorPercent}`,
      for: QUARTER,
      severity: Severity.WARNING,
      summary: 'Thanos Query fails to look up stores',
      description: `{{ printf "%.1f" $value }}% of the lookups of stores by Thanos Query ${OF_POD} in DNS have failed for [for]: it does not find new ones. Check that the Services of its stores exist, and CoreDNS.`,
    }),
  ];
}
