import { RuleSet } from '../../monitoring/rules';
import { Presence, RuleContext, downRule, jobRules, unreachableRule } from '../component-rules';
import { trustedGroup } from '../../monitoring/rules/trusted';

/** Default name of the scrape job. */
export const KUBE_PROXY_JOB = 'kube-proxy';

/** Rules of kube-proxy: it is gone, or one of its instances does not answer. */
export function kubeProxyRules({ jobName = KUBE_PROXY_JOB }: RuleContext = {}): RuleSet {
  const presence: Omit<Presence, 'alert'> = {
    what: 'kube-proxy',
    jobName,
    proof: 'kubernetes_build_info',
    consequence: 'Services may no longer be routed to their Pods',
  };
  return jobRules(jobName, KUBE_PROXY_JOB, trustedGroup({
    name: 'kubernetes-system-kube-proxy',
    rules: [
      downRule({ ...presence, alert: 'KubeProxyDown' }),
      unreachableRule({ ...presence, alert: 'KubeProxyInstanceUnreachable' }),
    ],
  }));
}
