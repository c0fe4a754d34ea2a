import { nodeFilesystemRules } from './node-filesystem-rules';
import { nodeHealthRules } from './node-health-rules';
import { nodeFlappingRules, nodeNetworkRules } from './node-network-rules';
import { nodeRecords } from './node-records';
import { NodeRuleOptions } from './node-rule-options';
import { nodeLoadRules } from './node-system-rules';
import { RuleSet } from '../../monitoring/rules';
import { RuleContext, jobMatcher, jobRules } from '../component-rules';
import { trustedGroup } from '../../monitoring/rules/trusted';

/** Default name of the scrape job. */
export const NODE_JOB = 'node-exporter';

/** Facts about node-exporter that its rules depend on. */
export interface NodeRuleContext extends RuleContext {
  /** Whether the systemd collector is on, and with it the rules about units. */
  readonly systemd?: boolean;
}

/** Rules about nodes, from the series of node-exporter. */
export function nodeRules({ jobName = NODE_JOB, systemd = false }: NodeRuleContext = {}, options: NodeRuleOptions = {}): RuleSet {
  const job = jobMatcher(jobName);
  return jobRules(
    jobName,
    NODE_JOB,
    trustedGroup({
      name: 'node-exporter',
      rules: [
        ...nodeFilesystemRules(job, options),
        ...nodeNetworkRules(job, options),
        ...nodeLoadRules(job, options),
        ...nodeHealthRules(jobName, systemd, options),
      ],
    }),
    trustedGroup({ name: 'node-network', rules: nodeFlappingRules(job, options) }),
    ...nodeRecords(job),
  );
}
