import { Duration } from 'cdk8s';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { jobMatcher, promql } from '../component-rules';
import { trustedAlert } from '../../monitoring/rules/trusted';

/** kube-state-metrics itself: gone, refused by the API, or with shards missing. */
export function kubeStateMetricsRules(jobName: string, shards: number): AlertingRule[] {
  const job = jobMatcher(jobName);
  return [
    trustedAlert({
      alert: 'KubeStateMetricsDown',
      expr: `absent(up{${job}} == 1)`,
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
      sum by (resource) (rate(kube_state_metrics_${verb}_total{${job}, result="error"}[5m]))
        / sum by (resource) (rate(kube_state_metrics_${verb}_total{${job}}[5m]))
      > 0.01`,
    for: Duration.minutes(15),
    severity: Severity.CRITICAL,
    summary: `kube-state-metrics cannot ${verb} objects`,
    description: `{{ $value | humanizePercentage }} of the ${verb} requests of kube-state-metrics for {{ $labels.resource }} fail: `
      + 'what it says of them is old or missing. See its log and its ClusterRole.',
  });
}

function sharding(job: string): AlertingRule[] {
  return [
    trustedAlert({
      alert: 'KubeStateMetricsShardingMismatch',
      expr: `stdvar(kube_state_metrics_total_shards{${job}}) != 0`,
      for: Duration.minutes(15),
      severity: Severity.CRITICAL,
      summary: 'The shards of kube-state-metrics disagree on their number',
      description: 'Pods of kube-state-metrics are set to different numbers of shards: some objects are exposed twice, some not at all.',
    }),
    trustedAlert({
      alert: 'KubeStateMetricsShardsMissing',
      expr: promql`
        max(kube_state_metrics_total_shards{${job}})
          - count(count by (shard_ordinal) (kube_state_metrics_shard_ordinal{${job}}))
        > 0`,
      for: Duration.minutes(15),
      severity: Severity.CRITICAL,
      summary: 'Shards of kube-state-metrics are missing',
      description: '{{ $value }} shards of kube-state-metrics are not scraped: their part of the cluster is not seen.',
    }),
  ];
}
