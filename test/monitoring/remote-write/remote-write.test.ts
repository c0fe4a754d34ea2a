import { Duration } from 'cdk8s';
import { Authorization, BasicAuth, OAuth2, Relabeling, RemoteWrite, RemoteWriteProps, RemoteWriteProtocol, RemoteWriteQueue, SecretKey, TlsClient } from '../../lib';
import { checkConfig, synthesize } from '../server/support';
import { secretNamed } from './scrape/secrets';

const secret = secretNamed('store');
const url = 'https://store.example.com/api/v1/write';

/** The remote write of the configuration, after promtool has accepted it. */
function configOf(props: Partial<RemoteWriteProps>): unknown {
  const { text, configuration } = synthesize({}, (prometheus) => prometheus.addRemoteWrite(new RemoteWrite({ url, ...props })));
  checkConfig(text);
  return configuration.remote_write[0];
}

test('takes a URL', () => {
  expect(configOf({})).toEqual({ url });
});

test('every prop', () => {
  const queue: Required<RemoteWriteQueue> = {
    capacity: 1, maxShards: 2, minShards: 1, maxSamplesPerSend: 4, batchSendDeadline: Duration.seconds(6), minBackoff: Duration.millis(70),
    maxBackoff: Duration.seconds(8), retryOnHttp429: false, sampleAgeLimit: Duration.hours(9),
  };
  const props: Required<Omit<RemoteWriteProps, 'authorization' | 'oauth2' | 'proxyFromEnvironment'>> = {
    url,
    name: 'store',
    protocol: RemoteWriteProtocol.V2,
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
    queue,
  };
  expect(configOf(props)).toEqual({
    url,
    name: 'store',
    protobuf_message: 'io.prometheus.write.v2.Request',
    remote_timeout: '90s',
    headers: { 'X-Scope-OrgID': 'shop' },
    write_relabel_configs: [{ action: 'keep', source_labels: ['__name__'], regex: 'shop:.*' }],
    send_exemplars: true,
    send_native_histograms: true,
    basic_auth: { username: 'me', password_file: '/etc/prometheus/secrets/store/password' },
    proxy_url: 'http://proxy:3128',
    no_proxy: '.svc',
    http_headers: { 'X-Token': { files: ['/etc/prometheus/secrets/store/token'] } },
    follow_redirects: false,
    enable_http2: false,
    tls_config: { ca_file: '/etc/prometheus/secrets/store/ca.crt' },
    queue_config: {
      capacity: 1, max_shards: 2, min_shards: 1, max_samples_per_send: 4, batch_send_deadline: '6s', min_backoff: '70ms', max_backoff: '8s',
      retry_on_http_429: false, sample_age_limit: '9h',
    },
  });
});

test.each<[string, Partial<RemoteWriteProps>, object]>([
  ['a token', { authorization: Authorization.bearer(SecretKey.of(secret, 'token')) }, { authorization: { type: 'Bearer', credentials_file: '/etc/prometheus/secrets/store/token' } }],
  ['OAuth 2.0', { oauth2: new OAuth2({ clientId: 'a', clientSecret: SecretKey.of(secret, 'client-secret'), tokenUrl: 'https://issuer' }) },
    { oauth2: { client_id: 'a', client_secret_file: '/etc/prometheus/secrets/store/client-secret', token_url: 'https://issuer' } }],
])('authenticates by %s, whose Secret is mounted', (_, props, expected) => {
  expect(configOf(props)).toEqual({ url, ...expected });
  const { pod } = synthesize({}, (prometheus) => prometheus.addRemoteWrite(new RemoteWrite({ url, ...props })));
  expect(pod.volumes).toContainEqual({ name: 'secret-0', secret: { secretName: 'store', optional: true, defaultMode: 0o440 } });
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
  ['more shards at least than at most', { queue: { minShards: 60 } }, 'queue.minShards 60 is above maxShards 50'],
])('refuses %s', (_, props, message) => {
  expect(() => new RemoteWrite({ url, ...props })).toThrow(message);
});
