import { nodeFilesystemRules } from './node-filesystem-rules';
import { nodeFlappingRules, nodeNetworkRules } from './node-network-rules';
import { NodeRuleOptions } from './node-rule-options';
import { nodeHealthRules, nodeLoadRules } from './node-system-rules';
import { RuleSet } from '../../monitoring/rules';
import { jobRules } from '../component-rules';
import { trustedGroup } from '../../monitoring/rules/trusted';

/** Rules about nodes, from the series of node-exporter. */
export function nodeRules(options: NodeRuleOptions = {}): RuleSet {
  return jobRules(
    { jobName: options.jobName, usual: 'node-exporter' },
    trustedGroup({
      name: 'node-exporter',
      rules: [...nodeFilesystemRules(options), ...nodeNetworkRules(options), ...nodeLoadRules(options), ...nodeHealthRules(options)],
    }),
    trustedGroup({ name: 'node-network', rules: nodeFlappingRules(options) }),
  );
}
