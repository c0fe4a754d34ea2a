import { Duration } from 'cdk8s';
import { KubeletMonitor, KubeletMonitorProps, KubeletPath } from '../../../lib/components';
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
  expect(endpoints.map(({ portNumber, scheme, tls, authorization }) => [portNumber, scheme, tls, authorization]))
    .toEqual(Array.from({ length: 3 }, () => [10255, 'http', undefined, undefined]));
  expect(told(jobOf(made({ readOnlyPort: true })))).toMatchObject({ discovery: { portName: 'http-metrics' } });
});

test('targets carry metrics_path with a single path too', () => {
  expect(told(jobOf(made({ paths: [KubeletPath.CADVISOR] })))).toMatchObject({
    discovery: { targetLabels: { namespace: 'kube-system', service: 'kubelet', metrics_path: '/metrics/cadvisor' } },
  });
});

test.each<[string, KubeletMonitorProps, string]>([
  ['no path', { paths: [] }, 'test/kubelet: paths is empty; name at least one KubeletPath'],
  ['a path twice', { paths: [KubeletPath.PROBES, KubeletPath.PROBES] }, "test/kubelet: paths names '/metrics/probes' twice"],
  ['a port that is none', { port: 100000 }, 'test/kubelet: port: port 100000 is not a port number'],
  ['TLS on the read-only port', { readOnlyPort: true, tls: TlsClient.clusterCa() }, "test/kubelet: got 'tls' together with readOnlyPort"],
  ['rules of another job', { rules: { jobName: 'other' } }, "test/kubelet: rules.jobName is 'other', and the job is called 'kubelet'"],
])('%s is refused', (_, props, message) => {
  expect(() => made(props)).toThrow(message);
});
