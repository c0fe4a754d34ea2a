import { etcdMemberRules } from './etcd-member-rules';
import { EtcdRuleOptions } from './etcd-rule-options';
import { etcdCallRules, etcdStorageRules } from './etcd-service-rules';
import { RuleSet } from '../../monitoring/rules';
import { jobRules } from '../component-rules';
import { trustedGroup } from '../../monitoring/rules/trusted';

/** Rules about etcd: its members, what its clients get, its storage. */
export function etcdRules(options: EtcdRuleOptions = {}): RuleSet {
  return jobRules({ jobName: options.jobName, usual: 'etcd' }, trustedGroup({
    name: 'etcd',
    rules: [...etcdMemberRules(options), ...etcdCallRules(options), ...etcdStorageRules(options)],
  }));
}
