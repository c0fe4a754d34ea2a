import { ApiObject } from 'cdk8s';
import { scrapeConfigsOf, synthesize } from './support';
import { Found, Labels, targetsOf } from './targets';
import { IProber, LabelExpression, Scheme, ScrapeEndpoint, ScrapeJob } from '../../lib';
import { newChart } from '../charts';
import { Loose } from '../manifests';

const prober: IProber = { proberAddress: 'blackbox:9115', proberScheme: Scheme.HTTP, proberPath: '/probe', checkModule: () => undefined };
const http = [new ScrapeEndpoint({ port: 'http' })];

/** A thing of a kind with labels, as discovery shows it; the address tells it from others. */
function found(kind: string, address: string, labels: Labels, meta: Labels = {}): Found {
  const own = Object.entries(labels).flatMap(([label, value]) => [[`${kind}_label_${label}`, value], [`${kind}_labelpresent_${label}`, 'true']]);
  return { address, meta: { namespace: 'shop', ...Object.fromEntries(own), ...meta } };
}

async function instances(job: ScrapeJob, endpoint: string, things: readonly Found[]): Promise<string[]> {
  return (await targetsOf(job, endpoint, things)).map(({ instance }) => instance);
}

const SLICE = { service_name: 'web', endpointslice_port_name: 'http', endpointslice_port: '80' };
const POD = { pod_name: 'web', pod_container_port_name: 'http', pod_phase: 'Running' };

