import { Chart, Duration } from 'cdk8s';
import { ConfigMap, Secret } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import { argsOf, EVERY_OPTION_OF_POD, everyOption, notesOf, PEM, secret } from './support';
import {
  ApiServiceTls, Authorization, BasicAuth, ConfigMapKey, CustomMetric, ExistingPrometheus, ExternalMetric, HttpConfig, KubeletMonitor,
  KubeletMonitorProps, KubeletPath, MetricResource, MetricSelection, MetricsServer, OAuth2, OperatedPrometheus, PrometheusAdapter,
  PrometheusAdapterOptions, PrometheusAdapterProps, PrometheusServer,
  PrometheusServerProps, RecordingRule, RemoteWrite, ResourceMetric, RuleGroup, ScrapeEndpoint,
  ScrapeJob, SecretKey, TlsClient, TlsServer, TlsVersion, WebConfig,
} from '../../lib';
import { inChart, newChart, synth } from '../charts';
import { expressions, jobOf, told } from '../components/support';
import { find, identity, Loose, Manifest, ofKind } from '../manifests';
import { PodOption } from '../pod-options';
import { PROGRAMS } from '../../lib/versions';

type MakeOptions = (chart: Chart) => Partial<PrometheusAdapterProps>;

const tls = ApiServiceTls.certManager();
const requests = CustomMetric.fromSeries({ series: 'http_requests_total' });
const queue = ExternalMetric.fromSeries({ series: 'queue_messages' });

function make(chart: Chart, options: Partial<PrometheusAdapterProps> = {}): PrometheusAdapter {
  const prometheus = options.prometheus ?? new PrometheusServer(chart, 'prometheus');
  if (options.prometheus === undefined && options.resourceMetrics !== undefined) {
    prometheus.monitor(...['kubelet', 'nodes'].map((jobName) => new KubeletMonitor(chart, jobName, { jobName })));
  }
  return new PrometheusAdapter(chart, 'prometheus-adapter', { tls, customMetrics: [requests], ...options, prometheus });
}

function objects(options: MakeOptions = () => ({})): Manifest[] {
  return synth((chart) => make(chart, options(chart)));
}

function files(all: readonly Manifest[]): { [file: string]: string } {
  return find(all, 'ConfigMap', 'prometheus-adapter').data;
}

const config = (all: readonly Manifest[]): Loose => parse(files(all)['config.yaml']);
const kubeconfig = (all: readonly Manifest[]): Loose => parse(files(all)['prometheus.kubeconfig']);

const everything = (chart: Chart): Required<Omit<PrometheusAdapterOptions, 'prometheusKubeconfig' | PodOption>> => ({
  ...everyOption(chart),
  resourceMetrics: { cpu: ResourceMetric.cpu({ rateOver: Duration.minutes(3) }), memory: ResourceMetric.memory({ kubeletJobName: 'nodes' }), window: Duration.minutes(4) },
  customMetrics: [requests],
  externalMetrics: [queue],
  prometheusHttp: {
    tls: TlsClient.fromSecret(secret(chart, 'client'), { ca: 'ca.crt', certificate: 'tls.crt', privateKey: 'tls.key', serverName: 'prometheus.example.com' }),
    authorization: Authorization.bearer(SecretKey.of(secret(chart, 'token'), 'token')),
    proxyUrl: 'http://proxy.example.com:3128',
    headers: { 'X-Scope-OrgID': 'shop' },
  },
  relistInterval: Duration.seconds(30),
  maxAge: Duration.minutes(10),
});

test('needs a Prometheus, a certificate and a metric', () => {
  const all = objects();
  expect(all.filter(({ metadata }) => metadata.name !== 'prometheus' && !metadata.name.startsWith('prometheus-config') && !metadata.name.startsWith('prometheus-rules'))).toMatchSnapshot();
  expect(told(jobOf(inChart((chart) => make(chart))))).toMatchSnapshot();
});

