import { KubeStateRuleOptions } from './kube-state-rule-options';

/** Thresholds of the alerts about objects of the cluster, which colour dashboards too. */
export function kubeStateThresholds({ jobHours = 12, restartsPerHour = 3 }: KubeStateRuleOptions = {}) {
  return { jobHours, jobSeconds: jobHours * 3600, restartsPerHour };
}
