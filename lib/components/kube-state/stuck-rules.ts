import { Duration } from 'cdk8s';
import { objectState } from './object-state';
import { Matchers } from './resource-rules';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { latest, promql } from '../component-rules';
import { trustedAlert } from '../../monitoring/rules/trusted';

const POD = 'Pod {{ $labels.namespace }}/{{ $labels.pod }}';
const CLAIM = 'PersistentVolumeClaim {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }}';
const DESCRIBE_POD = 'See why: `kubectl -n {{ $labels.namespace }} describe pod {{ $labels.pod }}`.';
const DESCRIBE_CLAIM = 'See its events: `kubectl -n {{ $labels.namespace }} describe pvc {{ $labels.persistentvolumeclaim }}`.';

/** Pods and namespaces that do not go, Pods that get no node, claims that get no volume. */
export function stuckRules(job: string): AlertingRule[] {
  return [
    trustedAlert({
      alert: 'KubePodStuckTerminating',
      // The timestamp is that of the deletion and the grace period.
      expr: `time() - ${objectState(`kube_pod_deletion_timestamp{${job}}`)} > 15 * 60`,
      for: Duration.minutes(5),
      severity: Severity.WARNING,
      summary: 'A deleted Pod does not end',
      description: `${POD} should have ended {{ $value | humanizeDuration }} ago. Its node may be away, a volume be stuck, or a finalizer wait. ${DESCRIBE_POD}`,
    }),
    trustedAlert({
      alert: 'KubeNamespaceStuckTerminating',
      expr: objectState(`kube_namespace_status_phase{${job}, phase="Terminating"}`, ' == 1'),
      for: Duration.minutes(30),
      severity: Severity.WARNING,
      summary: 'A deleted namespace does not go',
      description: 'Namespace {{ $labels.namespace }} has been terminating for [for]: objects with finalizers, or an API that is away, hold it. '
        + 'Its conditions say which: `kubectl get namespace {{ $labels.namespace }} -o yaml`.',
    }),
    trustedAlert({
      alert: 'KubeJobPodUnschedulable',
      // KubePodNotReady leaves out Pods of Jobs.
      expr: promql`
        ${objectState(`kube_pod_status_unschedulable{${job}}`, ' == 1')}
        and on (cluster, namespace, pod) ${latest(`kube_pod_owner{${job}, owner_kind="Job"}`)}
        unless on (cluster, namespace, pod) ${latest(`kube_pod_status_reason{${job}, reason="SchedulingGated"}`)} == 1`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'The Pod of a Job gets no node',
      description: `${POD}, of a Job, has fit on no node for [for]. ${DESCRIBE_POD}`,
    }),
  ];
}

/** Claims without a volume, and volumes that do not get to their node. A claim that waits for its first Pod is as it should be. */
export function claimStateRules({ job: all, workloads: job }: Matchers): AlertingRule[] {
  // Attachments have no namespace.
  const attachment = (metric: string) => latest(`kube_volumeattachment_${metric}{${all}}`);
  const phase = (of: string) => objectState(`kube_persistentvolumeclaim_status_phase{${job}, phase="${of}"}`, ' == 1');
  return [
    trustedAlert({
      alert: 'KubePersistentVolumeClaimPending',
      expr: promql`
        ${phase('Pending')}
        and on (cluster, namespace, persistentvolumeclaim) ${latest(`kube_pod_spec_volumes_persistentvolumeclaims_info{${job}}`)}`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'A claim gets no volume',
      description: `${CLAIM}, which a Pod uses, has been without a volume for [for]. ${DESCRIBE_CLAIM}`,
    }),
    trustedAlert({
      alert: 'KubePersistentVolumeClaimLost',
      expr: phase('Lost'),
      for: Duration.minutes(5),
      severity: Severity.CRITICAL,
      summary: 'The volume of a claim is gone',
      description: `The PersistentVolume of ${CLAIM} no longer exists: its data may be lost. ${DESCRIBE_CLAIM}`,
    }),
    trustedAlert({
      alert: 'KubeVolumeAttachmentPending',
      // Attachments that take long are those of nodes or drivers that are away, and of volumes that are attached elsewhere.
      expr: promql`
        max by (cluster, volumeattachment, attacher, node) (
          ${attachment('info')}
          and on (cluster, volumeattachment) ${attachment('status_attached')} == 0
        )
        * on (cluster, volumeattachment) group_left (volumename)
        max by (cluster, volumeattachment, volumename) (${attachment('spec_source_persistentvolume')})`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'A volume cannot be attached',
      description: 'PersistentVolume {{ $labels.volumename }} has not been attached to node {{ $labels.node }} by driver {{ $labels.attacher }} for [for]; a Pod waits for it. '
        + 'See why: `kubectl describe volumeattachment {{ $labels.volumeattachment }}`.',
    }),
  ];
}
