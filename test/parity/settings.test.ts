import { Duration, Size } from 'cdk8s';
import { ISecret } from 'cdk8s-plus-27';
import { Fill, operated, plain } from './backends';
import { settingDifferences } from './compare';
import { clients } from './jobs';
import {
  AlertmanagerServer, Authorization, AzureAd, AzureCloud, BasicAuth, CapacityPlan, ExistingAlertmanager, NameValidation, OtlpTranslation,
  PrometheusProps, Relabeling, RemoteRead, RemoteWrite, RemoteWriteProtocol, ReplicaDeduplication, Scheme, SecretKey, SigV4, TlsClient,
  TlsServer, TracingOptions, TracingProtocol, WebConfig,
} from '../../lib';
import { secretNamed } from '../monitoring/scrape/secrets';

const PROPS: PrometheusProps = {
  scrapeInterval: Duration.seconds(20),
  scrapeTimeout: Duration.seconds(15),
  evaluationInterval: Duration.seconds(40),
  cluster: 'north',
  externalLabels: { region: 'eu' },
  retention: Duration.days(9),
  outOfOrderTimeWindow: Duration.minutes(30),
  maxExemplars: 1000,
  capacity: CapacityPlan.forSeries({ series: 1_000_000 }),
  nativeHistograms: true,
  replicas: 2,
  scrapeLimits: {
    sampleLimit: 1, targetLimit: 2, labelLimit: 3, labelNameLengthLimit: 4, labelValueLengthLimit: 5, keepDroppedTargets: 6,
    bodySizeLimit: Size.mebibytes(7),
  },
  nameValidation: NameValidation.LEGACY,
  ruleQueryOffset: Duration.seconds(30),
  alertRelabelings: [Relabeling.replace({ targetLabel: 'site', replacement: 'north' }), Relabeling.drop({ sourceLabels: ['severity'], regex: 'none' })],
  otlpReceiver: true,
  otlp: {
    promoteAllResourceAttributes: true, ignoreResourceAttributes: ['host.ip'], keepIdentifyingResourceAttributes: true, promoteScopeMetadata: true,
    convertHistogramsToNhcb: true, translation: OtlpTranslation.UNDERSCORES_WITHOUT_SUFFIXES,
  },
};

function reads(secret: ISecret): RemoteRead[] {
  return [
    ...clients(secret).map(([name, client]) => new RemoteRead({ name, url: `https://${name}.example.com/read`, ...client })),
    new RemoteRead({
      name: 'everything', url: 'https://everything.example.com/read', timeout: Duration.seconds(40), requiredMatchers: { tier: 'archive' }, readRecent: true,
      filterExternalLabels: false, headers: { 'X-Scope-OrgID': 'shop' }, followRedirects: false, proxyUrl: 'http://proxy.example.com:3128',
    }),
  ];
}

function tracings(secret: ISecret): Array<[string, TracingOptions]> {
  return [
    ['gRPC', { endpoint: 'tempo.tracing:4317', insecure: true }],
    ['HTTP', {
      endpoint: 'tempo.example.com:4318', protocol: TracingProtocol.HTTP, samplingFraction: 0.25, headers: { 'X-Scope-OrgID': 'shop' }, gzip: true, timeout: Duration.seconds(5),
      tls: TlsClient.fromSecret(secret, { ca: 'ca.crt', certificate: 'tls.crt', privateKey: 'tls.key', serverName: 'tempo.example.com' }),
    }],
    ['the cluster', { endpoint: 'tempo.tracing:4317', tls: TlsClient.clusterCa() }],
  ];
}

const ID = '00000000-1111-2222-3333-444444444444';
const ROLE = 'arn:aws:iam::123456789012:role/write';

