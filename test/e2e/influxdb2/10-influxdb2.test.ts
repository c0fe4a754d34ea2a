import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { parse, stringify } from 'yaml';
import { LocalPod, LocalPods } from './local-pods';
import { HttpApi } from '../../../dashboards/live/http-api';
import { DataStorage, InfluxDb2, InfluxDb2Credentials, PrometheusServer } from '../../../lib';
import { manifests, newChart } from '../../charts';
import { Loose } from '../../manifests';
import { dashboardsOfApp, queriesFind } from '../harness/dashboards';
import { OF_INFLUXDB2 } from '../harness/empty-queries';
import { say } from '../harness/progress';
import { difference, influxDbPath, influxDbSamples, NONE, prometheusPath, prometheusSamples, Samples, Span } from '../harness/store-samples';
import { until } from '../thanos/processes';

/** An InfluxDB 2, and a Prometheus that forwards to it and scrapes it, as an app makes them. */
const chart = newChart();
const store = new InfluxDb2(chart, 'influxdb', {
  credentials: InfluxDb2Credentials.fromSecret(Secret.fromSecretName(chart, 'users', 'users')), storage: DataStorage.emptyDir(), retention: Duration.days(2),
});
const server = new PrometheusServer(chart, 'prometheus', { scrapeInterval: Duration.seconds(2), evaluationInterval: Duration.seconds(5) });
server.forward(store.sink, { replicas: 1, samplesPerSecond: 500 });
server.monitor(store);

const secrets = { users: { 'admin-password': 'admin-password', 'admin-token': 'admin-token', 'write-password': 'write-password', 'read-password': 'read-password' } };
const BASE = 22_700;
const PORTS = { prometheus: `127.0.0.1:${BASE}`, influxdb: `127.0.0.1:${BASE + 1}`, initialize: `127.0.0.1:${BASE + 2}`, gateway: `127.0.0.1:${BASE + 3}` };
const root = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-prometheus-influxdb2-'));
const pods = new LocalPods(root, manifests(chart), secrets, {
  'influxdb.monitoring.svc:8086': PORTS.influxdb, 'prometheus-influxdb.monitoring.svc:4195': PORTS.gateway, '127.0.0.1:8087': PORTS.initialize,
  ':9090': PORTS.prometheus, ':8086': PORTS.influxdb, ':4195': PORTS.gateway,
}, { influxd: 'influxd2', influx: 'influx2' });
afterAll(async () => {
  await pods.stopAll();
  fs.rmSync(root, { recursive: true });
});

const STORE: LocalPod = { kind: 'StatefulSet', name: 'influxdb', ready: '/health' };
const GATEWAY: LocalPod = { kind: 'Deployment', name: 'prometheus-influxdb', ready: '/ping' };
const PROMETHEUS: LocalPod = {
  kind: 'Deployment', name: 'prometheus', ready: '/-/ready', more: [`--web.listen-address=${PORTS.prometheus}`],
  files: {
    // jobs that need no Kubernetes, with the labels of their targets there
    'prometheus.yml': (text) => {
      const { global, rule_files: rules, remote_write: writes } = parse(text);
      const jobs = { 'prometheus': PORTS.prometheus, 'influxdb2': PORTS.influxdb, 'prometheus-influxdb': PORTS.gateway };
      return stringify({
        global: { ...global, scrape_timeout: '1s' }, rule_files: rules, remote_write: writes,
        scrape_configs: Object.entries(jobs).map(([job, target]) => ({
          job_name: job, static_configs: [{ targets: [target], labels: { namespace: 'monitoring', pod: `${job}-0`, service: job } }],
        })),
      });
    },
  },
};

const now = () => Math.floor(Date.now() / 1000);
const api = new HttpApi(async (page) => (await fetch(`http://${PORTS.prometheus}${page}`)).text());

/** Asks InfluxDB as a user of the API of version 1. */
function ask(user: string, page: string, body?: URLSearchParams | string): Promise<Response> {
  const headers = { Authorization: `Basic ${Buffer.from(user).toString('base64')}` };
  return fetch(`http://${PORTS.influxdb}${page}`, body === undefined ? { headers } : { headers, method: 'POST', body });
}

const reader = () => `grafana:${secrets.users['read-password']}`;
const writer = () => `prometheus:${secrets.users['write-password']}`;

