import { Chart, Duration, Size } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import {
  Exposure, Grafana, LogLevel, MetricSelection, PrometheusServer, SecretKey, ThanosCache, ThanosQuery, ThanosQueryFrontend, ThanosQueryFrontendProps,
  ThanosQueryFrontendRuleOptions, UpdateStrategy,
} from '../../../lib';
import { bytesOf, inChart, manifests, newChart, synth } from '../../charts';
import { expressions, jobOf, told } from '../../components/support';
import { find, identity, Loose } from '../../manifests';
import { PodOption } from '../../pod-options';
import { workloadProps } from '../../workload-props';

const queryOf = (chart: Chart, partialResponse?: boolean) => new ThanosQuery(chart, 'query', { stores: [], addresses: ['far:10901'], partialResponse });
const argsOf = (objects: readonly Loose[], name: string = 'frontend'): string[] => find([...objects], 'Deployment', name).spec.template.spec.containers[0].args;
const flag = (args: readonly string[], name: string) => args.filter((arg) => arg.startsWith(`--${name}=`)).map((arg) => arg.slice(arg.indexOf('=') + 1));

function everything(chart: Chart): Required<Omit<ThanosQueryFrontendProps, PodOption | 'registry' | 'serviceAccountAnnotations' | 'serviceAccountLabels'>> {
  const rules: Required<ThanosQueryFrontendRuleOptions> = { httpErrorPercent: 11, cacheErrorPercent: 12 };
  return {
    name: 'frontend',
    namespace: 'far',
    query: queryOf(chart, false),
    cache: ThanosCache.memcached({
      addresses: ['dnssrv+_memcached._tcp.memcached.far.svc', 'cache.example.com:11211'], expiration: Duration.hours(6), timeout: Duration.millis(200),
      maxItemSize: Size.mebibytes(2),
    }),
    splitInterval: Duration.hours(12),
    maxParallelism: 10,
    maxRetries: 2,
    maxQueryLength: Duration.days(400),
    slowQueryLog: Duration.seconds(20),
    replicas: 3,
    maxUnavailable: 2,
    logLevel: LogLevel.DEBUG,
    exposure: Exposure.ingress({ host: 'thanos.example.com' }),
    rules,
    image: 'example.com/thanos:v0.41.0',
    imagePullSecrets: [Secret.fromSecretName(chart, 'pull', 'pull')],
    ...workloadProps(chart, 'far', 'frontend'),
    metrics: MetricSelection.keep('thanos_.+'),
  };
}

test('needs nothing but a Thanos Query', () => {
  const chart = newChart();
  const frontend = new ThanosQueryFrontend(chart, 'frontend', { query: queryOf(chart) });
  expect(manifests(chart).filter(({ metadata }) => metadata.name?.startsWith('frontend'))).toMatchSnapshot();
  expect(told(jobOf(frontend))).toMatchSnapshot();
  expect([frontend.name, frontend.namespace, frontend.url]).toEqual(['frontend', 'monitoring', 'http://frontend.monitoring.svc:10902']);
});