/** Stores of all kinds that both backends write to. An access key is in the environment of one, see `test/server/credential-variables.test.ts`. */
function presets(secret: ISecret): RemoteWrite[] {
  const amazon = { region: 'eu-central-1', workspaceId: 'ws-0d4ad5a5' };
  const azure = { ingestionEndpoint: 'https://shop.westeurope-1.metrics.ingest.monitor.azure.com', dataCollectionRule: 'dcr-0123456789abcdef' };
  return [
    RemoteWrite.mimir('https://mimir.example.com', { tenant: 'shop', protocol: RemoteWriteProtocol.V2, queue: { capacity: 50_000 } }),
    RemoteWrite.cortex('https://cortex.example.com', { metadata: { send: false } }),
    RemoteWrite.thanosReceive('http://receive.example.com', { tenant: 'shop' }),
    RemoteWrite.victoriaMetrics('http://vm.example.com', { deduplication: ReplicaDeduplication.equalSeries() }),
    RemoteWrite.influxDb('http://influxdb.example.com', { database: 'k8s', retentionPolicy: 'month' }),
    RemoteWrite.amazonManagedPrometheus({ ...amazon }),
    RemoteWrite.amazonManagedPrometheus({
      ...amazon, name: 'amazon-by-role', sigv4: SigV4.podIdentity({ region: 'eu-central-1', roleArn: ROLE, externalId: 'shop', useFipsStsEndpoint: true }),
    }),
    RemoteWrite.azureMonitor(azure),
    RemoteWrite.azureMonitor({ ...azure, name: 'azure-by-id', azureAd: AzureAd.managedIdentity({ clientId: ID, cloud: AzureCloud.CHINA, scope: 'a' }) }),
    RemoteWrite.azureMonitor({ ...azure, name: 'azure-by-workload', azureAd: AzureAd.workloadIdentity({ clientId: ID, tenantId: ID }) }),
    RemoteWrite.grafanaCloud({ url: 'https://prometheus.grafana.net/api/prom/push', username: '1', token: SecretKey.of(secret, 'password') }),
  ];
}

function stores(secret: ISecret): RemoteWrite[] {
  return [
    ...clients(secret).map(([name, client]) => new RemoteWrite({ name, url: `https://${name}.example.com/write`, ...client })),
    new RemoteWrite({
      name: 'everything', url: 'https://everything.example.com/write', protocol: RemoteWriteProtocol.V1, timeout: Duration.seconds(40),
      headers: { 'X-Scope-OrgID': 'shop' }, proxyUrl: 'http://proxy.example.com:3128',
      relabelings: [Relabeling.drop({ sourceLabels: ['__name__'], regex: 'go_.*' })],
      sendNativeHistograms: true, enableHttp2: true, roundRobinDns: true, deduplication: ReplicaDeduplication.equalSeries(),
      metadata: { sendInterval: Duration.minutes(7), maxSamplesPerSend: 500 },
      queue: {
        capacity: 5000, maxShards: 20, minShards: 2, maxSamplesPerSend: 1000, batchSendDeadline: Duration.seconds(7), minBackoff: Duration.millis(50),
        maxBackoff: Duration.seconds(9), retryOnHttp429: true, sampleAgeLimit: Duration.hours(1),
      },
    }),
  ];
}

const writes: Fill = ({ prometheus, secret }) => stores(secret).forEach((store) => prometheus.addRemoteWrite(store));

/** Also what an older Prometheus, or one without exemplars or the label of a cluster, cannot send. */
const everything: Fill = (made) => {
  writes(made);
  presets(made.secret).forEach((store) => made.prometheus.addRemoteWrite(store));
  made.prometheus.addRemoteWrite(RemoteWrite.mimir('https://mimir.example.com', {
    name: 'tracked', sendExemplars: true, deduplication: ReplicaDeduplication.haTracker({ clusterLabel: 'pair' }),
  }));
};

