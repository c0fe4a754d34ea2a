import { Chart, Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import { SERVER_FLAGS, thanosTls } from './certificate';
import {
  Exposure, Grafana, IThanosStore, LogLevel, MetricSelection, ObjectStorage, OperatedPrometheus, PrometheusServer, SecretKey, ThanosQuery,
  ThanosQueryProps, ThanosQueryRuleOptions, ThanosSidecarOptions, ThanosStore, UpdateStrategy,
} from '../../../lib';
import { bytesOf, inChart, manifests, newChart, synth } from '../../charts';
import { expressions, jobOf, told } from '../../components/support';
import { find, identity, Loose } from '../../manifests';
import { PodOption } from '../../pod-options';
import { workloadProps } from '../../workload-props';

const objectStorage = ObjectStorage.gcs({ bucket: 'blocks' });
const prometheus = (chart: Chart, id: string = 'prometheus', thanos: ThanosSidecarOptions = {}) => new PrometheusServer(chart, id, { replicas: 2, thanos });
const argsOf = (objects: readonly Loose[], name: string = 'query'): string[] => find([...objects], 'Deployment', name).spec.template.spec.containers[0].args;
const flag = (args: readonly string[], name: string) => args.filter((arg) => arg.startsWith(`--${name}`)).map((arg) => arg.slice(arg.indexOf('=') + 1));
const endpointsOf = (args: readonly string[]): string[] => parse(flag(args, 'endpoint.sd-config')[0]).endpoints.map(({ address }: Loose) => address);

function everything(chart: Chart): Required<Omit<ThanosQueryProps, PodOption | 'registry' | 'serviceAccountAnnotations' | 'serviceAccountLabels'>> {
  const rules: Required<ThanosQueryRuleOptions> = {
    httpErrorPercent: 11, grpcErrorPercent: 12, dnsErrorPercent: 13, latency: Duration.seconds(14), rangeLatency: Duration.seconds(15),
  };
  return {
    name: 'query',
    namespace: 'far',
    stores: [prometheus(chart, 'prometheus', { tls: thanosTls(new Chart(chart, 'secrets')) })],
    addresses: ['dnssrv+_grpc._tcp.thanos.example.com', 'thanos.example.com:10901'],
    replicaLabels: ['replica'],
    partialResponse: false,
    autoDownsampling: false,
    queryTimeout: Duration.minutes(5),
    maxConcurrent: 40,
    replicas: 3,
    maxUnavailable: 2,
    tls: thanosTls(chart),
    logLevel: LogLevel.DEBUG,
    exposure: Exposure.ingress({ host: 'thanos.example.com' }),
    rules,
    image: 'example.com/thanos:v0.42.0',
    imagePullSecrets: [Secret.fromSecretName(chart, 'pull', 'pull')],
    ...workloadProps(chart, 'far', 'query'),
    metrics: MetricSelection.keep('thanos_.+'),
  };
}

test('needs nothing but stores', () => {
  const chart = newChart();
  const query = new ThanosQuery(chart, 'query', { stores: [prometheus(chart), new ThanosStore(chart, 'store', { objectStorage })] });
  const objects = manifests(chart).filter(({ metadata }) => metadata.name?.startsWith('query'));
  expect(objects).toMatchSnapshot();
  expect(told(jobOf(query))).toMatchSnapshot();
  expect([query.name, query.namespace, query.url]).toEqual(['query', 'monitoring', 'http://query.monitoring.svc:10902']);
});

test('takes all the props', () => {
  const all = synth((chart) => new ThanosQuery(chart, 'ignored', everything(chart))).filter(({ metadata }) => metadata.namespace === 'far');
  expect(all.map(identity)).toEqual(['Deployment far/query', 'Service far/query', 'Ingress far/query', 'Service far/query-grpc', 'PodDisruptionBudget far/query']);
  const { spec } = find(all, 'Deployment', 'query');
  expect([spec.replicas, find(all, 'PodDisruptionBudget').spec.maxUnavailable]).toEqual([3, 2]);
  expect(spec.template).toMatchObject({
    metadata: { labels: { 'c': 'd', 'app.kubernetes.io/version': '0.42.0' }, annotations: { a: 'b' } },
    spec: {
      serviceAccountName: 'query', imagePullSecrets: [{ name: 'pull' }], nodeSelector: { pool: 'system' }, tolerations: [{ key: 'system' }],
      affinity: { nodeAffinity: {} }, priorityClassName: 'important',
    },
  });
  const [main] = spec.template.spec.containers;
  expect(main).toMatchObject({ image: 'example.com/thanos:v0.42.0', resources: { requests: { cpu: '200m', memory: '300Mi' }, limits: { memory: '2Gi' } } });
  expect(endpointsOf(main.args)).toEqual(['dnssrv+_grpc._tcp.prometheus-thanos.monitoring.svc', 'dnssrv+_grpc._tcp.thanos.example.com', 'thanos.example.com:10901']);
  expect(main.args.filter((arg: string) => !arg.startsWith('--endpoint'))).toEqual([
    'query', '--grpc-address=:10901', ...SERVER_FLAGS, '--http-address=:10902', '--log.level=debug', '--enable-auto-gomemlimit', '--query.replica-label=prometheus_replica',
    '--query.replica-label=replica', '--no-query.partial-response', '--query.timeout=5m', '--query.max-concurrent=40',
  ]);
  expect(find(all, 'Ingress').spec.rules[0].host).toBe('thanos.example.com');
  const made = inChart((chart) => new ThanosQuery(chart, 'ignored', everything(chart)));
  expect(told(jobOf(made))).toMatchObject({ name: 'mine', endpoints: [{ port: 'http', interval: '45 seconds', timeout: '20 seconds', metrics: [{ regex: 'thanos_.+' }] }] });
  expect(expressions(made)).toMatch(/job=\\"mine\\"[^]*> 11[^]*> 14[^]*> 15[^]*> 12[^]*> 13/);
});

test('two synths give the same bytes', () => {
  const make = (chart: Chart): void => {
    new ThanosQuery(chart, 'x', everything(chart));
  };
  expect(bytesOf(make)).toBe(bytesOf(make));
});

test('asks Prometheus of either backend, stores, other queriers, and what is added later', () => {
  const chart = newChart();
  const far = new ThanosQuery(chart, 'far', { stores: [prometheus(chart, 'plain')] });
  const query = new ThanosQuery(chart, 'query', { stores: [new OperatedPrometheus(chart, 'operated', { thanos: {} }), far] });
  query.addStore(new ThanosStore(chart, 'store', { objectStorage }));
  const args = argsOf(manifests(chart));
  expect(endpointsOf(args)).toEqual([
    'dnssrv+_grpc._tcp.operated-thanos.monitoring.svc', 'dnssrv+_grpc._tcp.far-grpc.monitoring.svc', 'dnssrv+_grpc._tcp.store.monitoring.svc',
  ]);
  expect(flag(args, 'query.replica-label')).toEqual([]);
  query.addStore(prometheus(chart, 'pair'));
  expect(flag(argsOf(manifests(chart)), 'query.replica-label')).toEqual(['prometheus_replica']);
});

test('is a data source of a Grafana', () => {
  const chart = newChart();
  const query = new ThanosQuery(chart, 'query', { stores: [prometheus(chart)] });
  const dataSources = [query.dataSource({ isDefault: true }), query.dataSource({ name: 'Far', jsonData: { timeInterval: '1m' } })];
  new Grafana(chart, 'grafana', { adminPassword: SecretKey.of(Secret.fromSecretName(chart, 'admin', 'admin'), 'password'), dataSources });
  const { datasources } = parse(find(manifests(chart), 'ConfigMap', 'grafana-config').data['datasources.yaml']);
  expect(datasources).toMatchObject([
    { name: 'Thanos', uid: 'thanos', type: 'prometheus', url: 'http://query.monitoring.svc:10902', isDefault: true, jsonData: { httpMethod: 'POST', prometheusType: 'Thanos' } },
    { name: 'Far', uid: 'far', jsonData: { prometheusType: 'Thanos', timeInterval: '1m' } },
  ]);
});

test.each<[string, (chart: Chart) => ThanosQueryProps, string]>([
  ['nothing to ask', () => ({ stores: [] }), "got no 'stores' and no 'addresses', so there is nothing to ask"],
  ['a Prometheus without a sidecar', (chart) => ({ stores: [new PrometheusServer(chart, 'a')] }), "'test/a' has no sidecar of Thanos; give it the prop 'thanos', as in { thanos: {} }"],
  ['a store twice', (chart) => {
    const store: IThanosStore = prometheus(chart);
    return { stores: [store, store] };
  }, "'test/prometheus' is asked already; name it once"],
  ['an address with a scheme', () => ({ stores: [], addresses: ['http://a:10901'] }), "addresses: 'http://a:10901' is not the address of a store"],
  ['an address without a port', () => ({ stores: [], addresses: ['thanos.example.com'] }), "addresses: 'thanos.example.com' is not the address of a store"],
  ['a replica label that is none', () => ({ stores: [], addresses: ['a:1'], replicaLabels: ['a-b'] }), "replicaLabels: 'a-b' is not a label name"],
  ['no time', () => ({ stores: [], addresses: ['a:1'], queryTimeout: Duration.millis(0) }), 'queryTimeout is zero; leave it out for two minutes'],
  ['no queries', () => ({ stores: [], addresses: ['a:1'], maxConcurrent: 0 }), 'maxConcurrent: 0 is not a whole number above 0; leave it out for 20'],
  ['no replicas', () => ({ stores: [], addresses: ['a:1'], replicas: 0 }), 'replicas: 0 is not a whole number above 0'],
  ['an old Thanos', () => ({ stores: [], addresses: ['a:1'], image: 'thanos:v0.40.0' }), 'is Thanos 0.40.0, and the library knows 0.41 and newer'],
  ['an update of a DaemonSet', () => ({ stores: [], addresses: ['a:1'], updateStrategy: UpdateStrategy.onDelete() }), 'updateStrategy'],
])('refuses %s', (_, props, message) => {
  expect(() => inChart((chart) => new ThanosQuery(chart, 'query', props(chart)))).toThrow(message);
});
