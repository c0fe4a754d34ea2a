import { Chart, Duration, Testing } from 'cdk8s';
import { Deployment, Secret, Service } from 'cdk8s-plus-27';
import { existing, synthesize } from './support';
import {
  AlertingRule, AlertmanagerServer, BasicAuth, BlackboxExporter, EtcdMonitor, ExistingPrometheus, ExistingPrometheusProps, IMonitored,
  KubeletMonitor, KubeStateMetrics, NodeExporterDaemonSet, ObjectSelector, RecordingRules, RuleEdit, RuleGroup, RuleSet, Runbooks, Scheme,
  ScrapeEndpoint, ScrapeJob, SecretKey, Severity, TlsClient,
} from '../../../lib';
import { bytesOf, newChart } from '../../charts';
import { checkRules, find, identity, Loose, nameOf, ofKind } from '../../manifests';
import { objectsOf } from '../operated';

// Which PromQL is an experiment depends on the version.
jest.mock('../../../lib/generated/prometheus-operator', () => ({
  ...jest.requireActual('../../../lib/generated/prometheus-operator'), OPERATOR_PROMETHEUS: '3.13',
}));

const alert = (name: string, expr: string = 'vector(1)') => (
  new AlertingRule({ alert: name, expr, severity: Severity.WARNING, summary: 'a', description: 'b' })
);
const shop = new RuleGroup({ name: 'shop', rules: [alert('ShopSilent')] });
const web = ScrapeJob.fromService({ name: 'web', labels: { app: 'web' }, namespaces: ['shop'], endpoints: [new ScrapeEndpoint({ port: 'http' })] });

/** Jobs of all kinds of resources, and rules. */
function fill(prometheus: ExistingPrometheus): void {
  const prober = { proberAddress: 'blackbox.ops.svc:9115', proberScheme: Scheme.HTTP, proberPath: '/probe', checkModule: () => undefined };
  const endpoints = [new ScrapeEndpoint({ port: 'http' })];
  prometheus.addScrapeJob(web);
  prometheus.addScrapeJob(ScrapeJob.fromPods({ name: 'pods', labels: { app: 'web' }, endpoints }));
  prometheus.addScrapeJob(ScrapeJob.fromProbes({ name: 'pages', prober, module: 'http_2xx', targets: ['https://shop.example.com'] }));
  prometheus.addScrapeJob(ScrapeJob.fromStaticTargets({ name: 'database', targets: ['db1.example.com:9104'] }));
  prometheus.addRules(shop);
}

test('writes monitors and rules into the namespace of the app, with its labels, and nothing else', () => {
  const objects = synthesize({}, fill);
  expect(objects.map(identity)).toEqual([
    'PrometheusRule shop/shop-shop', 'ServiceMonitor shop/shop-web', 'PodMonitor shop/shop-pods', 'Probe shop/shop-pages', 'ScrapeConfig shop/shop-database',
  ]);
  objects.forEach(({ metadata }) => expect(metadata.labels).toEqual({
    'app.kubernetes.io/part-of': 'monitoring', 'app.kubernetes.io/managed-by': 'cdk8s', 'release': 'kps',
  }));
  expect(objects).toMatchSnapshot();
});

test('without props and without jobs makes nothing', () => {
  const chart = newChart();
  const prometheus = new ExistingPrometheus(chart, 'prometheus');
  expect([objectsOf(chart), prometheus.name, prometheus.objectNamespace]).toEqual([[], 'test', 'monitoring']);
});

test.each([
  ['My App', 'my-app'], ['shop_eu', 'shop-eu'], ['2048', 'app-2048'], ['-a.', 'a'], ['a--b', 'a--b'],
])('chart %p gives objects the name %s', (id, name) => {
  expect(new ExistingPrometheus(newChart({}, id), 'prometheus').name).toBe(name);
});

test('a chart whose id no name can be made of needs the prop', () => {
  const chart = newChart({}, '店');
  expect(() => new ExistingPrometheus(chart, 'prometheus')).toThrow("店/prometheus: '店' cannot name a Kubernetes object");
  expect(new ExistingPrometheus(chart, 'named', { name: 'shop' }).name).toBe('shop');
});

test('two syntheses give the same bytes', () => {
  const make = (chart: Chart) => fill(new ExistingPrometheus(chart, 'prometheus'));
  expect(bytesOf(make)).toBe(bytesOf(make));
});

