import { kubeletHealthRules, throttlingRules } from './kubelet-health-rules';
import { KubeletRuleOptions } from './kubelet-rule-options';
import { claimRules } from './volume-rules';
import { RuleSet } from '../../monitoring/rules';
import { Presence, downRule, jobRules, unreachableRule } from '../component-rules';
import { trustedGroup } from '../../monitoring/rules/trusted';

/** Rules about kubelets, and about the containers and volumes that they expose. */
export function kubeletRules(options: KubeletRuleOptions = {}): RuleSet {
  const presence: Omit<Presence, 'alert'> = {
    what: 'the kubelet',
    job: options.jobName ?? 'kubelet',
    matchers: ', metrics_path="/metrics"',
    consequence: 'nodes, and the containers and volumes on them, are not seen',
  };
  return jobRules(
    { jobName: options.jobName, usual: 'kubelet' },
    trustedGroup({
      name: 'kubernetes-system-kubelet',
      rules: [
        downRule({ ...presence, alert: 'KubeletDown' }),
        unreachableRule({ ...presence, alert: 'KubeletInstanceUnreachable' }),
        ...kubeletHealthRules(options),
      ],
    }),
    trustedGroup({ name: 'kubernetes-containers', rules: throttlingRules(options) }),
    trustedGroup({ name: 'kubernetes-volumes', rules: claimRules(options) }),
  );
}
