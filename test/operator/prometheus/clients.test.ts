import { Chart, Duration, Testing } from 'cdk8s';
import { ConfigMap, ISecret, Secret } from 'cdk8s-plus-27';
import { secretNamed } from '../../monitoring/scrape/secrets';
import { objectsOf, specOf, synthesize } from '../operated';
import {
  AlertmanagerServer, Authorization, AzureAd, BasicAuth, ConfigMapKey, ExistingAlertmanager, ExistingAlertmanagerProps, GoogleIam, HttpConfig, OAuth2,
  OperatedPrometheus, Relabeling, RemoteWrite, RemoteWriteProps, RemoteWriteProtocol, ReplicaDeduplication, Scheme, ScrapeEndpoint,
  ScrapeEndpointProps, ScrapeJob, SecretKey, SigV4, SigV4Options, TlsClient, TlsVersion,
} from '../../../lib';
import { newChart } from '../../charts';
import { find, Loose, ofKind, textsOf } from '../../manifests';

const existing = (chart: Chart): ISecret => Secret.fromSecretName(chart, 'existing', 'shop');
const CA_FILE = '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt';
const TOKEN_FILE = '/var/run/secrets/kubernetes.io/serviceaccount/token';
const TLS = { ca: { secret: { name: 'shop', key: 'ca.crt' } }, cert: { secret: { name: 'shop', key: 'tls.crt' } }, keySecret: { name: 'shop', key: 'tls.key' } };
const KEYS = { ca: 'ca.crt', certificate: 'tls.crt', privateKey: 'tls.key' };

const oauth2 = (secret: ISecret, tls?: TlsClient) => new OAuth2({
  clientId: 'me', clientSecret: SecretKey.of(secret, 'client-secret'), tokenUrl: 'https://issuer.example.com/token', scopes: ['read'], endpointParams: { audience: 'metrics' }, tls,
});
const OAUTH2 = {
  clientId: { secret: { name: 'prometheus-clients', key: 'client-2744ccd1' } }, clientSecret: { name: 'shop', key: 'client-secret' },
  tokenUrl: 'https://issuer.example.com/token', scopes: ['read'], endpointParams: { audience: 'metrics' },
};

/** What a client becomes in the only endpoint of a ServiceMonitor. */
function endpointOf(props: (secret: ISecret) => ScrapeEndpointProps): Loose {
  const objects = synthesize({ proxyEnvironment: { httpProxy: 'http://proxy.example.com:3128' } }, (prometheus, chart) => prometheus.addScrapeJob(ScrapeJob.fromService({
    name: 'web', labels: { app: 'web' }, endpoints: [new ScrapeEndpoint({ port: 'http', ...props(existing(chart)) })],
  })));
  const { relabelings: _, port: __, scheme: ___, ...client } = find(objects, 'ServiceMonitor').spec.endpoints[0];
  return client;
}

