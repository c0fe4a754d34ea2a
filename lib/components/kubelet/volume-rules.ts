import { Duration } from 'cdk8s';
import { KubeletRuleOptions } from './kubelet-rule-options';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { jobMatcher, promql } from '../component-rules';
import { trustedAlert } from '../../monitoring/rules/trusted';

/** What runs out on a volume: bytes or inodes. */
interface Amount {
  readonly alert: string;
  readonly noun: string;
  readonly free: string;
  readonly used: string;
  readonly total: string;
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
export function claimRules(options: KubeletRuleOptions): AlertingRule[] {
  const { volumeCriticalPercent = 3, volumeWarningPercent = 15 } = options;
  return [SPACE, INODES].flatMap((amount) => [
    trustedAlert({
      alert: amount.alert,
      expr: fillingUp(amount, volumeCriticalPercent, '', options),
      for: Duration.minutes(1),
      severity: Severity.CRITICAL,
      summary: `A volume has almost no ${amount.noun} left`,
      description: `${CLAIM} has only {{ printf "%.2f" $value }}% of its ${amount.noun} left.`,
    }),
    trustedAlert({
      alert: amount.alert,
      expr: fillingUp(amount, volumeWarningPercent, `and predict_linear(${amount.free}{${kubelet(options)}}[6h], 4 * 24 * 3600) < 0`, options),
      for: Duration.hours(1),
      severity: Severity.WARNING,
      summary: `A volume will run out of ${amount.noun} within 4 days`,
      description: `${CLAIM} has {{ printf "%.2f" $value }}% of its ${amount.noun} left and, going by the last 6 hours, none in 4 days.`,
    }),
  ]);
}

function kubelet(options: KubeletRuleOptions): string {
  return `${jobMatcher(options.jobName ?? 'kubelet')}, namespace!="", metrics_path="/metrics"`;
}

/** Read-only volumes do not change, and a label on the claim leaves it out. */
function fillingUp(amount: Amount, percent: number, trend: string, options: KubeletRuleOptions): string {
  const series = kubelet(options);
  const kubeState = jobMatcher(options.kubeStateJobName ?? 'kube-state-metrics');
  return promql`
    100 * ${amount.free}{${series}} / ${amount.total}{${series}} < ${percent}
    and ${amount.used}{${series}} > 0
    ${trend}
    unless on (namespace, persistentvolumeclaim) kube_persistentvolumeclaim_access_mode{${kubeState}, access_mode="ReadOnlyMany"} == 1
    unless on (namespace, persistentvolumeclaim) kube_persistentvolumeclaim_labels{${kubeState}, label_excluded_from_alerts="true"} == 1`;
}
