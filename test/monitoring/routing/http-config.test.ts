import {
  Integration, NotificationAuthorization, NotificationHttpConfig, NotificationOAuth2Props, NotificationTls, NotificationTlsVersion,
} from '../../../lib/monitoring/routing';
import { secretKey, settingsOf } from './support';

const key = secretKey('s', 'k');
const file = '/etc/alertmanager/secrets/s/k';
const withHttp = (httpConfig: NotificationHttpConfig) => Integration.webhook({ url: 'http://x', httpConfig });
const http = (httpConfig: NotificationHttpConfig) => settingsOf(withHttp(httpConfig)).http_config;

test('all the props', () => {
  const tls: Required<Omit<NotificationTls, 'caPem'>> = {
    ca: key, certificate: key, privateKey: key, serverName: 'name', insecureSkipVerify: false, minVersion: NotificationTlsVersion.TLS_1_2,
    maxVersion: NotificationTlsVersion.TLS_1_3,
  };
  const props: Required<Omit<NotificationHttpConfig, 'proxyFromEnvironment'>> = {
    authorization: NotificationAuthorization.bearer(key), tls, proxyUrl: 'http://proxy:3128', noProxy: ['10.0.0.0/8', '.example.org'],
    followRedirects: false,
    enableHttp2: false, headers: { 'X-Scope': 'a' }, secretHeaders: { 'X-Token': key },
  };
  expect(http(props)).toEqual({
    authorization: { type: 'Bearer', credentials_file: file },
    tls_config: {
      ca_file: file, cert_file: file, key_file: file, server_name: 'name', insecure_skip_verify: false, min_version: 'TLS12', max_version: 'TLS13',
    },
    proxy_url: 'http://proxy:3128', no_proxy: '10.0.0.0/8,.example.org', follow_redirects: false, enable_http2: false,
    http_headers: { 'X-Scope': { values: ['a'] }, 'X-Token': { files: [file] } },
  });
  const caPem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
  expect(http({ tls: { caPem } })).toEqual({ tls_config: { ca: caPem } });
  expect(http({ proxyFromEnvironment: true })).toEqual({ proxy_from_environment: true });
});

test('authorization: one kind at a time, by construction', () => {
  expect(http({ authorization: NotificationAuthorization.scheme('GenieKey', key) }))
    .toEqual({ authorization: { type: 'GenieKey', credentials_file: file } });
  expect(http({ authorization: NotificationAuthorization.basic('user', key) })).toEqual({ basic_auth: { username: 'user', password_file: file } });
  const oauth2: Required<NotificationOAuth2Props> = {
    clientId: 'id', clientSecret: key, tokenUrl: 'https://issuer/token', scopes: ['a'], endpointParams: { audience: 'b' }, tls: { ca: key },
    proxyUrl: 'http://proxy:3128',
  };
  expect(http({ authorization: NotificationAuthorization.oauth2(oauth2) })).toEqual({
    oauth2: {
      client_id: 'id', client_secret_file: file, token_url: 'https://issuer/token', scopes: ['a'], endpoint_params: { audience: 'b' },
      tls_config: { ca_file: file }, proxy_url: 'http://proxy:3128',
    },
  });
});

test.each<[string, () => unknown, string]>([
  [
    'half a client certificate', () => withHttp({ tls: { certificate: key } }),
    "webhook: httpConfig: tls: got 'certificate' without 'privateKey'; a client certificate needs both",
  ],
  ['the other half', () => withHttp({ tls: { privateKey: key } }), "got 'privateKey' without 'certificate'"],
  ['two authorities', () => withHttp({ tls: { ca: key, caPem: 'x' } }), "got 'ca' and 'caPem'; keep one of them"],
  ['no authority', () => withHttp({ tls: { caPem: 'MIIB' } }), 'caPem is not a certificate in PEM form'],
  [
    'TLS versions', () => withHttp({ tls: { minVersion: NotificationTlsVersion.TLS_1_3, maxVersion: NotificationTlsVersion.TLS_1_2 } }),
    'minVersion TLS13 is newer than maxVersion TLS12; exchange them',
  ],
  ['proxy URL', () => withHttp({ proxyUrl: 'proxy:3128' }), "webhook: httpConfig: proxyUrl: 'proxy:3128' is not an absolute http or https URL"],
  ['proxy password', () => withHttp({ proxyUrl: 'http://u:p@proxy' }), 'has a user or a password in it'],
  [
    'two proxies', () => withHttp({ proxyUrl: 'http://proxy', proxyFromEnvironment: true }),
    "got 'proxyFromEnvironment' and proxyUrl 'http://proxy'; keep one of them",
  ],
  ['no proxy to avoid', () => withHttp({ noProxy: ['x'] }), "got 'noProxy' without 'proxyUrl'; name the proxy"],
  [
    'reserved header', () => withHttp({ headers: { authorization: 'x' } }),
    "the header 'authorization' is set by Alertmanager itself; leave it out, credentials go into 'authorization'",
  ],
  ['header twice', () => withHttp({ headers: { 'x-a': 'x' }, secretHeaders: { 'X-A': key } }), "'x-a' and 'X-A' are one header"],
  ['scheme', () => NotificationAuthorization.scheme('', key), "NotificationAuthorization.scheme: '' is not allowed"],
  ['scheme basic', () => NotificationAuthorization.scheme('Basic', key), 'for a user name and password use NotificationAuthorization.basic'],
  ['user', () => NotificationAuthorization.basic('', key), 'NotificationAuthorization.basic: the user name is empty'],
  ['client id', () => NotificationAuthorization.oauth2({ clientId: '', clientSecret: key, tokenUrl: 'https://x' }), 'oauth2: clientId is empty'],
  [
    'token URL', () => NotificationAuthorization.oauth2({ clientId: 'x', clientSecret: key, tokenUrl: 'x' }),
    "oauth2: tokenUrl: 'x' is not an absolute http or https URL",
  ],
])('%s', (_, act, message) => {
  expect(act).toThrow(message);
});
