import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Chart } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { parse, stringify } from 'yaml';
import { Memcached } from './memcached';
import { Place, Processes, until } from './processes';
import {
  DataStorage, PrometheusServer, ThanosCache, ThanosQuery, ThanosQueryFrontend, ThanosReceive, ThanosTls,
} from '../../../lib';
import { manifests, newChart } from '../../charts';
import { Loose } from '../../manifests';
import { say } from '../harness/progress';

/** A Prometheus with a sidecar and a pair of receivers, read by mutual TLS, behind two frontends. */
const chart = newChart();
const tls = ThanosTls.fromSecret(Secret.fromSecretName(chart, 'tls', 'thanos-tls'), { serverName: 'thanos.monitoring.svc' });
const receive = new ThanosReceive(chart, 'receive', { tls, replicas: 2, replicationFactor: 2, storage: DataStorage.emptyDir() });
const prometheus = new PrometheusServer(chart, 'prometheus', { thanos: { tls }, remoteWrites: [receive.remoteWrite] });
const query = new ThanosQuery(chart, 'query', { tls, stores: [prometheus, receive] });
const MEMCACHED = 22_095;
new ThanosQueryFrontend(chart, 'frontend', { query });
new ThanosQueryFrontend(chart, 'shared', { query, cache: ThanosCache.memcached({ addresses: [`127.0.0.1:${MEMCACHED}`] }) });
// The same without a certificate of its own is an error of the app: one that asks by address as others might.
const clear = new Chart(chart, 'clear', { namespace: 'monitoring' });
new ThanosQuery(clear, 'intruder', { stores: [], addresses: ['dnssrv+_grpc._tcp.receive-replicas.monitoring.svc'] });

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-prometheus-thanos-'));
const programs = new Processes(root, [...manifests(chart), ...manifests(clear)]);
const memcached = new Memcached();
afterAll(async () => {
  await programs.stopAll();
  fs.rmSync(root, { recursive: true });
});

/** A folder with the keys of cert-manager: a certificate that signs itself, for servers and clients. */
function certificate(name: string): string {
  const dir = programs.folder(name);
  execFileSync('openssl', [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=thanos',
    '-addext', 'subjectAltName=DNS:thanos.monitoring.svc', '-keyout', 'tls.key', '-out', 'tls.crt',
  ], { cwd: dir, stdio: 'pipe' });
  fs.copyFileSync(path.join(dir, 'tls.crt'), path.join(dir, 'ca.crt'));
  return dir;
}

const BASE = 22_000;
const PORTS = {
  prometheus: { 9090: BASE, 10901: BASE + 1, 10902: BASE + 2 }, query: { 10901: BASE + 11, 10902: BASE + 12 },
  frontend: { 10902: BASE + 22 }, shared: { 10902: BASE + 32 },
  receive: [40, 50].map((port) => ({ 10901: BASE + port + 1, 10902: BASE + port + 2, 19291: BASE + port + 3 })),
  intruder: { 10901: BASE + 61, 10902: BASE + 62 }, stranger: { 10901: BASE + 71, 10902: BASE + 72 },
};
const secrets = { 'thanos-tls': certificate('certificate') };

const PROMETHEUS: Place = {
  name: 'prometheus', workload: ['Deployment', 'prometheus'], container: 'prometheus', ports: PORTS.prometheus, shared: { '/prometheus': 'data' },
  more: [`--web.listen-address=127.0.0.1:${PORTS.prometheus[9090]}`],
  files: {
    'prometheus.yml': (text) => {
      const { global, remote_write: [write] } = parse(text);
      const local = { ...write, url: `http://127.0.0.1:${PORTS.receive[0][19291]}/api/v1/receive` };
      return stringify({
        global: { ...global, scrape_interval: '2s', scrape_timeout: '1s' }, remote_write: [local],
        scrape_configs: [{ job_name: 'self', static_configs: [{ targets: [`127.0.0.1:${PORTS.prometheus[9090]}`] }] }],
      });
    },
  },
};
const SIDECAR: Place = { ...PROMETHEUS, name: 'sidecar', container: 'thanos-sidecar', more: [], secrets };
const receiveAt = (i: number): Place => ({
  name: `receive-${i}`, workload: ['StatefulSet', 'receive'], container: 'thanos-receive', ports: PORTS.receive[i], shared: {}, variables: { POD_NAME: `receive-${i}` }, secrets,
  names: { '127.0.0.1:19391': `127.0.0.1:${BASE + 80 + i}`, ...Object.fromEntries(PORTS.receive.map((ports, n) => [`receive-${n}.receive-replicas.monitoring.svc:10901`, `127.0.0.1:${ports[10901]}`])) },
});
const RECEIVERS = PORTS.receive.map((ports) => `127.0.0.1:${ports[10901]}`);
const QUERY: Place = {
  name: 'query', workload: ['Deployment', 'query'], container: 'thanos-query', ports: PORTS.query, shared: {}, secrets,
  stores: { 'prometheus-thanos': [`127.0.0.1:${PORTS.prometheus[10901]}`], 'receive-replicas': RECEIVERS },
};
const STRANGER: Place = { ...QUERY, name: 'stranger', ports: PORTS.stranger, secrets: { 'thanos-tls': certificate('another') } };
const INTRUDER: Place = { ...QUERY, name: 'intruder', workload: ['Deployment', 'intruder'], ports: PORTS.intruder };
const frontendAt = (name: 'frontend' | 'shared'): Place => ({
  name, workload: ['Deployment', name], container: 'thanos-query-frontend', ports: PORTS[name], shared: {},
  names: { 'query.monitoring.svc:10902': `127.0.0.1:${PORTS.query[10902]}` },
});

