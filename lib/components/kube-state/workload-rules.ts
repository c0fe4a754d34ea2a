import { Duration } from 'cdk8s';
import { objectState, ofObject } from './object-state';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { counted, latest, promql } from '../component-rules';
import { trustedAlert } from '../../monitoring/rules/trusted';

const DEPLOYMENT = 'Deployment {{ $labels.namespace }}/{{ $labels.deployment }}';
const STATEFUL_SET = 'StatefulSet {{ $labels.namespace }}/{{ $labels.statefulset }}';
const DAEMON_SET = 'DaemonSet {{ $labels.namespace }}/{{ $labels.daemonset }}';

/** The command that shows the state and the events of a workload. */
function described(kind: string): string {
  return `See its events: \`kubectl -n {{ $labels.namespace }} describe ${kind} {{ $labels.${kind} }}\`.`;
}

/** A warning with the usual 15 minutes. */
function warning(alert: string, expr: string, summary: string, description: string, minutes = 15): AlertingRule {
  return trustedAlert({ alert, expr, for: Duration.minutes(minutes), severity: Severity.WARNING, summary, description });
}

/** Deployments, StatefulSets and DaemonSets that are not what they should be. */
export function workloadRules(job: string): AlertingRule[] {
  return [...deployments(job), ...statefulSets(job), ...daemonSets(job)];
}

/** Counts of updated replicas that have not changed: no rollout moves. */
function unchanged(metric: string, job: string, window: string): string {
  return `${ofObject(`changes(${metric}{${job}}[${window}])`)} == 0`;
}

function deployments(job: string): AlertingRule[] {
  const state = (metric: string) => objectState(`kube_deployment_${metric}{${job}}`);
  return [
    warning(
      'KubeDeploymentGenerationMismatch',
      `${state('status_observed_generation')} != ${state('metadata_generation')}`,
      'A change of a Deployment has not been processed',
      `The controller has not seen the newest generation of ${DEPLOYMENT} for [for]. See the log of the controller manager.`,
    ),
    warning(
      'KubeDeploymentReplicasMismatch',
      promql`
        ${state('spec_replicas')} > ${state('status_replicas_available')}
        and ${unchanged('kube_deployment_status_replicas_updated', job, '10m')}`,
      'A Deployment has fewer replicas than it should',
      `${DEPLOYMENT} has not had its ${counted('replica')} available for [for], and no rollout moves. ${described('deployment')}`,
    ),
    warning(
      'KubeDeploymentRolloutStuck',
      objectState(`kube_deployment_status_condition{${job}, condition="Progressing", status="false"}`, ' == 1'),
      'The rollout of a Deployment is stuck',
      `${DEPLOYMENT} has made no progress for longer than its deadline. ${described('deployment')}`,
    ),
  ];
}

function statefulSets(job: string): AlertingRule[] {
  const state = (metric: string) => objectState(`kube_statefulset_${metric}{${job}}`);
  const revision = (which: string) => latest(`kube_statefulset_status_${which}_revision{${job}}`);
  const on = 'on (cluster, namespace, statefulset)';
  return [
    warning(
      'KubeStatefulSetReplicasMismatch',
      promql`
        ${state('status_replicas_ready')} != ${state('replicas')}
        and ${unchanged('kube_statefulset_status_replicas_updated', job, '10m')}`,
      'A StatefulSet does not have the replicas that it should',
      `${STATEFUL_SET} has had ${counted('ready replica')}, not as many as it should, for [for], and no rollout moves. ${described('statefulset')}`,
    ),
    warning(
      'KubeStatefulSetGenerationMismatch',
      `${state('status_observed_generation')} != ${state('metadata_generation')}`,
      'A change of a StatefulSet has not been processed',
      `The controller has not seen the newest generation of ${STATEFUL_SET} for [for]. See the log of the controller manager.`,
    ),
    warning(
      'KubeStatefulSetUpdateNotRolledOut',
      promql`
        max by (cluster, namespace, statefulset) (
          ${revision('current')} unless on (cluster, namespace, statefulset, revision) ${revision('update')}
        )
        and ${on} ${state('replicas')} != ${state('status_replicas_updated')}
        and ${on} ${unchanged('kube_statefulset_status_replicas_updated', job, '5m')}`,
      'An update of a StatefulSet is stuck',
      `${STATEFUL_SET} has a new revision that not all of its replicas have, and none has changed for [for]. ${described('statefulset')}`,
    ),
  ];
}

function daemonSets(job: string): AlertingRule[] {
  const state = (metric: string) => objectState(`kube_daemonset_status_${metric}{${job}}`);
  const desired = state('desired_number_scheduled');
  return [
    warning(
      'KubeDaemonSetRolloutStuck',
      promql`
        (
          ${state('current_number_scheduled')} != ${desired}
          or ${state('number_misscheduled')} != 0
          or ${state('updated_number_scheduled')} != ${desired}
          or ${state('number_available')} != ${desired}
        )
        and ${unchanged('kube_daemonset_status_updated_number_scheduled', job, '5m')}`,
      'The rollout of a DaemonSet is stuck',
      `${DAEMON_SET} has not had its newest Pod available on every node that should have one for [for], and nothing changes. ${described('daemonset')}`,
    ),
    warning(
      'KubeDaemonSetNotScheduled',
      `${desired} - ${state('current_number_scheduled')} > 0`,
      'Nodes lack the Pod of a DaemonSet',
      `${DAEMON_SET} has had no Pod on ${counted('node')} where it should run for [for]. ${described('daemonset')}`,
      10,
    ),
    warning(
      'KubeDaemonSetMisScheduled',
      objectState(`kube_daemonset_status_number_misscheduled{${job}}`, ' > 0'),
      'A DaemonSet runs where it should not',
      `${DAEMON_SET} has had ${counted('Pod')} on nodes that should not run them for [for].`,
    ),
  ];
}
