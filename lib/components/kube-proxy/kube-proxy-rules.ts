import { KubeProxyRuleOptions } from './kube-proxy-rule-options';
import { RuleSet } from '../../monitoring/rules';
import { Presence, downRule, jobRules, unreachableRule } from '../component-rules';
import { trustedGroup } from '../../monitoring/rules/trusted';

/** Rules of kube-proxy: it is gone, or one of its instances does not answer. */
export function kubeProxyRules(options: KubeProxyRuleOptions = {}): RuleSet {
  const presence: Omit<Presence, 'alert'> = {
    what: 'kube-proxy',
    job: options.jobName ?? 'kube-proxy',
    consequence: 'Services may no longer be routed to their Pods',
  };
  return jobRules({ jobName: options.jobName, usual: 'kube-proxy' }, trustedGroup({
    name: 'kubernetes-system-kube-proxy',
    rules: [
      downRule({ ...presence, alert: 'KubeProxyDown' }),
      unreachableRule({ ...presence, alert: 'KubeProxyInstanceUnreachable' }),
    ],
  }));
}
