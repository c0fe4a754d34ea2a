import { Duration } from 'cdk8s';
import { notUploadingRule, OF_POD, QUARTER } from './shared-rules';
import { ThanosSidecarRuleOptions } from './thanos-rule-options';
import { thanosSidecarThresholds } from './thanos-thresholds';
import { AlertingRule, RuleSet, Severity } from '../../monitoring/rules';
import { trustedAlert, trustedGroup } from '../../monitoring/rules/trusted';
import { downRule, jobMatcher, jobRules, promql, RuleContext } from '../component-rules';

/** Default name of the scrape job. */
export const THANOS_SIDECAR_JOB = 'thanos-sidecar';

const LOG = 'See its log: `kubectl logs -n {{ $labels.namespace }} {{ $labels.pod }} -c thanos-sidecar`.';

/** Facts about a sidecar that its rules follow. */
export interface ThanosSidecarRuleContext extends RuleContext {
  /** Name of the scrape job of its Prometheus. */
  readonly prometheusJobName?: string;
  /** Whether it uploads blocks. */
  readonly uploads?: boolean;
}

/** Rules about the Thanos sidecar: gone, without its Prometheus, and blocks that it does not upload. */
export function thanosSidecarRules(context: ThanosSidecarRuleContext = {}, options: ThanosSidecarRuleOptions = {}): RuleSet {
  const { jobName = THANOS_SIDECAR_JOB, prometheusJobName = 'prometheus', uploads = true } = context;
  const job = jobMatcher(jobName);
  return jobRules(jobName, THANOS_SIDECAR_JOB, trustedGroup({
    name: 'thanos-sidecar',
    rules: [
      downRule({
        alert: 'ThanosSidecarIsDown', what: 'the Thanos sidecar', jobName,
        consequence: uploads
          ? 'if it does not run, Thanos has none of the newest samples, and blocks that it has not uploaded by the end of the local retention are lost'
          : 'if it does not run, Thanos has none of the samples of its Prometheus',
      }),
      trustedAlert({
        alert: 'ThanosSidecarNoConnectionToStartedPrometheus',
        expr: promql`
          max_over_time(thanos_sidecar_prometheus_up{${job}}[5m]) == 0
          and on (cluster, namespace, pod)
          last_over_time(prometheus_tsdb_data_replay_duration_seconds{${jobMatcher(prometheusJobName)}}[5m]) > 0`,
        for: Duration.minutes(5),
        severity: Severity.CRITICAL,
        summary: 'A Thanos sidecar does not reach its Prometheus',
        description: `The Thanos sidecar of Pod ${OF_POD} has not reached its Prometheus for [for] and longer, although that has started: Thanos has none of its newest samples. ${LOG}`,
      }),
      ...(uploads ? uploadRules(job, options) : []),
    ],
  }));
}

function uploadRules(job: string, options: ThanosSidecarRuleOptions): AlertingRule[] {
  return [
    trustedAlert({
      alert: 'ThanosSidecarBucketOperationsFailed',
      expr: `sum by (cluster, namespace, pod, operation) (rate(thanos_objstore_bucket_operation_failures_total{${job}}[5m])) > 0`,
      for: QUARTER,
      severity: Severity.CRITICAL,
      summary: 'A Thanos sidecar fails to use its bucket',
      description: `Operations {{ $labels.operation }} of the Thanos sidecar of Pod ${OF_POD} have failed for [for]: blocks that are not uploaded by the end of the local retention are lost. ${LOG}`,
    }),
    notUploadingRule({
      alert: 'ThanosSidecarNotUploading', job, summary: 'A Thanos sidecar uploads no blocks', subject: `The Thanos sidecar of Pod ${OF_POD}`, maker: 'Prometheus',
      log: LOG, ageSeconds: thanosSidecarThresholds(options).uploadAgeSeconds,
    }),
  ];
}