test('takes all the props', () => {
  const all = synth((chart) => make(chart, everything(chart)));
  const deployment = find(all, 'Deployment', 'api');
  expect(deployment).toMatchObject(EVERY_OPTION_OF_POD);
  expect(deployment.spec.template.spec.containers[0].args).toEqual([
    '--secure-port=9443', '--tls-cert-file=/etc/tls/private/tls.crt', '--tls-private-key-file=/etc/tls/private/tls.key',
    '--config=/etc/prometheus-adapter/config/config.yaml', '--prometheus-url=http://prometheus.monitoring.svc:9090',
    '--prometheus-auth-config=/etc/prometheus-adapter/config/prometheus.kubeconfig', '--prometheus-header=X-Scope-OrgID=shop',
    '--prometheus-verb=POST', '--metrics-relist-interval=30s', '--metrics-max-age=10m',
  ]);
  const data = find(all, 'ConfigMap', 'api').data;
  expect(parse(data['prometheus.kubeconfig'])).toEqual({
    'apiVersion': 'v1',
    'kind': 'Config',
    'clusters': [{
      name: 'prometheus',
      cluster: {
        'server': 'https://prometheus.monitoring.svc:9090',
        'certificate-authority': '/etc/prometheus-adapter/secrets/client/ca.crt',
        'tls-server-name': 'prometheus.example.com',
        'proxy-url': 'http://proxy.example.com:3128',
      },
    }],
    'users': [{
      name: 'prometheus',
      user: {
        'tokenFile': '/etc/prometheus-adapter/secrets/token/token',
        'client-certificate': '/etc/prometheus-adapter/secrets/client/tls.crt',
        'client-key': '/etc/prometheus-adapter/secrets/client/tls.key',
      },
    }],
    'contexts': [{ name: 'prometheus', context: { cluster: 'prometheus', user: 'prometheus' } }],
    'current-context': 'prometheus',
  });
  expect(deployment.spec.template.spec.volumes.slice(2)).toEqual([
    { name: 'prometheus-0', secret: { secretName: 'client', defaultMode: 0o440 } }, { name: 'prometheus-1', secret: { secretName: 'token', defaultMode: 0o440 } },
  ]);
  expect(parse(data['config.yaml'])).toMatchObject({ rules: [{}], externalRules: [{}], resourceRules: { window: '4m' } });
  expect(data['config.yaml']).toContain('[3m]');
  expect(data['config.yaml']).toContain('container_memory_working_set_bytes{job="nodes",');
  expect(ofKind(all, 'APIService').map(({ metadata, spec }) => [metadata.name, spec.service, spec.versionPriority])).toEqual([
    ['v1beta1.metrics.k8s.io', { name: 'api', namespace: 'metrics', port: 443 }, 100],
    ['v1beta1.custom.metrics.k8s.io', { name: 'api', namespace: 'metrics', port: 443 }, 100],
    ['v1beta2.custom.metrics.k8s.io', { name: 'api', namespace: 'metrics', port: 443 }, 200],
    ['v1beta1.external.metrics.k8s.io', { name: 'api', namespace: 'metrics', port: 443 }, 100],
  ]);
  const adapter = inChart((chart) => make(chart, everything(chart)));
  expect(told(jobOf(adapter))).toMatchObject({ name: 'mine', endpoints: [{ scheme: 'https', token: true, tls: 'system', interval: '45 seconds', metrics: [] }] });
  expect(expressions(adapter)).toContain('job=\\"api\\", name=~\\"v1beta[12][.]((custom|external)[.])?metrics[.]k8s[.]io');
  expect(expressions(adapter)).toContain('job=\\"mine\\"');
});

test('two synths give the same bytes', () => {
  const once = () => JSON.stringify(synth((chart) => make(chart, everything(chart))));
  expect(once()).toBe(once());
});

test('the image is upstream\'s, from a registry of the user where there is one', () => {
  const image = (registry?: string) => find(objects(() => ({ registry })), 'Deployment', 'prometheus-adapter').spec.template.spec.containers[0].image;
  expect(image()).toBe(`${PROGRAMS.prometheusAdapter.image}:${PROGRAMS.prometheusAdapter.version}`);
  expect(image('mirror.example.com')).toBe(`mirror.example.com/prometheus-adapter/prometheus-adapter:${PROGRAMS.prometheusAdapter.version}`);
});