test('takes all the props', () => {
  const all = synth((chart) => new ThanosQueryFrontend(chart, 'ignored', everything(chart))).filter(({ metadata }) => metadata.namespace === 'far');
  expect(all.map(identity)).toEqual(['Deployment far/frontend', 'Service far/frontend', 'Ingress far/frontend', 'PodDisruptionBudget far/frontend']);
  const { spec } = find(all, 'Deployment', 'frontend');
  expect([spec.replicas, find(all, 'PodDisruptionBudget').spec.maxUnavailable]).toEqual([3, 2]);
  expect(spec.template).toMatchObject({
    metadata: { labels: { 'c': 'd', 'app.kubernetes.io/version': '0.41.0' }, annotations: { a: 'b' } },
    spec: {
      serviceAccountName: 'frontend', imagePullSecrets: [{ name: 'pull' }], nodeSelector: { pool: 'system' }, tolerations: [{ key: 'system' }],
      affinity: { nodeAffinity: {} }, priorityClassName: 'important',
    },
  });
  const [main] = spec.template.spec.containers;
  expect(main).toMatchObject({ image: 'example.com/thanos:v0.41.0', resources: { requests: { cpu: '200m', memory: '300Mi' }, limits: { memory: '2Gi' } } });
  const caches = [flag(main.args, 'query-range.response-cache-config'), flag(main.args, 'labels.response-cache-config')].flat().map((text) => parse(text));
  const memcached = {
    type: 'MEMCACHED',
    config: { addresses: ['dnssrv+_memcached._tcp.memcached.far.svc', 'cache.example.com:11211'], expiration: '6h', timeout: '200ms', max_item_size: '2048KiB' },
  };
  expect(caches).toEqual([memcached, memcached]);
  expect(main.args.filter((arg: string) => !/cache-config=|tripper/.test(arg))).toEqual([
    'query-frontend', '--http-address=:10902', '--log.level=debug', '--enable-auto-gomemlimit', '--query-frontend.downstream-url=http://query.monitoring.svc:10902',
    '--cache-compression-type=snappy', '--query-range.split-interval=12h', '--query-range.max-query-length=9600h', '--query-range.max-query-parallelism=10',
    '--query.max-retries-per-request=2', '--query-range.max-retries-per-request=2', '--labels.max-retries-per-request=2', '--no-query-range.partial-response',
    '--no-labels.partial-response', '--query-frontend.log-queries-longer-than=20s',
  ]);
  expect(find(all, 'Ingress').spec.rules[0].host).toBe('thanos.example.com');
  const made = inChart((chart) => new ThanosQueryFrontend(chart, 'ignored', everything(chart)));
  expect(told(jobOf(made))).toMatchObject({ name: 'mine', endpoints: [{ port: 'http', interval: '45 seconds', timeout: '20 seconds', metrics: [{ regex: 'thanos_.+' }] }] });
  expect(expressions(made)).toMatch(/job=\\"mine\\"[^]*> 11[^]*> 12/);
});

test('two synths give the same bytes', () => {
  const make = (chart: Chart): void => {
    new ThanosQueryFrontend(chart, 'x', everything(chart));
  };
  expect(bytesOf(make)).toBe(bytesOf(make));
});

test.each<[string, ThanosCache | undefined, string[], string, string, boolean]>([
  ['in memory', ThanosCache.inMemory({ size: Size.gibibytes(1), expiration: Duration.hours(6) }), ['{ type: IN-MEMORY, config: { max_size: 917504KiB, validity: 6h } }'], '1152Mi', '2816Mi', false],
  ['by default in memory', undefined, ['{ type: IN-MEMORY, config: { max_size: 229376KiB, validity: 24h } }'], '384Mi', '1280Mi', false],
  ['on servers', ThanosCache.memcached({ addresses: ['a:11211'] }), ['{ type: MEMCACHED, config: { addresses: [a:11211], expiration: 24h } }'], '128Mi', '768Mi', true],
  ['nowhere', ThanosCache.none(), [], '128Mi', '768Mi', false],
])('keeps answers %s', (_, cache, config, request, limit, isRemote) => {
  const chart = newChart();
  const frontend = new ThanosQueryFrontend(chart, 'frontend', { query: queryOf(chart), cache });
  const objects = manifests(chart);
  expect(flag(argsOf(objects), 'query-range.response-cache-config').map((text) => parse(text))).toEqual(config.map((text) => parse(text)));
  const [{ resources }] = find(objects, 'Deployment', 'frontend').spec.template.spec.containers;
  expect([resources.requests.memory, resources.limits.memory]).toEqual([request, limit]);
  // An alert about servers that are not there would never fire.
  expect(expressions(frontend).includes('cortex_memcache')).toBe(isRemote);
});

