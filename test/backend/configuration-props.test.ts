import { Chart, Duration, Size } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import {
  AlertmanagerServer, Authorization, ExistingAlertmanager, NameValidation, OperatedPrometheus, OtlpOptions, OtlpTranslation,
  PrometheusConfigurationProps, PrometheusProps, PrometheusServer, Relabeling, RemoteRead, RemoteReadProps, SecretKey, TlsClient, TracingOptions,
  TracingProtocol,
} from '../../lib';
import { inChart, manifests, newChart } from '../charts';
import { checkPrometheus, find, textsOf } from '../manifests';
import { Synthesized } from '../server/support';

function read(chart: Chart): Required<Omit<RemoteReadProps, 'basicAuth' | 'oauth2' | 'proxyFromEnvironment' | 'secretHeaders'>> {
  const secret = Secret.fromSecretName(chart, 'archive', 'archive');
  return {
    url: 'https://archive.example.com/read', name: 'archive', timeout: Duration.seconds(30), requiredMatchers: { 'service.tier': 'archive' }, readRecent: true,
    filterExternalLabels: false, tls: TlsClient.fromSecret(secret, { ca: 'ca.crt' }), authorization: Authorization.bearer(SecretKey.of(secret, 'token')),
    headers: { 'X-Scope-OrgID': 'shop' }, followRedirects: false, enableHttp2: false, proxyUrl: 'http://proxy.example.com:3128', noProxy: ['.svc'],
  };
}

const otlp: Required<Omit<OtlpOptions, 'promoteAllResourceAttributes' | 'ignoreResourceAttributes'>> = {
  promoteResourceAttributes: ['service.name', 'k8s.namespace.name'], keepIdentifyingResourceAttributes: true, promoteScopeMetadata: true, convertHistogramsToNhcb: true,
  translation: OtlpTranslation.NONE,
};

const tracing: Required<Omit<TracingOptions, 'insecure'>> = {
  endpoint: 'tempo.tracing:4318', protocol: TracingProtocol.HTTP, samplingFraction: 0.5, tls: TlsClient.clusterCa(), headers: { 'X-Scope-OrgID': 'shop' }, gzip: true,
  timeout: Duration.seconds(5),
};

function everything(chart: Chart): Required<PrometheusConfigurationProps> {
  return {
    scrapeLimits: {
      sampleLimit: 1, targetLimit: 2, labelLimit: 3, labelNameLengthLimit: 4, labelValueLengthLimit: 5, keepDroppedTargets: 6,
      bodySizeLimit: Size.mebibytes(1),
    },
    nameValidation: NameValidation.UTF8,
    ruleQueryOffset: Duration.seconds(30),
    alertRelabelings: [Relabeling.replace({ targetLabel: 'site', replacement: 'north' })],
    otlp,
    tracing,
    remoteReads: [new RemoteRead(read(chart))],
  };
}

const RELABELED = [{ target_label: 'site', replacement: 'north' }];

