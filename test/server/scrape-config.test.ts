import { Duration, Size } from 'cdk8s';
import { checkConfig, scrapeConfigsOf, synthesize } from './support';
import {
  Authorization, BasicAuth, FallbackProtocol, MetricSelection, OAuth2, OAuth2Props, Relabeling, Scheme, ScrapeEndpoint, ScrapeEndpointProps,
  ScrapeJob, ScrapeLimits, TlsClient, SecretKey,
} from '../../lib';
import { secretNamed } from '../monitoring/scrape/secrets';

const secret = secretNamed('shop');
const prober = { proberAddress: 'blackbox.monitoring.svc:9115', proberScheme: Scheme.HTTPS, proberPath: '/probe', checkModule: () => undefined };

/** The scrape config of an endpoint, after promtool has accepted it. */
function configOf(props: ScrapeEndpointProps): { [key: string]: unknown } {
  const configs = scrapeConfigsOf(ScrapeJob.fromService({ name: 'shop', labels: { app: 'shop' }, endpoints: [new ScrapeEndpoint({ name: 'it', ...props })] }));
  return configs.it;
}

describe('every discovery', () => {
  test.each<[string, ScrapeJob]>([
    ['Services', ScrapeJob.fromService({ name: 'services', labels: { 'app.kubernetes.io/name': 'shop' }, namespaces: ['shop'], endpoints: [new ScrapeEndpoint({ port: 'http' })] })],
    ['Pods', ScrapeJob.fromPods({ name: 'pods', labels: { app: 'shop' }, endpoints: [new ScrapeEndpoint({ portNumber: 8080 })] })],
    ['nodes', ScrapeJob.fromNodes({ name: 'nodes', portName: 'https-metrics', targetLabels: { service: 'kubelet' } })],
    ['static targets', ScrapeJob.fromStaticTargets({ name: 'static', targets: ['db1:9104'], targetLabels: { site: 'north' } })],
    ['probed addresses', ScrapeJob.fromProbes({ name: 'sites', prober, module: 'http_2xx', targets: ['https://example.com'] })],
    ['probed Services', ScrapeJob.fromProbes({ name: 'probed-services', prober, module: 'tcp', namespaces: ['shop'] })],
    ['probed Ingresses', ScrapeJob.fromIngresses({ name: 'ingresses', prober, module: 'http_2xx' })],
    ['annotated Pods', ScrapeJob.fromAnnotatedPods()],
    ['annotated Services', ScrapeJob.fromAnnotatedServices({ annotationPrefix: 'metrics.example.com' })],
  ])('%s', (_, job) => {
    expect(scrapeConfigsOf(job)).toMatchSnapshot();
  });

  test('raw is what it was, under its own name', () => {
    const synthesized = synthesize({}, (prometheus) => prometheus.addScrapeJob(ScrapeJob.raw('mine', { static_configs: [{ targets: ['a:1'] }], scrape_interval: '5s' })));
    checkConfig(synthesized.text);
    expect(synthesized.configuration.scrape_configs).toEqual([{ job_name: 'mine', static_configs: [{ targets: ['a:1'] }], scrape_interval: '5s' }]);
  });
});

test('an endpoint with defaults says nothing of them', () => {
  expect(Object.keys(configOf({ port: 'http' }))).toEqual(['job_name', 'kubernetes_sd_configs', 'relabel_configs']);
});