test('Service and Pods of the chart are monitored where they are', () => {
  const objects = synthesize({}, (prometheus, chart) => {
    const deployment = new Deployment(chart, 'web', { containers: [{ image: 'web:1', ports: [{ name: 'metrics', number: 9102 }] }] });
    const service = new Service(chart, 'service', { metadata: { name: 'web', labels: { app: 'web' } }, selector: deployment, ports: [{ name: 'metrics', port: 9102 }] });
    prometheus.addScrapeJob(ScrapeJob.fromService({ name: 'web', service, endpoints: [new ScrapeEndpoint({ port: 'metrics' })] }));
    prometheus.addScrapeJob(ScrapeJob.fromPods({ name: 'web-pods', pods: deployment }));
  });
  expect(find(objects, 'ServiceMonitor').spec).toMatchObject({ namespaceSelector: { matchNames: ['shop'] }, endpoints: [{ port: 'metrics' }] });
  expect(ofKind(objects, 'PodMonitor').map(nameOf)).toEqual(['shop-web-pods']);
});

test('tells what others need to know of it, once its Service is known', () => {
  const service = { namespace: 'monitoring' };
  expect(existing({ service })).toMatchObject({
    name: 'shop', objectNamespace: 'shop', namespace: 'monitoring', serviceName: 'prometheus-operated', url: 'http://prometheus-operated.monitoring.svc:9090',
  });
  expect(existing({ service, agent: true }).serviceName).toBe('prometheus-agent-operated');
  const kps = existing({ service: { namespace: 'monitoring', serviceName: 'kps-prometheus', port: 80, scheme: Scheme.HTTPS, pathPrefix: '/prom/' } });
  expect(kps.url).toBe('https://kps-prometheus.monitoring.svc:80/prom');
  const message = "shop/prometheus: it is not known where the Prometheus is; say so by the prop 'service', as in service: { namespace: 'monitoring' }";
  (['namespace', 'serviceName', 'url', 'monitoring'] as const).forEach((member) => expect(() => existing()[member]).toThrow(message));
});

describe('itself', () => {
  const service = { namespace: 'monitoring', portName: 'http-web', pathPrefix: '/prom', tls: TlsClient.insecureSkipVerify() };

  test('is monitored by its Pods, with its rules and the general ones', () => {
    const objects = synthesize({ service }, (prometheus) => prometheus.monitor(prometheus));
    const { spec } = find(objects, 'PodMonitor', 'shop-prometheus');
    expect(spec).toMatchObject({
      selector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus', 'app.kubernetes.io/managed-by': 'prometheus-operator' } },
      namespaceSelector: { matchNames: ['monitoring'] },
      podMetricsEndpoints: [
        { port: 'http-web', path: '/prom/metrics', scheme: 'https', tlsConfig: { insecureSkipVerify: true } },
        { port: 'reloader-web', scheme: 'https', tlsConfig: { insecureSkipVerify: true } },
      ],
    });
    expect(ofKind(objects, 'PrometheusRule').map(nameOf)).toEqual(['shop-prometheus', 'shop-general']);
  });

  test('as an agent has no rules', () => {
    const objects = synthesize({ service, agent: true }, (prometheus) => prometheus.monitor(prometheus));
    expect(objects.map(identity)).toEqual(['PodMonitor shop/shop-prometheus-agent']);
  });
});

