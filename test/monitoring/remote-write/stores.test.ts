import { Manifest } from '../../manifests';
import { checkConfig, synthesize } from '../../server/support';
import { secretNamed } from '../scrape/secrets';
import {
  AmazonManagedPrometheusOptions, AzureAd, AzureMonitorOptions, BasicAuth, GoogleIam, GoogleManagedPrometheusOptions, InfluxDbWriteOptions,
  RemoteWrite, RemoteWriteProtocol, SecretKey, SigV4, TenantStoreOptions, VictoriaMetricsWriteOptions,
} from '../../../lib';

const secret = secretNamed('store');
const basicAuth = new BasicAuth({ username: 'me', password: SecretKey.of(secret, 'password') });
const BASIC = { basic_auth: { username: 'me', password_file: '/etc/prometheus/secrets/store/password' } };
const WORKSPACE = { region: 'eu-central-1', workspaceId: 'ws-0d4ad5a5-1111-2222-3333-444444444444' };
const RULE = { ingestionEndpoint: 'https://shop-ab12.westeurope-1.metrics.ingest.monitor.azure.com', dataCollectionRule: 'dcr-0123456789abcdef' };

/** The remote write of the configuration, after promtool has accepted it. */
function configOf(store: RemoteWrite): Manifest {
  const { text, configuration } = synthesize({}, (prometheus) => prometheus.addRemoteWrite(store));
  checkConfig(text);
  return configuration.remote_write[0];
}

