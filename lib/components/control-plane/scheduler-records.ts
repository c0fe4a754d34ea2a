import { RecordingRule } from '../../monitoring/rules';
import { optionalRecord } from '../../monitoring/rules/trusted';

/** Recording rules of kubernetes-mixin over the series of the scheduler: quantiles of its latencies. */
export function schedulerRecords(job: string): RecordingRule[] {
  const durations = ['scheduling_attempt', 'scheduling_algorithm', 'pod_scheduling_sli'].map((what) => `scheduler_${what}_duration_seconds`);
  return ['0.99', '0.9', '0.5'].flatMap((quantile) => durations.map((metric) => optionalRecord({
    record: `cluster_quantile:${metric}:histogram_quantile`,
    expr: `histogram_quantile(${quantile}, sum without (instance, pod) (rate(${metric}_bucket{${job}}[5m])))`,
    labels: { quantile },
  })));
}
