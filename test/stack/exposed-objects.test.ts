import * as fs from 'node:fs';
import * as path from 'node:path';
import { ApiObject, Chart, Size, Testing } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  AdmissionWebhook, AlertmanagerConfig, AlertmanagerServer, AlertRouting, ApiServiceTls, Autoscaling, BasicAuth, BlackboxExporter,
  ControllerManagerMonitor, CoreDnsMonitor, CustomMetric, DashboardConfigMaps, DataStorage, EtcdMonitor, ExistingAlertmanager, ExistingPrometheus,
  Exposure, Grafana, GrafanaDashboardResources, GrafanaDatabase, IMonitored, InfluxDb, InfluxDb2, InfluxDb2Credentials, InfluxDbCredentials,
  Integration, KubeletMonitor, KubeProxyMonitor, KubeStateMetrics, MetricsServer, MonitoringNamespace, MonitorSelection, NodeExporterDaemonSet,
  OperatedAlertmanager, OperatedPrometheus, PrometheusAdapter, PrometheusOperator, PrometheusServer, Receiver, RemoteWrite, ScalingMetric,
  SchedulerMonitor, ScrapeEndpoint, ScrapeJob, SecretKey, TlsClient, VictoriaMetrics, ObjectStorage, RuleSet, ThanosCompactor, ThanosQuery,
  ThanosQueryFrontend, ThanosReceive, ThanosRuler, ThanosStore, Sink, SinkGateway,
} from '../../lib';

/** What the public members of a construct lead to, by their names. */
function membersOf(construct: object): Map<string, ApiObject[]> {
  const getters: string[] = [];
  for (let proto: object = Object.getPrototypeOf(construct); proto !== Construct.prototype; proto = Object.getPrototypeOf(proto)) {
    getters.push(...Object.entries(Object.getOwnPropertyDescriptors(proto)).flatMap(([name, descriptor]) => ('get' in descriptor ? [name] : [])));
  }
  const names = [...Object.keys(construct), ...getters].filter((name) => !name.startsWith('_') && name !== 'node');
  return new Map(names.flatMap((name) => {
    const value: unknown = Reflect.get(construct, name);
    const nested = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype ? Object.entries(value) : [];
    return [[name, value] as const, ...nested.map(([inner, object]) => [`${name}.${inner}`, object] as const)];
  }).map(([name, value]) => [name, [value].flat().filter((object) => ApiObject.isApiObject(object))] as const));
}

const exposure = Exposure.ingress({ host: 'a.example.com' });
const replicaServices = Exposure.clusterIp();
const route = Exposure.httpRoute({ host: 'a.example.com', gateway: 'g' });
const storage = DataStorage.volumeClaimTemplate({ size: Size.gibibytes(10) });

function routing(chart: Chart): AlertRouting {
  const secret = Secret.fromSecretName(chart, 'hook', 'hook');
  return new AlertRouting({
    // A file that Alertmanager does not start without, so that there are placeholders.
    receiver: Receiver.of('duty', Integration.custom('rocketchat_configs', {
      secretFiles: { token_file: SecretKey.of(secret, 'token'), token_id_file: SecretKey.of(secret, 'id') },
    })),
    templates: { 'a.tmpl': '{{ define "a" }}a{{ end }}' },
  });
}

/** Jobs of all kinds, with client certificates and passwords. */
function fill(chart: Chart, prometheus: PrometheusServer | OperatedPrometheus | ExistingPrometheus): Construct {
  const secret = Secret.fromSecretName(chart, 'certs', 'certs');
  const tls = TlsClient.fromSecret(secret, { ca: 'ca.crt', certificate: 'tls.crt', privateKey: 'tls.key' });
  const prober: BlackboxExporter = new BlackboxExporter(new Chart(chart, 'other'), 'prober');
  const things: IMonitored[] = [new KubeletMonitor(chart, 'kubelet'), new NodeExporterDaemonSet(new Chart(chart, 'nodes'), 'node-exporter')];
  prometheus.monitor(...things);
  prometheus.addScrapeJob(ScrapeJob.fromPods({ name: 'pods', labels: { app: 'a' }, endpoints: [new ScrapeEndpoint({ port: 'm', tls })] }));
  prometheus.addScrapeJob(ScrapeJob.fromPods({ name: 'shop', labels: { app: 'b' }, namespaces: ['shop'] }));
  prometheus.addScrapeJob(ScrapeJob.fromProbes({ name: 'probes', prober, module: 'http_2xx', targets: ['http://a.example.com'] }));
  const basicAuth = new BasicAuth({ username: 'me', password: SecretKey.of(secret, 'password') });
  prometheus.addScrapeJob(ScrapeJob.fromStaticTargets({ name: 'database', targets: ['db1:9104'], endpoints: [new ScrapeEndpoint({ basicAuth })] }));
  if (!(prometheus instanceof ExistingPrometheus)) {
    prometheus.addScrapeJob(ScrapeJob.raw('raw', { static_configs: [] }));
  }
  return prometheus;
}

