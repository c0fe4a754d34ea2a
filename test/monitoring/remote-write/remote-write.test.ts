import { Duration } from 'cdk8s';
import {
  Authorization, AzureAd, BasicAuth, GoogleIam, HaTrackerOptions, OAuth2, PrometheusServerProps, Relabeling, RemoteWrite, RemoteWriteMetadata,
  RemoteWriteProps, RemoteWriteProtocol, RemoteWriteQueue, ReplicaDeduplication, SecretKey, SigV4, TlsClient,
} from '../../../lib';
import { checkConfig, synthesize } from '../../server/support';
import { Manifest } from '../../manifests';
import { secretNamed } from '../scrape/secrets';

const secret = secretNamed('store');
const url = 'https://store.example.com/api/v1/write';

/** The remote write of the configuration, after promtool has accepted it. */
function configOf(props: Partial<RemoteWriteProps>, server: PrometheusServerProps = {}): Manifest {
  const { text, configuration } = synthesize(server, (prometheus) => prometheus.addRemoteWrite(new RemoteWrite({ url, ...props })));
  checkConfig(text);
  return configuration.remote_write[0];
}

test('takes a URL', () => {
  expect(configOf({})).toEqual({ url });
});

test('every prop', () => {
  const queue: Required<RemoteWriteQueue> = {
    capacity: 8, maxShards: 2, minShards: 1, maxSamplesPerSend: 4, batchSendDeadline: Duration.seconds(6), minBackoff: Duration.millis(70),
    maxBackoff: Duration.seconds(8), retryOnHttp429: false, sampleAgeLimit: Duration.hours(9),
  };
  const metadata: Required<RemoteWriteMetadata> = { send: true, sendInterval: Duration.minutes(10), maxSamplesPerSend: 11 };
  const tracker: Required<HaTrackerOptions> = { clusterLabel: 'pair', replicaLabel: 'replica' };
  const props: Required<Omit<RemoteWriteProps, 'authorization' | 'oauth2' | 'sigv4' | 'azureAd' | 'googleIam' | 'proxyFromEnvironment'>> = {
    url,
    name: 'store',
    protocol: RemoteWriteProtocol.V1,
    timeout: Duration.seconds(90),
    headers: { 'X-Scope-OrgID': 'shop' },
    basicAuth: new BasicAuth({ username: 'me', password: SecretKey.of(secret, 'password') }),
    tls: TlsClient.fromSecret(secret, { ca: 'ca.crt' }),
    proxyUrl: 'http://proxy:3128',
    noProxy: ['.svc'],
    secretHeaders: { 'X-Token': SecretKey.of(secret, 'token') },
    followRedirects: false,
    enableHttp2: false,
    relabelings: [Relabeling.keep({ sourceLabels: ['__name__'], regex: 'shop:.*' })],
    sendExemplars: true,
    sendNativeHistograms: true,
    deduplication: ReplicaDeduplication.haTracker(tracker),
    metadata,
    roundRobinDns: true,
    queue,
  };
  expect(configOf(props, { cluster: 'north', maxExemplars: 1000 })).toEqual({
    url,
    name: 'store',
    protobuf_message: 'prometheus.WriteRequest',
    remote_timeout: '90s',
    headers: { 'X-Scope-OrgID': 'shop' },
    write_relabel_configs: [
      { source_labels: ['cluster', 'prometheus'], separator: '/', target_label: 'pair' },
      { source_labels: ['prometheus_replica'], regex: '(.+)', target_label: 'replica' },
      { action: 'labeldrop', regex: 'prometheus_replica' },
      { action: 'keep', source_labels: ['__name__'], regex: 'shop:.*' },
    ],
    send_exemplars: true,
    send_native_histograms: true,
    round_robin_dns: true,
    metadata_config: { send: true, send_interval: '10m', max_samples_per_send: 11 },
    basic_auth: { username: 'me', password_file: '/etc/prometheus/secrets/store/password' },
    proxy_url: 'http://proxy:3128',
    no_proxy: '.svc',
    http_headers: { 'X-Token': { files: ['/etc/prometheus/secrets/store/token'] } },
    follow_redirects: false,
    enable_http2: false,
    tls_config: { ca_file: '/etc/prometheus/secrets/store/ca.crt' },
    queue_config: {
      capacity: 8, max_shards: 2, min_shards: 1, max_samples_per_send: 4, batch_send_deadline: '6s', min_backoff: '70ms', max_backoff: '8s',
      retry_on_http_429: false, sample_age_limit: '9h',
    },
  });
});

