import { Duration } from 'cdk8s';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { trustedAlert } from '../../monitoring/rules/trusted';
import { promql } from '../component-rules';

/** Time that most troubles have to last. */
export const QUARTER = Duration.minutes(15);

/** Labels of the object that an alert is about. */
export const POD = 'cluster, namespace, pod';

/** Name of the Pod that an alert is about, for descriptions. */
export const OF_POD = '{{ $labels.namespace }}/{{ $labels.pod }}';

/** Codes of gRPC that are the fault of the side that answers. */
export const GRPC_FAULTS = 'grpc_code=~"Unknown|ResourceExhausted|Internal|Unavailable|DataLoss|DeadlineExceeded"';

/** Share of what counts in a counter that has the matchers as well, in percent, of each Pod. */
export function percentOf(failed: string, all: string): string {
  return promql`
    100 * sum by (${POD}) (rate(${failed}[5m]))
      / sum by (${POD}) (rate(${all}[5m]))`;
}

/** 99th percentile of a histogram of each Pod. */
export function latency99(histogram: string): string {
  return `histogram_quantile(0.99, sum by (${POD}, le) (rate(${histogram}[5m])))`;
}

/** A program of Thanos whose operations on the bucket are judged. */
export interface BucketUser {
  readonly alert: string;
  /** Matcher of its job. */
  readonly job: string;
  /** Name in a sentence. */
  readonly what: string;
  readonly percent: number;
  readonly consequence: string;
}

/** Warning: operations on the bucket fail. */
export function bucketFailureRule({ alert, job, what, percent, consequence }: BucketUser): AlertingRule {
  return trustedAlert({
    alert,
    expr: promql`
      ${percentOf(`thanos_objstore_bucket_operation_failures_total{${job}}`, `thanos_objstore_bucket_operations_total{${job}}`)}
      > ${percent}`,
    for: QUARTER,
    severity: Severity.WARNING,
    summary: `Operations of ${what} on its bucket fail`,
    description: `{{ printf "%.1f" $value }}% of the operations of ${what} ${OF_POD} on its bucket have failed for [for]: ${consequence}. `
      + 'See its log: `kubectl logs -n {{ $labels.namespace }} {{ $labels.pod }}`.',
  });
}

/** A program of Thanos that uploads blocks. */
export interface Uploader {
  readonly alert: string;
  /** Matcher of its job. */
  readonly job: string;
  readonly summary: string;
  /** The program with its Pod, and what makes the blocks, at the start of a sentence. */
  readonly subject: string;
  readonly maker: string;
  readonly log: string;
  readonly ageSeconds: number;
}

/** Critical: no block has reached the bucket for too long. */
export function notUploadingRule({ alert, job, summary, subject, maker, log, ageSeconds }: Uploader): AlertingRule {
  const latest = (metric: string) => `last_over_time(${metric}{${job}}[5m])`;
  return trustedAlert({
    alert,
    // Before the first upload the time of the last one is zero.
    expr: promql`
      time() - max by (${POD}) (
        ${latest('thanos_objstore_bucket_last_successful_upload_time')} or ${latest('process_start_time_seconds')}
      ) > ${ageSeconds}`,
    for: QUARTER,
    severity: Severity.CRITICAL,
    summary,
    description: `${subject} has uploaded no block for {{ humanizeDuration $value }}; ${maker} makes one every two hours. Blocks that are not uploaded by the end of the local retention are lost. ${log}`,
  });
}