async function inPrometheus(span: Span): Promise<Samples> {
  return prometheusSamples(await (await fetch(`http://${PORTS.prometheus}${prometheusPath(span)}`)).text(), span);
}

async function inStore(span: Span): Promise<Samples> {
  return influxDbSamples(await (await ask(reader(), influxDbPath(span))).text(), span);
}

/** Waits until the store has exactly what Prometheus has. */
async function hasAll(span: Span, seconds: number): Promise<void> {
  const expected = await inPrometheus(span);
  expect(expected.size).toBeGreaterThan(1000);
  const began = now();
  await until(`InfluxDB has all ${expected.size} samples`, async () => {
    expect(difference(expected, await inStore(span))).toEqual(NONE);
    return true;
  }, seconds);
  say(`InfluxDB has all ${expected.size} samples of ${span.end - span.start} s, as Prometheus has them, after ${now() - began} s`);
}

async function query(expr: string): Promise<Loose[]> {
  return JSON.parse(await (await fetch(`http://${PORTS.prometheus}/api/v1/query?query=${encodeURIComponent(expr)}`)).text()).data.result;
}

let began = 0;

test('each program starts with the commands and files of its Pod', async () => {
  await pods.start(STORE);
  await pods.start(GATEWAY);
  await pods.start(PROMETHEUS);
  await until('all are scraped', async () => (await query('up == 1')).length === 3);
  began = now();
});

test('the store has what Prometheus has, sample by sample', async () => {
  await pause(45_000);
  await hasAll({ start: began, end: now() - 5 }, 60);
});

test('users may what they are for, and nobody else may anything', async () => {
  const select = new URLSearchParams({ db: 'prometheus', q: 'SELECT value FROM up LIMIT 1' });
  const statusOf = async (answer: Promise<Response>) => (await answer).status;
  const line = `mine value=1 ${now()}000`;
  const write = '/write?db=prometheus&precision=ms';
  // as Grafana asks
  expect(await (await ask(reader(), '/query', select)).json()).toMatchObject({ results: [{ series: [{ name: 'up' }] }] });
  expect(await statusOf(ask(reader(), write, line))).toBe(403);
  expect(await (await ask(writer(), '/query', select)).text()).not.toContain('"series"');
  expect([await statusOf(ask('prometheus:wrong', write, line)), await statusOf(ask('nobody:', '/query', select))]).toEqual([401, 401]);
  expect(await statusOf(ask(writer(), '/api/v2/buckets'))).toBe(401);
  expect(await statusOf(ask(writer(), '/debug/pprof/cmdline'))).toBe(403);
});

test('write requests are counted as its alert asks for them', async () => {
  await until('they are counted', async () => (
    (await query('rate(http_api_requests_total{job="influxdb2", path="/write", status="2XX", response_code="204"}[30s]) > 0')).length > 0
  ));
});

test('its dashboard finds series', async () => {
  await ask(reader(), influxDbPath({ start: now() - 10, end: now() }));
  await queriesFind(api, dashboardsOfApp(() => [server, store], ['influxdb2']), 120, OF_INFLUXDB2);
});

test('the store gets what came while it was away and passwords changed, with the gateway killed meanwhile', async () => {
  await pods.stop(STORE);
  const start = now();
  await pause(30_000);
  await pods.stop(GATEWAY, 'SIGKILL');
  await pause(20_000);
  Object.assign(secrets.users, { 'write-password': 'new $password', 'read-password': 'new-"password\\' });
  await pods.start(GATEWAY);
  await pause(20_000);
  await pods.start(STORE);
  const end = now();
  await hasAll({ start, end }, 180);
  expect((await ask('grafana:read-password', '/query?db=prometheus&q=SHOW+MEASUREMENTS')).status).toBe(401);
  await hasAll({ start: began, end: now() - 5 }, 60);
});

test('a Pod whose Secret has another token does not start, and says why', async () => {
  await pods.stop(STORE);
  const { 'admin-token': token } = secrets.users;
  secrets.users['admin-token'] = 'another';
  await expect(pods.initialize(STORE)).rejects.toThrow(/a server that is set up needs the token of its administrator/);
  secrets.users['admin-token'] = token;
  await pods.start(STORE);
});