describe('a client of a monitor', () => {
  test.each<[string, (secret: ISecret) => ScrapeEndpointProps, object]>([
    ['by TLS', (secret) => ({ tls: TlsClient.fromSecret(secret, KEYS) }), { tlsConfig: TLS }],
    ['by TLS that is not verified', () => ({ tls: TlsClient.insecureSkipVerify() }), { tlsConfig: { insecureSkipVerify: true } }],
    ['by TLS and the system\'s authorities', () => ({ tls: TlsClient.systemCa() }), {}],
    ['by a token', (secret) => ({ authorization: Authorization.scheme('Token', SecretKey.of(secret, 'token')) }), {
      authorization: { type: 'Token', credentials: { name: 'shop', key: 'token' } },
    }],
    ['by a password', (secret) => ({ basicAuth: new BasicAuth({ username: 'me', password: SecretKey.of(secret, 'password') }) }), {
      basicAuth: { username: { name: 'prometheus-clients', key: 'client-2744ccd1' }, password: { name: 'shop', key: 'password' } },
    }],
    ['by OAuth 2.0', (secret) => ({ oauth2: oauth2(secret) }), { oauth2: OAUTH2 }],
    ['by OAuth 2.0 with TLS', (secret) => ({ oauth2: oauth2(secret, TlsClient.fromSecret(secret, KEYS)) }), { oauth2: { ...OAUTH2, tlsConfig: TLS } }],
    ['by OAuth 2.0 and the cluster\'s authority', (secret) => ({ oauth2: oauth2(secret, TlsClient.clusterCa()) }), {
      oauth2: { ...OAUTH2, tlsConfig: { ca: { configMap: { name: 'kube-root-ca.crt', key: 'ca.crt' } } } },
    }],
    ['by OAuth 2.0 and a proxy', (secret) => ({ oauth2: new OAuth2({
      clientId: 'me', clientSecret: SecretKey.of(secret, 'client-secret'), tokenUrl: 'https://issuer.example.com/token', scopes: ['read'],
      endpointParams: { audience: 'metrics' }, proxyUrl: 'http://proxy.example.com:3128', noProxy: ['.svc'],
    }) }), { oauth2: { ...OAUTH2, proxyUrl: 'http://proxy.example.com:3128', noProxy: '.svc' } }],
    ['by an authority in a ConfigMap', (secret) => ({ tls: TlsClient.configMapCa(ConfigMapKey.of(ConfigMap.fromConfigMapName(new Chart(Testing.app(), 'a'), 'b', 'bundle'), 'ca.pem'), {
      certificate: SecretKey.of(secret, 'tls.crt'), privateKey: SecretKey.of(secret, 'tls.key'), serverName: 'web', minVersion: TlsVersion.TLS_1_2, maxVersion: TlsVersion.TLS_1_3,
    }) }), { tlsConfig: { ...TLS, ca: { configMap: { name: 'bundle', key: 'ca.pem' } }, serverName: 'web', minVersion: 'TLS12', maxVersion: 'TLS13' } }],
    ['by the proxy of the environment', () => ({ proxyFromEnvironment: true }), { proxyFromEnvironment: true }],
    ['by a proxy', () => ({ proxyUrl: 'http://proxy.example.com:3128', noProxy: ['10.0.0.0/8', '.svc'], followRedirects: false, enableHttp2: false }), {
      proxyUrl: 'http://proxy.example.com:3128', noProxy: '10.0.0.0/8,.svc', followRedirects: false, enableHttp2: false,
    }],
  ])('%s', (_, props, client) => {
    expect(endpointOf(props)).toEqual(client);
  });

  test('names no password, and keeps names of users and clients in a Secret, each once', () => {
    const objects = synthesize({}, (prometheus, chart) => ['one', 'two', 'one'].forEach((username, i) => {
      const basicAuth = new BasicAuth({ username, password: SecretKey.of(Secret.fromSecretName(chart, `secret-${i}`, 'shop'), 'password') });
      prometheus.addScrapeJob(ScrapeJob.fromStaticTargets({ name: `a${i}`, targets: ['a:1'], endpoints: [new ScrapeEndpoint({ name: 'a', basicAuth })] }));
    }));
    expect(textsOf(find(objects, 'Secret', 'prometheus-clients'))).toEqual({ 'client-7692c3ad': 'one', 'client-3fc4ccfe': 'two' });
    expect(ofKind(objects, 'ScrapeConfig').map(({ spec }) => spec.basicAuth.username.key)).toEqual(['client-7692c3ad', 'client-3fc4ccfe', 'client-7692c3ad']);
    expect(ofKind(synthesize(), 'Secret')).toEqual([]);
  });
});

