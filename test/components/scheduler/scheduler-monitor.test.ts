import { Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { SchedulerMonitor, SchedulerMonitorProps } from '../../../lib/components';
import { MetricSelection, TlsClient } from '../../../lib/monitoring';
import { expressions, jobOf, told } from '../support';
import { inChart, synth } from '../../charts';
import { find } from '../../manifests';

function made(props?: SchedulerMonitorProps): SchedulerMonitor {
  return inChart((chart) => new SchedulerMonitor(chart, 'scheduler', props));
}

test('works without props', () => {
  expect(synth((chart) => new SchedulerMonitor(chart, 'scheduler'))).toMatchSnapshot();
  expect(told(jobOf(made()))).toMatchSnapshot();
  expect(made().node.metadata.map(({ data }) => data)).toEqual([expect.stringContaining('the certificate of kube-scheduler is not verified')]);
});

test('two synths give the same bytes', () => {
  const once = () => JSON.stringify(synth((chart) => new SchedulerMonitor(chart, 'scheduler')));
  expect(once()).toBe(once());
});

test('takes all the props', () => {
  const monitor = inChart((chart) => {
    const props: Required<SchedulerMonitorProps> = {
      name: 'own-name',
      jobName: 'own-job',
      interval: Duration.seconds(45),
      timeout: Duration.seconds(20),
      metrics: MetricSelection.all(),
      pods: { app: 'own' },
      port: 12345,
      tls: TlsClient.fromSecret(Secret.fromSecretName(chart, 'ca', 'ca'), { ca: 'ca.crt', serverName: 'kube-scheduler' }),
      serviceLevelIndicators: true,
      rules: {},
    };
    return new SchedulerMonitor(chart, 'scheduler', props);
  });
  expect(told(jobOf(monitor))).toMatchSnapshot();
  expect(monitor.serviceName).toBe('own-name');
  expect(monitor.node.metadata).toEqual([]);
  expect(expressions(monitor)).toContain('job=\\"own-job\\"');
  const service = find(synth((chart) => new SchedulerMonitor(chart, 'scheduler', { name: 'own-name', pods: { app: 'own' }, port: 12345 })), 'Service');
  expect(service.metadata).toMatchObject({ name: 'own-name', namespace: 'kube-system' });
  expect(service.spec).toMatchObject({ selector: { app: 'own' }, ports: [{ port: 12345, targetPort: 12345 }] });
});

test('the service level indicators tell themselves from the metrics by their path', () => {
  expect(jobOf(made({ serviceLevelIndicators: true }))._hasSeveralPaths).toBe(true);
});

test.each<[string, SchedulerMonitorProps, string]>([
  ['a name that Kubernetes does not take', { name: 'A' }, "'A' cannot name a Kubernetes object"],
  ['the name of the cluster\'s DNS', { name: 'kube-dns' }, "test/scheduler: a Service 'kube-dns' in kube-system is the cluster's own"],
  ['a port that is none', { port: -1 }, 'test/scheduler: port: port -1 is not a port number'],
  ['rules of another job', { rules: { jobName: 'other' } }, "test/scheduler: rules.jobName is 'other', and the job is called 'kube-scheduler'"],
])('%s is refused', (_, props, message) => {
  expect(() => made(props)).toThrow(message);
});
