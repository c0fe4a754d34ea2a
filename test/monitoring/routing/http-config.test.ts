import { Chart, Testing } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-27';
import { Authorization, BasicAuth, ConfigMapKey, HttpConfig, Integration, OAuth2, TlsClient, TlsVersion } from '../../../lib';
import { secretKey, settingsOf } from './support';

const key = secretKey('s', 'k');
const file = '/etc/alertmanager/secrets/s/k';
const bundle = ConfigMapKey.of(ConfigMap.fromConfigMapName(new Chart(Testing.app(), 'imports'), 'bundle', 'bundle'), 'ca.crt');
const withHttp = (httpConfig: HttpConfig) => Integration.webhook({ url: 'http://x', httpConfig });
const http = (httpConfig: HttpConfig) => settingsOf(withHttp(httpConfig)).http_config;
const tokens = (tls?: TlsClient) => new OAuth2({ clientId: 'id', clientSecret: key, tokenUrl: 'https://issuer/token', tls });

test('all the props', () => {
  const props: Required<Omit<HttpConfig, 'proxyFromEnvironment' | 'basicAuth' | 'oauth2'>> = {
    authorization: Authorization.scheme('GenieKey', key), proxyUrl: 'http://proxy:3128', noProxy: ['10.0.0.0/8', '.example.org'], followRedirects: false,
    tls: TlsClient.configMapCa(bundle, { certificate: key, privateKey: key, serverName: 'name', minVersion: TlsVersion.TLS_1_2, maxVersion: TlsVersion.TLS_1_3 }),
    enableHttp2: false, headers: { 'X-Scope': 'a' }, secretHeaders: { 'X-Token': key },
  };
  expect(http(props)).toEqual({
    authorization: { type: 'GenieKey', credentials_file: file },
    tls_config: {
      ca_file: '/etc/alertmanager/configmaps/bundle/ca.crt', cert_file: file, key_file: file, server_name: 'name', min_version: 'TLS12', max_version: 'TLS13',
    },
    proxy_url: 'http://proxy:3128', no_proxy: '10.0.0.0/8,.example.org', follow_redirects: false, enable_http2: false,
    http_headers: { 'X-Scope': { values: ['a'] }, 'X-Token': { files: [file] } },
  });
});

const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

test.each<[string, HttpConfig, object]>([
  ['nothing, which is not what all receivers share', {}, {}],
  ['an authority as text', { tls: TlsClient.pemCa(PEM) }, { tls_config: { ca: PEM } }],
  ['a client certificate without verification', { tls: TlsClient.insecureSkipVerify({ certificate: key, privateKey: key }) }, {
    tls_config: { cert_file: file, key_file: file, insecure_skip_verify: true },
  }],
  ['the proxy of the environment', { proxyFromEnvironment: true }, { proxy_from_environment: true }],
  ['a password', { basicAuth: new BasicAuth({ username: 'user', password: key }) }, { basic_auth: { username: 'user', password_file: file } }],
  ['OAuth 2.0', { oauth2: tokens(TlsClient.secretCa(key)) }, {
    oauth2: { client_id: 'id', client_secret_file: file, token_url: 'https://issuer/token', tls_config: { ca_file: file } },
  }],
])('with %s', (_, config, expected) => {
  expect(http(config)).toEqual(expected);
});

test.each<[string, HttpConfig, string]>([
  ['a proxy that is no URL', { proxyUrl: 'proxy:3128' }, "Integration.webhook: httpConfig: proxyUrl: 'proxy:3128' is not an absolute http or https URL"],
  ['the token of a service account', { authorization: Authorization.serviceAccountToken() }, 'Integration.webhook: httpConfig: authorization is the token of a service account, and Alertmanager has none; use Authorization.bearer()'],
  ['the authority of the cluster', { tls: TlsClient.clusterCa() }, "Integration.webhook: httpConfig: tls: Alertmanager has no service account with the cluster's certificate authority; name ConfigMap 'kube-root-ca.crt' by TlsClient.configMapCa()"],
  ['the authority of the cluster for tokens', { oauth2: tokens(TlsClient.clusterCa()) }, 'Integration.webhook: httpConfig: oauth2.tls: Alertmanager has no service account'],
  ['two credentials', { authorization: Authorization.bearer(key), oauth2: tokens() }, "Integration.webhook: httpConfig: got 'authorization' and 'oauth2', and a request has one 'Authorization' header"],
])('refuses %s', (_, config, message) => {
  expect(() => withHttp(config)).toThrow(message);
});