describe('a remote store', () => {
  const ROLE = 'arn:aws:iam::123456789012:role/write';
  const ID = '00000000-1111-2222-3333-444444444444';
  const written = (props: (secret: ISecret) => Partial<RemoteWriteProps>): Loose => (
    specOf({ cluster: 'north', maxExemplars: 1000 }, (prometheus, chart) => prometheus.addRemoteWrite(new RemoteWrite({ url: 'https://store.example.com/write', ...props(existing(chart)) }))).remoteWrite[0]
  );

  test('with all the props', () => {
    expect(written(() => ({
      name: 'store', protocol: RemoteWriteProtocol.V1, timeout: Duration.seconds(10), headers: { 'X-Scope-OrgID': 'shop' },
      relabelings: [Relabeling.drop({ sourceLabels: ['__name__'], regex: 'go_.+' })], sendExemplars: true, sendNativeHistograms: true,
      proxyUrl: 'http://proxy.example.com:3128', enableHttp2: true, roundRobinDns: true, deduplication: ReplicaDeduplication.haTracker(),
      metadata: { sendInterval: Duration.minutes(9), maxSamplesPerSend: 10 },
      queue: {
        capacity: 4, maxShards: 3, minShards: 2, maxSamplesPerSend: 4, batchSendDeadline: Duration.seconds(5), minBackoff: Duration.millis(6),
        maxBackoff: Duration.seconds(7), retryOnHttp429: true, sampleAgeLimit: Duration.hours(8),
      },
    }))).toEqual({
      url: 'https://store.example.com/write', name: 'store', messageVersion: 'V1.0', remoteTimeout: '10s', headers: { 'X-Scope-OrgID': 'shop' },
      writeRelabelConfigs: [
        { sourceLabels: ['prometheus_replica'], regex: '(.+)', targetLabel: '__replica__', action: 'replace' }, { action: 'labeldrop', regex: 'prometheus_replica' },
        { action: 'drop', sourceLabels: ['__name__'], regex: 'go_.+' },
      ],
      sendExemplars: true, sendNativeHistograms: true, proxyUrl: 'http://proxy.example.com:3128', enableHTTP2: true, roundRobinDNS: true,
      metadataConfig: { send: true, sendInterval: '9m', maxSamplesPerSend: 10 },
      queueConfig: {
        capacity: 4, maxShards: 3, minShards: 2, maxSamplesPerSend: 4, batchSendDeadline: '5s', minBackoff: '6ms', maxBackoff: '7s', retryOnRateLimit: true,
        sampleAgeLimit: '8h',
      },
    });
  });

  test.each<[string, (secret: ISecret) => Partial<RemoteWriteProps>, object]>([
    ['the protocol of before', () => ({ protocol: RemoteWriteProtocol.V1 }), { messageVersion: 'V1.0' }],
    ['TLS', (secret) => ({ tls: TlsClient.fromSecret(secret, KEYS) }), { tlsConfig: TLS }],
    ['the cluster\'s authority', () => ({ tls: TlsClient.clusterCa({ serverName: 'store' }) }), { tlsConfig: { caFile: CA_FILE, serverName: 'store' } }],
    ['the token of its account', () => ({ authorization: Authorization.serviceAccountToken() }), {
      authorization: { type: 'Bearer', credentialsFile: TOKEN_FILE },
    }],
    ['a token', (secret) => ({ authorization: Authorization.bearer(SecretKey.of(secret, 'token')) }), {
      authorization: { type: 'Bearer', credentials: { name: 'shop', key: 'token' } },
    }],
    ['a password', (secret) => ({ basicAuth: new BasicAuth({ username: 'me', password: SecretKey.of(secret, 'password') }) }), {
      basicAuth: { username: { name: 'prometheus-clients', key: 'client-2744ccd1' }, password: { name: 'shop', key: 'password' } },
    }],
    ['OAuth 2.0', (secret) => ({ oauth2: oauth2(secret) }), { oauth2: OAUTH2 }],
    ['remote write 2.0', () => ({ protocol: RemoteWriteProtocol.V2 }), { messageVersion: 'V2.0' }],
    ['the identity of its Pod at AWS', () => ({ sigv4: SigV4.podIdentity({ region: 'eu-central-1', roleArn: ROLE, externalId: 'a', useFipsStsEndpoint: true }) }), {
      sigv4: { region: 'eu-central-1', roleArn: ROLE, externalId: 'a', useFIPSSTSEndpoint: true },
    }],
    ['an access key', (secret) => ({ sigv4: SigV4.accessKey({ region: 'eu-central-1', accessKey: SecretKey.of(secret, 'id'), secretKey: SecretKey.of(secret, 'key') }) }), {
      sigv4: { region: 'eu-central-1', accessKey: { name: 'shop', key: 'id' }, secretKey: { name: 'shop', key: 'key' } },
    }],
    ['the identity of its node at Azure', () => ({ azureAd: AzureAd.managedIdentity() }), { azureAd: { managedIdentity: {} } }],
    ['a workload identity', () => ({ azureAd: AzureAd.workloadIdentity({ clientId: ID, tenantId: ID, scope: 'a' }) }), {
      azureAd: { workloadIdentity: { clientId: ID, tenantId: ID }, scope: 'a' },
    }],
    ['a client secret of Azure', (secret) => ({ azureAd: AzureAd.clientSecret({ clientId: ID, tenantId: ID, clientSecret: SecretKey.of(secret, 'client-secret') }) }), {
      azureAd: { oauth: { clientId: ID, tenantId: ID, clientSecret: { name: 'shop', key: 'client-secret' } } },
    }],
  ])('by %s', (_, props, client) => {
    expect(written(props)).toEqual({ url: 'https://store.example.com/write', ...client });
  });
});

