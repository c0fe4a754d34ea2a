import {
  AlertmanagerRuleOptions, AlertmanagerServer, IMonitored, KubeStateRuleOptions, NodeRuleOptions, OperatedAlertmanager, OperatedPrometheus,
  PrometheusOperatorRuleOptions, PrometheusRuleOptions, PrometheusServer,
} from '../../lib';
import { newChart } from '../charts';

const CONSTRUCTS = [PrometheusServer, AlertmanagerServer, OperatedPrometheus, OperatedAlertmanager] as const;

/** Names of the jobs that its rules look at. */
function jobsInRules({ monitoring }: IMonitored): string[] {
  return [...new Set([...JSON.stringify(monitoring.rules?._toData()).matchAll(/\bjob=\\"([^"\\{]+)\\"/g)].map(([, name]) => name))];
}

test.each(CONSTRUCTS)('the rules of %p look at its own job, whatever plain JavaScript says', (Made) => {
  const props = { jobName: 'mine', rules: JSON.parse('{"jobName":"other","configReloader":false}') };
  const thing = new Made(newChart(), 'thing', props);
  expect(thing.monitoring.jobs?.map(({ name }) => name)).toEqual(['mine']);
  expect(jobsInRules(thing)).toEqual(['mine']);
  expect(thing.monitoring.rules?.alertNames).toContain('ConfigReloaderSidecarErrors');
});

/** Compiles only while the options of the rules do not name these facts. */
type Without<Options, Facts extends string> = Facts & keyof Options extends never ? 'no option' : never;

test('the facts are no options of the rules', () => {
  const prometheus: Without<PrometheusRuleOptions, 'jobName' | 'configReloader' | 'alertmanagers' | 'agent'> = 'no option';
  const alertmanager: Without<AlertmanagerRuleOptions, 'jobName' | 'configReloader'> = 'no option';
  const operator: Without<PrometheusOperatorRuleOptions, 'jobName' | 'kubeletService'> = 'no option';
  const node: Without<NodeRuleOptions, 'jobName' | 'systemd'> = 'no option';
  const kubeState: Without<KubeStateRuleOptions, 'jobName' | 'shards'> = 'no option';
  expect(new Set([prometheus, alertmanager, operator, node, kubeState])).toEqual(new Set(['no option']));
});