test('is a data source of a Grafana', () => {
  const chart = newChart();
  const frontend = new ThanosQueryFrontend(chart, 'frontend', { query: queryOf(chart) });
  const dataSources = [frontend.dataSource(), frontend.dataSource({ name: 'Far', jsonData: { timeInterval: '1m' } })];
  new Grafana(chart, 'grafana', { adminPassword: SecretKey.of(Secret.fromSecretName(chart, 'admin', 'admin'), 'password'), dataSources });
  const { datasources } = parse(find(manifests(chart), 'ConfigMap', 'grafana-config').data['datasources.yaml']);
  expect(datasources).toMatchObject([
    { name: 'Thanos', uid: 'thanos', type: 'prometheus', url: 'http://frontend.monitoring.svc:10902', jsonData: { httpMethod: 'POST', prometheusType: 'Thanos' } },
    { name: 'Far', uid: 'far', jsonData: { prometheusType: 'Thanos', timeInterval: '1m' } },
  ]);
});

test('is monitored by a Prometheus', () => {
  const chart = newChart();
  const frontend = new ThanosQueryFrontend(chart, 'frontend', { query: queryOf(chart) });
  new PrometheusServer(chart, 'prometheus').monitor(frontend);
  const config = parse(find(manifests(chart), 'ConfigMap', 'prometheus-config').data['prometheus.yml']);
  expect(config.scrape_configs.map(({ job_name: name }: Loose) => name)).toContain('thanos-query-frontend/http');
});

test.each<[string, Partial<ThanosQueryFrontendProps>, string]>([
  ['no replicas', { replicas: 0 }, 'replicas: 0 is not a whole number above 0; leave it out for one'],
  ['no parts', { splitInterval: Duration.millis(0) }, 'splitInterval is zero; leave it out for a day'],
  ['no queries', { maxParallelism: 0 }, 'maxParallelism: 0 is not a whole number above 0; leave it out for 14'],
  ['fewer repeats than none', { maxRetries: -1 }, 'maxRetries: -1'],
  ['no range', { maxQueryLength: Duration.millis(0) }, 'maxQueryLength is zero; leave it out for no limit'],
  ['every query in the log', { slowQueryLog: Duration.millis(0) }, 'slowQueryLog is zero; leave it out for no log of queries'],
  ['an old Thanos', { image: 'thanos:v0.40.0' }, 'is Thanos 0.40.0, and the library knows 0.41 and newer'],
  ['an update of a DaemonSet', { updateStrategy: UpdateStrategy.onDelete() }, "'updateStrategy' is OnDelete"],
])('refuses %s', (_, props, message) => {
  const chart = newChart();
  expect(() => new ThanosQueryFrontend(chart, 'frontend', { query: queryOf(chart), ...props })).toThrow(message);
});

test.each<[string, () => ThanosCache, string]>([
  ['a cache too small', () => ThanosCache.inMemory({ size: Size.mebibytes(2) }), 'ThanosCache.inMemory: size is 2048 KiB, which a few answers fill; give it at least 8 MiB'],
  ['no server', () => ThanosCache.memcached({ addresses: [] }), "ThanosCache.memcached: got no 'addresses', so that nothing would be kept"],
  ['a server that is none', () => ThanosCache.memcached({ addresses: ['http://a:1'] }), "addresses: 'http://a:1' is not the address of a server; write it as 'memcached.example.com:11211'"],
  ['no time in memory', () => ThanosCache.inMemory({ expiration: Duration.millis(0) }), 'ThanosCache.inMemory: expiration is zero; leave it out for 24 hours'],
  ['no time', () => ThanosCache.memcached({ addresses: ['a:1'], expiration: Duration.millis(0) }), 'expiration is zero; leave it out for 24 hours'],
  ['no patience', () => ThanosCache.memcached({ addresses: ['a:1'], timeout: Duration.millis(0) }), 'timeout is zero; leave it out for half a second'],
])('refuses %s', (_, make, message) => {
  expect(make).toThrow(message);
});
