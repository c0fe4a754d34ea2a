import { Chart, Testing } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-27';
import {
  Authorization, BasicAuth, ConfigMapKey, HttpConfig, OAuth2, OAuth2Props, SecretKey, TlsClient, TlsClientOptions, TlsSecretKeys, TlsServer,
  TlsServerProps, TlsVersion,
} from '../../../lib';
import { clientSettings } from '../../../lib/monitoring/http/client-settings';
import { TlsPlaces, tlsFiles } from '../../../lib/monitoring/http/tls-files';
import { unsupportedSettings, unsupportedTls } from '../../../lib/monitoring/http/unsupported-settings';
import { spell, WireMap } from '../../../lib/wire/data';
import { fileSpelling } from '../../../lib/wire/file-spelling';
import { secretNamed } from '../scrape/secrets';

const secret = secretNamed('shop');
const key = (name: string) => SecretKey.of(secret, name);
const bundle = ConfigMapKey.of(ConfigMap.fromConfigMapName(new Chart(Testing.app(), 'imports'), 'bundle', 'bundle'), 'ca-bundle.crt');
const file = (name: string) => `/etc/prometheus/secrets/shop/${name}`;
const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const written = (settings: WireMap) => spell(settings, fileSpelling('prometheus'));
const client = (config: HttpConfig) => written(clientSettings(config, 'here'));

const OPTIONS: Required<TlsClientOptions> = {
  serverName: 'shop.example.com', certificate: key('tls.crt'), privateKey: key('tls.key'), minVersion: TlsVersion.TLS_1_2, maxVersion: TlsVersion.TLS_1_3,
};
const WRITTEN_OPTIONS = { cert_file: file('tls.crt'), key_file: file('tls.key'), server_name: 'shop.example.com', min_version: 'TLS12', max_version: 'TLS13' };

