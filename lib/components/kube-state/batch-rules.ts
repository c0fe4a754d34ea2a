import { Duration } from 'cdk8s';
import { KubeStateRuleOptions, kubeStateThresholds } from './kube-state-rule-options';
import { objectState, ofObject } from './object-state';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { counted, latest, promql } from '../component-rules';
import { durationWords } from '../../monitoring/rules/text-values';
import { trustedAlert } from '../../monitoring/rules/trusted';

const JOB = 'Job {{ $labels.namespace }}/{{ $labels.job_name }}';
const AUTOSCALER = 'HorizontalPodAutoscaler {{ $labels.namespace }}/{{ $labels.horizontalpodautoscaler }}';
const DESCRIBE_AUTOSCALER = '`kubectl -n {{ $labels.namespace }} describe hpa {{ $labels.horizontalpodautoscaler }}`';

/** Jobs that fail or do not end. */
export function batchRules(job: string, options: KubeStateRuleOptions): AlertingRule[] {
  const { jobSeconds } = kubeStateThresholds(options);
  return [
    trustedAlert({
      alert: 'KubeJobNotCompleted',
      expr: promql`
        time() - max by (cluster, namespace, job_name) (
          ${latest(`kube_job_status_start_time{${job}}`)}
          and on (cluster, namespace, job_name) ${latest(`kube_job_status_active{${job}}`)} > 0
        ) > ${jobSeconds}`,
      severity: Severity.WARNING,
      summary: 'A Job does not end',
      description: `${JOB} has been running for {{ $value | humanizeDuration }}, longer than ${durationWords(Duration.seconds(jobSeconds))}.`,
    }),
    trustedAlert({
      alert: 'KubeJobFailed',
      expr: promql`
        ${objectState(`kube_job_failed{${job}, condition="true"}`, ' > 0')}
        unless on (cluster, namespace, job_name) ${succeededSince(job)}`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'A Job has failed',
      description: `${JOB} has failed. The alert ends when the Job is removed, or when a later one of its CronJob succeeds. See the log of its Pods: `
        + '`kubectl -n {{ $labels.namespace }} logs job/{{ $labels.job_name }}`.',
    }),
  ];
}

/** Jobs of CronJobs of which a later Job has succeeded. */
function succeededSince(job: string): string {
  const byJob = 'cluster, namespace, job_name';
  return promql`
    (
      max by (${byJob}, cronjob) (
        label_replace(${latest(`kube_job_owner{${job}, owner_kind="CronJob"}`)}, "cronjob", "$1", "owner_name", "(.+)")
        * on (${byJob}) group_left () max by (${byJob}) (${latest(`kube_job_created{${job}}`)})
      )
      < on (cluster, namespace, cronjob) group_left ()
        max by (cluster, namespace, cronjob) (${latest(`kube_cronjob_status_last_successful_time{${job}}`)})
    )`;
}

/** Autoscalers that cannot follow. */
export function autoscalerRules(job: string): AlertingRule[] {
  const state = (metric: string) => objectState(`kube_horizontalpodautoscaler_${metric}{${job}}`);
  const [current, least, most] = ['status_current_replicas', 'spec_min_replicas', 'spec_max_replicas'].map(state);
  return [
    trustedAlert({
      alert: 'KubeHpaReplicasMismatch',
      expr: promql`
        ${state('status_desired_replicas')} != ${current}
        and ${current} > ${least}
        and ${current} < ${most}
        and ${ofObject(`changes(kube_horizontalpodautoscaler_status_current_replicas{${job}}[15m])`)} == 0`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'An autoscaler does not get the replicas that it wants',
      description: `${AUTOSCALER} wants ${counted('replica')}, and their number has not changed for [for]. See ${DESCRIBE_AUTOSCALER}.`,
    }),
    trustedAlert({
      alert: 'KubeHpaMetricsUnavailable',
      // Scaling is off as well where someone has set no replicas.
      expr: promql`
        ${objectState(`kube_horizontalpodautoscaler_status_condition{${job}, condition="ScalingActive", status="false"}`, ' == 1')}
        unless on (cluster, namespace, horizontalpodautoscaler) ${current} == 0`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'An autoscaler cannot read its metrics',
      description: `${AUTOSCALER} has had no metrics to scale by for [for], and holds its number of replicas. See why: ${DESCRIBE_AUTOSCALER}.`,
    }),
    trustedAlert({
      alert: 'KubeHpaMaxedOut',
      expr: promql`
        ${current} == ${most}
        and ${most} != ${least}`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'An autoscaler is at its maximum',
      description: `${AUTOSCALER} has been at its maximum of ${counted('replica')} for [for]. See ${DESCRIBE_AUTOSCALER}.`,
    }),
  ];
}