test('credentials that the resource has no place for are for the other backend', () => {
  expect(() => specOf({}, (prometheus) => prometheus.addRemoteWrite(new RemoteWrite({ name: 'store', url: 'https://a', googleIam: GoogleIam.podIdentity() }))))
    .toThrow("remote write 'store': got googleIam, which a remote write of the operator cannot say; leave it out, or use PrometheusServer");
  const secret = secretNamed('azure');
  const id = '00000000-1111-2222-3333-444444444444';
  const azureAd = AzureAd.certificate({ clientId: id, tenantId: id, certificate: SecretKey.of(secret, 'tls.crt'), privateKey: SecretKey.of(secret, 'tls.key') });
  expect(() => specOf({}, (prometheus) => prometheus.addRemoteWrite(new RemoteWrite({ name: 'store', url: 'https://a', azureAd }))))
    .toThrow("remote write 'store': got AzureAd.certificate, which a remote write of the operator cannot say; use another of AzureAd, or PrometheusServer");
  const sigv4 = SigV4.profile({ region: 'eu-central-1', profile: 'a', file: SecretKey.of(secret, 'credentials') });
  expect(() => specOf({}, (prometheus) => prometheus.addRemoteWrite(new RemoteWrite({ name: 'store', url: 'https://a', sigv4 }))))
    .toThrow("remote write 'store': got SigV4.profile, and Pods of the operator have no file of profiles; use SigV4.accessKey, or PrometheusServer");
  const role = { region: 'eu-central-1', roleArn: 'arn:aws:iam::123456789012:role/write' };
  const ofSession = (more: Partial<SigV4Options>) => () => specOf({}, (prometheus) => prometheus.addRemoteWrite(
    new RemoteWrite({ name: 'store', url: 'https://a', sigv4: SigV4.podIdentity({ ...role, ...more }) }),
  ));
  expect(ofSession({ sessionName: 'shop' })).toThrow("remote write 'store': got 'sessionName' of SigV4, which a remote write of the operator cannot say; leave it out, or use PrometheusServer");
  expect(ofSession({ tags: { a: 'b' } })).toThrow("remote write 'store': got 'tags' of SigV4, which a remote write of the operator cannot say");
});