test('every prop is in a configuration that promtool accepts', () => {
  const chart = newChart();
  const prometheus = new PrometheusServer(chart, 'prometheus', { otlpReceiver: true, ...everything(chart) });
  prometheus.sendAlertsTo(new AlertmanagerServer(chart, 'alertmanager'));
  prometheus.sendAlertsTo(ExistingAlertmanager.outside({ host: 'alerts.example.com' }));
  const { configuration } = new Synthesized(chart, 'prometheus');
  expect(configuration).toMatchObject({
    global: {
      sample_limit: 1, target_limit: 2, label_limit: 3, label_name_length_limit: 4, label_value_length_limit: 5, keep_dropped_targets: 6, body_size_limit: '1024KiB',
      metric_name_validation_scheme: 'utf8', rule_query_offset: '30s',
    },
    alerting: { alertmanagers: [{ alert_relabel_configs: RELABELED }, { alert_relabel_configs: RELABELED }] },
    otlp: {
      promote_resource_attributes: ['service.name', 'k8s.namespace.name'], keep_identifying_resource_attributes: true, promote_scope_metadata: true,
      convert_histograms_to_nhcb: true, translation_strategy: 'NoTranslation',
    },
    tracing: {
      client_type: 'http', endpoint: 'tempo.tracing:4318', sampling_fraction: 0.5, headers: { 'X-Scope-OrgID': 'shop' }, compression: 'gzip', timeout: '5s',
      tls_config: { ca_file: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt' },
    },
    remote_read: [{
      url: 'https://archive.example.com/read', name: 'archive', remote_timeout: '30s', required_matchers: { 'service.tier': 'archive' }, read_recent: true,
      filter_external_labels: false, headers: { 'X-Scope-OrgID': 'shop' }, follow_redirects: false, enable_http2: false, proxy_url: 'http://proxy.example.com:3128',
      no_proxy: '.svc', tls_config: { ca_file: '/etc/prometheus/secrets/archive/ca.crt' },
      authorization: { type: 'Bearer', credentials_file: '/etc/prometheus/secrets/archive/token' },
    }],
  });
  expect(checkPrometheus(manifests(chart))).toHaveLength(1);
});

test('every prop is in the resource of the operator', () => {
  const chart = newChart();
  const { enableHttp2: _, ...archive } = read(chart);
  const prometheus = new OperatedPrometheus(chart, 'prometheus', { otlpReceiver: true, ...everything(newChart()), remoteReads: [new RemoteRead(archive)] });
  prometheus.sendAlertsTo(ExistingAlertmanager.outside({ host: 'alerts.example.com' }));
  prometheus.sendAlertsTo(new AlertmanagerServer(chart, 'alertmanager'));
  const objects = manifests(chart);
  expect(find(objects, 'Prometheus').spec).toMatchObject({
    sampleLimit: 1, targetLimit: 2, labelLimit: 3, labelNameLengthLimit: 4, labelValueLengthLimit: 5, keepDroppedTargets: 6, bodySizeLimit: '1024KiB',
    nameValidationScheme: 'UTF8', ruleQueryOffset: '30s',
    alerting: { alertmanagers: [{ alertRelabelings: [{ targetLabel: 'site', replacement: 'north', action: 'replace' }] }] },
    otlp: {
      promoteResourceAttributes: ['service.name', 'k8s.namespace.name'], keepIdentifyingResourceAttributes: true, promoteScopeMetadata: true, convertHistogramsToNHCB: true,
      translationStrategy: 'NoTranslation',
    },
    tracingConfig: {
      clientType: 'http', endpoint: 'tempo.tracing:4318', samplingFraction: 0.5, headers: { 'X-Scope-OrgID': 'shop' }, compression: 'gzip', timeout: '5s',
      tlsConfig: { caFile: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt' },
    },
    remoteRead: [{
      url: 'https://archive.example.com/read', name: 'archive', remoteTimeout: '30s', requiredMatchers: { 'service.tier': 'archive' }, readRecent: true,
      filterExternalLabels: false, headers: { 'X-Scope-OrgID': 'shop' }, followRedirects: false, proxyUrl: 'http://proxy.example.com:3128', noProxy: '.svc',
      tlsConfig: { ca: { secret: { name: 'archive', key: 'ca.crt' } } }, authorization: { type: 'Bearer', credentials: { name: 'archive', key: 'token' } },
    }],
  });
  expect(textsOf(find(objects, 'Secret', 'prometheus-alertmanagers'))['alertmanagers.yaml']).toContain('alert_relabel_configs');
});

const image = (version: string) => `prometheus:v${version}`;
const store = (props: Partial<RemoteReadProps> = {}) => new RemoteRead({ url: 'https://a/read', ...props });

test.each<[string, PrometheusProps, string]>([
  ['a limit of nothing', { scrapeLimits: { sampleLimit: 0 } }, 'scrapeLimits: sampleLimit: 0 is not a whole number above 0'],
  ['an offset of nothing', { ruleQueryOffset: Duration.seconds(0) }, 'ruleQueryOffset (ms): 0 is not a whole number above 0'],
  ['OTLP that is not received', { otlp: {} }, "otlp has no effect without 'otlpReceiver'; set that to true, or leave it out"],
  ['an option of OTLP of a newer version', { image: image('3.5.0'), otlpReceiver: true, otlp: { promoteScopeMetadata: true } },
    'otlp: promoteScopeMetadata is known from Prometheus 3.6 on, and this one is 3.5.0; choose a newer image, or leave it out'],
  ['a translation of a newer version', { image: image('3.5.0'), otlpReceiver: true, otlp: { translation: OtlpTranslation.UNDERSCORES_WITHOUT_SUFFIXES } },
    "otlp: translation 'UnderscoreEscapingWithoutSuffixes' is known from Prometheus 3.6 on"],
  ['all attributes and some', { otlpReceiver: true, otlp: { promoteAllResourceAttributes: true, promoteResourceAttributes: ['a'] } }, "otlp: got 'promoteResourceAttributes' and 'promoteAllResourceAttributes'"],
  ['attributes left out of none', { otlpReceiver: true, otlp: { ignoreResourceAttributes: ['a'] } }, "otlp: got 'ignoreResourceAttributes' without 'promoteAllResourceAttributes'"],
  ['an attribute twice', { otlpReceiver: true, otlp: { promoteResourceAttributes: ['a', 'a'] } }, "otlp: attribute 'a' is empty or exists twice"],
  ['names that are not accepted', { otlpReceiver: true, nameValidation: NameValidation.LEGACY, otlp: { translation: OtlpTranslation.NONE } }, 'otlp: translation \'NoTranslation\' makes names that NameValidation.LEGACY does not accept'],
  ['a collector without a port', { tracing: { endpoint: 'tempo' } }, "tracing: endpoint: 'tempo' is not host:port"],
  ['no traces', { tracing: { endpoint: 'tempo:1', samplingFraction: 0 } }, 'tracing: samplingFraction is 0; give a number above 0 and up to 1'],
  ['traces with and without TLS', { tracing: { endpoint: 'tempo:1', insecure: true, tls: TlsClient.systemCa({ serverName: 'a' }) } }, "tracing: got 'insecure' and 'tls'; keep one of them"],
  ['a header of traces that is none', { tracing: { endpoint: 'tempo:1', headers: { 'a b': 'c' } } }, "tracing.headers: 'a b' is not a header name"],
  ['no time for traces', { tracing: { endpoint: 'tempo:1', timeout: Duration.seconds(0) } }, 'tracing: timeout (ms): 0 is not a whole number above 0'],
  ['stores of one name', { remoteReads: [store({ name: 'a' }), store({ name: 'a' })] }, "remoteReads: 'a' exists twice, and Prometheus does not start then"],
  ['an agent that reads', { agent: true, remoteReads: [store()] }, "got 'remoteReads' with 'agent'; an agent evaluates no rules, sends no alerts and answers no queries"],
])('%s is refused', (_, props, message) => {
  expect(() => inChart((chart) => new PrometheusServer(chart, 'prometheus', props))).toThrow(`test/prometheus: ${message}`);
});

test.each<[string, Partial<RemoteReadProps>, string]>([
  ['no URL', { url: 'a' }, "RemoteRead 'a': url: 'a' is not an absolute http or https URL"],
  ['no time', { timeout: Duration.seconds(0) }, "RemoteRead 'https://a/read': timeout (ms): 0 is not a whole number above 0"],
  ['a matcher that is none', { name: 'b', requiredMatchers: { '': 'x' } }, "RemoteRead 'b': requiredMatchers: '' is not a label name"],
  ['a secret in a header', { headers: { Authorization: 'x' } }, "RemoteRead 'https://a/read': header 'Authorization' would show its secret"],
])('a store with %s is refused', (_, props, message) => {
  expect(() => store(props)).toThrow(message);
});

test('the operator has no field for HTTP/1 of a store', () => {
  expect(() => inChart((chart) => new OperatedPrometheus(chart, 'prometheus', { remoteReads: [store({ enableHttp2: false })] })))
    .toThrow("remote read 'https://a/read': enableHttp2 is false, which a remote read of the operator cannot say; leave it out, or use PrometheusServer");
});