describe('access follows from the metrics', () => {
  const rules = (options: MakeOptions) => find(objects(options), 'ClusterRole', 'monitoring-prometheus-adapter').rules;

  test('objects that a custom metric is about are listed, those of resource metrics watched, for external ones nothing is read', () => {
    const resources = [MetricResource.INGRESS, MetricResource.POD];
    expect(rules(() => ({ customMetrics: [CustomMetric.fromSeries({ series: 'a', resources })] }))).toEqual([
      { apiGroups: [''], resources: ['pods'], verbs: ['list'] }, { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: ['list'] },
    ]);
    expect(rules(() => ({ customMetrics: [], resourceMetrics: {} }))).toEqual([{ apiGroups: [''], resources: ['nodes', 'pods'], verbs: ['list', 'watch'] }]);
    expect(rules(() => ({ customMetrics: [], externalMetrics: [queue] }))).toEqual([]);
  });

  test('the metrics are read by those who may view', () => {
    const readers = (options: MakeOptions) => ofKind(objects(options), 'ClusterRole').filter(({ metadata }) => metadata.name.endsWith('reader'));
    const [custom] = readers(() => ({}));
    expect(custom.metadata.labels).toMatchObject({ 'rbac.authorization.k8s.io/aggregate-to-view': 'true' });
    expect(custom.rules).toEqual([{ apiGroups: ['custom.metrics.k8s.io'], resources: ['*'], verbs: ['get', 'list'] }]);
    expect(readers(everything).map(({ metadata }) => metadata.name)).toEqual(['metrics-api-reader', 'metrics-api-custom-reader', 'metrics-api-external-reader']);
  });
});

describe('the configuration', () => {
  test('has what is added later, and a change of it brings new Pods', () => {
    const checksum = (change: (adapter: PrometheusAdapter) => void) => {
      const all = synth((chart) => change(make(chart)));
      return [find(all, 'Deployment', 'prometheus-adapter').spec.template.metadata.annotations['checksum/config'], config(all)];
    };
    const [before] = checksum(() => undefined);
    const [after, { rules, externalRules }] = checksum((adapter) => {
      adapter.addCustomMetric(CustomMetric.fromSeries({ series: 'sessions' }));
      adapter.addExternalMetric(queue);
    });
    expect(after).not.toBe(before);
    expect([...rules, ...externalRules].map(({ name }: Loose) => name.as)).toEqual(['http_requests_per_second', 'sessions', 'queue_messages']);
  });

  test('has a metric once, however often it is added', () => {
    const adapter = inChart((chart) => make(chart));
    adapter.addCustomMetric(CustomMetric.fromSeries({ series: 'http_requests_total' }));
    adapter.addExternalMetric(queue);
    adapter.addExternalMetric(ExternalMetric.fromSeries({ series: 'queue_messages' }));
    expect([adapter.customMetrics.map(({ name }) => name), adapter.externalMetrics.map(({ name }) => name)]).toEqual([['http_requests_per_second'], ['queue_messages']]);
    expect(adapter.apiServices.map(({ name }) => name)).toEqual(['v1beta1.custom.metrics.k8s.io', 'v1beta2.custom.metrics.k8s.io', 'v1beta1.external.metrics.k8s.io']);
  });

  test('has one metric of a name', () => {
    const adapter = inChart((chart) => make(chart, { externalMetrics: [queue] }));
    expect(() => adapter.addCustomMetric(CustomMetric.fromSeries({ series: 'http_requests_total{code="500"}' })))
      .toThrow("test/prometheus-adapter: custom metric 'http_requests_per_second' exists already with another series or query; give one of the two another 'name'");
    expect(() => adapter.addExternalMetric(ExternalMetric.fromSeries({ series: 'queue_messages', namespaceLabel: 'namespace' })))
      .toThrow("test/prometheus-adapter: external metric 'queue_messages' exists already with another series or query");
  });

  test('tells autoscalers the time over which CPU is averaged', () => {
    const window = (cpu?: ResourceMetric) => config(objects(() => ({ resourceMetrics: { cpu } }))).resourceRules.window;
    const queries = ResourceMetric.fromQueries({ containerQuery: 'sum by (<<.GroupBy>>) (a{<<.LabelMatchers>>})', nodeQuery: 'b{<<.LabelMatchers>>}' });
    expect([window(), window(ResourceMetric.cpu({ rateOver: Duration.minutes(5) })), window(queries)]).toEqual(['2m', '5m', '2m']);
  });
});