describe('an Alertmanager', () => {
  const ENDPOINT = { namespace: 'alerts', name: 'am', port: 'web', apiVersion: 'v2' };

  test.each<[string, (secret: ISecret) => Partial<ExistingAlertmanagerProps>, object]>([
    ['of the cluster', () => ({ portName: 'http', pathPrefix: '/am' }), { port: 'http', pathPrefix: '/am' }],
    ['by TLS', (secret) => ({ tls: TlsClient.fromSecret(secret, KEYS) }), { scheme: 'https', tlsConfig: TLS }],
    ['by the cluster\'s authority', () => ({ tls: TlsClient.clusterCa() }), { scheme: 'https', tlsConfig: { caFile: CA_FILE } }],
    ['by the system\'s authorities', () => ({ scheme: Scheme.HTTPS }), { scheme: 'https' }],
    ['by a password', (secret) => ({ basicAuth: new BasicAuth({ username: 'me', password: SecretKey.of(secret, 'password') }) }), {
      basicAuth: { username: { name: 'prometheus-clients', key: 'client-2744ccd1' }, password: { name: 'shop', key: 'password' } },
    }],
    ['by a token', (secret) => ({ authorization: Authorization.bearer(SecretKey.of(secret, 'token')) }), {
      authorization: { type: 'Bearer', credentials: { name: 'shop', key: 'token' } },
    }],
    ['by the token of its account', () => ({ authorization: Authorization.serviceAccountToken() }), { bearerTokenFile: TOKEN_FILE }],
  ])('%s', (_, props, client) => {
    const { alerting } = specOf({}, (prometheus, chart) => (
      prometheus.sendAlertsTo(new ExistingAlertmanager({ namespace: 'alerts', serviceName: 'am', ...props(existing(chart)) }))
    ));
    expect(alerting.alertmanagers).toEqual([{ ...ENDPOINT, ...client }]);
  });

  test('of the library is monitored too, and its endpoints may be read', () => {
    const objects = synthesize({}, (prometheus, chart) => prometheus.sendAlertsTo(new AlertmanagerServer(chart, 'am', { namespace: 'alerts' })));
    expect(find(objects, 'Prometheus').spec.alerting.alertmanagers).toEqual([ENDPOINT]);
    expect(ofKind(objects, 'ServiceMonitor').map(({ metadata }) => metadata.name)).toEqual(['prometheus-alertmanager']);
    expect(specOf().alerting).toBeUndefined();
  });
});

