import { Duration } from 'cdk8s';
import { KubeStateRuleOptions } from './kube-state-rule-options';
import { kubeStateThresholds } from './kube-state-thresholds';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { promql } from '../component-rules';
import { trustedAlert } from '../../monitoring/rules/trusted';

const DEPLOYMENT = 'Deployment {{ $labels.namespace }}/{{ $labels.deployment }}';
const STATEFUL_SET = 'StatefulSet {{ $labels.namespace }}/{{ $labels.statefulset }}';
const DAEMON_SET = 'DaemonSet {{ $labels.namespace }}/{{ $labels.daemonset }}';

/** A warning with the usual 15 minutes. */
function warning(alert: string, expr: string, summary: string, description: string, minutes = 15): AlertingRule {
  return trustedAlert({ alert, expr, for: Duration.minutes(minutes), severity: Severity.WARNING, summary, description });
}

/** Deployments, StatefulSets and DaemonSets that are not what they should be. */
export function workloadRules(job: string): AlertingRule[] {
  return [...deployments(job), ...statefulSets(job), ...daemonSets(job)];
}

function deployments(job: string): AlertingRule[] {
  return [
    warning(
      'KubeDeploymentGenerationMismatch',
      `kube_deployment_status_observed_generation{${job}} != kube_deployment_metadata_generation{${job}}`,
      'A change of a Deployment has not been taken up',
      `The controller has not seen the newest generation of ${DEPLOYMENT} for [for].`,
    ),
    warning(
      'KubeDeploymentReplicasMismatch',
      promql`
        kube_deployment_spec_replicas{${job}} > kube_deployment_status_replicas_available{${job}}
        and changes(kube_deployment_status_replicas_updated{${job}}[10m]) == 0`,
      'A Deployment has fewer replicas than it should',
      `${DEPLOYMENT} has not had its {{ $value }} replicas available for [for], and no rollout moves.`,
    ),
    warning(
      'KubeDeploymentRolloutStuck',
      `kube_deployment_status_condition{${job}, condition="Progressing", status="false"} == 1`,
      'The rollout of a Deployment is stuck',
      `${DEPLOYMENT} has made no progress for longer than its deadline.`,
    ),
  ];
}

function statefulSets(job: string): AlertingRule[] {
  return [
    warning(
      'KubeStatefulSetReplicasMismatch',
      promql`
        kube_statefulset_status_replicas_ready{${job}} != kube_statefulset_replicas{${job}}
        and changes(kube_statefulset_status_replicas_updated{${job}}[10m]) == 0`,
      'A StatefulSet has not the replicas that it should',
      `${STATEFUL_SET} has had {{ $value }} ready replicas, not as many as it should, for [for], and no rollout moves.`,
    ),
    warning(
      'KubeStatefulSetGenerationMismatch',
      `kube_statefulset_status_observed_generation{${job}} != kube_statefulset_metadata_generation{${job}}`,
      'A change of a StatefulSet has not been taken up',
      `The controller has not seen the newest generation of ${STATEFUL_SET} for [for].`,
    ),
    warning(
      'KubeStatefulSetUpdateNotRolledOut',
      promql`
        max by (namespace, statefulset) (
          kube_statefulset_status_current_revision{${job}} unless kube_statefulset_status_update_revision{${job}}
        )
        and on (namespace, statefulset) kube_statefulset_replicas{${job}} != kube_statefulset_status_replicas_updated{${job}}
        and on (namespace, statefulset) changes(kube_statefulset_status_replicas_updated{${job}}[5m]) == 0`,
      'An update of a StatefulSet is stuck',
      `${STATEFUL_SET} has a new revision that not all of its replicas have, and none has changed for [for].`,
    ),
  ];
}

function daemonSets(job: string): AlertingRule[] {
  const desired = `kube_daemonset_status_desired_number_scheduled{${job}}`;
  return [
    warning(
      'KubeDaemonSetRolloutStuck',
      promql`
        (
          kube_daemonset_status_current_number_scheduled{${job}} != ${desired}
          or kube_daemonset_status_number_misscheduled{${job}} != 0
          or kube_daemonset_status_updated_number_scheduled{${job}} != ${desired}
          or kube_daemonset_status_number_available{${job}} != ${desired}
        )
        and changes(kube_daemonset_status_updated_number_scheduled{${job}}[5m]) == 0`,
      'The rollout of a DaemonSet is stuck',
      `${DAEMON_SET} has not had its newest Pod available on every node that should have one for [for], and nothing changes.`,
    ),
    warning(
      'KubeDaemonSetNotScheduled',
      `${desired} - kube_daemonset_status_current_number_scheduled{${job}} > 0`,
      'Nodes lack the Pod of a DaemonSet',
      `{{ $value }} nodes that should run a Pod of ${DAEMON_SET} have had none for [for].`,
      10,
    ),
    warning(
      'KubeDaemonSetMisScheduled',
      `kube_daemonset_status_number_misscheduled{${job}} > 0`,
      'A DaemonSet runs where it should not',
      `{{ $value }} Pods of ${DAEMON_SET} have been on nodes that should not run them for [for].`,
    ),
  ];
}

/** Jobs that fail or do not end, and autoscalers that cannot follow. */
export function batchRules(job: string, options: KubeStateRuleOptions): AlertingRule[] {
  const { jobHours, jobSeconds } = kubeStateThresholds(options);
  return [
    trustedAlert({
      alert: 'KubeJobNotCompleted',
      expr: promql`
        time() - max by (namespace, job_name) (
          kube_job_status_start_time{${job}} and kube_job_status_active{${job}} > 0
        ) > ${jobSeconds}`,
      severity: Severity.WARNING,
      summary: 'A Job does not end',
      description: `Job {{ $labels.namespace }}/{{ $labels.job_name }} has been running for {{ $value | humanizeDuration }}, longer than ${jobHours} hours.`,
    }),
    warning(
      'KubeJobFailed',
      `kube_job_failed{${job}, condition="true"} > 0`,
      'A Job has failed',
      'Job {{ $labels.namespace }}/{{ $labels.job_name }} has failed. The alert ends when the Job is removed.',
    ),
    warning(
      'KubeHpaReplicasMismatch',
      promql`
        kube_horizontalpodautoscaler_status_desired_replicas{${job}} != kube_horizontalpodautoscaler_status_current_replicas{${job}}
        and kube_horizontalpodautoscaler_status_current_replicas{${job}} > kube_horizontalpodautoscaler_spec_min_replicas{${job}}
        and kube_horizontalpodautoscaler_status_current_replicas{${job}} < kube_horizontalpodautoscaler_spec_max_replicas{${job}}
        and changes(kube_horizontalpodautoscaler_status_current_replicas{${job}}[15m]) == 0`,
      'An autoscaler does not get the replicas that it wants',
      'HorizontalPodAutoscaler {{ $labels.namespace }}/{{ $labels.horizontalpodautoscaler }} has wanted {{ $value }} replicas for [for], '
        + 'and their number does not change.',
    ),
    warning(
      'KubeHpaMaxedOut',
      promql`
        kube_horizontalpodautoscaler_status_current_replicas{${job}} == kube_horizontalpodautoscaler_spec_max_replicas{${job}}
        and kube_horizontalpodautoscaler_spec_max_replicas{${job}} != kube_horizontalpodautoscaler_spec_min_replicas{${job}}`,
      'An autoscaler is at its maximum',
      'HorizontalPodAutoscaler {{ $labels.namespace }}/{{ $labels.horizontalpodautoscaler }} has been at its maximum of {{ $value }} replicas for [for].',
    ),
  ];
}
