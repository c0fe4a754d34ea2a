import { Chart, Duration, Size, Testing } from 'cdk8s';
import { ConfigMap, ISecret } from 'cdk8s-plus-27';
import { Labels } from './parity';
import {
  Authorization, BasicAuth, ConfigMapKey, FallbackProtocol, FederationJob, HttpConfig, IProber, LabelExpression, MetricSelection, OAuth2, Relabeling,
  Scheme, ScrapeEndpoint, ScrapeEndpointProps, ScrapeJob, ScrapeLimits, SecretKey, TlsClient, TlsVersion,
} from '../../lib';

export const PROBER: IProber = { proberAddress: 'blackbox.monitoring.svc:9115', proberScheme: Scheme.HTTP, proberPath: '/probe', checkModule: () => undefined };

const SHOP = { labels: { app: 'shop', tier: 'web' }, namespaces: ['shop'] };

export const LIMITS: Required<ScrapeLimits> = {
  sampleLimit: 1000, targetLimit: 200, labelLimit: 30, labelNameLengthLimit: 40, labelValueLengthLimit: 500, bodySizeLimit: Size.mebibytes(6),
  keepDroppedTargets: 70,
};

/** What the operator knows of monitors, and takes for sharding of the user's own in a ScrapeConfig. */
const HASHED = Relabeling.hashMod(['__address__'], 'hash', 4);

/** All that can be said of an endpoint but where it is, what it is called, and who asks. */
export const EVERY: Required<Omit<ScrapeEndpointProps, 'name' | 'port' | 'portPattern' | 'portNumber' | 'basicAuth' | 'authorization' | 'oauth2' | 'tls' | 'headers' | 'secretHeaders' | 'proxyFromEnvironment'>> = {
  path: '/stats',
  scheme: Scheme.HTTPS,
  params: { module: ['a', 'b'], format: ['text'] },
  interval: Duration.seconds(90),
  timeout: Duration.seconds(45),
  honorLabels: true,
  honorTimestamps: false,
  trackTimestampsStaleness: true,
  metrics: MetricSelection.drop('go_.*'),
  relabelings: [
    Relabeling.replace({ sourceLabels: ['namespace', 'pod'], separator: '/', regex: '(.+)/(.+)', targetLabel: 'where', replacement: '$2.$1' }),
    Relabeling.replace({ targetLabel: 'price', replacement: '$$1' }),
    Relabeling.uppercase(['namespace'], 'upper'),
    Relabeling.labelDrop('container'),
  ],
  metricRelabelings: [
    Relabeling.drop({ sourceLabels: ['__name__', 'code'], regex: 'http_requests_total;5..' }),
    Relabeling.labelDrop('uid'),
    Relabeling.labelMap('old_(.+)', 'new_$1'),
    Relabeling.replace({ sourceLabels: ['job'], targetLabel: 'of' }),
  ],
  proxyUrl: 'http://proxy.example.com:3128',
  noProxy: ['10.0.0.0/8', '.svc'],
  followRedirects: false,
  enableHttp2: false,
  fallbackProtocol: FallbackProtocol.PROMETHEUS_TEXT_0_0_4,
  nativeHistograms: true,
};

/** Series as they are exposed, for metric relabelings. */
export const SAMPLES: readonly Labels[] = [
  { __name__: 'up' },
  { __name__: 'go_goroutines' },
  { __name__: 'http_requests_total', code: '200', uid: '7' },
  { __name__: 'http_requests_total', code: '503' },
  { __name__: 'shop_orders', job: 'theirs', old_name: 'x' },
  { __name__: 'container_memory_usage_bytes', container: '', id: '/' },
];

