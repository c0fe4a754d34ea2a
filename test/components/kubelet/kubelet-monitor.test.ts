import { Duration } from 'cdk8s';
import { KubeletDiscovery, KubeletMonitor, KubeletMonitorProps, KubeletPath } from '../../../lib/components';
import { MetricSelection, TlsClient } from '../../../lib/monitoring';
import { expressions, jobOf, namesOf, told } from '../support';
import { inChart, synth } from '../../charts';

function made(props?: KubeletMonitorProps): KubeletMonitor {
  return inChart((chart) => new KubeletMonitor(chart, 'kubelet', props));
}

test('works without props, and makes no object', () => {
  expect(synth((chart) => new KubeletMonitor(chart, 'kubelet'))).toEqual([]);
  expect(told(jobOf(made()))).toMatchSnapshot();
  expect(made().node.metadata).toEqual([]);
});

test('takes all the props but the read-only port', () => {
  const props: Required<Omit<KubeletMonitorProps, 'readOnlyPort'>> = {
    jobName: 'kubelets',
    interval: Duration.seconds(45),
    timeout: Duration.seconds(20),
    metrics: MetricSelection.keep('kubelet_.+'),
    cadvisorMetrics: MetricSelection.all(),
    paths: [KubeletPath.METRICS, KubeletPath.CADVISOR, KubeletPath.SLIS, KubeletPath.RESOURCE],
    tls: TlsClient.insecureSkipVerify(),
    port: 20250,
    discovery: KubeletDiscovery.nodes(),
    rules: { throttledPercent: 55 },
  };
  const kubelet = made(props);
  expect(told(jobOf(kubelet))).toMatchSnapshot();
  expect(expressions(kubelet)).toContain('job=\\"kubelets\\"');
  expect(expressions(kubelet)).toContain('55');
  expect(kubelet.node.metadata.map(({ data }) => data)).toEqual([expect.stringContaining('the certificates of the kubelets are not verified')]);
});

test('the read-only port takes neither TLS nor a token', () => {
  const job = jobOf(made({ readOnlyPort: true }));
  expect(job.endpoints.map(({ scheme, httpConfig: { tls, authorization } }) => [scheme, tls, authorization]))
    .toEqual(Array.from({ length: 3 }, () => ['http', undefined, undefined]));
  expect(job._discovery).toMatchObject({ portName: 'http-metrics', portNumber: 10255 });
});

test('targets carry metrics_path with a single path too', () => {
  const replaced = (props: KubeletMonitorProps) => jobOf(made(props)).endpoints
    .map(({ relabelings }) => relabelings.map((relabeling) => relabeling.toConfig()));
  expect(replaced({ paths: [KubeletPath.CADVISOR] }))
    .toEqual([[expect.objectContaining({ targetLabel: 'metrics_path', replacement: '/metrics/cadvisor' })]]);
  expect(replaced({})).toEqual([[], [], []]);
});

test('rules about metrics of a path that is not scraped are left out, with a note', () => {
  const { node, monitoring } = made({ paths: [KubeletPath.CADVISOR] });
  expect(namesOf(monitoring.rules)).toEqual(expect.arrayContaining(['CPUThrottlingHigh', 'node_namespace_pod_container:container_memory_rss']));
  expect(monitoring.rules?.alertNames).toEqual(['CPUThrottlingHigh', 'KubeletDown', 'KubeletInstanceUnreachable']);
  const down = monitoring.rules?.groups[0]._alertingRules()[0];
  expect([down?.alert, down?.expr]).toEqual(['KubeletDown', expect.stringContaining('metrics_path="/metrics/cadvisor"')]);
  expect(node.metadata.map(({ data }) => data)).toEqual([
    expect.stringMatching(/^rules are left out, because the paths of their metrics are not scraped: KubeNodeEviction, .*, node_quantile:kubelet_pleg_relist_duration_seconds:histogram_quantile$/),
  ]);
  expect(namesOf(made({ paths: [KubeletPath.METRICS] }).monitoring.rules)).not.toContain('CPUThrottlingHigh');
});

describe('discovery', () => {
  const discovery = (props?: KubeletMonitorProps) => jobOf(made(props))._discovery;
  const both = { kind: 'kubelets', portName: 'https-metrics', portNumber: 10250, serviceNamespace: 'kube-system' };

  test('leaves open by default whether the nodes or a Service are asked', () => {
    expect(discovery()).toEqual(both);
    expect(discovery({ readOnlyPort: true })).toEqual({ ...both, portName: 'http-metrics', portNumber: 10255 });
  });

  test('through the nodes alone', () => {
    expect(discovery({ discovery: KubeletDiscovery.nodes() })).toEqual({ ...both, serviceNamespace: undefined });
    // The Service has no such port.
    expect(discovery({ port: 20250 })).toEqual({ ...both, portNumber: 20250, serviceNamespace: undefined });
  });

  test('through the Service that an operator keeps alone', () => {
    expect(discovery({ discovery: KubeletDiscovery.service() })).toEqual({ ...both, portNumber: undefined });
    expect(discovery({ discovery: KubeletDiscovery.service('ops') })).toEqual({ ...both, portNumber: undefined, serviceNamespace: 'ops' });
  });
});

test.each<[string, KubeletMonitorProps, string]>([
  ['a port of a Service that has its own', { port: 20250, discovery: KubeletDiscovery.service() }, "test/kubelet: got port 20250 with KubeletDiscovery.service(), whose Service has port 'https-metrics'"],
  ['no path', { paths: [] }, 'test/kubelet: paths is empty; name at least one KubeletPath'],
  ['a path twice', { paths: [KubeletPath.PROBES, KubeletPath.PROBES] }, "test/kubelet: paths: path '/metrics/probes' is named twice"],
  ['a port that is none', { port: 100000 }, 'test/kubelet: port: port 100000 is not a port number'],
  ['TLS on the read-only port', { readOnlyPort: true, tls: TlsClient.clusterCa() }, "test/kubelet: got 'tls' together with readOnlyPort"],
])('%s is refused', (_, props, message) => {
  expect(() => made(props)).toThrow(message);
});
