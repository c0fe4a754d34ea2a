import { Secret } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import { monitorOf, synthesize } from '../operated';
import { BasicAuth, IProber, LabelExpression, OperatedPrometheusProps, Relabeling, Scheme, ScrapeEndpoint, ScrapeJob, SecretKey, TlsClient, Authorization } from '../../../lib';
import { newChart } from '../../charts';
import { find, Loose, ofKind, textsOf } from '../../manifests';

const prober: IProber = { proberAddress: 'blackbox.ops.svc:9115', proberScheme: Scheme.HTTP, proberPath: '/probe', checkModule: () => undefined };
const http = [new ScrapeEndpoint({ port: 'http' })];
const expressions = [
  LabelExpression.in('tier', 'front', 'back'), LabelExpression.in('release', 'v1.2', 'v1.3'), LabelExpression.notIn('track', 'canary'), LabelExpression.notIn('version', '0.9'),
  LabelExpression.exists('team'), LabelExpression.doesNotExist('off'),
];
const matchExpressions = [
  { key: 'tier', operator: 'In', values: ['front', 'back'] }, { key: 'release', operator: 'In', values: ['v1.2', 'v1.3'] }, { key: 'track', operator: 'NotIn', values: ['canary'] },
  { key: 'team', operator: 'Exists' }, { key: 'off', operator: 'DoesNotExist' },
];
/** The operator takes dots for any character: it would take too much for `In`, and drop too much for `NotIn`. */
const exact = (kind: string) => [
  { action: 'keep', sourceLabels: [`__meta_kubernetes_${kind}_label_release`], regex: '(?:v1\\.2|v1\\.3)' },
  { action: 'drop', sourceLabels: [`__meta_kubernetes_${kind}_label_version`], regex: '0\\.9' },
];

describe('expressions', () => {
  test.each<[string, string, ScrapeJob, (spec: Loose) => [Loose, Loose[]]]>([
    ['a Service', 'ServiceMonitor', ScrapeJob.fromService({ name: 'web', labels: { app: 'web' }, labelExpressions: expressions, endpoints: http }), (spec) => [spec.selector, spec.endpoints[0].relabelings]],
    ['Pods', 'PodMonitor', ScrapeJob.fromPods({ name: 'web', labels: { app: 'web' }, labelExpressions: expressions, endpoints: http }), (spec) => [spec.selector, spec.podMetricsEndpoints[0].relabelings]],
    ['Ingresses', 'Probe', ScrapeJob.fromIngresses({ name: 'web', prober, module: 'm', labels: { app: 'web' }, labelExpressions: expressions }),
      (spec) => [spec.targets.ingress.selector, spec.targets.ingress.relabelingConfigs]],
  ])('of %s are those of the selector, exact by relabelings', (_, kind, job, read) => {
    const [selector, relabelings] = read(monitorOf(kind, job).spec);
    expect(selector).toEqual({ matchLabels: { app: 'web' }, matchExpressions });
    expect(relabelings.slice(0, 2)).toEqual(exact({ ServiceMonitor: 'service', PodMonitor: 'pod', Probe: 'ingress' }[kind]!));
  });

  test.each<[string, ScrapeJob, string]>([
    ['nodes', ScrapeJob.fromNodes({ name: 'web', labelExpressions: expressions }), 'node'],
    ['probed Services', ScrapeJob.fromProbes({ name: 'web', prober, module: 'm', labelExpressions: expressions }), 'service'],
  ])('of %s are relabelings', (_, job, kind) => {
    const { relabelings } = monitorOf('ScrapeConfig', job).spec;
    expect(relabelings[0].sourceLabels).toContain(`__meta_kubernetes_${kind}_labelpresent_team`);
    expect(relabelings.slice(1, 3)).toMatchObject([{ action: 'drop', regex: 'canary' }, { action: 'drop', regex: '0\\.9' }]);
  });

  test('without a value are written as such', () => {
    const job = ScrapeJob.fromService({ name: 'web', labelExpressions: [LabelExpression.exists('team')], endpoints: http });
    expect(monitorOf('ServiceMonitor', job).spec.selector).toEqual({ matchLabels: {}, matchExpressions: [{ key: 'team', operator: 'Exists' }] });
  });
});

