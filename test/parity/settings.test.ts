import { Duration } from 'cdk8s';
import { ISecret } from 'cdk8s-plus-27';
import { Fill, operated, plain } from './backends';
import { settingDifferences } from './compare';
import { clients } from './jobs';
import {
  AlertmanagerServer, Authorization, AzureAd, AzureCloud, BasicAuth, CapacityPlan, ExistingAlertmanager, PrometheusProps, Relabeling, RemoteWrite,
  RemoteWriteProtocol, ReplicaDeduplication, Scheme, SecretKey, SigV4, TlsClient,
} from '../../lib';

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
};

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
  prometheus.sendAlertsTo(new AlertmanagerServer(chart, 'alertmanager'));
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
    ['http://ADDRESS:9093/api/v2/alerts'], ['https://ADDRESS:9443/am/api/v2/alerts'], ['https://ADDRESS:9093/api/v2/alerts'],
    ['https://alerts.example.com:443/am/api/v2/alerts'],
  ]);
});

test('an agent writes and labels the same', () => {
  const { retention: _, evaluationInterval: __, maxExemplars: ___, ...props } = PROPS;
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
