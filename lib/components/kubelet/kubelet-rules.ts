import { Duration } from 'cdk8s';
import { kubeletHealthRules, throttlingRules } from './kubelet-health-rules';
import { kubeletRecords } from './kubelet-records';
import { KubeletPath } from './kubelet-path';
import { KubeletRuleOptions } from './kubelet-rule-options';
import { claimRules, volumeOperationRule } from './volume-rules';
import { RuleSet } from '../../monitoring/rules';
import { Presence, RuleContext, downRule, jobMatcher, jobRules, unreachableRule } from '../component-rules';
import { trustedGroup } from '../../monitoring/rules/trusted';

/** Default name of the scrape job. */
export const KUBELET_JOB = 'kubelet';

/** Facts about the scrapes of kubelets that their rules depend on. */
export interface KubeletRuleContext extends RuleContext {
  /** Path that tells whether a kubelet is there. */
  readonly presencePath?: KubeletPath;
}

/** Rules about kubelets, and about the containers and volumes that they expose. */
export function kubeletRules(context: KubeletRuleContext = {}, options: KubeletRuleOptions = {}): RuleSet {
  const { jobName = KUBELET_JOB, presencePath = KubeletPath.METRICS } = context;
  const job = jobMatcher(jobName);
  const presence: Omit<Presence, 'alert'> = {
    what: 'the kubelet',
    jobName,
    matchers: `, metrics_path="${presencePath}"`,
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
        ...kubeletHealthRules(job, options),
      ],
    }),
    trustedGroup({ name: 'kubernetes-containers', rules: throttlingRules(job, options) }),
    // Counters of all volume plugins of every node, which need not be as fresh as all else.
    trustedGroup({ name: 'kubernetes-volume-operations', interval: Duration.minutes(2), rules: [volumeOperationRule(job)] }),
    trustedGroup({ name: 'kubernetes-volumes', rules: claimRules(job, options) }),
    ...kubeletRecords(job),
  );
}