describe('namespaces', () => {
  const excluding = { namespaceExpressions: [LabelExpression.notIn('kubernetes.io/metadata.name', 'kube-system', 'default')] };
  const dropped = { action: 'drop', sourceLabels: ['__meta_kubernetes_namespace'], regex: 'kube-system|default' };

  test.each<[string, string, ScrapeJob, (spec: Loose) => Loose[]]>([
    ['a Service', 'ServiceMonitor', ScrapeJob.fromService({ name: 'web', serviceName: 'web', endpoints: http, ...excluding }), (spec) => spec.endpoints[0].relabelings],
    ['Pods', 'PodMonitor', ScrapeJob.fromPods({ name: 'web', labels: { app: 'web' }, endpoints: http, ...excluding }), (spec) => spec.podMetricsEndpoints[0].relabelings],
    ['Ingresses', 'Probe', ScrapeJob.fromIngresses({ name: 'web', prober, module: 'm', ...excluding }), (spec) => spec.targets.ingress.relabelingConfigs],
  ])('of %s are excluded by name', (_, kind, job, read) => {
    const { spec } = monitorOf(kind, job);
    expect(read(spec)).toContainEqual(dropped);
    expect((spec.targets?.ingress ?? spec).namespaceSelector).toEqual({ any: true });
  });

  test('of a selection by their name are named', () => {
    const job = ScrapeJob.fromService({ name: 'web', serviceName: 'web', endpoints: http, namespaceLabels: { 'kubernetes.io/metadata.name': 'shop' } });
    expect(monitorOf('ServiceMonitor', job).spec.namespaceSelector).toEqual({ matchNames: ['shop'] });
  });

  const jobOf = (...endpoints: ScrapeEndpoint[]) => ScrapeJob.fromPods({ name: 'web', labels: { app: 'web' }, endpoints, namespaceLabels: { team: 'cart' } });
  const objectsOf = (job: ScrapeJob, props: OperatedPrometheusProps = {}) => synthesize(props, (prometheus) => prometheus.addScrapeJob(job));

  test('of a selection by other labels, for which no resource has a field, are text of the Prometheus resource', () => {
    const objects = objectsOf(jobOf(new ScrapeEndpoint({ port: 'http', tls: TlsClient.clusterCa(), authorization: Authorization.serviceAccountToken() })));
    expect(ofKind(objects, 'PodMonitor')).toEqual([]);
    expect(find(objects, 'Prometheus').spec.additionalScrapeConfigs).toEqual({ name: 'prometheus-raw-jobs', key: 'scrape-configs.yaml' });
    const configs: Loose[] = parse(textsOf(find(objects, 'Secret'))['scrape-configs.yaml']);
    expect(configs).toMatchObject([{
      job_name: 'web/http', scheme: 'https', kubernetes_sd_configs: [{ role: 'pod', attach_metadata: { namespace: true } }],
      tls_config: { ca_file: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt' },
    }]);
    expect(configs[0].relabel_configs[0].source_labels).toContain('__meta_kubernetes_namespace_label_team');
    expect(configs[0].relabel_configs.at(-1)).toEqual({ target_label: 'job', replacement: 'web' });
    expect(JSON.stringify(ofKind(objects, 'ClusterRole'))).toContain('"namespaces"');
  });

  test('of a selection by other labels have the files of their endpoints mounted', () => {
    const password = SecretKey.of(Secret.fromSecretName(newChart(), 's', 'shop'), 'password');
    const objects = objectsOf(jobOf(new ScrapeEndpoint({ port: 'http', basicAuth: new BasicAuth({ username: 'me', password }) })));
    expect(parse(textsOf(find(objects, 'Secret'))['scrape-configs.yaml'])[0].basic_auth).toEqual({ username: 'me', password_file: '/etc/prometheus/secrets/shop/password' });
    expect(find(objects, 'Prometheus').spec).toMatchObject({
      volumes: expect.arrayContaining([expect.objectContaining({ secret: expect.objectContaining({ secretName: 'shop', optional: true }) })]),
      volumeMounts: expect.arrayContaining([expect.objectContaining({ mountPath: '/etc/prometheus/secrets/shop' })]),
    });
  });

  test('of a selection by other labels are split between shards by what is probed', () => {
    const objects = objectsOf(ScrapeJob.fromProbes({ name: 'web', prober, module: 'm', labels: {}, namespaceLabels: { team: 'cart' } }), { shards: 2 });
    expect(textsOf(find(objects, 'Secret'))['scrape-configs.yaml']).toContain('__tmp_hash');
  });

  test.each<[string, () => ScrapeJob, OperatedPrometheusProps, string]>([
    ['a Secret of another namespace', () => jobOf(new ScrapeEndpoint({
      port: 'http', basicAuth: new BasicAuth({ username: 'me', password: SecretKey.of(new Secret(newChart({ namespace: 'shop' }), 'it', { metadata: { name: 'shop' } }), 'password') }),
    })), {}, "test/prometheus: Secret 'shop' is made in namespace 'shop', and Pods mount only Secrets of their own, 'monitoring'; make it there"],
    ['hashes of one\'s own', () => jobOf(new ScrapeEndpoint({ port: 'http', relabelings: [Relabeling.hashMod(['pod'], 'x', 2)] })), { shards: 2 }, "scrape job 'web': relabel_configs have an action hashmod"],
    ['variables', () => ScrapeJob.fromPods({ name: 'web', labels: { app: 'web' }, endpoints: [new ScrapeEndpoint({ port: 'http', relabelings: [Relabeling.replace({ targetLabel: 'a', replacement: '$(b)' })] })], namespaceLabels: { team: 'cart' } }),
      {}, "scrape job 'web': '$(b)' has '$(b)'"],
    ['an older Prometheus', () => jobOf(...http), { image: 'prometheus:v3.5.0' }, 'known from Prometheus 3.6 on, and this one is 3.5.0'],
  ])('of a selection by other labels are refused with %s', (_, make, props, message) => {
    expect(() => objectsOf(make(), props)).toThrow(message);
  });
});

describe('metadata of nodes', () => {
  const options = { copyNodeLabels: ['topology.kubernetes.io/zone'] };
  const copied = { sourceLabels: ['__meta_kubernetes_node_label_topology_kubernetes_io_zone'], regex: '(.+)', targetLabel: 'topology_kubernetes_io_zone', action: 'replace' };

  test.each<[string, string, ScrapeJob, (spec: Loose) => [Loose, Loose[]]]>([
    ['a Service', 'ServiceMonitor', ScrapeJob.fromService({ name: 'web', serviceName: 'web', endpoints: http, ...options }), (spec) => [spec.attachMetadata, spec.endpoints[0].relabelings]],
    ['Pods', 'PodMonitor', ScrapeJob.fromPods({ name: 'web', labels: { app: 'web' }, endpoints: http, ...options }), (spec) => [spec.attachMetadata, spec.podMetricsEndpoints[0].relabelings]],
    ['Pods by number', 'ScrapeConfig', ScrapeJob.fromPods({ name: 'web', labels: { app: 'web' }, endpoints: [new ScrapeEndpoint({ portNumber: 80 })], ...options }),
      (spec) => [spec.kubernetesSDConfigs[0].attachMetadata, spec.relabelings]],
    ['annotated Services', 'ScrapeConfig', ScrapeJob.fromAnnotatedServices({ name: 'web', ...options }), (spec) => [spec.kubernetesSDConfigs[0].attachMetadata, spec.relabelings]],
  ])('of %s are attached and copied', (_, kind, job, read) => {
    const [attached, relabelings] = read(monitorOf(kind, job).spec);
    expect(attached).toEqual({ node: true });
    expect(relabelings).toContainEqual(copied);
  });

  test('are not attached unasked', () => {
    expect(monitorOf('ServiceMonitor', ScrapeJob.fromService({ name: 'web', serviceName: 'web', endpoints: http })).spec.attachMetadata).toBeUndefined();
    expect(monitorOf('ServiceMonitor', ScrapeJob.fromService({ name: 'web', serviceName: 'web', endpoints: http, attachNodeMetadata: true })).spec.attachMetadata).toEqual({ node: true });
  });
});

test.each<[string, ScrapeJob, (spec: Loose) => Loose[], string]>([
  ['ServiceMonitor', ScrapeJob.fromService({ name: 'web', serviceName: 'web', endpoints: http, jobLabel: 'app.io/name' }), (spec) => spec.endpoints[0].relabelings, 'service'],
  ['PodMonitor', ScrapeJob.fromPods({ name: 'web', labels: { app: 'web' }, endpoints: http, jobLabel: 'app.io/name' }), (spec) => spec.podMetricsEndpoints[0].relabelings, 'pod'],
])('the label job of a %s comes from a label, else it is the job\'s name', (kind, job, read, owner) => {
  expect(read(monitorOf(kind, job).spec).slice(-2)).toEqual([
    { targetLabel: 'job', replacement: 'web', action: 'replace' }, { sourceLabels: [`__meta_kubernetes_${owner}_label_app_io_name`], regex: '(.+)', targetLabel: 'job', action: 'replace' },
  ]);
});

test.each<[string, ScrapeJob, (spec: Loose) => Loose, string]>([
  ['ServiceMonitor', ScrapeJob.fromService({ name: 'web', serviceName: 'web', endpoints: [new ScrapeEndpoint({ portPattern: 'm-.*|s' })] }), (spec) => spec.endpoints[0], 'endpointslice_port_name'],
  ['PodMonitor', ScrapeJob.fromPods({ name: 'web', labels: { app: 'web' }, endpoints: [new ScrapeEndpoint({ portPattern: 'm-.*|s' })] }), (spec) => spec.podMetricsEndpoints[0], 'pod_container_port_name'],
])('ports of a %s by a pattern', (kind, job, read, label) => {
  const endpoint = read(monitorOf(kind, job).spec);
  expect(endpoint.port).toBeUndefined();
  expect(endpoint.relabelings[0].sourceLabels).toContain(`__meta_kubernetes_${label}`);
  expect(endpoint.relabelings[0].regex).toContain('(?:m-.*|s)');
  expect(endpoint.relabelings).toContainEqual({ sourceLabels: [`__meta_kubernetes_${label}`], regex: '(.+)', targetLabel: 'endpoint', action: 'replace' });
});
