import { bucketFailureRule, GRPC_FAULTS, latency99, OF_POD, percentOf, QUARTER } from './shared-rules';
import { ThanosStoreRuleOptions } from './thanos-rule-options';
import { thanosStoreThresholds } from './thanos-thresholds';
import { AlertingRule, RuleSet, Severity } from '../../monitoring/rules';
import { trustedAlert, trustedGroup } from '../../monitoring/rules/trusted';
import { downRule, jobMatcher, jobRules, promql, RuleContext } from '../component-rules';

/** Default name of the scrape job. */
export const THANOS_STORE_JOB = 'thanos-store';

/** Rules about Thanos Store: gone, requests that fail or wait, and a bucket that fails or is slow. */
export function thanosStoreRules({ jobName = THANOS_STORE_JOB }: RuleContext = {}, options: ThanosStoreRuleOptions = {}): RuleSet {
  const job = jobMatcher(jobName);
  const { grpcErrorPercent, bucketErrorPercent } = thanosStoreThresholds(options);
  return jobRules(jobName, THANOS_STORE_JOB, trustedGroup({
    name: 'thanos-store',
    rules: [
      downRule({
        alert: 'ThanosStoreIsDown', what: 'Thanos Store', jobName,
        consequence: 'if it does not run, queries lack all samples that are older than the local retention of Prometheus',
      }),
      trustedAlert({
        alert: 'ThanosStoreGrpcErrorRate',
        expr: promql`
          ${percentOf(`grpc_server_handled_total{${job}, ${GRPC_FAULTS}}`, `grpc_server_handled_total{${job}}`)}
          > ${grpcErrorPercent}`,
        for: QUARTER,
        severity: Severity.WARNING,
        summary: 'Thanos Store fails to answer requests',
        description: `Thanos Store ${OF_POD} has answered {{ printf "%.1f" $value }}% of the requests by an error for [for]: queries may lack old samples. See its log: \`kubectl logs -n {{ $labels.namespace }} {{ $labels.pod }}\`.`,
      }),
      bucketFailureRule({
        alert: 'ThanosStoreBucketHighOperationFailures', job, what: 'Thanos Store', percent: bucketErrorPercent,
        consequence: 'queries may lack old samples, and it does not see new blocks',
      }),
      ...slowRules(job, options),
    ],
  }));
}

function slowRules(job: string, options: ThanosStoreRuleOptions): AlertingRule[] {
  const { bucketLatencySeconds, gateLatencySeconds } = thanosStoreThresholds(options);
  return [
    trustedAlert({
      alert: 'ThanosStoreSeriesGateLatencyHigh',
      expr: `${latency99(`thanos_bucket_store_series_gate_queries_duration_seconds_bucket{${job}}`)} > ${gateLatencySeconds}`,
      for: QUARTER,
      severity: Severity.WARNING,
      summary: 'Requests wait at Thanos Store',
      description: `1% of the requests to Thanos Store ${OF_POD} have waited longer than {{ humanizeDuration $value }} for others to end for [for]: queries of old samples are slow. Raise 'replicas', or make what dashboards and rules ask for lighter.`,
    }),
    trustedAlert({
      alert: 'ThanosStoreObjstoreOperationLatencyHigh',
      expr: `${latency99(`thanos_objstore_bucket_operation_duration_seconds_bucket{${job}}`)} > ${bucketLatencySeconds}`,
      for: QUARTER,
      severity: Severity.WARNING,
      summary: 'The bucket of Thanos Store is slow',
      description: `1% of the operations of Thanos Store ${OF_POD} on its bucket have taken longer than {{ humanizeDuration $value }} for [for]: queries of old samples are slow.`,
    }),
  ];
}