const linesOf = async (port: number): Promise<string[]> => (await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()).split('\n');
const now = () => Math.floor(Date.now() / 1000);
/** A whole multiple of the step of a query, as Grafana and the frontend have it. */
const at = now() - (now() % 600);

/** Sum of the series of a metric with a matcher each, as a text within its braces. */
async function metric(port: number, name: string, ...matchers: string[]): Promise<number> {
  const lines = (await linesOf(port)).filter((line) => (line.startsWith(`${name}{`) || line.startsWith(`${name} `)) && matchers.every((matcher) => line.includes(matcher)));
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}

async function answer(port: number, page: string): Promise<Loose> {
  const body: Loose = await (await fetch(`http://127.0.0.1:${port}/api/v1/${page}`)).json();
  expect(body.status).toBe('success');
  return body.data.result;
}

/** Ten days that have ended, in eleven parts. */
const range = (expr: string) => `query_range?query=${encodeURIComponent(expr)}&start=${at - 864_000}&end=${at - 600}&step=600`;

/** Share of the requests to stores that fail, in percent, as ThanosQueryGrpcClientErrorRate has it. */
async function failedShare(port: number): Promise<number> {
  const all = await metric(port, 'grpc_client_handled_total');
  const failed = await Promise.all(['Unknown', 'ResourceExhausted', 'Internal', 'Unavailable', 'DataLoss', 'DeadlineExceeded'].map(
    (code) => metric(port, 'grpc_client_handled_total', `grpc_code="${code}"`),
  ));
  return (100 * failed.reduce((sum, count) => sum + count, 0)) / all;
}

test('Query reads a sidecar and receivers by TLS, and receivers forward by it', async () => {
  await Promise.all([0, 1].map((i) => programs.start(receiveAt(i))));
  await programs.start(PROMETHEUS);
  await programs.start(SIDECAR);
  await programs.start(QUERY);
  await until('all are connected', async () => await metric(PORTS.query[10902], 'thanos_store_nodes_grpc_connections') === 3);
  await until('samples of the sidecar and of both receivers are there', async () => {
    const series = await answer(PORTS.query[10902], 'query?query=up{job="self"}&dedup=false');
    return series.filter(({ metric: labels }: Loose) => /^receive-[01]$/.test(labels.receive_replica)).length === 2 && series.length === 3;
  });
});

test('a Query without a certificate, or with one of another authority, reads nothing, and its alert says so', async () => {
  await programs.start(INTRUDER);
  await programs.start(STRANGER);
  for (const { 10902: port } of [PORTS.intruder, PORTS.stranger]) {
    await until('requests to stores fail', async () => await failedShare(port) > 5);
    expect(await metric(port, 'thanos_store_nodes_grpc_connections')).toBe(0);
    expect(await answer(port, 'query?query=up')).toEqual([]);
    say(`requests to stores that fail: ${(await failedShare(port)).toFixed(0)}%`);
  }
  expect(await failedShare(PORTS.query[10902])).toBeLessThan(5);
  await programs.stop('intruder');
  await programs.stop('stranger');
});

test.each(['frontend', 'shared'] as const)('%s answers as Query does, and the second time out of its cache', async (name) => {
  if (name === 'shared') {
    await memcached.start(MEMCACHED);
  }
  await programs.start(frontendAt(name));
  const { 10902: port } = PORTS[name];
  const expr = `vector(${name.length})`;
  const expected = await answer(PORTS.query[10902], range(expr));
  const asked = () => metric(PORTS.query[10902], 'http_request_duration_seconds_count', 'handler="query_range"');
  expect(await answer(port, range(expr))).toEqual(expected);
  const hits = () => metric(port, 'cortex_cache_hits_total', 'tripperware="query_range"');
  const [before, none] = [await asked(), await hits()];
  expect(await answer(port, range(expr))).toEqual(expected);
  expect(await hits()).toBeGreaterThan(none);
  expect(await asked()).toBe(before);
  expect(expected[0].values.length).toBeGreaterThan(1400);
  expect(await answer(port, 'query?query=vector(1)')).toHaveLength(1);
  say(`${name}: ${await hits() - none} parts out of the cache, ${memcached.items.size} answers in memcached`);
});

test('without its memcached it answers still, and the metric of the alert says so', async () => {
  await memcached.stop();
  const { 10902: port } = PORTS.shared;
  const requests = (...matchers: string[]) => metric(port, 'cortex_memcache_request_duration_seconds_count', ...matchers);
  expect(await requests('status_code="500"')).toBe(0);
  for (let i = 0; i < 3; i += 1) {
    expect(await answer(port, range(`vector(${20 + i})`))).toEqual(await answer(PORTS.query[10902], range(`vector(${20 + i})`)));
  }
  expect((100 * await requests('status_code="500"')) / await requests()).toBeGreaterThan(5);
});

test('without Query it is not ready, and its errors are those of the alert', async () => {
  await programs.stop('query');
  const { 10902: port } = PORTS.frontend;
  expect((await fetch(`http://127.0.0.1:${port}/api/v1/query?query=vector(1)`)).status).toBeGreaterThanOrEqual(500);
  expect(await metric(port, 'http_request_duration_seconds_count', 'handler="query-frontend"', 'code="5')).toBeGreaterThan(0);
  await until('it is not ready', async () => (await fetch(`http://127.0.0.1:${port}/-/ready`)).status === 503);
  expect((await fetch(`http://127.0.0.1:${port}/-/healthy`)).status).toBe(200);
});
