import { KubeStateRuleOptions } from './kube-state-rule-options';
import { jobMatcher } from '../component-rules';

/** The matcher of the job. */
export function kubeStateJob(options: KubeStateRuleOptions): string {
  return jobMatcher(options.jobName ?? 'kube-state-metrics');
}

/** The matchers of the job and of the namespaces that are looked at. */
export function workloads(options: KubeStateRuleOptions): string {
  return options.namespaces === undefined ? kubeStateJob(options) : `${kubeStateJob(options)}, namespace=~${JSON.stringify(options.namespaces)}`;
}