test.each<[string, RemoteWrite, object]>([
  ['Mimir', RemoteWrite.mimir('https://mimir.example.com'), { name: 'mimir', url: 'https://mimir.example.com/api/v1/push' }],
  ['Mimir with a tenant', RemoteWrite.mimir('https://mimir.example.com', { tenant: 'shop', headers: { 'X-More': 'a' }, basicAuth }), {
    name: 'mimir', url: 'https://mimir.example.com/api/v1/push', headers: { 'X-Scope-OrgID': 'shop', 'X-More': 'a' }, ...BASIC,
  }],
  ['Mimir below a path', RemoteWrite.mimir('https://example.com/mimir/', { name: 'far' }), { name: 'far', url: 'https://example.com/mimir/api/v1/push' }],
  ['Cortex', RemoteWrite.cortex('http://cortex:9009', { tenant: 'shop' }), { name: 'cortex', url: 'http://cortex:9009/api/v1/push', headers: { 'X-Scope-OrgID': 'shop' } }],
  ['Thanos', RemoteWrite.thanosReceive('http://receive:19291'), { name: 'thanos', url: 'http://receive:19291/api/v1/receive' }],
  ['Thanos with a tenant', RemoteWrite.thanosReceive('http://receive:19291', { tenant: 'shop' }), {
    name: 'thanos', url: 'http://receive:19291/api/v1/receive', headers: { 'THANOS-TENANT': 'shop' },
  }],
  ['VictoriaMetrics', RemoteWrite.victoriaMetrics('http://vm:8428'), { name: 'victoria-metrics', url: 'http://vm:8428/api/v1/write' }],
  ['a cluster of VictoriaMetrics', RemoteWrite.victoriaMetrics('http://vminsert:8480', { tenant: '42:7' }), {
    name: 'victoria-metrics', url: 'http://vminsert:8480/insert/42:7/prometheus/api/v1/write',
  }],
  ['InfluxDB', RemoteWrite.influxDb('http://influxdb:8086', { database: 'k8s', basicAuth }), { name: 'influxdb', url: 'http://influxdb:8086/api/v1/prom/write?db=k8s', ...BASIC }],
  ['InfluxDB with a retention policy', RemoteWrite.influxDb('http://influxdb:8086', { database: 'k8s & more', retentionPolicy: 'month' }), {
    name: 'influxdb', url: 'http://influxdb:8086/api/v1/prom/write?db=k8s+%26+more&rp=month',
  }],
  ['Amazon', RemoteWrite.amazonManagedPrometheus(WORKSPACE), {
    name: 'amazon-managed-prometheus', sigv4: { region: 'eu-central-1' }, queue_config: { capacity: 2500, max_samples_per_send: 1000, max_shards: 200 },
    url: 'https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/ws-0d4ad5a5-1111-2222-3333-444444444444/api/v1/remote_write',
  }],
  ['Amazon by a role', RemoteWrite.amazonManagedPrometheus({
    ...WORKSPACE, sigv4: SigV4.podIdentity({ region: 'eu-central-1', roleArn: 'arn:aws:iam::123456789012:role/write' }), queue: { capacity: 5000 },
  }), {
    name: 'amazon-managed-prometheus', sigv4: { region: 'eu-central-1', role_arn: 'arn:aws:iam::123456789012:role/write' },
    queue_config: { capacity: 5000, max_samples_per_send: 1000 },
    url: 'https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/ws-0d4ad5a5-1111-2222-3333-444444444444/api/v1/remote_write',
  }],
  ['Azure', RemoteWrite.azureMonitor(RULE), {
    name: 'azure-monitor', azuread: { managed_identity: {} },
    url: 'https://shop-ab12.westeurope-1.metrics.ingest.monitor.azure.com/dataCollectionRules/dcr-0123456789abcdef/streams/Microsoft-PrometheusMetrics/api/v1/write?api-version=2023-04-24',
  }],
  ['Azure by another identity', RemoteWrite.azureMonitor({ ...RULE, azureAd: AzureAd.managedIdentity({ clientId: '00000000-1111-2222-3333-444444444444' }) }), {
    name: 'azure-monitor', azuread: { managed_identity: { client_id: '00000000-1111-2222-3333-444444444444' } }, url: expect.stringContaining('dcr-0123456789abcdef'),
  }],
  ['Google', RemoteWrite.googleManagedPrometheus({ project: 'shop-prod' }), {
    name: 'google-managed-prometheus', protobuf_message: 'io.prometheus.write.v2.Request', google_iam: {}, queue_config: { capacity: 1000, max_samples_per_send: 200 },
    url: 'https://monitoring.googleapis.com/v1/projects/shop-prod/location/global/prometheus/api/v1/write',
  }],
  ['Google by a key', RemoteWrite.googleManagedPrometheus({ project: 'shop-prod', googleIam: GoogleIam.serviceAccountKey(SecretKey.of(secret, 'key.json')) }), {
    name: 'google-managed-prometheus', protobuf_message: 'io.prometheus.write.v2.Request', queue_config: { capacity: 1000, max_samples_per_send: 200 },
    google_iam: { credentials_file: '/etc/prometheus/secrets/store/key.json' },
    url: 'https://monitoring.googleapis.com/v1/projects/shop-prod/location/global/prometheus/api/v1/write',
  }],
  ['Grafana Cloud', RemoteWrite.grafanaCloud({ url: 'https://prometheus-prod-01-eu-west-0.grafana.net/api/prom/push', username: '123456', token: SecretKey.of(secret, 'token') }), {
    name: 'grafana-cloud', url: 'https://prometheus-prod-01-eu-west-0.grafana.net/api/prom/push',
    basic_auth: { username: '123456', password_file: '/etc/prometheus/secrets/store/token' },
  }],
])('writes to %s', (_, store, expected) => {
  expect(configOf(store)).toEqual(expected);
});

