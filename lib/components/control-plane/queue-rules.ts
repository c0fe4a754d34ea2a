import { Duration } from 'cdk8s';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { latest, promql } from '../component-rules';
import { trustedAlert } from '../../monitoring/rules/trusted';

/** Pods that the scheduler cannot place. Of several schedulers the leader alone has a queue. */
export function pendingPods(job: string): AlertingRule[] {
  return [
    trustedAlert({
      alert: 'KubeSchedulerPendingPods',
      expr: `sum by (cluster) (${latest(`scheduler_pending_pods{${job}, queue="unschedulable"}`)}) > 0`,
      for: Duration.minutes(30),
      severity: Severity.WARNING,
      summary: 'Pods fit on no node',
      description: 'Pods that have fit on no node for [for], now {{ $value }}: nodes lack what they request, or their constraints exclude every node. '
        + 'See why: `kubectl get events -A --field-selector reason=FailedScheduling`.',
    }),
  ];
}

/** Work queues of controllers from which nothing is taken although they are not empty. */
export function stuckWorkQueues(job: string): AlertingRule[] {
  return [
    trustedAlert({
      alert: 'KubeControllerManagerWorkQueueStuck',
      expr: promql`
        min_over_time(workqueue_depth{${job}}[10m]) > 0
        and on (cluster, instance, name) rate(workqueue_work_duration_seconds_count{${job}}[10m]) == 0`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'A controller has stopped working',
      description: 'Work queue {{ $labels.name }} of the controller manager at {{ $labels.instance }} has {{ $value }} item{{ if ne $value 1.0 }}s{{ end }}, '
        + 'and none has been processed for [for]. See the log of the controller manager.',
    }),
  ];
}