/** The ways in which a client says who it is; `secret` has a key for each. */
export function clients(secret: ISecret): Array<[string, HttpConfig]> {
  const certificate = { certificate: SecretKey.of(secret, 'tls.crt'), privateKey: SecretKey.of(secret, 'tls.key') };
  const bundle = ConfigMapKey.of(ConfigMap.fromConfigMapName(new Chart(Testing.app(), 'imports'), 'bundle', 'bundle'), 'ca-bundle.crt');
  return [
    ['basic', { basicAuth: new BasicAuth({ username: 'me', password: SecretKey.of(secret, 'password') }), tls: TlsClient.systemCa({ serverName: 'shop.example.com' }) }],
    ['cluster', { tls: TlsClient.clusterCa({ serverName: 'kubernetes' }), authorization: Authorization.serviceAccountToken() }],
    ['secret', {
      tls: TlsClient.fromSecret(secret, { ca: 'ca.crt', certificate: 'tls.crt', privateKey: 'tls.key', serverName: 'shop.example.com' }),
      authorization: Authorization.scheme('Api-Key', SecretKey.of(secret, 'token')),
    }],
    ['insecure', { tls: TlsClient.insecureSkipVerify({ ...certificate, serverName: 'shop.example.com' }) }],
    ['bundle', { tls: TlsClient.configMapCa(bundle, { ...certificate, minVersion: TlsVersion.TLS_1_2, maxVersion: TlsVersion.TLS_1_3 }) }],
    ['cluster-certificate', { tls: TlsClient.clusterCa(certificate) }],
    ['environment', { proxyFromEnvironment: true }],
    ['oauth', {
      tls: TlsClient.fromSecret(secret, { ca: 'ca.crt' }),
      oauth2: new OAuth2({
        clientId: 'prometheus', clientSecret: SecretKey.of(secret, 'client'), tokenUrl: 'https://issuer.example.com/token', scopes: ['read'], endpointParams: { audience: 'shop' },
        proxyUrl: 'http://proxy.example.com:3128', noProxy: ['.svc'], tls: TlsClient.fromSecret(secret, { ca: 'ca.crt' }),
      }),
    }],
    ['token-alone', { authorization: Authorization.serviceAccountToken() }],
    ['ca-alone', { tls: TlsClient.clusterCa() }],
  ];
}

/** Endpoints that differ in nothing but the client. */
export function asClients(secret: ISecret, at: ScrapeEndpointProps): ScrapeEndpoint[] {
  return clients(secret).map(([name, client]) => new ScrapeEndpoint({ ...at, ...client, name, path: `/${name}` }));
}

/** Of the releases of the world `rx1` looks like `r.1` if its dot is taken for any character. */
const EXPRESSIONS = [LabelExpression.in('release', 'r.1', 'none'), LabelExpression.exists('app'), LabelExpression.doesNotExist('absent'), LabelExpression.notIn('app', 'none', 'other')];

/** Whether no resource of the operator has the fields for a job, so that it is text of the Prometheus resource. */
export function isText(name: string): boolean {
  return name === 'raw' || name.endsWith('-of-a-team');
}

/** Jobs that choose by conditions on labels, of things and of namespaces. */
function byExpressions(): ScrapeJob[] {
  const probing = { prober: PROBER, module: 'tcp' };
  const http = [new ScrapeEndpoint({ port: 'http' })];
  const unlike = { labelExpressions: [LabelExpression.notIn('release', 'r.1', 'none'), LabelExpression.exists('release')] };
  const elsewhere = { namespaceExpressions: [LabelExpression.notIn('kubernetes.io/metadata.name', 'shop', 'kube-system')] };
  const ofTeam = { namespaceLabels: { team: 'cart' }, namespaceExpressions: [LabelExpression.doesNotExist('off')] };
  return [
    ScrapeJob.fromService({ name: 'service-by-expressions', labelExpressions: EXPRESSIONS, endpoints: http }),
    ScrapeJob.fromService({ name: 'service-by-not-in', ...unlike }),
    ScrapeJob.fromPods({ name: 'pods-by-expressions', labelExpressions: EXPRESSIONS, endpoints: http }),
    ScrapeJob.fromPods({ name: 'pods-by-not-in', ...unlike }),
    ScrapeJob.fromNodes({ name: 'nodes-by-expressions', labelExpressions: [LabelExpression.in('zone', 'north'), LabelExpression.doesNotExist('node-role.kubernetes.io/control-plane')] }),
    ScrapeJob.fromProbes({ name: 'service-probes-by-expressions', ...probing, labelExpressions: EXPRESSIONS, port: 'admin' }),
    ScrapeJob.fromIngresses({ name: 'ingresses-by-expressions', ...probing, labelExpressions: EXPRESSIONS }),
    ScrapeJob.fromIngresses({ name: 'ingresses-by-not-in', ...probing, ...unlike }),
    ScrapeJob.fromService({ name: 'service-elsewhere', labels: { app: 'shop' }, endpoints: http, ...elsewhere }),
    ScrapeJob.fromPods({ name: 'pods-elsewhere', labels: { app: 'shop' }, endpoints: http, ...elsewhere }),
    ScrapeJob.fromIngresses({ name: 'ingresses-elsewhere', ...probing, labels: { app: 'shop' }, ...elsewhere }),
    ScrapeJob.fromService({ name: 'service-of-a-team', labels: { app: 'shop' }, endpoints: http, ...ofTeam }),
    ScrapeJob.fromPods({ name: 'pods-of-a-team', labels: { app: 'shop' }, endpoints: http, ...ofTeam }),
    ScrapeJob.fromProbes({ name: 'service-probes-of-a-team', ...probing, labels: { app: 'probed' }, ...ofTeam }),
    ScrapeJob.fromIngresses({ name: 'ingresses-of-a-team', ...probing, labels: { app: 'shop' }, ...ofTeam }),
    ScrapeJob.fromAnnotatedServices({ name: 'annotated-services-of-a-team', ...ofTeam }),
  ];
}

