import { ControllerManagerRuleOptions } from './controller-manager-rule-options';
import { RuleSet } from '../../monitoring/rules';
import { Presence, downRule, jobRules, unreachableRule } from '../component-rules';
import { trustedGroup } from '../../monitoring/rules/trusted';

/** Rules of the controller manager: it is gone, or one of its instances does not answer. */
export function controllerManagerRules(options: ControllerManagerRuleOptions = {}): RuleSet {
  const presence: Omit<Presence, 'alert'> = {
    what: 'the controller manager',
    job: options.jobName ?? 'kube-controller-manager',
    consequence: 'Deployments, nodes and endpoints may no longer be looked after',
  };
  return jobRules({ jobName: options.jobName, usual: 'kube-controller-manager' }, trustedGroup({
    name: 'kubernetes-system-controller-manager',
    rules: [
      downRule({ ...presence, alert: 'KubeControllerManagerDown' }),
      unreachableRule({ ...presence, alert: 'KubeControllerManagerInstanceUnreachable' }),
    ],
  }));
}