test.each<[string, Partial<RemoteWriteProps>, object]>([
  ['a token', { authorization: Authorization.bearer(SecretKey.of(secret, 'token')) }, { authorization: { type: 'Bearer', credentials_file: '/etc/prometheus/secrets/store/token' } }],
  ['a key of Google Cloud', { googleIam: GoogleIam.serviceAccountKey(SecretKey.of(secret, 'key.json')) },
    { google_iam: { credentials_file: '/etc/prometheus/secrets/store/key.json' } }],
  ['OAuth 2.0', { oauth2: new OAuth2({ clientId: 'a', clientSecret: SecretKey.of(secret, 'client-secret'), tokenUrl: 'https://issuer' }) },
    { oauth2: { client_id: 'a', client_secret_file: '/etc/prometheus/secrets/store/client-secret', token_url: 'https://issuer' } }],
])('authenticates by %s, whose Secret is mounted', (_, props, expected) => {
  expect(configOf(props)).toEqual({ url, ...expected });
  const { pod } = synthesize({}, (prometheus) => prometheus.addRemoteWrite(new RemoteWrite({ url, ...props })));
  expect(pod.volumes).toContainEqual({ name: 'secret-0', secret: { secretName: 'store', optional: true, defaultMode: 0o440 } });
});

test.each<[string, Partial<RemoteWriteProps>, object]>([
  ['AWS', { sigv4: SigV4.podIdentity({ region: 'eu-central-1' }) }, { sigv4: { region: 'eu-central-1' } }],
  ['Azure', { azureAd: AzureAd.managedIdentity() }, { azuread: { managed_identity: {} } }],
  ['Google Cloud', { googleIam: GoogleIam.podIdentity() }, { google_iam: {} }],
])('authenticates by the identity of the Pod at %s', (_, props, expected) => {
  expect(configOf(props)).toEqual({ url, ...expected });
});

test('HTTP/2 is off unless it is asked for, as Prometheus has it', () => {
  expect(configOf({ enableHttp2: true })).toEqual({ url, enable_http2: true });
});

test('remote write 2.0 sends metadata and native histograms by itself', () => {
  expect(configOf({ protocol: RemoteWriteProtocol.V2, sendNativeHistograms: true })).toEqual({
    url, protobuf_message: 'io.prometheus.write.v2.Request', send_native_histograms: true,
  });
});

test('metadata is left out only by name', () => {
  expect(configOf({ metadata: { sendInterval: Duration.minutes(5) } })).toMatchObject({ metadata_config: { send: true, send_interval: '5m' } });
  expect(configOf({ metadata: { send: false } })).toMatchObject({ metadata_config: { send: false } });
});

describe('replicas', () => {
  test('are told apart by the labels of an HA tracker', () => {
    expect(configOf({ deduplication: ReplicaDeduplication.haTracker() }, { cluster: 'north', replicas: 2 }).write_relabel_configs).toEqual([
      { source_labels: ['prometheus_replica'], regex: '(.+)', target_label: '__replica__' },
      { action: 'labeldrop', regex: 'prometheus_replica' },
    ]);
  });

  test('send equal series', () => {
    expect(configOf({ deduplication: ReplicaDeduplication.equalSeries() }, { replicas: 2, shards: 2 }).write_relabel_configs).toEqual([
      { action: 'labeldrop', regex: 'prometheus_replica' },
    ]);
  });
});