function shown<T extends DashboardConfigMaps | Grafana | GrafanaDashboardResources>(chart: Chart, dashboards: T): T {
  dashboards.show(new NodeExporterDaemonSet(new Chart(chart, 'nodes'), 'node-exporter'));
  return dashboards;
}

const influxDbCredentials = (chart: Chart) => InfluxDbCredentials.fromSecret(Secret.fromSecretName(chart, 'users', 'users'));
const influxDb2Credentials = (chart: Chart) => InfluxDb2Credentials.fromSecret(Secret.fromSecretName(chart, 'users', 'users'));
const objectStorage = ObjectStorage.gcs({ bucket: 'blocks' });
const otherQuery = (chart: Chart) => new ThanosQuery(new Chart(chart, 'other'), 'query', { stores: [], addresses: ['far:10901'] });
const thanos = { cluster: 'north', thanos: { objectStorage } };

const CONSTRUCTS: Array<[string, (chart: Chart) => Construct]> = [
  ['PrometheusServer', (chart) => fill(chart, new PrometheusServer(chart, 'x', { replicas: 2, shards: 2, storage, exposure, replicaServices, ...thanos }))],
  ['PrometheusServer with many jobs', (chart) => {
    const prometheus = new PrometheusServer(chart, 'x', { exposure: route });
    const relabelings = Array.from({ length: 40 }, (_, i) => `kept_${i}_`.padEnd(100, 'x'));
    Array.from({ length: 60 }, (_, i) => prometheus.addScrapeJob(ScrapeJob.raw(`job-${i}`, { static_configs: [{ targets: relabelings }] })));
    expect(prometheus.scrapeConfigMaps.length).toBeGreaterThan(0);
    return prometheus;
  }],
  ['OperatedPrometheus as an agent', (chart) => {
    const remoteWrites = [new RemoteWrite({ url: 'http://store.example.com/api/v1/write' })];
    const prometheus = new OperatedPrometheus(chart, 'x', { agent: true, remoteWrites, selection: MonitorSelection.own() });
    prometheus.addScrapeJob(ScrapeJob.fromStaticTargets({ name: 'shop', targets: ['shop.example.com:80'] }));
    return prometheus;
  }],
  ['OperatedPrometheus with a route', (chart) => new OperatedPrometheus(chart, 'x', { exposure: route })],
  ['OperatedPrometheus', (chart) => {
    const prometheus = new OperatedPrometheus(chart, 'x', { replicas: 2, storage, exposure, replicaServices, ...thanos });
    const tls = TlsClient.fromSecret(Secret.fromSecretName(chart, 'outside', 'outside'), { ca: 'ca.crt' });
    prometheus.sendAlertsTo(ExistingAlertmanager.outside({ host: 'alerts.example.com', tls }));
    return fill(chart, prometheus);
  }],
  ['ExistingPrometheus', (chart) => fill(chart, new ExistingPrometheus(chart, 'x', { service: { namespace: 'monitoring' } }))],
  ['AlertmanagerServer', (chart) => new AlertmanagerServer(chart, 'x', { replicas: 3, exposure, replicaServices, routing: routing(chart) })],
  ['AlertmanagerServer with a route', (chart) => new AlertmanagerServer(chart, 'x', { exposure: route })],
  ['OperatedAlertmanager with an Ingress', (chart) => new OperatedAlertmanager(chart, 'x', { exposure })],
  ['OperatedAlertmanager', (chart) => new OperatedAlertmanager(chart, 'x', { replicas: 3, exposure: route, replicaServices, routing: routing(chart) })],
  ['AlertmanagerConfig', (chart) => {
    const basicAuth = new BasicAuth({ username: 'me', password: SecretKey.of(Secret.fromSecretName(chart, 'hook', 'hook'), 'password') });
    const receiver = Receiver.of('duty', Integration.webhook({ url: 'http://hook.example.com', httpConfig: { basicAuth } }));
    return new AlertmanagerConfig(chart, 'x', { routing: new AlertRouting({ receiver }) });
  }],
  ['PrometheusOperator', (chart) => new PrometheusOperator(chart, 'x', { admissionWebhook: AdmissionWebhook.certManager({ replicas: 2 }) })],
  ['PrometheusOperator of a namespace', (chart) => new PrometheusOperator(chart, 'x', { watchNamespaces: ['a'] })],
  ['NodeExporterDaemonSet', (chart) => new NodeExporterDaemonSet(chart, 'x')],
  ['KubeStateMetrics', (chart) => new KubeStateMetrics(chart, 'x')],
  ['KubeStateMetrics of namespaces, with shards', (chart) => new KubeStateMetrics(chart, 'x', { shards: 2, namespaces: ['a', 'b'] })],
  ['BlackboxExporter', (chart) => new BlackboxExporter(chart, 'x')],
  ['MonitoringNamespace', (chart) => new MonitoringNamespace(chart, 'x')],
  ['EtcdMonitor', (chart) => new EtcdMonitor(chart, 'x')],
  ['EtcdMonitor outside', (chart) => new EtcdMonitor(chart, 'x', { addresses: ['192.0.2.1'] })],
  ['EtcdMonitor outside, with EndpointSlices', (chart) => new EtcdMonitor(chart, 'x', { addresses: ['192.0.2.1', '2001:db8::1'], endpointSlices: true })],
  ['SchedulerMonitor', (chart) => new SchedulerMonitor(chart, 'x')],
  ['ControllerManagerMonitor', (chart) => new ControllerManagerMonitor(chart, 'x')],
  ['KubeProxyMonitor', (chart) => new KubeProxyMonitor(chart, 'x')],
  ['ThanosQuery', (chart) => new ThanosQuery(chart, 'x', { stores: [], addresses: ['far:10901'], replicas: 2, exposure })],
  ['ThanosQuery with a route', (chart) => new ThanosQuery(chart, 'x', { stores: [], addresses: ['far:10901'], exposure: route })],
  ['ThanosQueryFrontend', (chart) => new ThanosQueryFrontend(chart, 'x', { query: otherQuery(chart), replicas: 2, exposure })],
  ['ThanosQueryFrontend with a route', (chart) => new ThanosQueryFrontend(chart, 'x', { query: otherQuery(chart), exposure: route })],
  ['ThanosReceive', (chart) => new ThanosReceive(chart, 'x', { objectStorage, replicas: 2 })],
  ['ThanosRuler', (chart) => new ThanosRuler(chart, 'x', {
    query: otherQuery(chart), objectStorage, replicas: 2,
    ruleSets: { shop: RuleSet.fromText('groups: [{ name: shop, rules: [{ record: a:b, expr: vector(1) }] }]') },
  })],
  ['ThanosStore', (chart) => new ThanosStore(chart, 'x', { objectStorage, replicas: 2 })],
  ['ThanosCompactor', (chart) => new ThanosCompactor(chart, 'x', { objectStorage })],
  ['VictoriaMetrics', (chart) => new VictoriaMetrics(chart, 'x', { openTsdb: true, exposure })],
  ['VictoriaMetrics with a route', (chart) => new VictoriaMetrics(chart, 'x', { exposure: route })],
  ['InfluxDb', (chart) => new InfluxDb(chart, 'x', { credentials: influxDbCredentials(chart), exposure })],
  ['InfluxDb with a route', (chart) => new InfluxDb(chart, 'x', { credentials: influxDbCredentials(chart), exposure: route })],
  ['InfluxDb2', (chart) => new InfluxDb2(chart, 'x', { credentials: influxDb2Credentials(chart), exposure })],
  ['InfluxDb2 with a route', (chart) => new InfluxDb2(chart, 'x', { credentials: influxDb2Credentials(chart), exposure: route })],
  ['SinkGateway', (chart) => new SinkGateway(chart, 'x', { sink: Sink.kafka({ brokers: ['kafka:9092'], topic: 'metrics' }) })],
  ['MetricsServer', (chart) => new MetricsServer(chart, 'x', { tls: ApiServiceTls.certManager(), replicas: 2 })],
  ['PrometheusAdapter', (chart) => new PrometheusAdapter(chart, 'x', {
    tls: ApiServiceTls.certManager(),
    replicas: 2,
    prometheus: new PrometheusServer(new Chart(chart, 'other'), 'prometheus'),
    resourceMetrics: {},
    customMetrics: [CustomMetric.fromSeries({ series: 'http_requests_total' })],
  })],
  ['Autoscaling', autoscaling],
  ['CoreDnsMonitor', (chart) => new CoreDnsMonitor(chart, 'x', { ownService: true })],
  ['DashboardConfigMaps', (chart) => shown(chart, new DashboardConfigMaps(chart, 'x'))],
  ['Grafana', (chart) => {
    const secret = Secret.fromSecretName(chart, 'admin', 'admin');
    const database = GrafanaDatabase.postgres({ host: 'db:5432', password: SecretKey.of(secret, 'db') });
    return shown(chart, new Grafana(chart, 'x', { adminPassword: SecretKey.of(secret, 'password'), replicas: 2, database, exposure }));
  }],
  ['Grafana with a route and a volume', (chart) => (
    new Grafana(chart, 'x', { adminPassword: SecretKey.of(Secret.fromSecretName(chart, 'admin', 'admin'), 'password'), storage, exposure: route })
  )],
  ['GrafanaDashboardResources', (chart) => shown(chart, new GrafanaDashboardResources(chart, 'x'))],
];