describe('Prometheus', () => {
  test.each([PrometheusServer, OperatedPrometheus])('is asked as its web configuration says: %p', (Prometheus) => {
    const all = objects((chart) => {
      const prometheus = new Prometheus(chart, 'prometheus', { web: WebConfig.tls(TlsServer.fromSecret(secret(chart, 'web'))) });
      expect(prometheus.httpConfig).toMatchObject({ tls: { serverName: 'prometheus.monitoring.svc' } });
      expect(inChart((other) => new Prometheus(other, 'prometheus').httpConfig)).toBeUndefined();
      return { prometheus };
    });
    expect(kubeconfig(all).clusters[0].cluster).toEqual({
      'server': 'https://prometheus.monitoring.svc:9090', 'certificate-authority': '/etc/prometheus-adapter/secrets/web/ca.crt', 'tls-server-name': 'prometheus.monitoring.svc',
    });
    expect(kubeconfig(all).users[0].user).toEqual({});
  });

  test('is asked without any settings where it needs none', () => {
    expect(argsOf(objects(() => ({}))).filter((arg) => arg.startsWith('--prometheus-auth'))).toEqual([]);
    expect(Object.keys(files(objects()))).toEqual(['config.yaml']);
  });

  const cluster = (http: (chart: Chart) => HttpConfig) => {
    const { clusters: [{ cluster: { server, ...settings } }], users: [{ user }] } = kubeconfig(objects((chart) => ({ prometheusHttp: http(chart) })));
    expect(server).toBe('https://prometheus.monitoring.svc:9090');
    return { ...settings, ...user };
  };

  test.each<[string, (chart: Chart) => HttpConfig, object]>([
    ['the authority of the cluster and the token', () => ({ tls: TlsClient.clusterCa(), authorization: Authorization.serviceAccountToken() }), {
      'certificate-authority': '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt', 'tokenFile': '/var/run/secrets/kubernetes.io/serviceaccount/token',
    }],
    ['the authorities of the image', () => ({ tls: TlsClient.systemCa() }), {}],
    ['no verification', () => ({ tls: TlsClient.insecureSkipVerify() }), { 'insecure-skip-tls-verify': true }],
    ['an authority as text', () => ({ tls: TlsClient.pemCa(PEM) }), { 'certificate-authority-data': Buffer.from(PEM).toString('base64') }],
    ['an authority in a ConfigMap', (chart) => ({ tls: TlsClient.configMapCa(ConfigMapKey.of(ConfigMap.fromConfigMapName(chart, 'trust', 'trust'), 'ca.crt')) }), {
      'certificate-authority': '/etc/prometheus-adapter/configmaps/trust/ca.crt',
    }],
  ])('is asked with %s', (_, http, expected) => {
    expect(cluster(http)).toEqual(expected);
  });

  test('is asked by a kubeconfig in a Secret', () => {
    const all = objects((chart) => ({ prometheusKubeconfig: SecretKey.of(secret(chart, 'client'), 'config') }));
    expect(find(all, 'Deployment', 'prometheus-adapter').spec.template.spec.containers[0].args).toContain('--prometheus-auth-config=/etc/prometheus-adapter/secrets/client/config');
    expect(Object.keys(files(all))).toEqual(['config.yaml']);
  });
});

test('a cluster has one server of resource metrics', () => {
  const chart = newChart();
  new MetricsServer(chart, 'metrics-server', { tls });
  expect(() => make(chart, { resourceMetrics: {} })).toThrow("test/prometheus-adapter: 'test/metrics-server' serves metrics.k8s.io already");
  // custom metrics are another API
  expect(() => make(newChart(), {})).not.toThrow();
});