describe('what is refused', () => {
  const elsewhere = (chart: Chart) => new Secret(chart, 'elsewhere', { metadata: { name: 'shop', namespace: 'elsewhere' } });
  const job = (props: ScrapeEndpointProps) => ScrapeJob.fromStaticTargets({ name: 'web', targets: ['a:1'], endpoints: [new ScrapeEndpoint({ name: 'a', ...props })] });

  function made(use: (prometheus: OperatedPrometheus, chart: Chart) => void): () => void {
    const chart = newChart();
    const prometheus = new OperatedPrometheus(chart, 'prometheus');
    return () => use(prometheus, chart);
  }

  test('a Secret that the app makes in another namespace', () => {
    const message = "test/prometheus: Secret 'shop' is made in namespace 'elsewhere', and Pods mount only Secrets of their own, 'monitoring'";
    expect(made((prometheus, chart) => prometheus.addScrapeJob(job({ tls: TlsClient.fromSecret(elsewhere(chart), { ca: 'ca.crt' }) })))).toThrow(message);
    expect(made((prometheus, chart) => prometheus.addScrapeJob(job({ basicAuth: new BasicAuth({ username: 'a', password: SecretKey.of(elsewhere(chart), 'password') }) })))).toThrow(message);
    expect(made((prometheus, chart) => (
      prometheus.addRemoteWrite(new RemoteWrite({ url: 'https://store', authorization: Authorization.bearer(SecretKey.of(elsewhere(chart), 'token')) }))
    ))).toThrow(message);
  });

  const kinds = (props: HttpConfig): Array<[string, (prometheus: OperatedPrometheus) => void]> => {
    const endpoints = [new ScrapeEndpoint({ port: 'http', ...props })];
    return [
      ["scrape job 'web', endpoint 'http'", (prometheus) => prometheus.addScrapeJob(ScrapeJob.fromService({ name: 'web', labels: { app: 'web' }, endpoints }))],
      ["scrape job 'web', endpoint 'http'", (prometheus) => prometheus.addScrapeJob(ScrapeJob.fromPods({ name: 'web', labels: { app: 'web' }, endpoints }))],
      ["scrape job 'web', endpoint 'a'", (prometheus) => prometheus.addScrapeJob(job(props))],
      ["remote write 'far'", (prometheus) => prometheus.addRemoteWrite(new RemoteWrite({ name: 'far', url: 'https://store', ...props }))],
      ["Alertmanager 'a/am'", (prometheus) => prometheus.sendAlertsTo(new ExistingAlertmanager({ namespace: 'a', serviceName: 'am', ...props }))],
    ];
  };

  test('headers from Secrets, everywhere', () => {
    const props = { secretHeaders: { 'X-Token': SecretKey.of(existing(newChart()), 'token') } };
    const got = kinds(props).map(([place, use]) => [place, made(use)] as const);
    ['a ServiceMonitor', 'a PodMonitor', 'a ScrapeConfig'].forEach((kind, i) => expect(got[i][1])
      .toThrow(`test/prometheus: ${got[i][0]}: got headers or secretHeaders, which ${kind} of the operator cannot say; leave it out, or use PrometheusServer`));
    expect(got[3][1]).toThrow("test/prometheus: remote write 'far': got secretHeaders, which a remote write of the operator cannot say");
    expect(got[4][1]).toThrow("test/prometheus: Alertmanager 'a/am': got headers or secretHeaders, which an Alertmanager endpoint of the operator cannot say");
  });

  test('an authority as PEM text, everywhere', () => {
    kinds({ tls: TlsClient.pemCa('-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----') }).forEach(([place, use]) => expect(made(use))
      .toThrow(`test/prometheus: ${place}: the certificate authority is PEM text, which the operator cannot say; put it into a ConfigMap and name it by TlsClient.configMapCa()`));
  });

  test('OAuth 2.0 and redirects of an Alertmanager', () => {
    const send = (props: Partial<ExistingAlertmanagerProps>) => made((prometheus) => (
      prometheus.sendAlertsTo(new ExistingAlertmanager({ namespace: 'a', serviceName: 'am', ...props }))
    ));
    expect(send({ oauth2: oauth2(existing(newChart())) })).toThrow("Alertmanager 'a/am': got oauth2, which an Alertmanager endpoint of the operator cannot say");
    expect(send({ followRedirects: false })).toThrow("Alertmanager 'a/am': followRedirects is false, which an Alertmanager endpoint of the operator cannot say");
  });

  test('a variable in a header, in a path, and in the name of a user', () => {
    expect(made((prometheus) => prometheus.addRemoteWrite(new RemoteWrite({ url: 'https://store', name: 'far', headers: { a: '$(b)' } }))))
      .toThrow("test/prometheus: remote write 'far': '$(b)' has '$(b)'");
    expect(made((prometheus) => prometheus.sendAlertsTo(new ExistingAlertmanager({ namespace: 'a', serviceName: 'am', pathPrefix: '/$(b)' }))))
      .toThrow("test/prometheus: Alertmanager 'a/am': '/$(b)' has '$(b)'");
    expect(made((prometheus, chart) => prometheus.addScrapeJob(job({ basicAuth: new BasicAuth({ username: '$(me)', password: SecretKey.of(existing(chart), 'password') }) }))))
      .toThrow("test/prometheus: '$(me)' has '$(me)'");
  });
});

test('two of one chart have Secrets of their own', () => {
  const chart = newChart();
  ['a', 'b'].forEach((id) => new OperatedPrometheus(chart, id, { selfMonitoring: false, cluster: id }).addScrapeJob(ScrapeJob.raw('mine', { static_configs: [] })));
  expect(ofKind(objectsOf(chart), 'Secret').map(({ metadata }) => metadata.name)).toEqual(['a-raw-jobs', 'b-raw-jobs']);
});
