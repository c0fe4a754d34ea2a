import { Duration } from 'cdk8s';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { counted, jobMatcher, latest, missing, promql } from '../component-rules';
import { trustedAlert } from '../../monitoring/rules/trusted';

/** kube-state-metrics itself: gone, refused by the API, or with shards missing. */
export function kubeStateMetricsRules(jobName: string, shards: number): AlertingRule[] {
  const job = jobMatcher(jobName);
  return [
    trustedAlert({
      alert: 'KubeStateMetricsDown',
      // The telemetry port goes on answering where listing objects takes too long.
      expr: missing(`up{${job}, endpoint!="telemetry"} == 1`),
      // Every rule about workloads is blind meanwhile, so not the usual 15 minutes; a new version takes less than these.
      for: Duration.minutes(5),
      severity: Severity.CRITICAL,
      labels: { job: jobName },
      summary: 'kube-state-metrics is gone',
      description: `Prometheus has found no target of job ${jobName} that answers for [for]. `
        + 'Deployments, Pods, Jobs, nodes and quotas in trouble are not noticed until it is back.',
    }),
    requestErrors('List', 'list', job),
    requestErrors('Watch', 'watch', job),
    ...(shards > 1 ? sharding(job) : []),
  ];
}

function requestErrors(name: string, verb: string, job: string): AlertingRule {
  return trustedAlert({
    alert: `KubeStateMetrics${name}Errors`,
    expr: promql`
      sum by (cluster, resource) (rate(kube_state_metrics_${verb}_total{${job}, result="error"}[5m]))
        / sum by (cluster, resource) (rate(kube_state_metrics_${verb}_total{${job}}[5m]))
      > 0.01`,
    for: Duration.minutes(15),
    severity: Severity.CRITICAL,
    summary: `kube-state-metrics fails to ${verb} objects`,
    description: `{{ $value | humanizePercentage }} of the ${verb} requests of kube-state-metrics for {{ $labels.resource }} fail: `
      + 'its series of them may be old or missing. See its log and its ClusterRole.',
  });
}

function sharding(job: string): AlertingRule[] {
  const shards = latest(`kube_state_metrics_total_shards{${job}}`);
  return [
    trustedAlert({
      alert: 'KubeStateMetricsShardingMismatch',
      expr: `stdvar by (cluster) (${shards}) != 0`,
      for: Duration.minutes(15),
      severity: Severity.CRITICAL,
      summary: 'The shards of kube-state-metrics disagree on their number',
      description: 'Pods of kube-state-metrics are set to different numbers of shards: some objects are exposed twice, some not at all.',
    }),
    trustedAlert({
      alert: 'KubeStateMetricsShardsMissing',
      expr: promql`
        max by (cluster) (${shards})
          - count by (cluster) (count by (cluster, shard_ordinal) (${latest(`kube_state_metrics_shard_ordinal{${job}}`)}))
        > 0`,
      for: Duration.minutes(15),
      severity: Severity.CRITICAL,
      summary: 'Shards of kube-state-metrics are missing',
      description: `Not scraped: ${counted('shard')} of kube-state-metrics. Their part of the cluster is not seen.`,
    }),
  ];
}
