import { Duration } from 'cdk8s';
import { KubeProxyMonitor, KubeProxyMonitorProps } from '../../../lib/components';
import { MetricSelection, TlsClient } from '../../../lib/monitoring';
import { expressions, jobOf, told } from '../support';
import { inChart, synth } from '../../charts';

function made(props?: KubeProxyMonitorProps): KubeProxyMonitor {
  return inChart((chart) => new KubeProxyMonitor(chart, 'kube-proxy', props));
}

test('works without props', () => {
  expect(synth((chart) => new KubeProxyMonitor(chart, 'kube-proxy'))).toMatchSnapshot();
  expect(told(jobOf(made()))).toMatchSnapshot();
});

const all: Required<Omit<KubeProxyMonitorProps, 'addresses' | 'namespace' | 'endpointSlices' | 'kubeletNodes'>> = {
  name: 'proxy-metrics',
  pods: { app: 'proxy' },
  port: 20249,
  jobName: 'proxy',
  interval: Duration.seconds(45),
  timeout: Duration.seconds(20),
  metrics: MetricSelection.all(),
  tls: TlsClient.insecureSkipVerify(),
};

test('takes all the props', () => {
  expect(synth((chart) => new KubeProxyMonitor(chart, 'kube-proxy', all))).toMatchSnapshot();
  expect(told(jobOf(made(all)))).toMatchSnapshot();
  expect(expressions(made(all))).toContain('job=\\"proxy\\"');
  expect(made(all).serviceName).toBe('proxy-metrics');
});

test('outside of Pods, takes all the props of its instances', () => {
  const props = { addresses: ['192.0.2.11', '2001:db8::11'], name: 'own-name', namespace: 'elsewhere', endpointSlices: true };
  expect(synth((chart) => new KubeProxyMonitor(chart, 'kube-proxy', props)).map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual([
    'Service elsewhere/own-name', 'EndpointSlice elsewhere/own-name-ipv4', 'Service elsewhere/own-name-ipv6', 'EndpointSlice elsewhere/own-name-ipv6',
  ]);
  expect([made(props).service?.name, made(props).ipv6Service?.name, made(props).endpoints.length]).toEqual(['own-name', 'own-name-ipv6', 2]);
  expect(told(jobOf(made(props)))).toMatchObject({ discovery: { kind: 'service', namespaces: ['elsewhere'] } });
});

test('in the kubelet, is scraped at its port, and its own metrics are stored', () => {
  const monitor = made({ kubeletNodes: {}, port: 10350 });
  expect(told(jobOf(monitor))).toMatchObject({ discovery: { kind: 'nodes', labels: {} }, endpoints: [{ port: 10350, token: true, tls: 'cluster' }] });
  expect([monitor.service, monitor.serviceName, monitor.endpoints]).toEqual([undefined, undefined, []]);
  const [{ metrics }] = jobOf(monitor).endpoints;
  expect(monitor.monitoring.rules!._metrics().filter((metric) => metric !== 'up' && metrics.dropsMetric(metric))).toEqual([]);
  expect(metrics.dropsMetric('kubelet_node_name')).toBe(true);
});

test('two synths give the same bytes', () => {
  const once = () => JSON.stringify(synth((chart) => new KubeProxyMonitor(chart, 'kube-proxy', all)));
  expect(once()).toBe(once());
});

test.each<[string, KubeProxyMonitorProps, string]>([
  ['a port that is none', { port: 0 }, 'test/kube-proxy: port: port 0 is not a port number'],
  ['Pods in the kubelet', { kubeletNodes: {}, pods: { app: 'proxy' } }, "test/kube-proxy: 'pods' is for a program that runs by itself, and 'kubeletNodes' says"],
  ['the name of a Service of the cluster', { name: 'kubelet' }, "test/kube-proxy: a Service 'kubelet' in kube-system is the cluster's own"],
])('%s is refused', (_, props, message) => {
  expect(() => made(props)).toThrow(message);
});
