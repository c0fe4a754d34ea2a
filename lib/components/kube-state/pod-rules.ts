import { Duration } from 'cdk8s';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { promql } from '../component-rules';
import { trustedAlert } from '../../monitoring/rules/trusted';

const CONTAINER = 'Container {{ $labels.container }} of Pod {{ $labels.namespace }}/{{ $labels.pod }}';

/** Pods and containers that do not run. */
export function podRules(job: string): AlertingRule[] {
  return [
    trustedAlert({
      alert: 'KubePodCrashLooping',
      expr: `max_over_time(kube_pod_container_status_waiting_reason{${job}, reason="CrashLoopBackOff"}[5m]) >= 1`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'A container crashes again and again',
      description: `${CONTAINER} has been in CrashLoopBackOff for [for]. Its last words: kubectl logs --previous.`,
    }),
    trustedAlert({
      alert: 'KubePodNotReady',
      // Pods of Jobs end, and Pods behind a scheduling gate wait on purpose.
      expr: promql`
        (
          sum by (namespace, pod) (kube_pod_status_phase{${job}, phase=~"Pending|Unknown"}) > 0
          or
          sum by (namespace, pod) (kube_pod_status_phase{${job}, phase="Running"}) > 0
            and sum by (namespace, pod) (kube_pod_status_ready{${job}, condition="true"}) == 0
        )
        unless on (namespace, pod) kube_pod_owner{${job}, owner_kind="Job"}
        unless on (namespace, pod) kube_pod_status_reason{${job}, reason="SchedulingGated"} == 1`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'A Pod does not become ready',
      description: 'Pod {{ $labels.namespace }}/{{ $labels.pod }} has not been ready for [for]. Its events: kubectl describe.',
    }),
    trustedAlert({
      alert: 'KubeContainerWaiting',
      expr: `kube_pod_container_status_waiting_reason{${job}, reason!="CrashLoopBackOff"} > 0`,
      for: Duration.hours(1),
      severity: Severity.WARNING,
      summary: 'A container cannot start',
      description: `${CONTAINER} has been waiting for [for], reason {{ $labels.reason }}.`,
    }),
    trustedAlert({
      alert: 'KubePdbNotEnoughHealthyPods',
      expr: promql`
        kube_poddisruptionbudget_status_desired_healthy{${job}} - kube_poddisruptionbudget_status_current_healthy{${job}} > 0
        and kube_poddisruptionbudget_status_expected_pods{${job}} > 0`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'Fewer Pods are healthy than a disruption budget asks for',
      description: 'PodDisruptionBudget {{ $labels.namespace }}/{{ $labels.poddisruptionbudget }} has been lacking {{ $value }} healthy Pods for [for]; '
        + 'nodes with its Pods cannot be drained.',
    }),
  ];
}
