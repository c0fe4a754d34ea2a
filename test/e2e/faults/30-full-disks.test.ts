import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { LocalInfluxDb } from './influxdb';
import { now, pause, WritingPrometheus } from './writing-prometheus';
import {
  DataStorage, InfluxDb, InfluxDbCredentials, PrometheusServer, RuleEdit, ThanosQuery, ThanosReceive, VictoriaMetrics,
} from '../../../lib';
import { manifests, newChart } from '../../charts';
import { say } from '../harness/progress';
import {
  difference, prometheusPath, prometheusSamples, Samples, Span, TWELVE_DIGITS, victoriaMetricsPath, victoriaMetricsSamples,
} from '../harness/store-samples';
import { Place, Processes } from '../thanos/processes';

/** A Prometheus that writes to an InfluxDB and a Thanos Receive, each on a small disk, and to a VictoriaMetrics. */
const BASE = 22_480;
const PORTS = {
  prometheus: BASE, influxdb: BASE + 1, sound: BASE + 2,
  receive: { 10901: BASE + 3, 10902: BASE + 4, 19291: BASE + 5 }, query: { 10901: BASE + 6, 10902: BASE + 7 },
};
const chart = newChart();
const storage = DataStorage.emptyDir();
const influx = new InfluxDb(chart, 'influxdb', { credentials: InfluxDbCredentials.fromSecret(Secret.fromSecretName(chart, 'users', 'users')), storage });
const receive = new ThanosReceive(chart, 'receive', { storage });
const sound = new VictoriaMetrics(chart, 'sound', { storage });
new ThanosQuery(chart, 'query', { stores: [receive] });
const interval = Duration.seconds(2);
const server = new PrometheusServer(chart, 'prometheus', {
  scrapeInterval: interval, evaluationInterval: interval, remoteWrites: [influx.remoteWrite, receive.remoteWrite, sound.remoteWrite],
});
server.monitor(influx, receive, sound);
const ALERTS = ['ThanosReceiveHttpRequestErrorRateHigh', 'ThanosReceiveIsDown', 'InfluxDBDown', 'InfluxDBIngestionFailing', 'PrometheusRemoteWriteBehind', 'PrometheusRemoteStorageFailures'];
server.adjustRules(...ALERTS.map((alert) => RuleEdit.holdFor(alert, Duration.seconds(5))));

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-prometheus-disks-'));
const programs = new Processes(root, manifests(chart));
const DISKS = ['influxdb-data', 'receive-data'].map((name) => programs.folder(name));
DISKS.forEach((disk) => execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400m', 'tmpfs', disk]));
const FILLS = DISKS.map((disk) => path.join(disk, 'fill'));
const influxDb = new LocalInfluxDb(programs, PORTS.influxdb);

afterAll(async () => {
  await programs.stopAll();
  DISKS.forEach((disk) => execFileSync('umount', [disk]));
  fs.rmSync(root, { recursive: true });
});

const VICTORIA: Place = {
  name: 'sound', workload: ['StatefulSet', 'sound'], container: 'victoria-metrics', ports: { 8428: PORTS.sound }, shared: {},
};
const RECEIVE: Place = {
  name: 'receive', workload: ['StatefulSet', 'receive'], container: 'thanos-receive', ports: PORTS.receive, shared: { '/var/thanos/data': 'receive-data' }, variables: { POD_NAME: 'receive-0' },
  names: { 'receive-0.receive-replicas.monitoring.svc:10901': `127.0.0.1:${PORTS.receive[10901]}` },
};
const QUERY: Place = {
  name: 'query', workload: ['Deployment', 'query'], container: 'thanos-query', ports: PORTS.query, shared: {}, stores: { 'receive-replicas': [`127.0.0.1:${PORTS.receive[10901]}`] },
};
const prometheus = new WritingPrometheus(programs, PORTS.prometheus, {
  jobs: { 'prometheus': PORTS.prometheus, 'influxdb': PORTS.influxdb, 'thanos-receive': PORTS.receive[10902], 'victoria-metrics': PORTS.sound },
  urls: {
    influxdb: `http://127.0.0.1:${PORTS.influxdb}/api/v1/prom/write?db=prometheus`, receive: `http://127.0.0.1:${PORTS.receive[19291]}/api/v1/receive`,
    sound: `http://127.0.0.1:${PORTS.sound}/api/v1/write`,
  },
  secrets: influxDb.secrets,
});

const text = async (port: number, page: string): Promise<string> => (await fetch(`http://127.0.0.1:${port}${page}`)).text();
const inSound = async (span: Span): Promise<Samples> => victoriaMetricsSamples(await text(PORTS.sound, victoriaMetricsPath(span)), span);
const inInfluxDb = (span: Span): Promise<Samples> => influxDb.samples(span);
const inReceive = async (span: Span): Promise<Samples> => prometheusSamples(await text(PORTS.query[10902], `${prometheusPath(span)}&dedup=false`), span);

/** Fills the disks to the last byte. */
function fill(): void {
  FILLS.forEach((file) => spawnSync('dd', ['if=/dev/zero', `of=${file}`, 'bs=4k'], { stdio: 'pipe' }));
}

function free(): void {
  FILLS.forEach((file) => fs.rmSync(file));
}

let began = 0;

test('the stores have what the Prometheus has', async () => {
  await influxDb.start();
  await programs.start(RECEIVE);
  await programs.start(VICTORIA);
  await programs.start(QUERY);
  await prometheus.start();
  await pause(10);
  began = now();
  await pause(20);
  const span = { start: began, end: now() - 5 };
  await prometheus.hasAlike('influxdb', span, inInfluxDb);
  await prometheus.hasAlike('receive', span, inReceive);
  await prometheus.hasAlike('sound', span, inSound, { share: TWELVE_DIGITS });
});

test('full disks are alerts of their stores, and harm nothing else', async () => {
  fill();
  const full = now();
  const alerts = ['PrometheusRemoteWriteBehind influxdb', 'PrometheusRemoteWriteBehind receive', 'ThanosReceiveHttpRequestErrorRateHigh'];
  await prometheus.untilFiring(alerts, 400);
  expect(await prometheus.firing()).toEqual(alerts);
  const span = { start: full, end: now() - 5 };
  await prometheus.hasAlike('sound', span, inSound, { share: TWELVE_DIGITS });
  expect((await inReceive({ ...span, start: full + 10 })).size).toBe(0);
});

test('nothing is lost once there is room, for which InfluxDB has to be started again', async () => {
  free();
  const room = now();
  await prometheus.hasAlike('receive', { start: began, end: now() - 5 }, inReceive);
  await pause(10);
  expect((await inInfluxDb({ start: room, end: now() })).size).toBe(0);
  await programs.stop('influxdb');
  await influxDb.start();
  await prometheus.hasAlike('influxdb', { start: began, end: now() - 5 }, inInfluxDb);
});

test('started on a full disk, InfluxDB loses nothing, and Receive what is in its write-ahead log', async () => {
  fill();
  const full = now();
  await pause(20);
  await Promise.all(['influxdb', 'receive'].map((name) => programs.stop(name, 'SIGKILL')));
  const tried = await Promise.allSettled([influxDb.start(), programs.start(RECEIVE)]);
  expect(tried.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  free();
  await influxDb.start();
  await programs.start(RECEIVE);
  const end = now() - 5;
  await prometheus.hasAlike('receive', { start: full + 2, end }, inReceive);
  await prometheus.hasAlike('influxdb', { start: began, end }, inInfluxDb);
  const span = { start: began, end };
  const { missing, foreign, changed } = difference(await prometheus.samples(span), await inReceive(span));
  say(`receive: ${missing} samples that it had are lost`);
  expect(missing).toBeGreaterThan(0);
  expect([foreign, changed]).toEqual([0, 0]);
});
