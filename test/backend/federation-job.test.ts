import { Duration, Size } from 'cdk8s';
import { secretNamed } from '../monitoring/scrape/secrets';
import {
  BasicAuth, ExistingPrometheus, FederationJob, FederationOptions, FederationUrlOptions, MetricSelection, OperatedPrometheus, PrometheusProps,
  PrometheusServer, Relabeling, RemoteWrite, ScrapeJob, SecretKey, TlsClient, TlsServer, WebConfig,
} from '../../lib';
import { newChart } from '../charts';
import { Manifest } from '../manifests';
import { monitorOf } from '../operator/operated';
import { scrapeConfigsOf } from '../server/support';

const match = ['{job="kubelet"}', 'job:requests:rate5m'];
const url = 'http://other.example.com:9090';

/** The entry of `scrape_configs` that a job becomes, after promtool has accepted it. */
function scraped(job: ScrapeJob): Manifest {
  return scrapeConfigsOf(job).federate;
}

/** A Prometheus in a chart of its own. */
function other(props: PrometheusProps = {}): PrometheusServer {
  return new PrometheusServer(newChart({ namespace: 'elsewhere' }, 'elsewhere'), 'other', props);
}

describe('by a URL', () => {
  test('with nothing but selectors', () => {
    const job = FederationJob.fromUrl(url, { match });
    expect([scraped(job), monitorOf('ScrapeConfig', job)]).toMatchSnapshot();
  });

  test.each<[string, string, object]>([
    ['without a port', 'http://other.example.com', { targets: ['other.example.com:80'], metrics_path: '/federate', scheme: undefined }],
    ['https', 'https://other.example.com', { targets: ['other.example.com:443'], metrics_path: '/federate', scheme: 'https' }],
    ['below a path', 'https://other.example.com:8443/prometheus/', { targets: ['other.example.com:8443'], metrics_path: '/prometheus/federate', scheme: 'https' }],
    ['IPv6', 'http://[2001:db8::1]:9090', { targets: ['[2001:db8::1]:9090'], metrics_path: '/federate', scheme: undefined }],
  ])('%s', (_, at, expected) => {
    const { static_configs: [{ targets }], metrics_path, scheme } = scraped(FederationJob.fromUrl(at, { match }));
    expect({ targets, metrics_path, scheme }).toEqual(expected);
  });

  describe('with all options', () => {
    const secret = secretNamed('federation');
    const options: Required<Omit<FederationUrlOptions, 'authorization' | 'oauth2' | 'proxyFromEnvironment'>> = {
      name: 'north', match, interval: Duration.minutes(1), timeout: Duration.seconds(50), metrics: MetricSelection.drop('kubelet_http_.+'),
      relabelings: [Relabeling.replace({ targetLabel: 'site', replacement: 'north' })], metricRelabelings: [Relabeling.labelDrop('uid')],
      targetLabels: { region: 'eu' }, sampleLimit: 1, targetLimit: 2, labelLimit: 3, labelNameLengthLimit: 4, labelValueLengthLimit: 5,
      bodySizeLimit: Size.kibibytes(6), keepDroppedTargets: 7, tls: TlsClient.systemCa({ serverName: 'north.example.com' }),
      basicAuth: new BasicAuth({ username: 'me', password: SecretKey.of(secret, 'password') }), proxyUrl: 'http://proxy.example.com:3128', noProxy: ['.svc'],
      headers: { 'X-Site': 'north' }, secretHeaders: { 'X-Key': SecretKey.of(secret, 'key') }, followRedirects: false, enableHttp2: false,
    };
    const config = scrapeConfigsOf(FederationJob.fromUrl('https://other.example.com', options)).federate;

    test.each<[keyof typeof options, unknown, unknown]>([
      ['name', config.job_name, 'north/federate'],
      ['match', config.params, { 'match[]': match }],
      ['interval', config.scrape_interval, '1m'],
      ['timeout', config.scrape_timeout, '50s'],
      ['metrics', config.metric_relabel_configs[0], { action: 'drop', source_labels: ['__name__'], regex: 'kubelet_http_.+' }],
      ['relabelings', config.relabel_configs.slice(0, 2), [
        { target_label: 'site', replacement: 'north' }, { action: 'labeldrop', regex: 'namespace|service|pod|container|node|endpoint' },
      ]],
      ['metricRelabelings', config.metric_relabel_configs[1], { action: 'labeldrop', regex: 'uid' }],
      ['targetLabels', config.static_configs[0].labels, { region: 'eu' }],
      ['sampleLimit', config.sample_limit, 1],
      ['targetLimit', config.target_limit, 2],
      ['labelLimit', config.label_limit, 3],
      ['labelNameLengthLimit', config.label_name_length_limit, 4],
      ['labelValueLengthLimit', config.label_value_length_limit, 5],
      ['bodySizeLimit', config.body_size_limit, '6KiB'],
      ['keepDroppedTargets', config.keep_dropped_targets, 7],
      ['tls', config.tls_config.server_name, 'north.example.com'],
      ['basicAuth', config.basic_auth.username, 'me'],
      ['proxyUrl', config.proxy_url, 'http://proxy.example.com:3128'],
      ['noProxy', config.no_proxy, '.svc'],
      ['headers', config.http_headers['X-Site'], { values: ['north'] }],
      ['secretHeaders', Object.keys(config.http_headers['X-Key']), ['files']],
      ['followRedirects', config.follow_redirects, false],
      ['enableHttp2', config.enable_http2, false],
    ])('%s', (_, seen, expected) => {
      expect(seen).toEqual(expected);
    });
  });
});