describe.each<[string, Labels, (expressions: LabelExpression[]) => ScrapeJob, string]>([
  ['service', SLICE, (labelExpressions) => ScrapeJob.fromService({ name: 'a', labelExpressions, endpoints: http }), 'http'],
  ['pod', POD, (labelExpressions) => ScrapeJob.fromPods({ name: 'a', labelExpressions, endpoints: http }), 'http'],
  ['node', {}, (labelExpressions) => ScrapeJob.fromNodes({ name: 'a', labelExpressions }), 'metrics'],
  ['service', {}, (labelExpressions) => ScrapeJob.fromProbes({ name: 'a', prober, module: 'm', labelExpressions }), 'probe'],
  ['ingress', { ingress_scheme: 'https', ingress_path: '' }, (labelExpressions) => ScrapeJob.fromIngresses({ name: 'a', prober, module: 'm', labelExpressions }), 'probe'],
])('a %s with %j', (kind, meta, jobOf, endpoint) => {
  const things = [
    found(kind, 'a:1', { tier: 'front' }, meta), found(kind, 'b:1', { tier: 'back' }, meta), found(kind, 'c:1', { tier: '' }, meta), found(kind, 'd:1', {}, meta),
    found(kind, 'e:1', { tier: 'xfront' }, meta), found(kind, 'f:1', { tier: 'v1.2' }, meta), found(kind, 'g:1', { tier: 'v1x2' }, meta),
  ];

  test.concurrent.each<[string, LabelExpression[], string]>([
    ['in some', [LabelExpression.in('tier', 'front', 'back')], 'ab'],
    ['in one', [LabelExpression.in('tier', 'front')], 'a'],
    ['in one with a dot', [LabelExpression.in('tier', 'v1.2')], 'f'],
    ['in none or some', [LabelExpression.in('tier', '', 'back')], 'bc'],
    ['not in some', [LabelExpression.notIn('tier', 'front', 'v1.2')], 'bcdeg'],
    ['not in none or some', [LabelExpression.notIn('tier', '', 'back')], 'adefg'],
    ['there', [LabelExpression.exists('tier')], 'abcefg'],
    ['missing', [LabelExpression.doesNotExist('tier')], 'd'],
    ['several', [LabelExpression.exists('tier'), LabelExpression.notIn('tier', 'front'), LabelExpression.doesNotExist('off')], 'bcefg'],
  ])('is taken by a label that is %s', async (_, expressions, expected) => {
    expect((await instances(jobOf(expressions), endpoint, things)).map((instance) => instance.replace(/^https:\/\//, '')[0]).join('')).toBe(expected);
  });
});

test.concurrent('a label without a value is not one that is missing', async () => {
  const things = [found('pod', 'a:1', { tier: '' }, POD), found('pod', 'b:1', {}, POD), found('pod', 'c:1', { tier: 'x' }, POD)];
  expect(await instances(ScrapeJob.fromPods({ name: 'a', labels: { tier: '' }, endpoints: http }), 'http', things)).toEqual(['a:1']);
});

describe('namespaces', () => {
  const slice = (address: string, namespace: string, labels: Labels) => found('namespace', address, labels, { ...SLICE, namespace });
  const things = [slice('a:1', 'shop', { team: 'cart', prod: '' }), slice('b:1', 'staging', { team: 'cart' }), slice('c:1', 'kube-system', {})];

  test.concurrent('are selected by their labels', async () => {
    const job = ScrapeJob.fromService({
      name: 'a', labelExpressions: [LabelExpression.doesNotExist('off')], endpoints: http, namespaceLabels: { team: 'cart' }, namespaceExpressions: [LabelExpression.exists('prod')],
    });
    expect(await instances(job, 'http', things)).toEqual(['a:1']);
    const others = ScrapeJob.fromService({ name: 'a', serviceName: 'web', endpoints: http, namespaceExpressions: [LabelExpression.notIn('team', 'cart')] });
    expect(await instances(others, 'http', things)).toEqual(['c:1']);
  });

  test.concurrent('are excluded by name', async () => {
    const job = ScrapeJob.fromService({ name: 'a', serviceName: 'web', endpoints: http, namespaceExpressions: [LabelExpression.notIn('kubernetes.io/metadata.name', 'kube-system', 'shop')] });
    expect(await instances(job, 'http', things)).toEqual(['b:1']);
  });

  const byLabels = { namespaceLabels: { team: 'cart' }, namespaces: ['shop'] };

  test.each<[string, ScrapeJob]>([
    ['Services', ScrapeJob.fromService({ name: 'a', serviceName: 'web', endpoints: http, ...byLabels })],
    ['Pods', ScrapeJob.fromPods({ name: 'a', labels: { app: 'web' }, endpoints: http, ...byLabels })],
    ['probed Services', ScrapeJob.fromProbes({ name: 'a', prober, module: 'm', ...byLabels })],
    ['probed Ingresses', ScrapeJob.fromIngresses({ name: 'a', prober, module: 'm', ...byLabels })],
    ['annotated Pods', ScrapeJob.fromAnnotatedPods({ name: 'a', ...byLabels })],
    ['annotated Services', ScrapeJob.fromAnnotatedServices({ name: 'a', ...byLabels })],
  ])('have their labels read with %s', (_, job) => {
    const [config]: Loose[] = Object.values(scrapeConfigsOf(job));
    expect(config.kubernetes_sd_configs).toEqual([expect.objectContaining({ namespaces: { names: ['shop'] }, attach_metadata: { namespace: true } })]);
    expect(JSON.stringify(config.relabel_configs[0])).toMatch(/"source_labels":\[.*"__meta_kubernetes_namespace_label_team".*"regex":".*cart/);
  });

  test('have labels that Prometheus reads from 3.6 on', () => {
    const job = ScrapeJob.fromPods({ name: 'a', labels: { app: 'web' }, ...byLabels });
    const on = (image: string) => () => synthesize({ image }, (prometheus) => prometheus.addScrapeJob(job));
    expect(on('prometheus:v3.5.1')).toThrow(
      "test/prometheus: scrape job 'a' selects namespaces by their labels, which is known from Prometheus 3.6 on, and this one is 3.5.1; choose a newer image, or name them by 'namespaces'",
    );
    expect(on('prometheus:v3.6.0')).not.toThrow();
  });
});

describe('labels of the node', () => {
  const node = { node_label_topology_kubernetes_io_zone: 'north', node_labelpresent_topology_kubernetes_io_zone: 'true' };
  const copyNodeLabels = ['topology.kubernetes.io/zone', 'absent'];

  test.concurrent.each<[string, ScrapeJob, Found, string]>([
    ['Services', ScrapeJob.fromService({ name: 'a', serviceName: 'web', endpoints: http, copyNodeLabels }), { address: 'a:1', meta: { ...SLICE, ...node } }, 'http'],
    ['Pods', ScrapeJob.fromPods({ name: 'a', labels: { app: 'web' }, endpoints: http, copyNodeLabels }), { address: 'a:1', meta: { ...POD, ...node, pod_label_app: 'web' } }, 'http'],
    ['annotated Pods', ScrapeJob.fromAnnotatedPods({ name: 'a', copyNodeLabels }), { address: 'a:1', meta: { ...POD, ...node, pod_annotation_prometheus_io_scrape: 'true' } }, 'metrics'],
    ['annotated Services', ScrapeJob.fromAnnotatedServices({ name: 'a', copyNodeLabels }), { address: 'a:1', meta: { ...SLICE, ...node, service_annotation_prometheus_io_scrape: 'true' } }, 'metrics'],
  ])('are copied to the targets of %s', async (_, job, thing, endpoint) => {
    const [config]: Loose[] = Object.values(scrapeConfigsOf(job));
    expect(config.kubernetes_sd_configs).toEqual([expect.objectContaining({ attach_metadata: { node: true } })]);
    expect(await targetsOf(job, endpoint, [thing])).toEqual([expect.objectContaining({ topology_kubernetes_io_zone: 'north', job: 'a' })]);
  });

  test('are there for relabelings alone', () => {
    const [config]: Loose[] = Object.values(scrapeConfigsOf(ScrapeJob.fromPods({ name: 'a', labels: { app: 'web' }, attachNodeMetadata: true })));
    expect(config.kubernetes_sd_configs[0].attach_metadata).toEqual({ node: true });
    const [without]: Loose[] = Object.values(scrapeConfigsOf(ScrapeJob.fromPods({ name: 'a', labels: { app: 'web' } })));
    expect(without.kubernetes_sd_configs[0].attach_metadata).toBeUndefined();
  });
});

describe('the label job', () => {
  test.concurrent.each<[string, ScrapeJob, Labels, string]>([
    ['a Service', ScrapeJob.fromService({ name: 'a', labelExpressions: [LabelExpression.exists('scraped')], endpoints: http, jobLabel: 'app' }), { ...SLICE, service_labelpresent_scraped: 'true', service_label_app: 'shop' }, 'http'],
    ['a Pod', ScrapeJob.fromPods({ name: 'a', labelExpressions: [LabelExpression.exists('scraped')], endpoints: http, jobLabel: 'app' }), { ...POD, pod_labelpresent_scraped: 'true', pod_label_app: 'shop' }, 'http'],
    ['an annotated Pod', ScrapeJob.fromAnnotatedPods({ name: 'a', jobLabel: 'app' }), { ...POD, pod_annotation_prometheus_io_scrape: 'true', pod_label_app: 'shop' }, 'metrics'],
    ['an annotated Service', ScrapeJob.fromAnnotatedServices({ name: 'a', jobLabel: 'app' }), { ...SLICE, service_annotation_prometheus_io_scrape: 'true', service_label_app: 'shop' }, 'metrics'],
  ])('comes from %s, else it is the job\'s name', async (_, job, meta, endpoint) => {
    const { service_label_app: _s, pod_label_app: _p, ...bare } = meta;
    const targets = await targetsOf(job, endpoint, [{ address: 'a:1', meta }, { address: 'b:1', meta: bare }]);
    expect(targets.map(({ instance, job: name }) => [instance, name])).toEqual([['a:1', 'shop'], ['b:1', 'a']]);
  });
});

describe('ports by a pattern', () => {
  const ports = ['metrics-a', 'metrics-b', 'xmetrics-a', 'admin'];
  const endpoint = new ScrapeEndpoint({ portPattern: 'metrics-.*|stats' });

  test.concurrent.each<[string, ScrapeJob, (port: string) => Labels]>([
    ['Services', ScrapeJob.fromService({ name: 'a', serviceName: 'web', endpoints: [endpoint] }), (port) => ({ ...SLICE, endpointslice_port_name: port })],
    ['Pods', ScrapeJob.fromPods({ name: 'a', labels: { app: 'web' }, endpoints: [endpoint] }), (port) => ({ ...POD, pod_label_app: 'web', pod_container_port_name: port })],
    ['annotated Pods', ScrapeJob.fromAnnotatedPods({ name: 'a', endpoint }), (port) => ({ ...POD, pod_annotation_prometheus_io_scrape: 'true', pod_container_port_name: port })],
  ])('of %s are a target each', async (_, job, metaOf) => {
    const targets = await targetsOf(job, 'metrics-.*|stats', ports.map((port, i) => ({ address: `a:${i + 1}`, meta: metaOf(port) })));
    expect(targets.map(({ instance, endpoint: name }) => [instance, name])).toEqual([['a:1', 'metrics-a'], ['a:2', 'metrics-b']]);
  });
});

test.concurrent('a Service that is probed has its ports probed, or one of them', async () => {
  const things = [['web', 'http'], ['web', 'https'], ['other', 'http']].map(([name, port]) => (
    { address: `${name}.shop.svc:${port === 'http' ? 80 : 443}`, meta: { namespace: 'shop', service_name: name, service_port_name: port } }
  ));
  const service = new ApiObject(newChart({ namespace: 'shop' }), 'web', {
    apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { ports: [{ name: 'http', port: 80 }, { name: 'https', port: 443 }] },
  });
  expect(await instances(ScrapeJob.fromProbes({ name: 'a', prober, module: 'm', service }), 'probe', things)).toEqual(['web.shop.svc:443', 'web.shop.svc:80']);
  expect(await instances(ScrapeJob.fromProbes({ name: 'a', prober, module: 'm', service, port: 'https' }), 'probe', things)).toEqual(['web.shop.svc:443']);
});
