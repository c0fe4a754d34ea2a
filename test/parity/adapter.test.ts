import { execFileSync } from 'node:child_process';
import { Chart, Testing } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import {
  ApiServiceTls, Authorization, CustomMetric, ExternalMetric, KubeletMonitor, MetricAggregation, MetricResource, PrometheusAdapter,
  PrometheusAdapterOptions, PrometheusServer, PromQl, SecretKey, TlsClient,
} from '../../lib';
import { inTempDir, writeFiles } from '../files';
import { find } from '../manifests';
import { adapter, parity } from '../tools';

interface Question {
  readonly external?: boolean;
  readonly rule?: number;
  readonly series: { readonly [label: string]: string };
  readonly resource?: string;
  readonly group?: string;
  readonly namespace?: string;
  readonly names?: string[];
  readonly selector?: string;
}

interface Answer {
  readonly discovery: string;
  readonly name: string;
  readonly resources: string[] | null;
  readonly namespaced: boolean;
  readonly query: string;
}

interface Answers {
  readonly answers: Answer[];
  readonly pods: string[] | null;
  readonly nodes: string[] | null;
}

/** The files of an adapter. */
function filesOf(options: (chart: Chart) => Partial<PrometheusAdapterOptions>): { [file: string]: string } {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'monitoring' });
  const prometheus = new PrometheusServer(chart, 'prometheus');
  prometheus.monitor(new KubeletMonitor(chart, 'kubelet'));
  new PrometheusAdapter(chart, 'adapter', { tls: ApiServiceTls.certManager(), prometheus, ...options(chart) });
  return find(Testing.synth(chart), 'ConfigMap', 'adapter').data;
}

/** What the adapter makes of its configuration. */
function answersOf(options: Partial<PrometheusAdapterOptions>, ...questions: Question[]): Answers {
  const config = filesOf(() => options)['config.yaml'];
  return JSON.parse(execFileSync(adapter(), { input: JSON.stringify({ config, questions }), encoding: 'utf8', stdio: 'pipe' }));
}

/** What it makes of one metric. */
function answerOf(metric: CustomMetric | ExternalMetric, question: Question): Answer {
  const external = metric instanceof ExternalMetric;
  const options = external ? { externalMetrics: [metric] } : { customMetrics: [metric] };
  const [answer] = answersOf(options, { external, ...question }).answers;
  expect(() => PromQl.parse(answer.discovery)).not.toThrow();
  return answer;
}

const pods = { resource: 'pods', namespace: 'shop', names: ['a', 'b'] };

test('a counter of Pods', () => {
  const metric = CustomMetric.fromSeries({ series: 'http_requests_total{code!~"5.."}' });
  const series = { __name__: 'http_requests_total', namespace: 'shop', pod: 'a', code: '200', service: 's' };
  const answer = answerOf(metric, { series, ...pods, selector: 'method in (GET,POST),path=a' });
  expect(answer).toEqual({
    discovery: 'http_requests_total{code!~"5..",namespace!="",pod!=""}',
    name: 'http_requests_per_second',
    resources: ['namespaces', 'pods'],
    namespaced: true,
    query: 'sum by (pod) (rate(http_requests_total{code!~"5..",method=~"GET|POST",path="a",namespace="shop",pod=~"a|b"}[2m]))',
  });
  expect(() => PromQl.parse(answer.query)).not.toThrow();
});

test('a rule is for the series of its name alone', () => {
  const metric = CustomMetric.fromSeries({ series: 'http_requests_total' });
  expect(answerOf(metric, { series: { __name__: 'http_requests_total_x', namespace: 'shop', pod: 'a' }, ...pods }).name).toBe('');
});

test('a gauge of several kinds of objects', () => {
  const metric = CustomMetric.fromSeries({
    series: 'sessions', aggregation: MetricAggregation.MAXIMUM, namespaceLabel: 'exported_namespace',
    resources: [MetricResource.SERVICE.withLabel('exported_service'), MetricResource.INGRESS, MetricResource.DEPLOYMENT, MetricResource.of({ group: 'apps', resource: 'replicasets', label: 'rs' })],
  });
  const series = { __name__: 'sessions', exported_namespace: 'shop', exported_service: 'web', namespace: 'monitoring' };
  expect(answerOf(metric, { series, resource: 'services', namespace: 'shop', names: ['web'] })).toEqual({
    discovery: 'sessions{exported_namespace!=""}', name: 'sessions', resources: ['namespaces', 'services'], namespaced: true,
    query: 'max by (exported_service) (sessions{exported_namespace="shop",exported_service="web"})',
  });
  expect(answerOf(metric, { series: { ...series, ingress: 'i' }, resource: 'ingresses', group: 'networking.k8s.io', namespace: 'shop', names: ['i'] })).toMatchObject({
    resources: ['ingresses.networking.k8s.io', 'namespaces', 'services'], query: 'max by (ingress) (sessions{exported_namespace="shop",ingress="i"})',
  });
});