test('takes the options of any store', () => {
  const options: Omit<TenantStoreOptions & VictoriaMetricsWriteOptions, 'tenant'> = { protocol: RemoteWriteProtocol.V2, sendNativeHistograms: true };
  const influx: InfluxDbWriteOptions = { database: 'k8s', ...options };
  const amazon: AmazonManagedPrometheusOptions = { ...WORKSPACE, ...options };
  const azure: AzureMonitorOptions = { ...RULE, ...options };
  const google: GoogleManagedPrometheusOptions = { project: 'shop-prod', ...options };
  [
    RemoteWrite.mimir('https://a', options), RemoteWrite.cortex('https://a', options), RemoteWrite.thanosReceive('https://a', options),
    RemoteWrite.victoriaMetrics('https://a', options), RemoteWrite.influxDb('https://a', influx), RemoteWrite.amazonManagedPrometheus(amazon),
    RemoteWrite.azureMonitor(azure), RemoteWrite.googleManagedPrometheus(google),
    RemoteWrite.grafanaCloud({ url: 'https://prometheus.grafana.net/api/prom/push', username: '1', token: SecretKey.of(secret, 'token'), ...options }),
  ].forEach((store) => expect(configOf(store)).toMatchObject({ protobuf_message: 'io.prometheus.write.v2.Request', send_native_histograms: true }));
});

test.each<[string, () => unknown, string]>([
  ['no address', () => RemoteWrite.mimir('mimir:9009'), "RemoteWrite.mimir: url: 'mimir:9009' is not an absolute http or https URL"],
  ['the path in the address', () => RemoteWrite.mimir('https://mimir/api/v1/push'),
    "RemoteWrite.mimir: url 'https://mimir/api/v1/push' has the path to send samples to already; give the address alone, as 'https://mimir'"],
  ['a query in the address', () => RemoteWrite.influxDb('http://influxdb:8086?db=k8s', { database: 'k8s' }), 'has the path to send samples to already'],
  ['an empty tenant', () => RemoteWrite.cortex('https://cortex', { tenant: '' }), 'RemoteWrite.cortex: tenant is empty; leave it out where the store has no tenants'],
  ['no tenant of VictoriaMetrics', () => RemoteWrite.victoriaMetrics('http://vm', { tenant: 'shop' }), "tenant 'shop' is not a tenant; write it as '42' or '42:7', account and project"],
  ['no database', () => RemoteWrite.influxDb('http://influxdb', { database: '' }), 'RemoteWrite.influxDb: database is empty; name the database that the samples go to'],
  ['an empty retention policy', () => RemoteWrite.influxDb('http://influxdb', { database: 'a', retentionPolicy: ' ' }), 'retentionPolicy is empty; leave it out for the default one of the database'],
  ['no workspace', () => RemoteWrite.amazonManagedPrometheus({ ...WORKSPACE, workspaceId: 'shop' }), "workspaceId 'shop' is not the id of a workspace; write it as 'ws-"],
  ['no region', () => RemoteWrite.amazonManagedPrometheus({ ...WORKSPACE, region: 'Frankfurt' }), "region 'Frankfurt' is not a region of AWS; write it as 'eu-central-1'"],
  ['a signature for another region', () => RemoteWrite.amazonManagedPrometheus({ ...WORKSPACE, sigv4: SigV4.podIdentity({ region: 'eu-west-1' }) }),
    "'sigv4' is for region 'eu-west-1', and the workspace is in 'eu-central-1'; sign for the region of the workspace"],
  ['no data collection rule', () => RemoteWrite.azureMonitor({ ...RULE, dataCollectionRule: 'shop' }), "dataCollectionRule 'shop' is not the immutable id of a rule; write it as 'dcr-"],
  ['no project', () => RemoteWrite.googleManagedPrometheus({ project: 'Shop' }), "project 'Shop' is not the id of a project"],
  ['a page of Grafana Cloud', () => RemoteWrite.grafanaCloud({ url: 'https://grafana.com/orgs/shop', username: '1', token: SecretKey.of(secret, 'token') }),
    "RemoteWrite.grafanaCloud: url 'https://grafana.com/orgs/shop' is not one for sending metrics; write it as 'https://prometheus-"],
])('refuses %s', (_, make, message) => {
  expect(make).toThrow(message);
});
