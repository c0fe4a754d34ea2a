import { Duration } from 'cdk8s';
import { CoreDnsMonitor, CoreDnsMonitorProps } from '../../../lib/components';
import { MetricSelection } from '../../../lib/monitoring';
import { expressions, jobOf, told } from '../support';
import { inChart, synth } from '../../charts';
import { find } from '../../manifests';

function made(props?: CoreDnsMonitorProps): CoreDnsMonitor {
  return inChart((chart) => new CoreDnsMonitor(chart, 'coredns', props));
}

test('works without props, through the Service that the cluster has', () => {
  expect(synth((chart) => new CoreDnsMonitor(chart, 'coredns'))).toEqual([]);
  expect(told(jobOf(made()))).toMatchSnapshot();
});

const all: Required<CoreDnsMonitorProps> = {
  ownService: true,
  name: 'dns-metrics',
  port: 19153,
  labels: { app: 'dns' },
  jobName: 'dns',
  interval: Duration.seconds(45),
  timeout: Duration.seconds(20),
  metrics: MetricSelection.drop('go_.+'),
  rules: { latency: Duration.seconds(7) },
};

test('takes all the props', () => {
  const manifests = synth((chart) => new CoreDnsMonitor(chart, 'coredns', all));
  expect(manifests).toMatchSnapshot();
  expect(find(manifests, 'Service')).toMatchObject({
    metadata: { name: 'dns-metrics', namespace: 'kube-system' },
    spec: { clusterIP: 'None', selector: { app: 'dns' }, ports: [{ name: 'metrics', port: 19153, targetPort: 19153 }] },
  });
  expect(told(jobOf(made(all)))).toMatchSnapshot();
  expect(expressions(made(all))).toContain('job=\\"dns\\"');
  expect(expressions(made(all))).toContain('> 7');
});

test('two synths give the same bytes', () => {
  const once = () => JSON.stringify(synth((chart) => new CoreDnsMonitor(chart, 'coredns', all)));
  expect(once()).toBe(once());
});

test.each<[string, CoreDnsMonitorProps, string]>([
  ['a name without a Service', { name: 'dns' }, "test/coredns: name 'dns' is for a Service of its own; add 'ownService: true'"],
  ['a port without a Service', { port: 9153 }, "test/coredns: port '9153' is for a Service of its own"],
  ['a port that is none', { ownService: true, port: 0 }, 'test/coredns: port: port 0 is not a port number'],
  ['the name of the cluster\'s DNS', { ownService: true, name: 'kube-dns' }, "test/coredns: a Service 'kube-dns' in kube-system is the cluster's own"],
])('%s is refused', (_, props, message) => {
  expect(() => made(props)).toThrow(message);
});