describe('TlsClient', () => {
  test.each<[string, (options?: TlsClientOptions) => TlsClient, object]>([
    ['the cluster', (options) => TlsClient.clusterCa(options), { ca_file: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt' }],
    ['the system', (options) => TlsClient.systemCa(options), {}],
    ['a Secret', (options) => TlsClient.secretCa(key('ca.crt'), options), { ca_file: file('ca.crt') }],
    ['a ConfigMap', (options) => TlsClient.configMapCa(bundle, options), { ca_file: '/etc/prometheus/configmaps/bundle/ca-bundle.crt' }],
    ['PEM text', (options) => TlsClient.pemCa(PEM, options), { ca: PEM }],
    ['nobody', (options) => TlsClient.insecureSkipVerify(options), { insecure_skip_verify: true }],
  ])('verifies by the authority of %s, with all the options and without', (_, make, authority) => {
    expect(written(make()._wire())).toEqual(authority);
    expect(written(make(OPTIONS)._wire())).toEqual({ ...authority, ...WRITTEN_OPTIONS });
  });

  test('takes all of one Secret', () => {
    const keys: Required<TlsSecretKeys> = {
      ca: 'ca.crt', certificate: 'tls.crt', privateKey: 'tls.key', serverName: 'shop.example.com', minVersion: TlsVersion.TLS_1_2, maxVersion: TlsVersion.TLS_1_3,
    };
    expect(written(TlsClient.fromSecret(secret, keys)._wire())).toEqual({ ca_file: file('ca.crt'), ...WRITTEN_OPTIONS });
    expect(written(TlsClient.fromSecret(secret, { ca: 'ca.crt' })._wire())).toEqual({ ca_file: file('ca.crt') });
    expect(written(TlsClient.fromSecret(secret, { certificate: 'a', privateKey: 'b' })._wire())).toEqual({ cert_file: file('a'), key_file: file('b') });
  });

  test('says where its authority is', () => {
    expect(TlsClient.clusterCa()).toMatchObject({ usesClusterCa: true, skipsVerification: false, ca: undefined, caConfigMap: undefined });
    expect(TlsClient.secretCa(key('ca.crt'))).toMatchObject({ usesClusterCa: false, ca: { key: 'ca.crt' }, caConfigMap: undefined });
    expect(TlsClient.configMapCa(bundle)).toMatchObject({ ca: undefined, caConfigMap: { key: 'ca-bundle.crt' } });
    expect(TlsClient.insecureSkipVerify()).toMatchObject({ usesClusterCa: false, skipsVerification: true });
  });

  test('gets a server name where it has none, and all else stays', () => {
    const named = TlsClient.secretCa(key('ca.crt'), { ...OPTIONS, serverName: undefined })._withServerName('shop.example.com');
    expect(written(named._wire())).toEqual({ ca_file: file('ca.crt'), ...WRITTEN_OPTIONS });
    [TlsClient.clusterCa({ serverName: 'mine' }), TlsClient.insecureSkipVerify()].forEach((tls) => expect(tls._withServerName('shop.svc')).toBe(tls));
  });

  test.each<[string, () => unknown, string]>([
    ['half a certificate', () => TlsClient.fromSecret(secret, { certificate: 'tls.crt' }), "TlsClient.fromSecret('shop'): got 'certificate' without 'privateKey'; a client certificate needs both"],
    ['the other half', () => TlsClient.clusterCa({ privateKey: key('tls.key') }), "TlsClient.clusterCa: got 'privateKey' without 'certificate'"],
    ['no key', () => TlsClient.fromSecret(secret, {}), "TlsClient.fromSecret('shop'): no key is named; name 'ca', or 'certificate' and 'privateKey', or all three"],
    [
      'versions the wrong way round', () => TlsClient.secretCa(key('ca.crt'), { minVersion: TlsVersion.TLS_1_3, maxVersion: TlsVersion.TLS_1_2 }),
      "TlsClient.secretCa('shop/ca.crt'): minVersion TLS13 is newer than maxVersion TLS12; swap them",
    ],
    ['other text', () => TlsClient.pemCa('MIIB'), "TlsClient.pemCa: pem: 'MIIB' is not a certificate in PEM form; give it from '-----BEGIN CERTIFICATE-----' to '-----END CERTIFICATE-----'"],
  ])('refuses %s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

describe('files of a TLS client', () => {
  const places: TlsPlaces = { file: ({ key: name }) => `/files/${name}`, clusterCa: () => '/account/ca.crt' };

  test.each<[string, TlsClient, object]>([
    ['the cluster', TlsClient.clusterCa(), { ca: '/account/ca.crt', keys: [] }],
    ['the system', TlsClient.systemCa(), { keys: [] }],
    ['a Secret', TlsClient.secretCa(key('ca.crt')), { ca: '/files/ca.crt', keys: [key('ca.crt')] }],
    ['a ConfigMap', TlsClient.configMapCa(bundle), { ca: '/files/ca-bundle.crt', keys: [bundle] }],
    ['PEM text', TlsClient.pemCa(PEM), { pem: PEM, keys: [] }],
    ['nobody', TlsClient.insecureSkipVerify(), { skipsVerification: true, keys: [] }],
    ['a Secret, with a certificate', TlsClient.secretCa(key('ca.crt'), OPTIONS), {
      ca: '/files/ca.crt', certificate: '/files/tls.crt', privateKey: '/files/tls.key', keys: [key('ca.crt'), key('tls.crt'), key('tls.key')],
    }],
  ])('verified by %s', (_, tls, expected) => {
    expect(tlsFiles(tls, places)).toEqual({ skipsVerification: false, ...expected });
  });

  test('the authority of the cluster is asked for where it is used', () => {
    const asked = jest.fn(() => undefined);
    const verified = [TlsClient.systemCa(), TlsClient.secretCa(key('ca.crt')), TlsClient.clusterCa()].map((tls) => tlsFiles(tls, { ...places, clusterCa: asked }).ca);
    expect(verified).toEqual([undefined, '/files/ca.crt', undefined]);
    expect(asked).toHaveBeenCalledTimes(1);
  });
});

describe('settings that a program has no place for', () => {
  const all: Required<HttpConfig> = {
    tls: TlsClient.systemCa(OPTIONS),
    authorization: Authorization.bearer(key('token')),
    basicAuth: new BasicAuth({ username: 'me', password: key('password') }),
    oauth2: new OAuth2({ clientId: 'me', clientSecret: key('oauth'), tokenUrl: 'https://issuer.example.com/token' }),
    proxyUrl: 'http://proxy:3128',
    noProxy: [],
    proxyFromEnvironment: false,
    headers: {},
    secretHeaders: {},
    followRedirects: true,
    enableHttp2: false,
  };
  const ofTls = ['serverName', 'minVersion', 'maxVersion'];

  test('are all that are given, unless it supports them', () => {
    expect(unsupportedSettings(all, []).sort()).toEqual([...Object.keys(all), ...ofTls.map((name) => `tls.${name}`)].sort());
    expect(unsupportedSettings(all, ['tls', 'tls.serverName', 'headers', 'secretHeaders', 'noProxy', 'proxyFromEnvironment', 'followRedirects', 'enableHttp2']))
      .toEqual(['authorization', 'basicAuth', 'oauth2', 'proxyUrl', 'tls.minVersion', 'tls.maxVersion']);
    expect(unsupportedSettings({}, [])).toEqual([]);
  });

  test('of TLS too', () => {
    expect(unsupportedTls(all.tls)).toEqual(ofTls);
    expect(unsupportedTls(all.tls, ['serverName'])).toEqual(ofTls.slice(1));
    expect([unsupportedTls(TlsClient.clusterCa()), unsupportedTls(undefined)]).toEqual([[], []]);
  });
});

describe('TlsServer', () => {
  test('takes the keys that cert-manager writes', () => {
    const server = TlsServer.fromSecret(secret);
    expect(server).toMatchObject({ certificate: { key: 'tls.crt' }, privateKey: { key: 'tls.key' }, ca: { key: 'ca.crt' } });
    expect(written(server._client('a.b.svc')._wire())).toEqual({ ca_file: file('ca.crt'), server_name: 'a.b.svc' });
    expect(written(TlsServer.fromSecret(secret, 'shop.example.com')._client('a.b.svc')._wire())).toEqual({ ca_file: file('ca.crt'), server_name: 'shop.example.com' });
  });

  test('with all the props and without an authority', () => {
    const props: Required<TlsServerProps> = { certificate: key('cert'), privateKey: key('key'), ca: key('ca'), serverName: 'shop.example.com' };
    expect(new TlsServer(props)).toMatchObject(props);
    expect(written(new TlsServer({ ...props, ca: undefined })._client('a.b.svc')._wire())).toEqual({ server_name: 'shop.example.com' });
  });

  test('keeps certificate and private key together', () => {
    expect(() => new TlsServer({ certificate: key('cert'), privateKey: SecretKey.of(secretNamed('other'), 'key') }))
      .toThrow("TlsServer('shop/cert'): the private key is in Secret 'other'; put certificate and private key into one Secret");
  });
});

describe('a client', () => {
  test.each<[string, HttpConfig, object]>([
    ['nothing', {}, {}],
    ['the token of the service account', { authorization: Authorization.serviceAccountToken() }, {
      authorization: { type: 'Bearer', credentials_file: '/var/run/secrets/kubernetes.io/serviceaccount/token' },
    }],
    ['a token', { authorization: Authorization.bearer(key('token')) }, { authorization: { type: 'Bearer', credentials_file: file('token') } }],
    ['another scheme', { authorization: Authorization.scheme('Api-Key', key('token')) }, { authorization: { type: 'Api-Key', credentials_file: file('token') } }],
    ['a password', { basicAuth: new BasicAuth({ username: 'me', password: key('password') }) }, { basic_auth: { username: 'me', password_file: file('password') } }],
    ['a proxy', { proxyUrl: 'http://proxy:3128', noProxy: ['10.0.0.0/8', '.example.com'] }, { proxy_url: 'http://proxy:3128', no_proxy: '10.0.0.0/8,.example.com' }],
    ['the proxy of the environment', { proxyFromEnvironment: true }, { proxy_from_environment: true }],
    ['headers', { headers: { 'X-Scope-OrgID': 'shop' }, secretHeaders: { 'X-Api-Key': key('api') } }, {
      http_headers: { 'X-Scope-OrgID': { values: ['shop'] }, 'X-Api-Key': { files: [file('api')] } },
    }],
    ['what is the default', { followRedirects: true, enableHttp2: true, proxyFromEnvironment: false, noProxy: [], headers: {}, secretHeaders: {} }, {}],
    ['what is not', { followRedirects: false, enableHttp2: false }, { follow_redirects: false, enable_http2: false }],
    ['TLS', { tls: TlsClient.secretCa(key('ca.crt'), OPTIONS) }, { tls_config: { ca_file: file('ca.crt'), ...WRITTEN_OPTIONS } }],
  ])('with %s', (_, config, expected) => {
    expect(client(config)).toEqual(expected);
  });

  test('with OAuth 2.0 and all its props', () => {
    const props: Required<Omit<OAuth2Props, 'proxyFromEnvironment'>> = {
      clientId: 'me', clientSecret: key('oauth'), tokenUrl: 'https://issuer.example.com/token', scopes: ['read'], endpointParams: { username: 'shop' },
      tls: TlsClient.configMapCa(bundle), proxyUrl: 'http://proxy:3128', noProxy: ['.svc'],
    };
    expect(client({ oauth2: new OAuth2(props) })).toEqual({
      oauth2: {
        client_id: 'me', client_secret_file: file('oauth'), token_url: 'https://issuer.example.com/token', scopes: ['read'],
        endpoint_params: { username: 'shop' }, tls_config: { ca_file: '/etc/prometheus/configmaps/bundle/ca-bundle.crt' },
        proxy_url: 'http://proxy:3128', no_proxy: '.svc',
      },
    });
    const { clientId, clientSecret, tokenUrl } = props;
    expect(client({ oauth2: new OAuth2({ clientId, clientSecret, tokenUrl, proxyFromEnvironment: true }) })).toEqual({
      oauth2: { client_id: 'me', client_secret_file: file('oauth'), token_url: 'https://issuer.example.com/token', proxy_from_environment: true },
    });
  });

  const oauth2 = () => new OAuth2({ clientId: 'me', clientSecret: key('oauth'), tokenUrl: 'https://issuer.example.com' });

  test.each<[string, () => unknown, string]>([
    [
      'two credentials', () => client({ basicAuth: new BasicAuth({ username: 'me', password: key('p') }), oauth2: oauth2() }),
      "here: got 'basicAuth' and 'oauth2', and a request has one 'Authorization' header; keep one of them",
    ],
    ['a proxy without scheme', () => client({ proxyUrl: 'proxy:3128' }), "here: proxyUrl: 'proxy:3128' is not an absolute http or https URL"],
    ['a proxy with a password', () => client({ proxyUrl: 'http://me:pw@proxy:3128' }), "which the manifest would show; take that out and give the URL by 'proxyEnvironment'"],
    ['two proxies', () => client({ proxyUrl: 'http://proxy', proxyFromEnvironment: true }), "here: got 'proxyFromEnvironment' and proxyUrl 'http://proxy'; keep one of them"],
    ['exceptions to no proxy', () => client({ noProxy: ['x'] }), "here: got 'noProxy' without 'proxyUrl'; name the proxy"],
    ['two proxies to the issuer', () => new OAuth2({ clientId: 'me', clientSecret: key('a'), tokenUrl: 'https://a', noProxy: ['x'] }), "OAuth2 of client 'me': got 'noProxy' without 'proxyUrl'"],
    ['a header of the program', () => client({ headers: { Host: 'a' } }), "here: header 'Host' is set by the program itself; leave it out"],
    ['an authorization from a Secret', () => client({ secretHeaders: { Authorization: key('a') } }), "here: header 'Authorization' is set by the program itself; leave it out, credentials go into 'authorization'"],
    ['a secret in a header', () => client({ headers: { 'X-Api-Key': 'abc' } }), "here: header 'X-Api-Key' would show its secret in the configuration; use 'authorization', 'basicAuth', 'oauth2' or 'secretHeaders'"],
    ['a header twice', () => client({ headers: { 'x-a': 'x' }, secretHeaders: { 'X-A': key('a') } }), "here: headers: 'x-a' and 'X-A' are one header"],
    ['a header that is none', () => client({ headers: { 'a b': 'x' } }), "here: headers: 'a b' is not a header name"],
    ['basic as a scheme', () => Authorization.scheme('Basic', key('token')), "Authorization.scheme('shop/token'): 'Basic' is not allowed; name a scheme such as 'Bearer', for a password use BasicAuth"],
    ['an empty scheme', () => Authorization.scheme('', key('token')), "Authorization.scheme('shop/token'): '' is not allowed"],
    ['an empty user', () => new BasicAuth({ username: '', password: key('p') }), "BasicAuth('shop/p'): username is empty; name the user whose password the Secret holds"],
    ['an empty client', () => new OAuth2({ clientId: '', clientSecret: key('p'), tokenUrl: 'https://a' }), "OAuth2('shop/p'): clientId is empty"],
    ['a token URL that is none', () => new OAuth2({ clientId: 'me', clientSecret: key('p'), tokenUrl: 'issuer' }), "OAuth2 of client 'me': tokenUrl: 'issuer' is not an absolute http or https URL"],
  ])('refuses %s', (_, make, message) => {
    expect(make).toThrow(message);
  });

  test('gives and takes copies', () => {
    const scopes = ['read'];
    const endpointParams = { audience: 'shop' };
    const made = new OAuth2({ clientId: 'me', clientSecret: key('oauth'), tokenUrl: 'https://issuer.example.com', scopes, endpointParams });
    scopes.push('write');
    endpointParams.audience = 'other';
    made.scopes.push('more');
    made.endpointParams.audience = 'other';
    expect(made.scopes).toEqual(['read']);
    expect(made.endpointParams).toEqual({ audience: 'shop' });
  });
});
