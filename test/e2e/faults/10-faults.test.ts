import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as https from 'node:https';
import * as os from 'node:os';
import * as path from 'node:path';
import { Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { certificate } from './certificates';
import { now, pause, WritingPrometheus } from './writing-prometheus';
import { DataStorage, PrometheusServer, RemoteWrite, RuleEdit, SecretKey, TlsClient, VictoriaMetrics } from '../../../lib';
import { manifests, newChart } from '../../charts';
import { Samples, Span, TWELVE_DIGITS, victoriaMetricsPath, victoriaMetricsSamples } from '../harness/store-samples';
import { Place, Processes } from '../thanos/processes';

/** A Prometheus that writes to two stores, one of them on a small disk, and to one that shows a certificate of somebody else. */
const chart = newChart();
const STORES = ['small', 'sound'] as const;
const [small, sound] = STORES.map((name) => new VictoriaMetrics(chart, name, { storage: DataStorage.emptyDir() }));
const authority = TlsClient.secretCa(SecretKey.of(Secret.fromSecretName(chart, 'authority', 'authority'), 'ca.crt'));
const interval = Duration.seconds(2);
const server = new PrometheusServer(chart, 'prometheus', {
  scrapeInterval: interval, evaluationInterval: interval,
  remoteWrites: [small.remoteWrite, sound.remoteWrite, RemoteWrite.victoriaMetrics('https://stranger.example.com', { name: 'stranger', tls: authority })],
});
server.monitor(small);
const ALERTS = ['VictoriaMetricsReadOnly', 'VictoriaMetricsDown', 'PrometheusRemoteWriteBehind', 'PrometheusRemoteStorageFailures'];
server.adjustRules(...ALERTS.map((alert) => RuleEdit.holdFor(alert, Duration.seconds(5))));

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-prometheus-faults-'));
const programs = new Processes(root, manifests(chart));
const DISK = programs.folder('small-data');
execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=160m', 'tmpfs', DISK]);

certificate(programs.folder('ours'), 'localhost');
let answered = 0;
const stranger = https.createServer({ ...certificate(programs.folder('theirs'), 'localhost') }, (request, response) => {
  answered += 1;
  request.resume().on('end', () => response.writeHead(204).end());
});

afterAll(async () => {
  await programs.stopAll();
  stranger.close();
  execFileSync('umount', [DISK]);
  fs.rmSync(root, { recursive: true });
});

const BASE = 22_400;
const PORTS = { prometheus: BASE, small: BASE + 1, sound: BASE + 2, stranger: BASE + 3 };
const storeAt = (name: 'small' | 'sound'): Place => ({
  name, workload: ['StatefulSet', name], container: 'victoria-metrics', ports: { 8428: PORTS[name] }, shared: { '/victoria-metrics-data': `${name}-data` },
});
const prometheus = new WritingPrometheus(programs, PORTS.prometheus, {
  jobs: { 'prometheus': PORTS.prometheus, 'victoria-metrics': PORTS.small },
  urls: {
    small: `http://127.0.0.1:${PORTS.small}/api/v1/write`, sound: `http://127.0.0.1:${PORTS.sound}/api/v1/write`, stranger: `https://localhost:${PORTS.stranger}/api/v1/write`,
  },
  secrets: { authority: programs.folder('ours') },
});

async function inStore(name: 'small' | 'sound', span: Span): Promise<Samples> {
  return victoriaMetricsSamples(await (await fetch(`http://127.0.0.1:${PORTS[name]}${victoriaMetricsPath(span)}`)).text(), span);
}

/** Waits until a store has exactly what the Prometheus has. */
async function equal(name: 'small' | 'sound', span: Span): Promise<void> {
  await prometheus.hasAlike(name, span, (given) => inStore(name, given), { share: TWELVE_DIGITS });
}

let began = 0;

test('both stores have what the Prometheus has, beside one that is not trusted', async () => {
  await new Promise<void>((resolve) => {
    stranger.listen(PORTS.stranger, '127.0.0.1', resolve);
  });
  await programs.start(storeAt('small'));
  await programs.start(storeAt('sound'));
  await prometheus.start();
  await pause(10);
  began = now();
  await pause(20);
  const span = { start: began, end: now() - 5 };
  await equal('small', span);
  await equal('sound', span);
});

test('a certificate of another authority gets nothing, and its alert alone fires', async () => {
  await prometheus.untilFiring(['PrometheusRemoteWriteBehind stranger'], 400);
  expect(await prometheus.firing()).toEqual(['PrometheusRemoteWriteBehind stranger']);
  expect(answered).toBe(0);
});

test('a full disk is an alert of its store, and harms nothing else', async () => {
  const fill = path.join(DISK, 'fill');
  // It stops writing with less than 100 MB left; on a disk that others fill to its last byte it ends.
  execFileSync('dd', ['if=/dev/zero', `of=${fill}`, 'bs=1M', 'count=110'], { stdio: 'pipe' });
  const from = now();
  await prometheus.untilFiring(['VictoriaMetricsReadOnly victoria-metrics'], 120);
  await pause(40);
  expect(await prometheus.firing()).toEqual(['PrometheusRemoteWriteBehind stranger', 'VictoriaMetricsReadOnly victoria-metrics']);
  const span = { start: from, end: now() - 5 };
  await equal('sound', span);
  expect((await inStore('small', { start: from + 20, end: span.end })).size).toBe(0);
  fs.rmSync(fill);
  await equal('small', { start: began, end: now() - 5 });
});
