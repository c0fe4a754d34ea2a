import { Duration } from 'cdk8s';
import { KubeStateRuleOptions } from './kube-state-rule-options';
import { seconds } from '../../units';

/** Thresholds of the alerts about objects of the cluster, which colour dashboards too. */
export function kubeStateThresholds({ jobDuration = Duration.hours(12), restartsPerHour = 3 }: KubeStateRuleOptions = {}) {
  return { jobSeconds: seconds(jobDuration), restartsPerHour };
}
