import { AlertmanagerServer, IMonitored, OperatedAlertmanager, OperatedPrometheus, PrometheusServer } from '../../lib';
import { newChart } from '../charts';

const CONSTRUCTS = [PrometheusServer, AlertmanagerServer, OperatedPrometheus, OperatedAlertmanager] as const;

/** Names of the jobs that its rules look at. */
function jobsInRules({ monitoring }: IMonitored): string[] {
  return [...new Set([...JSON.stringify(monitoring.rules?._toData()).matchAll(/\bjob=\\"([^"\\]+)\\"/g)].map(([, name]) => name))];
}

test.each(CONSTRUCTS)('the rules of %p look at its own job, whatever plain JavaScript says', (Made) => {
  const props = { jobName: 'mine', rules: JSON.parse('{"jobName":"other","configReloader":false}') };
  const thing = new Made(newChart(), 'thing', props);
  expect(thing.monitoring.jobs?.map(({ name }) => name)).toEqual(['mine']);
  expect(jobsInRules(thing)).toEqual(['mine']);
  expect(thing.monitoring.rules?.alertNames).toContain('ConfigReloaderSidecarErrors');
});

test('the compiler refuses facts as options', () => {
  // @ts-expect-error the job is named by 'jobName' of the Prometheus
  expect(jobsInRules(new PrometheusServer(newChart(), 'prometheus', { rules: { jobName: 'other' } }))).toEqual(['prometheus']);
  // @ts-expect-error the job is named by 'jobName' of the Alertmanager
  expect(jobsInRules(new AlertmanagerServer(newChart(), 'alertmanager', { rules: { jobName: 'other' } }))).toEqual(['alertmanager']);
});
