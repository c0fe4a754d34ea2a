import { SchedulerRuleOptions } from './scheduler-rule-options';
import { RuleSet } from '../../monitoring/rules';
import { Presence, downRule, jobRules, unreachableRule } from '../component-rules';
import { trustedGroup } from '../../monitoring/rules/trusted';

/** Rules of the scheduler: it is gone, or one of its instances does not answer. */
export function schedulerRules(options: SchedulerRuleOptions = {}): RuleSet {
  const presence: Omit<Presence, 'alert'> = {
    what: 'the scheduler',
    job: options.jobName ?? 'kube-scheduler',
    consequence: 'new Pods may get no node',
  };
  return jobRules({ jobName: options.jobName, usual: 'kube-scheduler' }, trustedGroup({
    name: 'kubernetes-system-scheduler',
    rules: [
      downRule({ ...presence, alert: 'KubeSchedulerDown' }),
      unreachableRule({ ...presence, alert: 'KubeSchedulerInstanceUnreachable' }),
    ],
  }));
}