/** Jobs whose targets carry labels of their nodes, and whose ports are of a pattern. */
function withMetadata(): ScrapeJob[] {
  const options = { ...SHOP, copyNodeLabels: ['zone', 'kubernetes.io/os', 'absent'] };
  const relabelings = [Relabeling.replace({ sourceLabels: ['__meta_kubernetes_node_name'], targetLabel: 'of' })];
  return [
    ScrapeJob.fromService({ name: 'service-with-node', ...options, endpoints: [new ScrapeEndpoint({ portPattern: '(http|adm.*)' })] }),
    ScrapeJob.fromPods({ name: 'pods-with-node', ...options, endpoints: [new ScrapeEndpoint({ portPattern: 'adm.*|env.*' })] }),
    ScrapeJob.fromPods({ name: 'pods-by-number-with-node', ...options, endpoints: [new ScrapeEndpoint({ portNumber: 8080 })] }),
    ScrapeJob.fromPods({ name: 'pods-with-metadata', ...SHOP, attachNodeMetadata: true, endpoints: [new ScrapeEndpoint({ port: 'http', relabelings })] }),
    ScrapeJob.fromAnnotatedPods({ name: 'annotated-pods-with-node', copyNodeLabels: ['zone'], endpoint: new ScrapeEndpoint({ portPattern: 'st.*' }) }),
    ScrapeJob.fromAnnotatedServices({ name: 'annotated-services-with-node', copyNodeLabels: ['zone'] }),
  ];
}