test.each([
  ['SERVICE', 'services', ''], ['INGRESS', 'ingresses', 'networking.k8s.io'], ['DEPLOYMENT', 'deployments', 'apps'], ['STATEFUL_SET', 'statefulsets', 'apps'],
  ['JOB', 'jobs', 'batch'], ['NAMESPACE', 'namespaces', ''], ['NODE', 'nodes', ''],
] as const)('the adapter knows MetricResource.%s', (name, resource, group) => {
  const kind = MetricResource[name];
  const isScoped = name === 'NAMESPACE' || name === 'NODE';
  const series = { __name__: 'a', ...(name === 'NODE' ? {} : { namespace: 'n' }), [kind.label]: 'x' };
  const answer = answerOf(CustomMetric.fromSeries({ series: 'a', resources: [kind] }), { series, resource, group, namespace: isScoped ? '' : 'n', names: ['x'] });
  expect(answer.resources).toContain(group === '' ? resource : `${resource}.${group}`);
  expect(answer.query).toBe(`sum by (${kind.label}) (a{${isScoped ? '' : 'namespace="n",'}${kind.label}="x"})`);
});

test('a query of one\'s own', () => {
  const metric = CustomMetric.fromQuery({
    name: 'latency', series: 'request_seconds_bucket', query: 'histogram_quantile(0.9, sum by (<<.GroupBy>>, le) (rate(<<.Series>>{<<.LabelMatchers>>}[5m])))',
  });
  expect(answerOf(metric, { series: { __name__: 'request_seconds_bucket', namespace: 'shop', pod: 'a', le: '1' }, ...pods })).toMatchObject({
    name: 'latency', query: 'histogram_quantile(0.9, sum by (pod, le) (rate(request_seconds_bucket{namespace="shop",pod=~"a|b"}[5m])))',
  });
});

test('an external metric of the cluster, and of a namespace', () => {
  const series = { __name__: 'queue_messages', queue: 'orders', namespace: 'queues' };
  const ask = { series, namespace: 'shop' };
  const all = ExternalMetric.fromSeries({ series: 'queue_messages{vhost="/"}', name: 'queue' });
  expect(answerOf(all, ask)).toMatchObject({ discovery: 'queue_messages{vhost="/"}', name: 'queue', query: 'sum(queue_messages{vhost="/",})' });
  expect(() => PromQl.parse(answerOf(all, ask).query)).not.toThrow();
  expect(answerOf(all, { ...ask, selector: 'queue=orders' }).query).toBe('sum(queue_messages{vhost="/",queue="orders"})');
  const own = ExternalMetric.fromSeries({ series: 'queue_messages', namespaceLabel: 'namespace' });
  expect(answerOf(own, { ...ask, selector: 'queue=orders' }).query).toBe('sum(queue_messages{queue="orders",namespace="shop"})');
});

test('CPU and memory of Pods and nodes', () => {
  const cadvisor = 'job="kubelet",metrics_path="/metrics/cadvisor"';
  const { pods: ofPods, nodes } = answersOf({ resourceMetrics: {} });
  const containers = `${cadvisor},container!="",pod!="",namespace="shop",pod=~"a|b"`;
  expect(ofPods).toEqual([
    `sum by (pod,container) (container_memory_working_set_bytes{${containers}})`,
    `sum by (pod,container) (rate(container_cpu_usage_seconds_total{${containers}}[2m]))`,
  ]);
  expect(nodes).toEqual([
    `sum by (node) (container_memory_working_set_bytes{${cadvisor},id="/",node=~"n1|n2"})`,
    `sum by (node) (rate(container_cpu_usage_seconds_total{${cadvisor},id="/",node=~"n1|n2"}[2m]))`,
  ]);
  [...ofPods ?? [], ...nodes ?? []].forEach((query) => expect(() => PromQl.parse(query)).not.toThrow());
});

test('the adapter has the client of Prometheus from its kubeconfig', () => {
  const { certificate, privateKey } = JSON.parse(execFileSync(parity(), ['certificate'], { input: '{}', encoding: 'utf8' }));
  const files = filesOf((chart) => {
    const key = (name: string) => SecretKey.of(Secret.fromSecretName(chart, name, 'client'), name);
    const tls = TlsClient.secretCa(key('ca.crt'), { certificate: key('tls.crt'), privateKey: key('tls.key'), serverName: 'prometheus.example.com' });
    const prometheusHttp = { tls, authorization: Authorization.bearer(key('token')), proxyUrl: 'http://proxy.example.com:3128' };
    return { prometheusHttp, externalMetrics: [ExternalMetric.fromSeries({ series: 'queue_messages' })] };
  });
  inTempDir((dir) => {
    writeFiles(dir, { 'ca.crt': certificate, 'tls.crt': certificate, 'tls.key': privateKey, 'token': 'secret' });
    const kubeconfig = files['prometheus.kubeconfig'].replaceAll('/etc/prometheus-adapter/secrets/client', dir);
    const input = JSON.stringify({ config: files['config.yaml'], kubeconfig, questions: [] });
    const { client } = JSON.parse(execFileSync(adapter(), { input, encoding: 'utf8' }));
    expect(client).toEqual({
      ca: `${dir}/ca.crt`,
      caData: '',
      skips: false,
      serverName: 'prometheus.example.com',
      cert: `${dir}/tls.crt`,
      key: `${dir}/tls.key`,
      tokenFile: `${dir}/token`,
      proxy: true,
    });
  });
});

test('the program refuses what the adapter would', () => {
  expect(() => execFileSync(adapter(), { input: JSON.stringify({ config: 'rules: [{unknown: 1}]', questions: [] }), stdio: 'pipe' })).toThrow('field unknown not found');
});