test('takes copies', () => {
  const headers = { tenant: 'a' };
  const relabelings: Relabeling[] = [];
  const target = new RemoteWrite({ url, headers, relabelings });
  headers.tenant = 'b';
  relabelings.push(Relabeling.labelDrop('x'));
  expect(target._props).toMatchObject({ headers: { tenant: 'a' }, relabelings: [] });
});

test.each<[string, Partial<RemoteWriteProps>, string]>([
  ['no URL', { url: 'store:9090' }, "RemoteWrite 'store:9090': url: 'store:9090' is not an absolute http or https URL"],
  ['no URL of the proxy', { proxyUrl: 'proxy' }, "proxyUrl: 'proxy' is not an absolute http or https URL"],
  ['a secret header', { headers: { Authorization: 'x' } }, "header 'Authorization' would show its secret in the configuration; use 'authorization', 'basicAuth', 'oauth2' or 'secretHeaders'"],
  ['two credentials', { basicAuth: new BasicAuth({ username: 'me', password: SecretKey.of(secret, 'password') }), authorization: Authorization.bearer(SecretKey.of(secret, 'a')) },
    "got 'authorization' and 'basicAuth', and a request has one 'Authorization' header; keep one of them"],
  ['no shard', { queue: { maxShards: 0 } }, 'queue.maxShards: 0 is not a whole number above 0'],
  ['no capacity', { queue: { capacity: 0 } }, 'queue.capacity: 0 is not a whole number above 0'],
  ['no samples', { queue: { maxSamplesPerSend: 0 } }, 'queue.maxSamplesPerSend: 0 is not a whole number above 0'],
  ['more shards at least than at most', { queue: { minShards: 60 } }, "queue.minShards 60 is above maxShards 50; raise 'maxShards'"],
  ['a shard below a request', { queue: { capacity: 10, maxSamplesPerSend: 11 } },
    'queue.capacity 10 is below maxSamplesPerSend 11, so that no request fills; leave one of them out'],
  ['pauses that shrink', { queue: { minBackoff: Duration.seconds(6) } }, 'queue.minBackoff 6s is longer than maxBackoff 5s; swap them'],
  ['no metadata in a request', { metadata: { maxSamplesPerSend: 0 } }, 'metadata.maxSamplesPerSend: 0 is not a whole number above 0; leave it out for 2000'],
  ['settings of metadata in remote write 2.0', { protocol: RemoteWriteProtocol.V2, metadata: { send: false } },
    "got 'metadata' with RemoteWriteProtocol.V2, which always sends metadata and native histograms; leave it out, or use RemoteWriteProtocol.V1"],
  ['remote write 2.0 without native histograms', { protocol: RemoteWriteProtocol.V2, sendNativeHistograms: false }, "got 'sendNativeHistograms' with RemoteWriteProtocol.V2"],
  ['credentials of a cloud with others', { sigv4: SigV4.podIdentity({ region: 'eu-central-1' }), authorization: Authorization.bearer(SecretKey.of(secret, 'a')) },
    "got 'authorization' and 'sigv4', and a remote write has one kind of credentials; keep one of them"],
  ['credentials of two clouds', { azureAd: AzureAd.managedIdentity(), googleIam: GoogleIam.podIdentity() }, "got 'azureAd' and 'googleIam'"],
])('refuses %s', (_, props, message) => {
  expect(() => new RemoteWrite({ url, ...props })).toThrow(message);
});

test.each(['clusterLabel', 'replicaLabel'])('refuses labels of an HA tracker that are none: %s', (label) => {
  expect(() => ReplicaDeduplication.haTracker({ [label]: 'my-label' })).toThrow(`ReplicaDeduplication.haTracker: ${label}: 'my-label' is not a label name`);
});