test.each<[string, Partial<PrometheusAdapterProps>, string]>([
  ['custom', {}, "'customMetrics' or addCustomMetric()"],
  ['external', { customMetrics: [], externalMetrics: [queue] }, "'externalMetrics' or addExternalMetric()"],
])('a cluster has one server of %s metrics', (kind, options, place) => {
  const chart = newChart();
  const prometheus = new PrometheusServer(chart, 'server');
  new PrometheusAdapter(chart, 'first', { tls, prometheus, customMetrics: [requests], ...options });
  expect(() => make(chart, { prometheus, ...options })).toThrow(
    `test/prometheus-adapter: 'test/first' serves ${kind}.metrics.k8s.io already, and a cluster has one server of an API; give 'test/first' the ${kind} metrics, by ${place}`,
  );
});

test('a Prometheus with shards is named in the notes, since a query sees one of them', () => {
  expect(notesOf(inChart((chart) => make(chart, { prometheus: new PrometheusServer(chart, 'server', { shards: 2 }) })))).toEqual([
    expect.stringContaining("a query sees the shard of 'test/server' that answers"),
  ]);
});

test('an unverified server is named in the notes', () => {
  expect(notesOf(inChart((chart) => make(chart, { tls: ApiServiceTls.insecureSkipVerify() })))).toEqual([expect.stringContaining('the API server does not verify prometheus-adapter')]);
});

test('works with a Prometheus that an operator runs', () => {
  const all = objects((chart) => ({ prometheus: new OperatedPrometheus(chart, 'prometheus') }));
  expect(find(all, 'Deployment', 'prometheus-adapter').spec.template.spec.containers[0].args).toContain('--prometheus-url=http://prometheus.monitoring.svc:9090');
});

describe('a Prometheus of others', () => {
  test('is asked where its Service is, as that says', () => {
    const service = { namespace: 'theirs', tls: TlsClient.clusterCa() };
    const all = objects((chart) => ({ prometheus: new ExistingPrometheus(chart, 'theirs', { service }) }));
    expect(argsOf(all)).toContain('--prometheus-url=https://prometheus-operated.theirs.svc:9090');
    expect(kubeconfig(all).clusters[0].cluster).toMatchObject({ 'certificate-authority': '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt' });
  });

  test('has to have a Service that the app knows', () => {
    expect(() => objects((chart) => ({ prometheus: new ExistingPrometheus(chart, 'theirs') }))).toThrow("'service'");
  });

  test('may be no agent', () => {
    expect(() => objects((chart) => ({ prometheus: new ExistingPrometheus(chart, 'theirs', { agent: true }) }))).toThrow('is an agent, which answers no queries');
  });
});

/** An adapter with a Prometheus that scrapes every 30 seconds, and what is monitored. */
type Then = (server: PrometheusServer, chart: Chart) => void;
const made = (metrics: Partial<PrometheusAdapterProps>, then: Then = () => undefined, props: PrometheusServerProps = {}) => () => (
  synth((chart) => {
    const prometheus = new PrometheusServer(chart, 'server', { scrapeInterval: Duration.seconds(30), ...props });
    make(chart, { prometheus, ...metrics });
    then(prometheus, chart);
  })
);
const kubelets = (props: KubeletMonitorProps = {}): Then => (server, chart) => {
  server.monitor(new KubeletMonitor(chart, 'kubelet', props));
};