/** A job of each kind of discovery, by each kind of port, and with everything that can be said of it. */
export function everyJob(secret: ISecret): ScrapeJob[] {
  // What the operator's ScrapeConfig does not know.
  const { followRedirects: _, ...most } = EVERY;
  return [
    ...byExpressions(),
    ...withMetadata(),
    ScrapeJob.fromService({ name: 'service-by-name', ...SHOP, endpoints: [new ScrapeEndpoint({ port: 'http' })], copyLabels: ['team', 'app.kubernetes.io/part-of', 'absent'] }),
    ScrapeJob.fromService({ name: 'service-by-number', ...SHOP, endpoints: [new ScrapeEndpoint({ portNumber: 8080 })] }),
    ScrapeJob.fromService({ name: 'service-by-all-ports', ...SHOP }),
    ScrapeJob.fromService({ name: 'service-everywhere', labels: { release: 'r.1' }, endpoints: [new ScrapeEndpoint({ port: 'admin' })] }),
    ScrapeJob.fromService({
      name: 'service-several-paths', ...SHOP,
      endpoints: [new ScrapeEndpoint({ name: 'metrics', port: 'http' }), new ScrapeEndpoint({ name: 'probes', port: 'http', path: '/metrics/probes' })],
    }),
    ScrapeJob.fromService({
      name: 'service-with-everything', ...SHOP, ...LIMITS,
      endpoints: [new ScrapeEndpoint({ port: 'http', ...EVERY, relabelings: [...EVERY.relabelings, HASHED] })],
    }),
    ScrapeJob.fromService({ name: 'service-clients', ...SHOP, endpoints: asClients(secret, { port: 'http' }) }),
    ScrapeJob.fromPods({ name: 'pods-by-name', ...SHOP, endpoints: [new ScrapeEndpoint({ port: 'http' })], copyLabels: ['team', 'absent'] }),
    ScrapeJob.fromPods({ name: 'pods-by-number', ...SHOP, endpoints: [new ScrapeEndpoint({ portNumber: 8080 })] }),
    ScrapeJob.fromPods({ name: 'pods-by-undeclared-number', labels: { app: 'shop' }, endpoints: [new ScrapeEndpoint({ portNumber: 7777 })] }),
    ScrapeJob.fromPods({ name: 'pods-by-all-ports', ...SHOP }),
    ScrapeJob.fromPods({ name: 'pods-everywhere', labels: { release: 'r.1' }, endpoints: [new ScrapeEndpoint({ port: 'http' })] }),
    ScrapeJob.fromPods({
      name: 'pods-with-everything', ...SHOP, ...LIMITS,
      endpoints: [new ScrapeEndpoint({ port: 'http', ...EVERY, relabelings: [...EVERY.relabelings, HASHED] })],
    }),
    ScrapeJob.fromPods({ name: 'pods-clients', ...SHOP, endpoints: asClients(secret, { port: 'http' }) }),
    ScrapeJob.fromNodes({
      name: 'nodes', labels: { zone: 'north' }, portName: 'metrics', targetLabels: { service: 'node', price: '$1' }, copyLabels: ['zone'],
      endpoints: [new ScrapeEndpoint({ portNumber: 9100 })],
    }),
    ScrapeJob.fromNodes({ name: 'nodes-with-everything', ...LIMITS, endpoints: [new ScrapeEndpoint({ name: 'it', ...most })] }),
    ScrapeJob.fromNodes({ name: 'nodes-clients', endpoints: asClients(secret, {}) }),
    ScrapeJob.fromStaticTargets({ name: 'static', targets: ['db1.example.com:9104', '[2001:db8::1]:9104'], targetLabels: { site: 'north' } }),
    ScrapeJob.fromStaticTargets({ name: 'static-with-everything', targets: ['db1.example.com:9104'], ...LIMITS, endpoints: [new ScrapeEndpoint({ ...most })] }),
    ScrapeJob.fromStaticTargets({ name: 'static-clients', targets: ['db1.example.com:9104'], endpoints: asClients(secret, {}) }),
    ScrapeJob.fromProbes({ name: 'static-probes', prober: PROBER, module: 'http_2xx', targets: ['https://example.com', 'db1.example.com:5432'], targetLabels: { site: 'north' } }),
    ScrapeJob.fromProbes({
      name: 'static-probes-with-everything', prober: PROBER, module: 'http_2xx', targets: ['https://example.com'], ...LIMITS,
      interval: EVERY.interval, timeout: EVERY.timeout, relabelings: EVERY.relabelings,
    }),
    ScrapeJob.fromProbes({
      name: 'service-probes', prober: PROBER, module: 'tcp', namespaces: ['shop'], targetLabels: { site: 'north' }, ...LIMITS,
      interval: EVERY.interval, timeout: EVERY.timeout, relabelings: EVERY.relabelings,
    }),
    ScrapeJob.fromProbes({ name: 'service-probes-by-labels', prober: PROBER, module: 'tcp', labels: { app: 'probed' } }),
    ScrapeJob.fromIngresses({ name: 'ingresses', prober: PROBER, module: 'http_2xx' }),
    ScrapeJob.fromIngresses({ name: 'ingresses-by-labels', prober: PROBER, module: 'http_2xx', labels: { release: 'r.1' } }),
    ScrapeJob.fromIngresses({
      name: 'ingresses-with-everything', prober: PROBER, module: 'http_2xx', labels: { app: 'shop' }, namespaces: ['shop'], ...LIMITS,
      interval: EVERY.interval, timeout: EVERY.timeout, relabelings: EVERY.relabelings,
    }),
    FederationJob.fromUrl('https://other.example.com/prometheus', {
      name: 'federation', match: ['{job="kubelet"}', 'job:requests:rate5m'], ...LIMITS, targetLabels: { site: 'north' },
      interval: EVERY.interval, timeout: EVERY.timeout, metrics: EVERY.metrics, relabelings: EVERY.relabelings,
      metricRelabelings: EVERY.metricRelabelings,
    }),
    ScrapeJob.fromAnnotatedPods({ copyLabels: ['team'] }),
    ScrapeJob.fromAnnotatedPods({ name: 'annotated-pods-by-number', annotationPrefix: 'metrics.example.com', endpoint: new ScrapeEndpoint({ portNumber: 9100 }) }),
    ScrapeJob.fromAnnotatedPods({ name: 'annotated-pods-with-everything', namespaces: ['shop'], ...LIMITS, endpoint: new ScrapeEndpoint({ port: 'http', ...most }) }),
    ScrapeJob.fromAnnotatedServices({ copyLabels: ['team'] }),
    ScrapeJob.fromAnnotatedServices({
      name: 'annotated-services-with-everything', namespaces: ['shop'], ...LIMITS,
      endpoint: new ScrapeEndpoint({ port: 'stats', ...most, basicAuth: new BasicAuth({ username: 'me', password: SecretKey.of(secret, 'password') }) }),
    }),
    ScrapeJob.raw('raw', {
      static_configs: [{ targets: ['raw.example.com:80'], labels: { site: 'north' } }], scrape_interval: '45s', metrics_path: '/raw',
      relabel_configs: [{ target_label: 'raw', replacement: 'yes' }], metric_relabel_configs: [{ action: 'drop', source_labels: ['__name__'], regex: 'go_.*' }],
    }),
  ];
}
