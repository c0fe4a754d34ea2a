import { setTimeout } from 'node:timers/promises';
import { Chart, Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import {
  BasicAuth, IMonitored, InfluxDb, InfluxDbCredentials, KubeletMonitor, MonitoringNamespace, PrometheusServer, RemoteWrite, RuleEdit, SecretKey,
  TlsClient, VictoriaMetrics,
} from 'cdk8s-prometheus';
import { queriesByProxy } from '../harness/api-proxy';
import { deployed, synthesize } from '../harness/apps';
import { dashboardsOfApp, queriesFind } from '../harness/dashboards';
import { OF_STORES } from '../harness/empty-queries';
import { eventually } from '../harness/eventually';
import { kubectl } from '../harness/kubectl';
import { PrometheusApi } from '../harness/prometheus-api';
import { given, scenario } from '../harness/scenario';
import { INTERVAL, SMALL_PROMETHEUS, SMALL_STORE } from '../harness/small';
import {
  difference, influxDbPath, influxDbSamples, NONE, prometheusPath, prometheusSamples, Samples, Span, TWELVE_DIGITS, victoriaMetricsPath,
  victoriaMetricsSamples,
} from '../harness/store-samples';

const NAME = 'e2e-stores';
const STORES = ['victoria-metrics', 'influxdb'];
const ALERTS = ['InfluxDBIngestionFailing', 'PrometheusRemoteStorageFailures'];
/** Passwords with all that shells and InfluxQL read otherwise. */
const PASSWORDS = { 'admin-password': "it's \\ \"so\"", 'write-password': 'w$rite`id`', 'read-password': "re'ad;", 'vm-password': 'vm password', 'wrong-password': 'wrong' };
const prometheus = new PrometheusApi(NAME);
const intruder = new PrometheusApi(NAME, 'intruder');
const queries = queriesByProxy();

/** A Prometheus that writes to both stores and watches the claims, and one that has a wrong password for both. */
function app(chart: Chart): IMonitored[] {
  new MonitoringNamespace(chart, NAME);
  const secret = new Secret(chart, 'stores', { metadata: { name: 'stores' }, stringData: PASSWORDS });
  const user = (username: string, key: string) => new BasicAuth({ username, password: SecretKey.of(secret, key) });
  const often = { ...SMALL_PROMETHEUS, evaluationInterval: INTERVAL };
  const victoriaMetrics = new VictoriaMetrics(chart, 'victoria-metrics', { ...SMALL_STORE, basicAuth: user('vm', 'vm-password') });
  const influxDb = new InfluxDb(chart, 'influxdb', { ...SMALL_STORE, credentials: InfluxDbCredentials.fromSecret(secret) });
  const remoteWrites = [victoriaMetrics.remoteWrite, influxDb.remoteWrite];
  const server = new PrometheusServer(chart, 'prometheus', { ...often, remoteWrites });
  // it says how full claims are; its certificate may be its own
  const kubelet = new KubeletMonitor(chart, 'kubelet', { tls: TlsClient.insecureSkipVerify() });
  const monitored = [victoriaMetrics, influxDb, kubelet];
  server.monitor(...monitored);
  const wrong = new PrometheusServer(chart, 'intruder', {
    ...often,
    remoteWrites: [
      RemoteWrite.victoriaMetrics(victoriaMetrics.url, { basicAuth: user('vm', 'wrong-password') }),
      RemoteWrite.influxDb(influxDb.url, { database: influxDb.database, basicAuth: user('prometheus', 'wrong-password') }),
    ],
  });
  wrong.monitor(influxDb);
  wrong.adjustRules(...ALERTS.map((alert) => RuleEdit.holdFor(alert, Duration.seconds(15))));
  return [server, ...monitored];
}

/** Asks from the Pod of the Prometheus, which has to reach the stores anyway. */
function ask(url: string, username: string, password: string): Promise<string> {
  const credentials = Buffer.from(`${username}:${password}`).toString('base64');
  return kubectl([
    'exec', '--namespace', NAME, 'deployment/prometheus', '--container', 'prometheus', '--', 'wget', '-q', '-O', '-', '--header', `Authorization: Basic ${credentials}`, url,
  ]);
}

async function inPrometheus(span: Span): Promise<Samples> {
  return prometheusSamples(await prometheus.text(prometheusPath(span)), span);
}

async function inVictoriaMetrics(span: Span): Promise<Samples> {
  return victoriaMetricsSamples(await ask(`http://victoria-metrics:8428${victoriaMetricsPath(span)}`, 'vm', PASSWORDS['vm-password']), span);
}

async function inInfluxDb(span: Span): Promise<Samples> {
  return influxDbSamples(await ask(`http://influxdb:8086${influxDbPath(span)}`, 'grafana', PASSWORDS['read-password']), span);
}

const now = () => Math.floor(Date.now() / 1000);

/** Waits until both stores have exactly what the Prometheus has. */
async function bothHave(span: Span, seconds: number): Promise<void> {
  const expected = await inPrometheus(span);
  expect(expected.size).toBeGreaterThan(1000);
  await eventually(`both stores have all ${expected.size} samples of ${span.end - span.start} s`, seconds, async () => {
    expect(difference(expected, await inVictoriaMetrics(span), TWELVE_DIGITS)).toEqual(NONE);
    expect(difference(expected, await inInfluxDb(span))).toEqual(NONE);
  });
}

async function scale(replicas: number): Promise<void> {
  await kubectl(['scale', '--namespace', NAME, ...STORES.map((store) => `statefulset/${store}`), `--replicas=${replicas}`]);
  await Promise.all(STORES.map((store) => kubectl(['rollout', 'status', '--namespace', NAME, `statefulset/${store}`, '--timeout=120s'])));
}

async function firing(): Promise<string[]> {
  const alerts = await intruder.alerts();
  const found = alerts.filter(({ labels, state }) => state === 'firing' && ALERTS.includes(labels.alertname));
  return found.map(({ labels }) => `${labels.alertname} ${labels.remote_name}`).sort();
}

describe('stores', () => {
  let began = 0;

  given(300, async () => {
    await deployed(NAME, () => synthesize(NAME, app));
    await eventually('both stores are scraped', 90, async () => {
      const up = await prometheus.query('up{job=~"victoria-metrics|influxdb"} == 1');
      expect(up.map(({ metric }) => metric.job).sort()).toEqual([...STORES].sort());
    });
    began = now();
  });

  scenario('have what the Prometheus has, sample by sample', 180, async () => {
    await setTimeout(60_000);
    await bothHave({ start: began, end: now() - 15 }, 60);
  });

  scenario('refuse who has no password, and one that may only write to read', 60, async () => {
    await expect(ask('http://victoria-metrics:8428/api/v1/query?query=up', 'vm', 'wrong')).rejects.toThrow('401');
    await expect(ask('http://influxdb:8086/query?q=SHOW+DATABASES', 'grafana', 'wrong')).rejects.toThrow('401');
    const query = 'http://influxdb:8086/query?db=prometheus&q=SELECT+value+FROM+up';
    await expect(ask(query, 'prometheus', PASSWORDS['write-password'])).rejects.toThrow('403');
    expect(await ask(query, 'admin', PASSWORDS['admin-password'])).toContain('"columns":["time","value"]');
  });

  scenario('lose nothing when they are away for three minutes', 480, async () => {
    await scale(0);
    await setTimeout(180_000);
    await scale(1);
    const end = now();
    await bothHave({ start: began, end }, 150);
  });

  scenario('raise alerts where a Prometheus has a wrong password', 240, async () => {
    await eventually('the alerts fire', 200, async () => {
      expect(await firing()).toEqual([
        'InfluxDBIngestionFailing influxdb', 'PrometheusRemoteStorageFailures influxdb', 'PrometheusRemoteStorageFailures victoria-metrics',
      ]);
    });
    const right = (await prometheus.alerts()).filter(({ labels }) => ALERTS.includes(labels.alertname));
    expect(right).toEqual([]);
  });

  scenario('are on dashboards whose queries find series', 180, async () => {
    await queriesFind(queries(prometheus), dashboardsOfApp(app, STORES), 150, OF_STORES);
  });
});
