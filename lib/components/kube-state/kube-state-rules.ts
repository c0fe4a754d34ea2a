import { kubeStateMetricsRules } from './kube-state-metrics-rules';
import { KubeStateRuleOptions } from './kube-state-rule-options';
import { nodeStateRules } from './node-state-rules';
import { podRules } from './pod-rules';
import { resourceRules, volumeRules } from './resource-rules';
import { batchRules, workloadRules } from './workload-rules';
import { RuleSet } from '../../monitoring/rules';
import { jobRules } from '../component-rules';
import { trustedGroup } from '../../monitoring/rules/trusted';

/** Rules about the objects of the cluster, from the series of kube-state-metrics, and about kube-state-metrics itself. */
export function kubeStateRules(options: KubeStateRuleOptions = {}): RuleSet {
  return jobRules(
    { jobName: options.jobName, usual: 'kube-state-metrics' },
    trustedGroup({ name: 'kube-state-metrics', rules: kubeStateMetricsRules(options) }),
    trustedGroup({ name: 'kubernetes-apps', rules: [...podRules(options), ...workloadRules(options), ...batchRules(options)] }),
    trustedGroup({ name: 'kubernetes-resources', rules: resourceRules(options) }),
    trustedGroup({ name: 'kubernetes-storage', rules: volumeRules(options) }),
    trustedGroup({ name: 'kubernetes-nodes', rules: nodeStateRules(options) }),
  );
}
