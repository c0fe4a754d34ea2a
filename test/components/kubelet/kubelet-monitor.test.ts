import { Duration } from 'cdk8s';
import { KubeletDiscovery, KubeletMonitor, KubeletMonitorProps, KubeletPath } from '../../../lib/components';
import { MetricSelection, TlsClient } from '../../../lib/monitoring';
import { expressions, inChart, jobOf, synth, told } from '../support';

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
  const { endpoints } = jobOf(made({ readOnlyPort: true }));
  expect(endpoints.map(({ portNumber, scheme, httpConfig: { tls, authorization } }) => [portNumber, scheme, tls, authorization]))
    .toEqual(Array.from({ length: 3 }, () => [10255, 'http', undefined, undefined]));
  expect(told(jobOf(made({ readOnlyPort: true })))).toMatchObject({ discovery: { portName: 'http-metrics' } });
});

test('targets carry metrics_path with a single path too', () => {
  expect(told(jobOf(made({ paths: [KubeletPath.CADVISOR] })))).toMatchObject({
    discovery: { targetLabels: { namespace: 'kube-system', service: 'kubelet', metrics_path: '/metrics/cadvisor' } },
  });
});

describe('discovery', () => {
  const ports = (props?: KubeletMonitorProps) => jobOf(made(props)).endpoints.map(({ port, portNumber }) => port ?? portNumber);

  test('through the nodes', () => {
    expect(ports({ discovery: KubeletDiscovery.nodes() })).toEqual([10250, 10250, 10250]);
    expect(jobOf(made({ discovery: KubeletDiscovery.nodes() }))._withOperator).toBeUndefined();
  });

  test('through the Service that an operator keeps', () => {
    const job = jobOf(made({ discovery: KubeletDiscovery.service() }));
    expect(told(job)).toMatchObject({
      discovery: { kind: 'service', labels: { 'k8s-app': 'kubelet', 'app.kubernetes.io/name': 'kubelet' }, namespaces: ['kube-system'] },
    });
    expect(job._scrapesNodes).toBe(true);
    expect(ports({ discovery: KubeletDiscovery.service() })).toEqual(['https-metrics', 'https-metrics', 'https-metrics']);
    expect(ports({ discovery: KubeletDiscovery.service(), readOnlyPort: true })).toEqual(['http-metrics', 'http-metrics', 'http-metrics']);
    expect(told(jobOf(made({ discovery: KubeletDiscovery.service('ops') })))).toMatchObject({ discovery: { namespaces: ['ops'] } });
  });

  test('through the nodes where nothing is said, and with an operator through its Service', () => {
    const job = jobOf(made());
    expect([job._discovery.kind, job._withOperator?._discovery.kind]).toEqual(['nodes', 'service']);
    expect(job._withOperator?.endpoints.map(({ name, path, honorTimestamps }) => [name, path, honorTimestamps]))
      .toEqual(job.endpoints.map(({ name, path, honorTimestamps }) => [name, path, honorTimestamps]));
    expect(jobOf(made({ port: 20250 }))._withOperator).toBeUndefined();
  });

  test('a single path is told by metrics_path too', () => {
    const [endpoint] = jobOf(made({ discovery: KubeletDiscovery.service(), paths: [KubeletPath.CADVISOR] })).endpoints;
    expect(endpoint.relabelings.map((relabeling) => relabeling.toConfig())).toEqual([
      expect.objectContaining({ targetLabel: 'metrics_path', replacement: '/metrics/cadvisor' }),
    ]);
  });
});

test.each<[string, KubeletMonitorProps, string]>([
  ['a port of a Service that has its own', { port: 20250, discovery: KubeletDiscovery.service() }, "test/kubelet: got port 20250 with KubeletDiscovery.service(), whose Service has port 'https-metrics'"],
  ['no path', { paths: [] }, 'test/kubelet: paths is empty; name at least one KubeletPath'],
  ['a path twice', { paths: [KubeletPath.PROBES, KubeletPath.PROBES] }, "test/kubelet: paths names '/metrics/probes' twice"],
  ['a port that is none', { port: 100000 }, 'test/kubelet: port: port 100000 is not a port number'],
  ['TLS on the read-only port', { readOnlyPort: true, tls: TlsClient.clusterCa() }, "test/kubelet: got 'tls' together with readOnlyPort"],
  ['rules of another job', { rules: { jobName: 'other' } }, "test/kubelet: rules.jobName is 'other', and the job is called 'kubelet'"],
])('%s is refused', (_, props, message) => {
  expect(() => made(props)).toThrow(message);
});