describe('each prop', () => {
  const props: Required<ExistingPrometheusProps> = {
    labels: { release: 'kps', team: 'cart' },
    name: 'cart',
    namespace: 'elsewhere',
    scrapeClass: 'token',
    agent: false,
    selectors: { others: ObjectSelector.labels({ release: 'kps' }).inNamespaces('elsewhere') },
    ignoresNamespaceSelectors: true,
    shards: 1,
    scrapeInterval: Duration.minutes(1),
    version: '3.5.0',
    operatorVersion: '0.88.0',
    enableFeatures: ['promql-duration-expr'],
    service: { namespace: 'elsewhere' },
    jobName: 'itself',
    rules: { queryLoadPercent: 71 },
    generalRules: { targetDownPercent: 33 },
    recordingRules: RecordingRules.COMMUNITY,
    runbooks: Runbooks.at('https://runbooks.example.com/<alert>.html'),
  };
  const prober = new BlackboxExporter(newChart(), 'prober');
  const slow = new ScrapeEndpoint({ name: 'a', timeout: Duration.seconds(50), trackTimestampsStaleness: true });
  const objects = (given: ExistingPrometheusProps): Loose[] => synthesize(given, (prometheus, chart) => {
    prometheus.monitor(prometheus, new KubeletMonitor(chart, 'kubelet', { port: 10250 }));
    prometheus.addScrapeJob(ScrapeJob.fromProbes({ name: 'services', prober, module: 'tcp_connect', labels: {} }));
    prometheus.addScrapeJob(ScrapeJob.fromStaticTargets({ name: 'slow', targets: ['a:1'], endpoints: [slow] }));
    prometheus.addRules(new RuleGroup({ name: 'new', rules: [alert('Info', 'rate(a[5m * 2]) > 0')] }));
  });
  const all = objects(props);
  const text = JSON.stringify(all);

  test.each<[keyof ExistingPrometheusProps, unknown, unknown]>([
    ['labels', all.filter(({ metadata }) => metadata.labels.team !== 'cart').map(identity), []],
    ['name', all.filter(({ metadata }) => !metadata.name.startsWith('cart-')).map(identity), []],
    ['namespace', [...new Set(all.map(({ metadata }) => metadata.namespace))], ['elsewhere']],
    ['scrapeClass', [...new Set(ofKind(all, 'ScrapeConfig').map(({ metadata, spec }) => [metadata.name.split('-')[1], spec.scrapeClass].join()))], ['kubelet,token', 'services,', 'slow,']],
    ['shards', text.includes('__tmp_hash'), false],
    ['service', find(all, 'PodMonitor').spec.namespaceSelector.matchNames, ['elsewhere']],
    ['jobName', find(all, 'PodMonitor').metadata.name, 'cart-itself'],
    ['rules', text.includes('> 71'), true],
    ['generalRules', text.includes('> 33'), true],
    ['runbooks', text.includes('"https://runbooks.example.com/KubeletDown.html"'), true],
    ['recordingRules', ['count:up1', 'node_namespace_pod_container:container_memory_rss'].filter((record) => !text.includes(record)), []],
  ])('%s reaches the objects', (_, got, expected) => expect(got).toEqual(expected));

  // What is said of the Prometheus is checked instead.
  test.each<[string, ExistingPrometheusProps, string]>([
    ['agent', { agent: true }, 'an agent evaluates no rules'],
    ['selectors', { selectors: { rules: ObjectSelector.none() } }, "rule file 'itself' becomes a PrometheusRule"],
    ['ignoresNamespaceSelectors', { service: { namespace: 'monitoring' } }, 'looks for targets in'],
    ['scrapeInterval', { scrapeInterval: undefined }, 'timeout 50s is longer than 30s'],
    ['scrapeInterval, known', { scrapeInterval: Duration.seconds(40) }, 'timeout 50s is longer than interval 40s'],
    ['enableFeatures', { enableFeatures: [] }, "enable 'promql-duration-expr' by 'enableFeatures'"],
    ['operatorVersion', { operatorVersion: '0.69.0' }, "got 'scrapeClass' 'token', and scrape classes are known from operator 0.72.0 on, and this one is 0.69.0"],
    ['scrapeClass', { scrapeClass: undefined }, 'gets by a scrape class alone'],
  ])('%s is heeded', (_, given, message) => {
    expect(() => objects({ ...props, ...given })).toThrow(message);
  });

  test('version is heeded', () => {
    const histograms = ScrapeJob.fromStaticTargets({ name: 'new', targets: ['a:1'], endpoints: [new ScrapeEndpoint({ name: 'a', nativeHistograms: true })] });
    expect(() => existing({ version: '3.7.0' }).addScrapeJob(histograms)).toThrow("'nativeHistograms' is known from Prometheus 3.8 on, and this one is 3.7.0");
    expect(() => existing().addScrapeJob(histograms)).not.toThrow();
  });
});