test('every option of an endpoint', () => {
  const props: Required<Omit<ScrapeEndpointProps, 'portNumber' | 'portPattern' | 'authorization' | 'oauth2' | 'proxyFromEnvironment'>> = {
    name: 'it',
    port: 'http',
    path: '/stats',
    scheme: Scheme.HTTPS,
    params: { module: ['a', 'b'] },
    interval: Duration.seconds(90),
    timeout: Duration.seconds(45),
    honorLabels: true,
    honorTimestamps: false,
    trackTimestampsStaleness: true,
    metrics: MetricSelection.drop('go_.*'),
    relabelings: [Relabeling.replace({ targetLabel: 'team', replacement: 'shop' })],
    metricRelabelings: [Relabeling.labelDrop('uid')],
    tls: TlsClient.fromSecret(secret, { ca: 'ca.crt', certificate: 'tls.crt', privateKey: 'tls.key', serverName: 'shop.example.com' }),
    basicAuth: new BasicAuth({ username: 'me', password: SecretKey.of(secret, 'password') }),
    proxyUrl: 'http://proxy.example.com:3128',
    noProxy: ['.svc'],
    headers: { 'X-Scope-OrgID': 'shop' },
    secretHeaders: { 'X-Token': SecretKey.of(secret, 'token') },
    followRedirects: false,
    enableHttp2: false,
    fallbackProtocol: FallbackProtocol.PROMETHEUS_TEXT_0_0_4,
    nativeHistograms: true,
  };
  const { relabel_configs: relabelings, kubernetes_sd_configs: _, ...config } = configOf(props);
  expect(config).toEqual({
    job_name: 'shop/it',
    honor_labels: true,
    honor_timestamps: false,
    track_timestamps_staleness: true,
    scrape_interval: '90s',
    scrape_timeout: '45s',
    fallback_scrape_protocol: 'PrometheusText0.0.4',
    scrape_native_histograms: true,
    metrics_path: '/stats',
    scheme: 'https',
    params: { module: ['a', 'b'] },
    basic_auth: { username: 'me', password_file: '/etc/prometheus/secrets/shop/password' },
    proxy_url: 'http://proxy.example.com:3128',
    no_proxy: '.svc',
    http_headers: { 'X-Scope-OrgID': { values: ['shop'] }, 'X-Token': { files: ['/etc/prometheus/secrets/shop/token'] } },
    tls_config: {
      ca_file: '/etc/prometheus/secrets/shop/ca.crt',
      cert_file: '/etc/prometheus/secrets/shop/tls.crt',
      key_file: '/etc/prometheus/secrets/shop/tls.key',
      server_name: 'shop.example.com',
    },
    follow_redirects: false,
    enable_http2: false,
    metric_relabel_configs: [
      { action: 'drop', source_labels: ['__name__'], regex: 'go_.*' },
      { action: 'labeldrop', regex: 'uid' },
    ],
  });
  // After the library's own, before the job's name, which nothing takes away.
  expect(Object.values(relabelings ?? {}).slice(-2)).toEqual([{ target_label: 'team', replacement: 'shop' }, { target_label: 'job', replacement: 'shop' }]);
  expect(JSON.stringify(relabelings)).toContain('"regex":"shop;http;');
});

test('a port by number', () => {
  const text = JSON.stringify(configOf({ portNumber: 8080 }).relabel_configs);
  expect(text).toContain('"source_labels":["__meta_kubernetes_service_label_app","__meta_kubernetes_endpointslice_port",');
  expect(text).toContain('"regex":"shop;8080;');
});