describe('a rate over less than two scrapes', () => {
  const seconds = (n: number) => Duration.seconds(n);
  const problem = (what: string, over: string, of: string = "'test/server'") => (
    `${what} ${over} is shorter than two scrapes of ${of}, one each 30s, so that there is no rate; make it 2m, four scrapes`
  );
  const custom = (rateOver: Duration) => ({ customMetrics: [CustomMetric.fromSeries({ series: 'a_total', rateOver })] });
  const external = { externalMetrics: [ExternalMetric.fromSeries({ series: 'b_total', name: 'b', rateOver: seconds(59) })] };
  const often = ScrapeJob.fromPods({ name: 'often', labels: { app: 'a' }, endpoints: [new ScrapeEndpoint({ port: 'http', interval: seconds(5) })] });

  test('fails the synthesis', () => {
    expect(made(custom(seconds(59)))).toThrow(problem("custom metric 'a_per_second': rateOver", '59s'));
    expect(made(external)).toThrow(problem("external metric 'b': rateOver", '59s'));
    expect(made({ resourceMetrics: { cpu: ResourceMetric.cpu({ rateOver: seconds(45) }) } }, kubelets())).toThrow(problem('resourceMetrics.cpu: rateOver', '45s', "scrape job 'kubelet'"));
    expect(made(custom(Duration.millis(59_999)))).toThrow('is shorter than two scrapes');
  });

  test.each([
    ['rate(<<.Series>>{code=~"5.{2}",<<.LabelMatchers>>}[10s])', "custom metric 'a': range of 'query' 10s is shorter"],
    ['increase (<<.Series>> { <<.LabelMatchers>> } [ 59s ])', "custom metric 'a': range of 'query' 59s is shorter"],
    ['irate(<<.Series>>[40s]) and <<.Series>>{<<.LabelMatchers>>}', "custom metric 'a': range of 'query' 40s is shorter"],
  ])('fails it in a query: %s', (query, message) => {
    expect(made({ customMetrics: [CustomMetric.fromQuery({ name: 'a', series: 'a_total', query })] })).toThrow(message);
  });

  test('is no matter of functions that one sample is enough for', () => {
    const queries = ['max_over_time(<<.Series>>{<<.LabelMatchers>>}[45s])', 'rate(<<.Series>>{<<.LabelMatchers>>}[1m])'];
    queries.forEach((query) => expect(made({ customMetrics: [CustomMetric.fromQuery({ name: 'a', series: 'a_total', query })] })).not.toThrow());
  });

  test('that is not given fails it where scrapes are rare', () => {
    const customMetrics = [CustomMetric.fromSeries({ series: 'a_total' })];
    expect(made({ customMetrics }, undefined, { scrapeInterval: Duration.minutes(2) })).toThrow("rateOver 2m is shorter than two scrapes of 'test/server', one each 2m");
    expect(made({ customMetrics, resourceMetrics: {} }, kubelets(), { scrapeInterval: Duration.minutes(1) })).not.toThrow();
    expect(made({ resourceMetrics: {} }, kubelets({ interval: Duration.minutes(5) })))
      .toThrow("resourceMetrics.cpu: rateOver 2m is shorter than two scrapes of scrape job 'kubelet', one each 5m, so that there is no rate; make it 20m, four scrapes");
  });

  test('does not where a job may scrape more often', () => {
    expect(made(custom(seconds(60)))).not.toThrow();
    expect(made(custom(seconds(20)), (server) => server.addScrapeJob(often))).not.toThrow();
    expect(made(custom(seconds(20)), (server) => server.addScrapeJob(ScrapeJob.raw('own', { scrape_interval: '5s' })))).not.toThrow();
    expect(made(custom(seconds(20)), undefined, { remoteWriteReceiver: true })).not.toThrow();
    expect(made({ resourceMetrics: {} }, kubelets({ interval: seconds(60) }))).not.toThrow();
  });
});