describe('what is monitored with it as with any other', () => {
  test('are components of the library', () => {
    const objects = synthesize({}, (prometheus, chart) => {
      const nodes = new NodeExporterDaemonSet(chart, 'node-exporter');
      const state = new KubeStateMetrics(chart, 'kube-state-metrics');
      prometheus.monitor(new KubeletMonitor(chart, 'kubelet'), new EtcdMonitor(chart, 'etcd', { addresses: ['192.0.2.1'] }), nodes, state);
    });
    expect(ofKind(objects, 'ServiceMonitor').map(nameOf)).toEqual(['shop-kubelet', 'shop-etcd', 'shop-node-exporter', 'shop-kube-state-metrics']);
    expect(ofKind(objects, 'PrometheusRule').map(nameOf)).toEqual(['shop-kubelet', 'shop-etcd', 'shop-node-exporter', 'shop-kube-state-metrics']);
    expect(find(objects, 'ServiceMonitor', 'shop-kubelet').spec).toMatchObject({
      selector: { matchLabels: { 'k8s-app': 'kubelet', 'app.kubernetes.io/name': 'kubelet' } }, namespaceSelector: { matchNames: ['kube-system'] },
    });
    checkRules(objects);
  });

  test('is a thing of the user\'s own, and an Alertmanager of the app', () => {
    const thing: IMonitored = { monitoring: { jobs: [web], rules: RuleSet.of(shop) } };
    const objects = synthesize({}, (prometheus, chart) => prometheus.monitor(thing, new AlertmanagerServer(chart, 'alertmanager')));
    expect(ofKind(objects, 'ServiceMonitor').map(nameOf)).toEqual(['shop-web', 'shop-alertmanager']);
    expect(ofKind(objects, 'PrometheusRule').map(nameOf)).toEqual(['shop-web', 'shop-alertmanager']);
  });

  test('and edits change its own rules alone', () => {
    const objects = synthesize({}, (prometheus) => {
      prometheus.addRules(new RuleGroup({ name: 'shop', rules: [alert('A'), alert('B')] }));
      prometheus.adjustRules(RuleEdit.without('A'), RuleEdit.severity('B', Severity.CRITICAL));
    });
    expect(find(objects, 'PrometheusRule').spec.groups[0].rules).toEqual([expect.objectContaining({ alert: 'B', labels: { severity: 'critical' } })]);
    expect(() => synthesize({}, (prometheus) => prometheus.adjustRules(RuleEdit.without('KubePodCrashLooping')))).toThrow("no rule of this Prometheus has the alert 'KubePodCrashLooping'");
  });
});

test('an agent has what is monitored without its rules, as a note says', () => {
  const notes: string[] = [];
  const objects = synthesize({ agent: true }, (prometheus, chart) => {
    prometheus.monitor(new KubeletMonitor(chart, 'kubelet'));
    notes.push(...prometheus.notes);
  });
  expect(objects.map(({ kind }) => kind)).toEqual(['ServiceMonitor']);
  expect(notes).toContainEqual(expect.stringMatching(/^the rules of 'shop\/kubelet' are left out, because an agent evaluates none; /));
});

test('an agent needs no remote write here', () => {
  expect(synthesize({ agent: true }, (prometheus) => prometheus.addScrapeJob(web)).map(identity)).toEqual(['ServiceMonitor shop/shop-web']);
});

test('passwords are references into the namespace of the app, and names of users in a Secret there', () => {
  const chart = newChart({ namespace: 'shop' }, 'shop');
  const prometheus = new ExistingPrometheus(chart, 'prometheus', { labels: { release: 'kps' } });
  const job = (name: string, secret: ReturnType<typeof Secret.fromSecretName>) => ScrapeJob.fromStaticTargets({
    name, targets: ['a:1'], endpoints: [new ScrapeEndpoint({ name: 'a', basicAuth: new BasicAuth({ username: 'me', password: SecretKey.of(secret, 'password') }) })],
  });
  prometheus.addScrapeJob(job('db', Secret.fromSecretName(chart, 'db', 'db-client')));
  const objects = objectsOf(chart);
  expect(find(objects, 'Secret').metadata).toMatchObject({ name: 'shop-clients', namespace: 'shop' });
  expect(find(objects, 'ScrapeConfig').spec.basicAuth).toEqual({
    username: { name: 'shop-clients', key: 'client-2744ccd1' }, password: { name: 'db-client', key: 'password' },
  });
  expect(prometheus.secrets.map(({ name }) => name)).toEqual(['shop-clients']);
  const elsewhere = new Secret(chart, 'elsewhere', { metadata: { name: 'other', namespace: 'bank' } });
  expect(() => prometheus.addScrapeJob(job('other', elsewhere))).toThrow("Secret 'other' is made in namespace 'bank'");
});

test('two of one chart need names of their own', () => {
  const chart = newChart();
  const twice = (name?: string) => new ExistingPrometheus(chart, name ?? 'one', { name });
  [twice(), twice('two')].forEach((prometheus) => prometheus.addScrapeJob(web));
  expect(ofKind(objectsOf(chart), 'ServiceMonitor').map(nameOf)).toEqual(['test-web', 'two-web']);
  new ExistingPrometheus(chart, 'three').addScrapeJob(web);
  expect(() => Testing.synth(chart)).toThrow("there is a ServiceMonitor 'test-web' already, made by 'test/one/service-monitor-test-web'; give one of the two another 'name' or 'namespace'");
});
