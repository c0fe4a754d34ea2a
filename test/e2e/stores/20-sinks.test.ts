import { setTimeout } from 'node:timers/promises';
import { Chart, Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import {
  DataStorage, Delivery, IMonitored, InfluxDb, InfluxDbCredentials, MetricSelection, MonitoringNamespace, PrometheusServer, RuleEdit,
  SecretKey, Sink, VictoriaMetrics,
} from 'cdk8s-prometheus';
import { queriesByProxy } from '../harness/api-proxy';
import { deployed, synthesize } from '../harness/apps';
import { dashboardsOfApp, queriesFind } from '../harness/dashboards';
import { OF_STORES } from '../harness/empty-queries';
import { eventually } from '../harness/eventually';
import { kubectl } from '../harness/kubectl';
import { PrometheusApi } from '../harness/prometheus-api';
import { given, scenario } from '../harness/scenario';
import { INTERVAL, SMALL, SMALL_PROMETHEUS, SMALL_STORE } from '../harness/small';
import {
  difference, influxDbPath, influxDbSamples, inOpenTsdb, NONE, prometheusPath, prometheusSamples, Samples, Span, TWELVE_DIGITS, victoriaMetricsPath,
  victoriaMetricsSamples,
} from '../harness/store-samples';

const NAME = 'e2e-sinks';
const ALERT = 'SinkGatewayDeliveryFailing';
const SECRETS = {
  'admin-password': 'admin', 'write-password': 'write', 'read-password': 'read', 'token': 'prometheus:write', 'wrong-token': 'prometheus:wrong',
};
const prometheus = new PrometheusApi(NAME);
const queries = queriesByProxy();

/**
 * A Prometheus that forwards to OpenTSDB's protocol, to InfluxDB's second API, and to the latter with a wrong token. VictoriaMetrics and
 * InfluxDB 1 accept these.
 */
function app(chart: Chart): IMonitored[] {
  new MonitoringNamespace(chart, NAME);
  const secret = new Secret(chart, 'sinks', { metadata: { name: 'sinks' }, stringData: SECRETS });
  const small = { ...SMALL_STORE, storage: DataStorage.emptyDir() };
  new VictoriaMetrics(chart, 'victoria-metrics', { ...small, openTsdb: true });
  const influxDb = new InfluxDb(chart, 'influxdb', { ...small, credentials: InfluxDbCredentials.fromSecret(secret) });
  const server = new PrometheusServer(chart, 'prometheus', { ...SMALL_PROMETHEUS, evaluationInterval: INTERVAL });
  const influx = (key: string) => Sink.influxDb({ url: influxDb.url, bucket: influxDb.database, token: SecretKey.of(secret, key) });
  const gateway = { ...SMALL, replicas: 1, samplesPerSecond: 500 };
  const forwardings = [
    server.forward(Sink.openTsdb({ url: `http://victoria-metrics-opentsdb.${NAME}.svc:4242` }), { ...gateway, replicas: 2 }),
    server.forward(influx('token'), { ...gateway, delivery: Delivery.buffered(Duration.minutes(5)) }),
    server.forward(influx('wrong-token'), { ...gateway, name: 'refused', select: MetricSelection.keep('up') }),
  ];
  server.adjustRules(RuleEdit.holdFor(ALERT, Duration.seconds(15)));
  return [server, ...forwardings];
}

/** Asks from the Pod of the Prometheus. */
function ask(url: string, ...headers: string[]): Promise<string> {
  return kubectl([
    'exec', '--namespace', NAME, 'deployment/prometheus', '--container', 'prometheus', '--', 'wget', '-q', '-O', '-', ...headers.flatMap((header) => ['--header', header]), url,
  ]);
}

async function inPrometheus(span: Span): Promise<Samples> {
  return prometheusSamples(await prometheus.text(prometheusPath(span)), span);
}

async function inVictoriaMetrics(span: Span): Promise<Samples> {
  return victoriaMetricsSamples(await ask(`http://victoria-metrics:8428${victoriaMetricsPath(span)}`), span);
}

async function inInfluxDb(span: Span): Promise<Samples> {
  const credentials = Buffer.from(`grafana:${SECRETS['read-password']}`).toString('base64');
  return influxDbSamples(await ask(`http://influxdb:8086${influxDbPath(span)}`, `Authorization: Basic ${credentials}`), span);
}

const now = () => Math.floor(Date.now() / 1000);

/** Waits until both sinks have exactly what the Prometheus has. */
async function bothHave(span: Span, seconds: number): Promise<void> {
  const expected = await inPrometheus(span);
  expect(expected.size).toBeGreaterThan(1000);
  await eventually(`both sinks have all ${expected.size} samples of ${span.end - span.start} s`, seconds, async () => {
    expect(difference(inOpenTsdb(expected), await inVictoriaMetrics(span), TWELVE_DIGITS)).toEqual(NONE);
    expect(difference(expected, await inInfluxDb(span))).toEqual(NONE);
  });
}

async function scale(replicas: number): Promise<void> {
  const sinks = ['statefulset/victoria-metrics', 'statefulset/influxdb'];
  await kubectl(['scale', '--namespace', NAME, ...sinks, `--replicas=${replicas}`]);
  await Promise.all(sinks.map((sink) => kubectl(['rollout', 'status', '--namespace', NAME, sink, '--timeout=120s'])));
}

describe('sinks', () => {
  let began = 0;

  given(300, async () => {
    await deployed(NAME, () => synthesize(NAME, app));
    await eventually('the gateways are scraped', 90, async () => {
      const up = await prometheus.query('up{job!="prometheus"} == 1');
      expect(up.map(({ metric }) => metric.job).sort()).toEqual(['prometheus-influxdb', 'prometheus-opentsdb', 'prometheus-opentsdb', 'refused']);
    });
    began = now();
  });

  scenario('have what the Prometheus has, sample by sample', 180, async () => {
    await setTimeout(60_000);
    await bothHave({ start: began, end: now() - 15 }, 60);
  });

  scenario('raise an alert where one of them refuses the token', 200, async () => {
    await eventually('the alert fires', 180, async () => {
      const alerts = await prometheus.alerts();
      const firing = alerts.filter(({ labels, state }) => labels.alertname === ALERT && state === 'firing');
      expect(firing.map(({ labels }) => labels.service)).toEqual(['refused']);
    });
  });

  scenario('get what came while they were away', 420, async () => {
    await scale(0);
    const start = now();
    await setTimeout(60_000);
    await scale(1);
    const end = now();
    await bothHave({ start, end }, 180);
  });

  scenario('are on a dashboard whose queries find series', 180, async () => {
    await queriesFind(queries(prometheus), dashboardsOfApp(app, ['sink-gateway']), 150, OF_STORES);
  });
});