test.each<[string, ScrapeEndpointProps, object]>([
  ['the own token', { authorization: Authorization.serviceAccountToken() },
    { authorization: { type: 'Bearer', credentials_file: '/var/run/secrets/kubernetes.io/serviceaccount/token' } }],
  ['a token in a Secret', { authorization: Authorization.scheme('Api-Key', SecretKey.of(secret, 'token')) },
    { authorization: { type: 'Api-Key', credentials_file: '/etc/prometheus/secrets/shop/token' } }],
  ['the authority of the cluster', { tls: TlsClient.clusterCa({ serverName: 'kubernetes' }) },
    { scheme: 'https', tls_config: { ca_file: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt', server_name: 'kubernetes' } }],
  ['a CA alone', { tls: TlsClient.fromSecret(secret, { ca: 'ca.crt' }) }, { scheme: 'https', tls_config: { ca_file: '/etc/prometheus/secrets/shop/ca.crt' } }],
  ['no verification', { tls: TlsClient.insecureSkipVerify() }, { scheme: 'https', tls_config: { insecure_skip_verify: true } }],
  ['the authorities of the system', { scheme: Scheme.HTTPS }, { scheme: 'https' }],
])('%s', (_, props, expected) => {
  const { job_name: _name, kubernetes_sd_configs: _discovery, relabel_configs: _relabelings, ...rest } = configOf(props);
  expect(rest).toEqual(expected);
});

test('every option of OAuth 2.0', () => {
  const props: Required<Omit<OAuth2Props, 'proxyFromEnvironment'>> = {
    clientId: 'prometheus', clientSecret: SecretKey.of(secret, 'id'), proxyUrl: 'http://proxy:3128', noProxy: ['.svc'], tokenUrl: 'https://issuer.example.com/token', scopes: ['read'], endpointParams: { audience: 'shop' },
    tls: TlsClient.fromSecret(secret, { ca: 'issuer.crt' }),
  };
  expect(configOf({ oauth2: new OAuth2(props) }).oauth2).toEqual({
    client_id: 'prometheus',
    client_secret_file: '/etc/prometheus/secrets/shop/id',
    token_url: 'https://issuer.example.com/token',
    scopes: ['read'],
    endpoint_params: { audience: 'shop' },
    tls_config: { ca_file: '/etc/prometheus/secrets/shop/issuer.crt' },
    proxy_url: 'http://proxy:3128',
    no_proxy: '.svc',
  });
});

test('every limit of a job', () => {
  const limits: Required<ScrapeLimits> = {
    sampleLimit: 1, targetLimit: 2, labelLimit: 3, labelNameLengthLimit: 4, labelValueLengthLimit: 5, bodySizeLimit: Size.mebibytes(6),
    keepDroppedTargets: 7,
  };
  expect(scrapeConfigsOf(ScrapeJob.fromStaticTargets({ name: 'a', targets: ['a:1'], ...limits })).metrics).toMatchObject({
    sample_limit: 1, target_limit: 2, label_limit: 3, label_name_length_limit: 4, label_value_length_limit: 5, body_size_limit: '6144KiB', keep_dropped_targets: 7,
  });
});

test('every action of relabeling is one that Prometheus takes', () => {
  const relabelings = [
    Relabeling.replace({ sourceLabels: ['a', 'b'], targetLabel: 'c', regex: '(.+)-(.+)', replacement: '$2', separator: '-' }),
    Relabeling.keep({ sourceLabels: ['a'], regex: '.*', separator: ',' }),
    Relabeling.drop({ sourceLabels: ['a'], regex: 'x' }),
    Relabeling.keepEqual(['a'], 'b'),
    Relabeling.dropEqual(['a'], 'b'),
    Relabeling.hashMod(['__address__'], '__tmp_shard', 4),
    Relabeling.labelMap('__meta_kubernetes_pod_label_(.+)'),
    Relabeling.labelDrop('id|name'),
    Relabeling.labelKeep('.*'),
    Relabeling.lowercase(['a'], 'a'),
    Relabeling.uppercase(['a'], 'a'),
  ];
  const config = configOf({ port: 'http', relabelings, metricRelabelings: relabelings });
  expect(config.metric_relabel_configs).toMatchSnapshot();
});

test('values that look like references or patterns are taken as they are', () => {
  const [config] = Object.values(scrapeConfigsOf(ScrapeJob.fromNodes({ name: 'a', labels: { zone: 'a.b' }, targetLabels: { price: '$1' } })));
  expect(config.relabel_configs).toContainEqual({ action: 'keep', source_labels: ['__meta_kubernetes_node_label_zone'], regex: 'a\\.b' });
  expect(config.relabel_configs).toContainEqual({ target_label: 'price', replacement: '$$1' });
});