/** Autoscaling scales an object of others. */
function autoscaling(chart: Chart): Autoscaling {
  const target = new Chart(chart.node.root, 'shop');
  return new Autoscaling(chart, 'x', {
    target: new ApiObject(target, 'shop', { apiVersion: 'apps/v1', kind: 'Deployment' }), metrics: [ScalingMetric.cpuUtilization(70)], maxReplicas: 3,
  });
}

const made = CONSTRUCTS.map(([name, make]) => [name, make(new Chart(Testing.app(), 'test', { namespace: 'ops' }))] as const);

test.each(made)('%s exposes every object that it makes', (_, construct) => {
  // A service account is one of cdk8s-plus.
  const objects = construct.node.findAll().filter((child) => ApiObject.isApiObject(child)).filter(({ kind }) => kind !== 'ServiceAccount');
  expect(objects.length).toBeGreaterThan(0);
  expect([...membersOf(construct).values()].flat().map(({ node }) => node.path).sort()).toEqual(objects.map(({ node }) => node.path).sort());
});

test('docs/patching.md lists every member, and the ids of those that are one object', () => {
  const rows = new Map<string, { readonly kinds: Set<string>; readonly ids: Set<string> }>();
  made.forEach(([name, construct]) => membersOf(construct).forEach((objects, member) => objects.forEach((object) => {
    const key = `| ${name.split(' ')[0]} | \`${member}\``;
    const row = rows.get(key) ?? { kinds: new Set(), ids: new Set() };
    row.kinds.add(object.kind);
    row.ids.add(Array.isArray(Reflect.get(construct, member)) ? '' : `\`${object.node.path.slice(construct.node.path.length + 1)}\``);
    rows.set(key, row);
  })));
  const expected = [...rows].map(([key, { kinds, ids }]) => `${key} | ${[...kinds].sort().join(', ')} | ${[...ids].join(', ')} |`);
  const page = fs.readFileSync(path.join(__dirname, '../../docs/patching.md'), 'utf8').split('\n');
  const start = page.findIndex((line) => line.startsWith('| construct | member |'));
  expect(page.slice(start + 2, page.indexOf('', start)).sort()).toEqual(expected.sort());
});
