import { kubeletHealthRules, throttlingRules } from './kubelet-health-rules';
import { kubeletRecords } from './kubelet-records';
import { KubeletRuleOptions } from './kubelet-rule-options';
import { claimRules } from './volume-rules';
import { RuleSet } from '../../monitoring/rules';
import { Presence, RuleContext, downRule, jobMatcher, jobRules, unreachableRule } from '../component-rules';
import { trustedGroup } from '../../monitoring/rules/trusted';

/** Default name of the scrape job. */
export const KUBELET_JOB = 'kubelet';

/** Rules about kubelets, and about the containers and volumes that they expose. */
export function kubeletRules({ jobName = KUBELET_JOB }: RuleContext = {}, options: KubeletRuleOptions = {}): RuleSet {
  const job = jobMatcher(jobName);
  const presence: Omit<Presence, 'alert'> = {
    what: 'the kubelet',
    jobName,
    matchers: ', metrics_path="/metrics"',
    consequence: 'nodes, and the containers and volumes on them, are not seen',
  };
  return jobRules(
    jobName,
    KUBELET_JOB,
    trustedGroup({
      name: 'kubernetes-system-kubelet',
      rules: [
        downRule({ ...presence, alert: 'KubeletDown' }),
        unreachableRule({ ...presence, alert: 'KubeletInstanceUnreachable' }),
        ...kubeletHealthRules(job),
      ],
    }),
    trustedGroup({ name: 'kubernetes-containers', rules: throttlingRules(job, options) }),
    trustedGroup({ name: 'kubernetes-volumes', rules: claimRules(job, options) }),
    ...kubeletRecords(job),
  );
}
