import { Duration } from 'cdk8s';
import { KubeletRuleOptions } from './kubelet-rule-options';
import { kubeletThresholds } from './kubelet-thresholds';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { jobMatcher, latest, promql } from '../component-rules';
import { trustedAlert } from '../../monitoring/rules/trusted';

/** Resource of a volume that may run out: bytes or inodes. */
interface Amount {
  readonly alert: string;
  readonly noun: string;
  readonly free: string;
  readonly used: string;
  readonly total: string;
}

/** Matchers of the kubelets' series and of those of kube-state-metrics. */
interface Selectors {
  readonly series: string;
  readonly kubeState: string;
}

const SPACE: Amount = {
  alert: 'KubePersistentVolumeFillingUp',
  noun: 'space',
  free: 'kubelet_volume_stats_available_bytes',
  used: 'kubelet_volume_stats_used_bytes',
  total: 'kubelet_volume_stats_capacity_bytes',
};
const INODES: Amount = {
  alert: 'KubePersistentVolumeInodesFillingUp',
  noun: 'inodes',
  free: 'kubelet_volume_stats_inodes_free',
  used: 'kubelet_volume_stats_inodes_used',
  total: 'kubelet_volume_stats_inodes',
};

const CLAIM = 'The volume of claim {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }}';

/** Volumes of claims that are nearly full, or will be. */
export function claimRules(job: string, options: KubeletRuleOptions): AlertingRule[] {
  const { kubeStateJobName = 'kube-state-metrics' } = options;
  const { volumeCriticalPercent, volumeWarningPercent } = kubeletThresholds(options);
  const namespaces = options.ignoredVolumeNamespaces === undefined ? '' : `, namespace!~${JSON.stringify(options.ignoredVolumeNamespaces)}`;
  const selectors = { series: `${job}, namespace!=""${namespaces}, metrics_path="/metrics"`, kubeState: jobMatcher(kubeStateJobName) };
  return [SPACE, INODES].flatMap((amount) => [
    trustedAlert({
      alert: amount.alert,
      expr: fillingUp(amount, selectors, volumeCriticalPercent),
      for: Duration.minutes(1),
      severity: Severity.CRITICAL,
      summary: `A volume has almost no ${amount.noun} left`,
      description: `${CLAIM} has only {{ printf "%.2f" $value }}% of its ${amount.noun} left.`,
    }),
    trustedAlert({
      alert: amount.alert,
      expr: fillingUp(amount, selectors, volumeWarningPercent, `and predict_linear(${amount.free}{${selectors.series}}[6h], 4 * 24 * 3600) < 0`),
      for: Duration.hours(1),
      severity: Severity.WARNING,
      summary: `A volume will run out of ${amount.noun} within 4 days`,
      description: `${CLAIM} has {{ printf "%.2f" $value }}% of its ${amount.noun} left and, going by the last 6 hours, none in 4 days.`,
    }),
  ]);
}

/**
 * Read-only volumes do not change, and a label on the claim leaves it out. A volume that moves to another node stays the same one.
 */
function fillingUp(amount: Amount, { series, kubeState }: Selectors, percent: number, trend: string = ''): string {
  const claims = (metric: string, matcher: string) => latest(`kube_persistentvolumeclaim_${metric}{${kubeState}, ${matcher}}`);
  return promql`
    max by (cluster, namespace, persistentvolumeclaim) (
      100 * ${latest(`${amount.free}{${series}}`)} / ${latest(`${amount.total}{${series}}`)} < ${percent}
      and ${latest(`${amount.used}{${series}}`)} > 0
      ${trend}
    )
    unless on (cluster, namespace, persistentvolumeclaim) ${claims('access_mode', 'access_mode="ReadOnlyMany"')} == 1
    unless on (cluster, namespace, persistentvolumeclaim) ${claims('labels', 'label_excluded_from_alerts="true"')} == 1`;
}

/**
 * A Pod whose volume cannot be mounted has it tried anew every two minutes at least. Pods that start have failures, too, and then successes, of the
 * same kind.
 */
export function volumeOperationRule(job: string): AlertingRule {
  const metrics = `${job}, metrics_path="/metrics"`;
  const kind = 'by (cluster, node, volume_plugin, operation_name)';
  const operations = (status: string) => `sum ${kind} (increase(storage_operation_duration_seconds_count{${metrics}, ${status}}[10m]))`;
  return trustedAlert({
    alert: 'KubeletVolumeOperationsFailing',
    expr: promql`
      ${operations('status!="success"')} > 3
      unless ${operations('status="success"')} > 0`,
    for: Duration.minutes(15),
    severity: Severity.WARNING,
    summary: 'A kubelet cannot mount or unmount volumes',
    description: `The kubelet of node {{ $labels.node }} fails to do {{ $labels.operation_name }} of volumes of {{ $labels.volume_plugin }}: failures in [10m]: {{ printf "%.0f" $value }}, and none has succeeded. `
      + 'Pods there cannot start or end. See why: `kubectl get events -A --field-selector reason=FailedMount`.',
  });
}
