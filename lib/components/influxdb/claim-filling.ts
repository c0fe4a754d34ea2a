import { Duration } from 'cdk8s';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { trustedAlert } from '../../monitoring/rules/trusted';
import { jobMatcher, promql } from '../component-rules';

/** A claim that an InfluxDB keeps its data in. */
export interface DataClaim {
  readonly namespace: string;
  readonly claim: string;
  /** Percentage of it below which the alert fires, if it would be full within 4 days. */
  readonly freeDiskPercent: number;
  /** Name of the kubelets' scrape job. */
  readonly kubeletJobName?: string;
}

/** The disk of an InfluxDB fills up, by the kubelet's word. There is none where it has no claim. */
export function claimFilling(alert: string, what: string, { namespace, claim, freeDiskPercent, kubeletJobName = 'kubelet' }: DataClaim): AlertingRule[] {
  const matchers = `${jobMatcher(kubeletJobName)}, metrics_path="/metrics", namespace=${JSON.stringify(namespace)}, persistentvolumeclaim=${JSON.stringify(claim)}`;
  const latest = (metric: string) => `last_over_time(kubelet_volume_stats_${metric}_bytes{${matchers}}[5m])`;
  return claim === '' ? [] : [trustedAlert({
    alert,
    expr: promql`
      100 * ${latest('available')} / ${latest('capacity')} < ${freeDiskPercent}
      and
      predict_linear(kubelet_volume_stats_available_bytes{${matchers}}[6h], 4 * 24 * 3600) < 0`,
    for: Duration.hours(1),
    severity: Severity.WARNING,
    summary: `The disk of ${what} fills up`,
    description: `Claim {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} of ${what} has {{ printf "%.1f" $value }}% of its space free, and is full within 4 `
      + `days by the growth of the last 6 hours; then ${what} stores nothing more. Grow the claim or shorten the retention.`,
  })];
}
