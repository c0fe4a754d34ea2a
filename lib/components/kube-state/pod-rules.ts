import { Duration } from 'cdk8s';
import { objectState, ofObject } from './object-state';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { counted, latest, promql } from '../component-rules';
import { trustedAlert } from '../../monitoring/rules/trusted';

const CONTAINER = 'Container {{ $labels.container }} of Pod {{ $labels.namespace }}/{{ $labels.pod }}';
const DESCRIBE_POD = '`kubectl -n {{ $labels.namespace }} describe pod {{ $labels.pod }}`';

/** Pods and containers that do not run. */
export function podRules(job: string): AlertingRule[] {
  return [
    trustedAlert({
      alert: 'KubePodCrashLooping',
      expr: ofObject(`max_over_time(kube_pod_container_status_waiting_reason{${job}, reason="CrashLoopBackOff"}[5m]) >= 1`),
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'A container crashes again and again',
      description: `${CONTAINER} has been in CrashLoopBackOff for [for]. Its last words: `
        + '`kubectl -n {{ $labels.namespace }} logs {{ $labels.pod }} -c {{ $labels.container }} --previous`.',
    }),
    trustedAlert({
      alert: 'KubePodNotReady',
      // Pods of Jobs end, and Pods behind a scheduling gate wait on purpose.
      expr: promql`
        max by (cluster, namespace, pod, node) (
          ${latest(`kube_pod_info{${job}}`)}
          and on (cluster, namespace, pod) (
            ${latest(`kube_pod_status_phase{${job}, phase=~"Pending|Unknown"}`)} == 1
            or
            ${latest(`kube_pod_status_ready{${job}, condition="true"}`)} == 0
              and on (cluster, namespace, pod) ${latest(`kube_pod_status_phase{${job}, phase="Running"}`)} == 1
          )
        )
        unless on (cluster, namespace, pod) ${latest(`kube_pod_owner{${job}, owner_kind="Job"}`)}
        unless on (cluster, namespace, pod) ${latest(`kube_pod_status_reason{${job}, reason="SchedulingGated"}`)} == 1`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'A Pod does not become ready',
      description: `Pod {{ $labels.namespace }}/{{ $labels.pod }}{{ with $labels.node }} on node {{ . }}{{ end }} has not been ready for [for]. See its events: ${DESCRIBE_POD}.`,
    }),
    trustedAlert({
      alert: 'KubeContainerWaiting',
      expr: objectState(`kube_pod_container_status_waiting_reason{${job}, reason!="CrashLoopBackOff"}`, ' > 0'),
      for: Duration.hours(1),
      severity: Severity.WARNING,
      summary: 'A container cannot start',
      description: `${CONTAINER} has been waiting for [for], reason {{ $labels.reason }}. See its events: ${DESCRIBE_POD}.`,
    }),
    trustedAlert({
      alert: 'KubePdbNotEnoughHealthyPods',
      expr: promql`
        ${objectState(`kube_poddisruptionbudget_status_desired_healthy{${job}}`)}
          - ${objectState(`kube_poddisruptionbudget_status_current_healthy{${job}}`)}
        > 0
        and ${objectState(`kube_poddisruptionbudget_status_expected_pods{${job}}`)} > 0`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'Fewer Pods are healthy than a disruption budget asks for',
      description: `PodDisruptionBudget {{ $labels.namespace }}/{{ $labels.poddisruptionbudget }} has been lacking ${counted('healthy Pod')} for [for]; `
        + 'nodes with its Pods cannot be drained.',
    }),
  ];
}
