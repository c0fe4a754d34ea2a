import { Duration } from 'cdk8s';
import { KubeProxyMonitor, KubeProxyMonitorProps } from '../../../lib/components';
import { MetricSelection } from '../../../lib/monitoring';
import { expressions, jobOf, told } from '../support';
import { inChart, synth } from '../../charts';

function made(props?: KubeProxyMonitorProps): KubeProxyMonitor {
  return inChart((chart) => new KubeProxyMonitor(chart, 'kube-proxy', props));
}

test('works without props', () => {
  expect(synth((chart) => new KubeProxyMonitor(chart, 'kube-proxy'))).toMatchSnapshot();
  expect(told(jobOf(made()))).toMatchSnapshot();
});

const all: Required<KubeProxyMonitorProps> = {
  name: 'proxy-metrics',
  pods: { app: 'proxy' },
  port: 20249,
  jobName: 'proxy',
  interval: Duration.seconds(45),
  timeout: Duration.seconds(20),
  metrics: MetricSelection.all(),
};

test('takes all the props', () => {
  expect(synth((chart) => new KubeProxyMonitor(chart, 'kube-proxy', all))).toMatchSnapshot();
  expect(told(jobOf(made(all)))).toMatchSnapshot();
  expect(expressions(made(all))).toContain('job=\\"proxy\\"');
  expect(made(all).serviceName).toBe('proxy-metrics');
});

test('two synths give the same bytes', () => {
  const once = () => JSON.stringify(synth((chart) => new KubeProxyMonitor(chart, 'kube-proxy', all)));
  expect(once()).toBe(once());
});

test.each<[string, KubeProxyMonitorProps, string]>([
  ['a port that is none', { port: 0 }, 'test/kube-proxy: port: port 0 is not a port number'],
  ['the name of a Service of the cluster', { name: 'kubelet' }, "test/kube-proxy: a Service 'kubelet' in kube-system is the cluster's own"],
])('%s is refused', (_, props, message) => {
  expect(() => made(props)).toThrow(message);
});