describe('series that no scrape job brings', () => {
  const resourceMetrics = {};
  const custom = (series: string) => ({ customMetrics: [CustomMetric.fromSeries({ series })] });
  const drop = (...metrics: string[]) => MetricSelection.drop(...metrics);
  const job = (metrics?: MetricSelection, honorLabels?: boolean): Then => (server) => {
    server.addScrapeJob(ScrapeJob.fromPods({ name: 'shop', labels: { app: 'shop' }, endpoints: [new ScrapeEndpoint({ port: 'http', metrics, honorLabels })] }));
  };

  test.each<[string, Partial<PrometheusAdapterProps>, Then, string]>([
    ['of kubelets that are not monitored', { resourceMetrics }, job(), `resourceMetrics.cpu: no scrape job of 'test/server' brings container_cpu_usage_seconds_total{job="kubelet"}; monitor a KubeletMonitor, or name its job by 'kubeletJobName'`],
    ['of kubelets by another name', { resourceMetrics }, kubelets({ jobName: 'kubelets' }), `brings container_memory_working_set_bytes{job="kubelet"}, did you mean 'kubelets'?; monitor a KubeletMonitor, or name its job by 'kubeletJobName'`],
    ['of a path that is not scraped', { resourceMetrics }, kubelets({ paths: [KubeletPath.METRICS] }), "resourceMetrics.cpu: scrape job 'kubelet' scrapes no path that exposes container_cpu_usage_seconds_total; add '/metrics/cadvisor' to its 'paths'"],
    ['of cAdvisor that are dropped', { resourceMetrics }, kubelets({ cadvisorMetrics: drop('container_memory_.*') }), "resourceMetrics.memory: scrape job 'kubelet' drops container_memory_working_set_bytes; let its 'cadvisorMetrics' keep it"],
    ['of cAdvisor that are dropped by default', custom('container_tasks_state'), kubelets(), `custom metric 'container_tasks_state': scrape job 'kubelet' drops container_tasks_state; let its 'cadvisorMetrics' keep it, or name the job that it comes from as in container_tasks_state{job="…"}`],
    ['of a job that drops them', custom('sessions{job="shop"}'), job(drop('sessions')), "custom metric 'sessions': scrape job 'shop' drops sessions; let its 'metrics' keep it"],
    ['of a job that is not there', custom('sessions{job="shpo"}'), job(), `no scrape job of 'test/server' brings sessions{job="shpo"}, did you mean 'shop'?; monitor what exposes it, or name another job`],
    ['by which a metric is found', { customMetrics: [CustomMetric.fromQuery({ name: 'a', series: 'b{job="gone"}', query: 'c{<<.LabelMatchers>>}' })] }, job(), 'brings b{job="gone"}'],
    ['of an external metric', { customMetrics: [], externalMetrics: [ExternalMetric.fromSeries({ series: 'q{job="gone"}' })] }, job(), `external metric 'q': no scrape job of 'test/server' brings q{job="gone"}`],
    ['of queries', { resourceMetrics: { cpu: ResourceMetric.fromQueries({ containerQuery: 'a{<<.LabelMatchers>>}', nodeQuery: 'b{job="gone",<<.LabelMatchers>>}' }) } }, kubelets(), `resourceMetrics.cpu: no scrape job of 'test/server' brings b{job="gone"}; monitor what exposes it`],
  ])('%s fail the synthesis', (_, metrics, then, message) => {
    expect(made(metrics, then)).toThrow(message);
  });

  test.each<[string, Partial<PrometheusAdapterProps>, Then, PrometheusServerProps?]>([
    ['kubelets as they are', { resourceMetrics }, kubelets()],
    ['another path with the same series', { resourceMetrics: { memory: ResourceMetric.fromQueries({ containerQuery: 'container_memory_working_set_bytes{job="kubelet",<<.LabelMatchers>>}', nodeQuery: 'node_memory_working_set_bytes{<<.LabelMatchers>>}' }) } }, kubelets({ paths: [KubeletPath.CADVISOR, KubeletPath.RESOURCE], cadvisorMetrics: drop('container_memory_.*') })],
    ['a job that is raw', { resourceMetrics }, (server) => server.addScrapeJob(ScrapeJob.raw('own', {}))],
    ['a job that keeps the labels of its targets', custom('sessions{job="far"}'), job(undefined, true)],
    ['any job', custom('sessions'), job()],
    ['another job', custom('container_tasks_state{job="shop"}'), (...args) => [kubelets(), job()].forEach((then) => then(...args))],
    ['cAdvisor that keeps it', custom('container_tasks_state'), kubelets({ cadvisorMetrics: MetricSelection.all() })],
    ['what is sent', { resourceMetrics }, job(), { remoteWriteReceiver: true }],
    ['a rule', custom('shop:sessions{job="none"}'), (server) => server.addRules(new RuleGroup({ name: 'shop', rules: [new RecordingRule({ record: 'shop:sessions', expr: 'sum(sessions)' })] }))],
  ])('may come from %s', (...[, metrics, then, props]) => {
    expect(made(metrics, then, props)).not.toThrow();
  });
});

test('without a metric the synthesis fails', () => {
  expect(() => objects(() => ({ customMetrics: [] }))).toThrow("serves no metric; add one by 'resourceMetrics', 'customMetrics' or 'externalMetrics', or an Autoscaling");
});

const password = (chart: Chart) => new BasicAuth({ username: 'a', password: SecretKey.of(secret(chart, 'p'), 'p') });