const alerts: Fill = ({ prometheus, chart, secret }) => {
  prometheus.sendAlertsTo(new AlertmanagerServer(chart, 'alertmanager', { web: WebConfig.tls(TlsServer.fromSecret(secret)) }));
  prometheus.sendAlertsTo(new ExistingAlertmanager({
    namespace: 'alerts', serviceName: 'theirs', portName: 'https', port: 9443, scheme: Scheme.HTTPS, pathPrefix: '/am',
    tls: TlsClient.fromSecret(secret, { ca: 'ca.crt' }), basicAuth: new BasicAuth({ username: 'me', password: SecretKey.of(secret, 'password') }),
  }));
  prometheus.sendAlertsTo(new ExistingAlertmanager({
    namespace: 'alerts', serviceName: 'others', scheme: Scheme.HTTPS, tls: TlsClient.clusterCa(), authorization: Authorization.serviceAccountToken(),
  }));
  prometheus.sendAlertsTo(ExistingAlertmanager.outside({
    host: 'alerts.example.com', port: 443, pathPrefix: '/am', followRedirects: false, headers: { 'X-Scope-OrgID': 'shop' },
    tls: TlsClient.fromSecret(secret, { ca: 'ca.crt' }), authorization: Authorization.bearer(SecretKey.of(secret, 'password')),
  }));
};

test('a server writes, labels and stores the same', () => {
  expect(settingDifferences(plain(PROPS, everything).others, operated(PROPS, everything).others)).toEqual([]);
});

test('native histograms are scraped the same with the feature of the same name', () => {
  const props: PrometheusProps = { nativeHistograms: true, enableFeatures: ['native-histograms'] };
  const { others } = plain(props, () => undefined);
  expect(others).toHaveProperty('others.global.scrape_native_histograms', true);
  expect(settingDifferences(others, operated(props, () => undefined).others)).toEqual([]);
});

test('alerts go to the same Alertmanagers', () => {
  const [one, other] = [plain(PROPS, alerts), operated(PROPS, alerts)];
  expect(settingDifferences(one.others, other.others)).toEqual([]);
  expect(one.others.alertmanagers.map(({ urls }) => urls.map((url) => url.replace(/\d+(\.\d+){3}/, 'ADDRESS')))).toEqual([
    ['https://ADDRESS:9093/api/v2/alerts'], ['https://ADDRESS:9443/am/api/v2/alerts'], ['https://ADDRESS:9093/api/v2/alerts'],
    ['https://alerts.example.com:443/am/api/v2/alerts'],
  ]);
});

test('queries read from the same stores', () => {
  const props = { remoteReads: reads(secretNamed('shop')) };
  const [one, other] = [plain(props, () => undefined), operated(props, () => undefined)];
  expect(JSON.stringify(one.others)).toContain('https://everything.example.com/read');
  expect(settingDifferences(one.others, other.others)).toEqual([]);
});

test.each(tracings(secretNamed('shop')))('traces go to the same collector by %s', (_, tracing) => {
  const [one, other] = [plain({ tracing }, () => undefined), operated({ tracing }, () => undefined)];
  expect(JSON.stringify(one.others)).toContain(tracing.endpoint);
  expect(settingDifferences(one.others, other.others)).toEqual([]);
  expect(settingDifferences(plain({ tracing, agent: true }, writes).others, operated({ tracing, agent: true }, writes).others)).toEqual([]);
});

test('an agent writes and labels the same', () => {
  const { retention: _, evaluationInterval: __, ruleQueryOffset: ___, alertRelabelings: ____, maxExemplars: _____, ...props } = PROPS;
  const agent = { ...props, agent: true };
  expect(settingDifferences(plain(agent, everything).others, operated(agent, everything).others)).toEqual([]);
});

test.each<[string, PrometheusProps]>([
  ['native histograms whose feature is named too', { nativeHistograms: true, enableFeatures: ['native-histograms'] }],
  ['native histograms of a Prometheus that has them by a feature', { nativeHistograms: true, image: 'prometheus:v3.7.3' }],
  ['shards of one replica', { shards: 2 }],
  ['a dollar sign in an external label', { cluster: 'a$b', externalLabels: { price: '$1' } }],
])('a server has the same settings with %s', (_, props) => {
  expect(settingDifferences(plain(props, writes).others, operated(props, writes).others)).toEqual([]);
});
