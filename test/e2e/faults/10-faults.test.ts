import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as https from 'node:https';
import * as os from 'node:os';
import * as path from 'node:path';
import { Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { parse, stringify } from 'yaml';
import { DataStorage, PrometheusServer, RemoteWrite, RuleEdit, SecretKey, TlsClient, VictoriaMetrics } from '../../../lib';
import { manifests, newChart } from '../../charts';
import { Loose } from '../../manifests';
import { say } from '../harness/progress';
import {
  difference, NONE, prometheusPath, prometheusSamples, Samples, Span, TWELVE_DIGITS, victoriaMetricsPath, victoriaMetricsSamples,
} from '../harness/store-samples';
import { Place, Processes, until } from '../thanos/processes';

/** A Prometheus that writes to two stores, one of them on a small disk, and to one that shows a certificate of somebody else. */
const chart = newChart();
const STORES = ['small', 'sound'] as const;
const [small, sound] = STORES.map((name) => new VictoriaMetrics(chart, name, { storage: DataStorage.emptyDir() }));
const authority = TlsClient.secretCa(SecretKey.of(Secret.fromSecretName(chart, 'authority', 'authority'), 'ca.crt'));
const interval = Duration.seconds(2);
const prometheus = new PrometheusServer(chart, 'prometheus', {
  scrapeInterval: interval, evaluationInterval: interval,
  remoteWrites: [small.remoteWrite, sound.remoteWrite, RemoteWrite.victoriaMetrics('https://stranger.example.com', { name: 'stranger', tls: authority })],
});
prometheus.monitor(small);
const ALERTS = ['VictoriaMetricsReadOnly', 'VictoriaMetricsDown', 'PrometheusRemoteWriteBehind', 'PrometheusRemoteStorageFailures'];
prometheus.adjustRules(...ALERTS.map((alert) => RuleEdit.holdFor(alert, Duration.seconds(5))));

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-prometheus-faults-'));
const programs = new Processes(root, manifests(chart));
const DISK = programs.folder('small-data');
execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=160m', 'tmpfs', DISK]);

/** A folder with a certificate that signs itself. */
function certificate(name: string): string {
  const dir = programs.folder(name);
  execFileSync('openssl', [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=store', '-addext', 'subjectAltName=DNS:localhost',
    '-keyout', 'tls.key', '-out', 'ca.crt',
  ], { cwd: dir, stdio: 'pipe' });
  return dir;
}
const [ours, theirs] = ['ours', 'theirs'].map(certificate);
let answered = 0;
const stranger = https.createServer({ cert: fs.readFileSync(path.join(theirs, 'ca.crt')), key: fs.readFileSync(path.join(theirs, 'tls.key')) }, (request, response) => {
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
const PROMETHEUS: Place = {
  name: 'prometheus', workload: ['Deployment', 'prometheus'], container: 'prometheus', ports: { 9090: PORTS.prometheus }, shared: {},
  more: [`--web.listen-address=127.0.0.1:${PORTS.prometheus}`],
  files: {
    'prometheus.yml': (text) => {
      const { global, remote_write: writes } = parse(text);
      const urls: { readonly [name: string]: string } = {
        small: `http://127.0.0.1:${PORTS.small}/api/v1/write`, sound: `http://127.0.0.1:${PORTS.sound}/api/v1/write`, stranger: `https://localhost:${PORTS.stranger}/api/v1/write`,
      };
      const jobs = { 'prometheus': PORTS.prometheus, 'victoria-metrics': PORTS.small };
      return stringify({
        global: { ...global, scrape_timeout: '1s' },
        rule_files: [path.join(root, 'prometheus/etc/prometheus/rules/*.yaml')],
        remote_write: writes.map(({ name, tls_config: tls, ...write }: Loose) => ({
          name, ...write, url: urls[name],
          ...(tls === undefined ? {} : { tls_config: { ...tls, ca_file: path.join(ours, path.basename(tls.ca_file)) } }),
        })),
        scrape_configs: Object.entries(jobs).map(([job, port]) => ({ job_name: job, static_configs: [{ targets: [`127.0.0.1:${port}`] }] })),
      });
    },
  },
};

const now = () => Math.floor(Date.now() / 1000);
const pause = (seconds: number) => new Promise((resolve) => {
  setTimeout(resolve, seconds * 1000);
});
const text = async (port: number, page: string): Promise<string> => (await fetch(`http://127.0.0.1:${port}${page}`)).text();

/** Alerts that fire, with the remote write that they are about. */
async function firing(): Promise<string[]> {
  const { data }: Loose = JSON.parse(await text(PORTS.prometheus, '/api/v1/alerts'));
  return data.alerts.filter(({ state, labels }: Loose) => state === 'firing' && ALERTS.includes(labels.alertname))
    .map(({ labels }: Loose) => [labels.alertname, labels.remote_name].filter((part) => part !== undefined).join(' ')).sort();
}

const inPrometheus = async (span: Span): Promise<Samples> => prometheusSamples(await text(PORTS.prometheus, prometheusPath(span)), span);
const inStore = async (name: 'small' | 'sound', span: Span): Promise<Samples> => victoriaMetricsSamples(await text(PORTS[name], victoriaMetricsPath(span)), span);

/** Waits until a store has exactly what the Prometheus has. */
async function equal(name: 'small' | 'sound', span: Span): Promise<void> {
  const expected = await inPrometheus(span);
  expect(expected.size).toBeGreaterThan(1000);
  await until(`${name} has all samples`, async () => {
    expect(difference(expected, await inStore(name, span), TWELVE_DIGITS)).toEqual(NONE);
    return true;
  }, 120);
  say(`${name}: ${expected.size} samples of ${span.end - span.start} s, as Prometheus has them`);
}

let began = 0;

test('both stores have what the Prometheus has, beside one that is not trusted', async () => {
  await new Promise<void>((resolve) => {
    stranger.listen(PORTS.stranger, '127.0.0.1', resolve);
  });
  await programs.start(storeAt('small'));
  await programs.start(storeAt('sound'));
  await programs.start(PROMETHEUS);
  await pause(10);
  began = now();
  await pause(20);
  const span = { start: began, end: now() - 5 };
  await equal('small', span);
  await equal('sound', span);
});

test('a certificate of another authority gets nothing, and its alert alone fires', async () => {
  await until('the alert fires', async () => (await firing()).length > 0, 400);
  expect(await firing()).toEqual(['PrometheusRemoteWriteBehind stranger']);
  expect(answered).toBe(0);
});

test('a full disk is an alert of its store, and harms nothing else', async () => {
  const fill = path.join(DISK, 'fill');
  // It stops writing with less than 100 MB left; on a disk that others fill to its last byte it ends.
  execFileSync('dd', ['if=/dev/zero', `of=${fill}`, 'bs=1M', 'count=110'], { stdio: 'pipe' });
  const from = now();
  await until('the alert fires', async () => (await firing()).includes('VictoriaMetricsReadOnly'), 120);
  await pause(40);
  expect(await firing()).toEqual(['PrometheusRemoteWriteBehind stranger', 'VictoriaMetricsReadOnly']);
  const span = { start: from, end: now() - 5 };
  await equal('sound', span);
  expect((await inStore('small', { start: from + 20, end: span.end })).size).toBe(0);
  fs.rmSync(fill);
  await equal('small', { start: began, end: now() - 5 });
});