test.each<[string, MakeOptions, string]>([
  ['an agent', (chart) => ({ prometheus: new PrometheusServer(chart, 'agent', { agent: true, remoteWrites: [new RemoteWrite({ url: 'http://store.example.com' })] }) }), "test/prometheus-adapter: Prometheus 'test/agent' is an agent, which answers no queries"],
  ['two ways to ask', (chart) => ({ prometheusHttp: {}, prometheusKubeconfig: SecretKey.of(secret(chart, 'a'), 'b') }), "test/prometheus-adapter: got both 'prometheusHttp' and 'prometheusKubeconfig'"],
  ['a password', (chart) => ({ prometheusHttp: { basicAuth: password(chart) } }), "test/prometheus-adapter: the adapter cannot reach Prometheus with 'basicAuth'; leave them out of 'prometheusHttp', or give a kubeconfig in a Secret by 'prometheusKubeconfig'"],
  ['a password that the Prometheus asks for', (chart) => ({
    prometheus: new PrometheusServer(chart, 'web', { web: WebConfig.fromSecret(SecretKey.of(secret(chart, 'w'), 'web.yml'), { basicAuth: password(chart) }) }),
  }), "test/prometheus-adapter: the adapter cannot reach Prometheus with 'basicAuth', which the web configuration of 'test/web' asks for; give a kubeconfig in a Secret by 'prometheusKubeconfig'"],
  ['OAuth 2.0 and more that the adapter has no place for', (chart) => ({
    prometheusHttp: {
      oauth2: new OAuth2({ clientId: 'a', clientSecret: SecretKey.of(secret(chart, 's'), 's'), tokenUrl: 'https://a.example.com' }),
      tls: TlsClient.systemCa({ minVersion: TlsVersion.TLS_1_3 }), authorization: Authorization.scheme('Api-Key', SecretKey.of(secret(chart, 't'), 't')), enableHttp2: false,
    },
  }), "with 'authorization', 'oauth2', 'enableHttp2' and 'tls.minVersion'"],
  ['a token of another namespace', (chart) => ({
    prometheusHttp: { authorization: Authorization.bearer(SecretKey.of(new Secret(chart, 's', { metadata: { name: 's', namespace: 'other' }, stringData: { t: '' } }), 't')) },
  }), "test/prometheus-adapter: Secret 's' is made in namespace 'other'"],
  ['a maximum age below the interval', () => ({ maxAge: Duration.seconds(30) }), 'test/prometheus-adapter: maxAge 30s is shorter than relistInterval 1m'],
  ['an interval of zero', () => ({ relistInterval: Duration.seconds(0) }), 'test/prometheus-adapter: relistInterval is zero'],
  ['a window of zero', () => ({ resourceMetrics: { window: Duration.seconds(0) } }), 'test/prometheus-adapter: resourceMetrics.window is zero'],
  ['no replica', () => ({ replicas: 0 }), 'test/prometheus-adapter: replicas: 0 is not a whole number above 0'],
])('%s is refused', (_, options, message) => {
  expect(() => inChart((chart) => make(chart, options(chart)))).toThrow(message);
});

test('a long interval keeps metrics as long', () => {
  expect(find(objects(() => ({ relistInterval: Duration.minutes(10) })), 'Deployment', 'prometheus-adapter').spec.template.spec.containers[0].args.slice(-2))
    .toEqual(['--metrics-relist-interval=10m', '--metrics-max-age=10m']);
});

test('the objects are the adapter\'s', () => {
  const all = objects(everything).filter(({ metadata }) => metadata.name === 'api' || metadata.name.startsWith('metrics-api'));
  expect(all.map(identity)).toEqual([
    'Service metrics/api', 'PodDisruptionBudget metrics/api', 'ConfigMap metrics/api', 'Deployment metrics/api',
    'ClusterRoleBinding metrics-api-auth-delegator', 'RoleBinding kube-system/metrics-api-auth-reader', 'ClusterRole metrics-api', 'ClusterRoleBinding metrics-api',
    'ClusterRole metrics-api-reader', 'ClusterRole metrics-api-custom-reader', 'ClusterRole metrics-api-external-reader',
  ]);
});
