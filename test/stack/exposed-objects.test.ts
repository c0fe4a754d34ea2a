import { ApiObject, Chart, Size, Testing } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  AdmissionWebhook, AlertmanagerServer, AlertRouting, BlackboxExporter, ControllerManagerMonitor, CoreDnsMonitor, EtcdMonitor, Exposure, IMonitored,
  KubeletMonitor, KubeProxyMonitor, KubeStateMetrics, MonitoringNamespace, NodeExporterDaemonSet, OperatedAlertmanager, OperatedPrometheus,
  PrometheusOperator, PrometheusServer, PrometheusStorage, Receiver, SchedulerMonitor, ScrapeEndpoint, ScrapeJob, SecretKey, TlsClient,
} from '../../lib';

/** The objects that the public members of a construct lead to. */
function exposed(value: unknown, depth: number = 0): ApiObject[] {
  if (ApiObject.isApiObject(value)) {
    return [value];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item) => exposed(item, depth));
  }
  if (typeof value !== 'object' || value === null || depth > 1 || (depth > 0 && Construct.isConstruct(value))) {
    return [];
  }
  const getters = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(value)))
    .concat(Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(Object.getPrototypeOf(value)) ?? {})))
    .filter(([, { get }]) => get !== undefined);
  const names = [...Object.keys(value), ...getters.map(([name]) => name)].filter((name) => !name.startsWith('_') && name !== 'node');
  return names.flatMap((name) => exposed(Reflect.get(value, name), depth + 1));
}

const exposure = Exposure.ingress({ host: 'a.example.com' });
const route = Exposure.httpRoute({ host: 'a.example.com', gateway: 'g' });
const storage = PrometheusStorage.volumeClaimTemplate({ size: Size.gibibytes(10) });

function routing(chart: Chart): AlertRouting {
  const secret = Secret.fromSecretName(chart, 'hook', 'hook');
  return new AlertRouting({
    receiver: Receiver.webhook('duty', { urlFrom: SecretKey.of(secret, 'url') }), templates: { 'a.tmpl': '{{ define "a" }}a{{ end }}' },
  });
}

/** Jobs of all kinds, with client certificates and passwords. */
function fill(chart: Chart, prometheus: PrometheusServer | OperatedPrometheus): Construct {
  const secret = Secret.fromSecretName(chart, 'certs', 'certs');
  const tls = TlsClient.fromSecret(secret, { ca: 'ca.crt', certificate: 'tls.crt', privateKey: 'tls.key' });
  const prober: BlackboxExporter = new BlackboxExporter(new Chart(chart, 'other'), 'prober');
  const things: IMonitored[] = [new KubeletMonitor(chart, 'kubelet'), new NodeExporterDaemonSet(new Chart(chart, 'nodes'), 'node-exporter')];
  prometheus.monitor(...things);
  prometheus.addScrapeJob(ScrapeJob.fromPods({ name: 'pods', labels: { app: 'a' }, endpoints: [new ScrapeEndpoint({ port: 'm', tls })] }));
  prometheus.addScrapeJob(ScrapeJob.fromPods({ name: 'shop', labels: { app: 'b' }, namespaces: ['shop'] }));
  prometheus.addScrapeJob(ScrapeJob.fromProbes({ name: 'probes', prober, module: 'http_2xx', targets: ['http://a.example.com'] }));
  prometheus.addScrapeJob(ScrapeJob.raw('raw', { static_configs: [] }));
  return prometheus;
}

test.each<[string, (chart: Chart) => Construct]>([
  ['PrometheusServer', (chart) => fill(chart, new PrometheusServer(chart, 'x', { replicas: 2, storage, exposure }))],
  ['PrometheusServer with many jobs', (chart) => {
    const prometheus = new PrometheusServer(chart, 'x', { exposure: route });
    const relabelings = Array.from({ length: 40 }, (_, i) => `kept_${i}_`.padEnd(100, 'x'));
    Array.from({ length: 60 }, (_, i) => prometheus.addScrapeJob(ScrapeJob.raw(`job-${i}`, { static_configs: [{ targets: relabelings }] })));
    expect(prometheus.scrapeConfigMaps.length).toBeGreaterThan(0);
    return prometheus;
  }],
  ['OperatedPrometheus', (chart) => fill(chart, new OperatedPrometheus(chart, 'x', { replicas: 2, storage, exposure }))],
  ['AlertmanagerServer', (chart) => new AlertmanagerServer(chart, 'x', { replicas: 3, exposure, routing: routing(chart) })],
  ['OperatedAlertmanager', (chart) => new OperatedAlertmanager(chart, 'x', { replicas: 3, exposure: route, routing: routing(chart) })],
  ['PrometheusOperator', (chart) => new PrometheusOperator(chart, 'x', { admissionWebhook: AdmissionWebhook.certManager({ replicas: 2 }) })],
  ['PrometheusOperator of a namespace', (chart) => new PrometheusOperator(chart, 'x', { watchNamespaces: ['a'] })],
  ['NodeExporterDaemonSet', (chart) => new NodeExporterDaemonSet(chart, 'x')],
  ['KubeStateMetrics', (chart) => new KubeStateMetrics(chart, 'x')],
  ['KubeStateMetrics of namespaces, with shards', (chart) => new KubeStateMetrics(chart, 'x', { shards: 2, namespaces: ['a', 'b'] })],
  ['BlackboxExporter', (chart) => new BlackboxExporter(chart, 'x')],
  ['MonitoringNamespace', (chart) => new MonitoringNamespace(chart, 'x')],
  ['EtcdMonitor', (chart) => new EtcdMonitor(chart, 'x')],
  ['EtcdMonitor outside', (chart) => new EtcdMonitor(chart, 'x', { addresses: ['192.0.2.1'] })],
  ['EtcdMonitor outside, with EndpointSlices', (chart) => new EtcdMonitor(chart, 'x', { addresses: ['192.0.2.1'], endpointSlices: true })],
  ['SchedulerMonitor', (chart) => new SchedulerMonitor(chart, 'x')],
  ['ControllerManagerMonitor', (chart) => new ControllerManagerMonitor(chart, 'x')],
  ['KubeProxyMonitor', (chart) => new KubeProxyMonitor(chart, 'x')],
  ['CoreDnsMonitor', (chart) => new CoreDnsMonitor(chart, 'x', { ownService: true })],
])('%s exposes every object that it makes', (_, make) => {
  const construct = make(new Chart(Testing.app(), 'test', { namespace: 'ops' }));
  // A service account is one of cdk8s-plus.
  const made = construct.node.findAll().filter((child) => ApiObject.isApiObject(child)).filter(({ kind }) => kind !== 'ServiceAccount');
  expect(made.length).toBeGreaterThan(0);
  expect(exposed(construct).map(({ node }) => node.path).sort()).toEqual(made.map(({ node }) => node.path).sort());
});