describe('of a Prometheus', () => {
  test('is scraped at each Pod behind its Service', () => {
    const job = FederationJob.fromPrometheus(other({ replicas: 2, shards: 2 }), { match });
    expect([scraped(job), monitorOf('ServiceMonitor', job)]).toMatchSnapshot();
  });

  test.each([['plain', PrometheusServer], ['of the operator', OperatedPrometheus]])('%s, has its path, its certificate and its name', (_, Prometheus) => {
    const chart = newChart({ namespace: 'elsewhere' }, 'elsewhere');
    const secret = secretNamed('certificate');
    const certificate = { certificate: SecretKey.of(secret, 'tls.crt'), privateKey: SecretKey.of(secret, 'tls.key') };
    const web = WebConfig.tls(new TlsServer(certificate));
    const config = scraped(FederationJob.fromPrometheus(new Prometheus(chart, 'other', { externalUrl: 'https://example.com/metrics', web }), { match }));
    expect([config.metrics_path, config.scheme, config.tls_config.server_name]).toEqual(['/metrics/federate', 'https', 'other.elsewhere.svc']);
    expect(config.kubernetes_sd_configs).toEqual([{ role: 'endpointslice', namespaces: { names: ['elsewhere'] } }]);
    expect(config.relabel_configs[0].regex).toContain('other;');
  });

  test('that exists already is scraped at its Service', () => {
    const existing = new ExistingPrometheus(newChart(), 'existing', { service: { namespace: 'kps', serviceName: 'kps-prometheus', port: 9091, pathPrefix: '/prometheus' } });
    const config = scraped(FederationJob.fromPrometheus(existing, { match }));
    expect([config.static_configs[0].targets, config.metrics_path]).toEqual([['kps-prometheus.kps.svc:9091'], '/prometheus/federate']);
  });

  test('keeps labels of its own that are named as those of its targets', () => {
    const config = scraped(FederationJob.fromUrl(url, { match, targetLabels: { node: 'north-1' } }));
    expect(config.relabel_configs[0]).toEqual({ action: 'labeldrop', regex: 'namespace|service|pod|container|endpoint' });
  });

  test('has two jobs, where each has its name', () => {
    const prometheus = new PrometheusServer(newChart(), 'prometheus');
    prometheus.addScrapeJob(FederationJob.fromPrometheus(other(), { match }));
    expect(() => prometheus.addScrapeJob(FederationJob.fromUrl(url, { match }))).toThrow("scrape job 'federate' already exists");
    prometheus.addScrapeJob(FederationJob.fromUrl(url, { name: 'south', match }));
  });
});

test.each<[string, () => ScrapeJob, string]>([
  ['an agent', () => FederationJob.fromPrometheus(other({ agent: true, remoteWrites: [new RemoteWrite({ url })] }), { match }),
    "FederationJob.fromPrometheus('elsewhere/other'): it is an agent, which has no series to ask for; federate the store that it writes to"],
  ['an agent that exists already', () => FederationJob.fromPrometheus(new ExistingPrometheus(newChart(), 'existing', { agent: true, service: { namespace: 'kps' } }), { match }),
    'it is an agent, which has no series to ask for'],
  ['an existing Prometheus without a Service', () => FederationJob.fromPrometheus(new ExistingPrometheus(newChart(), 'existing'), { match }), "'service'"],
  ['a URL without a scheme', () => FederationJob.fromUrl('other.example.com', { match }),
    "FederationJob.fromUrl: url: 'other.example.com' is not an absolute http or https URL; write it as 'https://host:port/path'"],
  ['a password in the URL', () => FederationJob.fromUrl('http://me:secret@other.example.com', { match }),
    "FederationJob.fromUrl: url: the URL of 'other.example.com' has a user or a password in it, which the manifest would show; take that out and name a Secret by 'basicAuth', 'authorization' or 'secretHeaders'"],
  ['a query in the URL', () => FederationJob.fromUrl(`${url}?match[]=up`, { match }), "has a query; give the URL of the Prometheus alone, and selectors by 'match'"],
  ['the path', () => FederationJob.fromUrl(`${url}/federate`, { match }), "has the path '/federate' already; give the URL of the Prometheus alone"],
])('%s throws', (_, job, message) => {
  expect(job).toThrow(message);
});

test.each<[string, string[], string]>([
  ['no selector', [], 'match is empty, so that nothing would be federated; name series, as by \'{job="kubelet"}\''],
  ['a selector that is not closed', ['{job="kubelet"'], 'FederationJob.fromUrl: match: '],
  ['every series', ['{}'], 'a selector needs at least one matcher that does not match the empty string'],
  ['a regular expression that is none', ['{job=~"("}'], 'is not a regular expression (RE2)'],
  ['a function', ['rate(up[5m])'], 'this is no selector of series alone; record what is computed by a rule, and select that'],
  ['a range', ['up[5m]'], 'this is no selector of series alone'],
  ['an offset', ['up offset 5m'], 'this is no selector of series alone'],
  ['a time', ['up @ end()'], 'this is no selector of series alone'],
  ['parentheses', ['(up)'], 'this is no selector of series alone'],
  ['a number', ['1'], 'this is no selector of series alone'],
])('%s to match throws', (_, selectors, message) => {
  const options: FederationOptions = { match: selectors };
  expect(() => FederationJob.fromUrl(url, options)).toThrow(message);
});
