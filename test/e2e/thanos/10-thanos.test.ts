import * as fs from 'node:fs';
import * as http from 'node:http';
import * as os from 'node:os';
import * as path from 'node:path';
import { Duration } from 'cdk8s';
import { parse, stringify } from 'yaml';
import { Place, Processes, until } from './processes';
import { say } from '../harness/progress';
import {
  AlertmanagerServer, DataStorage, ObjectStorage, PrometheusServer, RuleSet, ThanosCompactor, ThanosQuery, ThanosReceive, ThanosRuler, ThanosStore,
} from '../../../lib';
import { manifests, newChart } from '../../charts';
import { Loose } from '../../manifests';

/** A pair of Prometheus with sidecars, Query, Store and Compactor, as an app makes them. */
const chart = newChart();
const objectStorage = ObjectStorage.filesystem('blocks');
const prometheus = new PrometheusServer(chart, 'prometheus', { replicas: 2, cluster: 'north', thanos: { objectStorage } });
const store = new ThanosStore(chart, 'store', { objectStorage });
const query = new ThanosQuery(chart, 'query', { stores: [prometheus, store] });
new ThanosCompactor(chart, 'compactor', { objectStorage, storage: DataStorage.emptyDir(), mergedReplicaLabels: ['prometheus_replica'] });
new ThanosCompactor(chart, 'strict', { objectStorage: ObjectStorage.filesystem('overlaps'), storage: DataStorage.emptyDir() });
const receive = new ThanosReceive(chart, 'receive', { storage: DataStorage.emptyDir() });
new PrometheusServer(chart, 'agent', { agent: true, cluster: 'far', remoteWrites: [receive.remoteWrite] });
query.addStore(receive);
query.addStore(new ThanosRuler(chart, 'ruler', {
  query,
  alertmanagers: [new AlertmanagerServer(chart, 'alertmanager')],
  storage: DataStorage.emptyDir(),
  evaluationInterval: Duration.seconds(5),
  ruleSets: { pairs: RuleSet.fromText(stringify({ groups: [{ name: 'pairs', rules: [
    { record: 'job:up:count', expr: 'count by (job) (up)' },
    { alert: 'Always', expr: 'count(up{job="always"}) == 1', labels: { severity: 'warning' }, annotations: { summary: 'a', description: 'b' } },
  ] }] })) },
}));
const objects = manifests(chart);

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-prometheus-thanos-'));
const programs = new Processes(root, objects);
afterAll(async () => {
  await programs.stopAll();
  fs.rmSync(root, { recursive: true });
});

const BASE = 21_900;
const BUCKET = { '/var/thanos/bucket': 'bucket' };
const REPLICAS = [0, 1] as const;
/** Seconds between two scrapes, and two points of a query. */
const STEP = 2;
const web = (i: number) => BASE + 10 * i;
const sidecarPorts = (i: number) => ({ 9090: web(i), 10901: web(i) + 1, 10902: web(i) + 2 });
const PORTS = {
  store: { 10901: BASE + 31, 10902: BASE + 32 }, query: { 10901: BASE + 41, 10902: BASE + 42 }, compactor: { 10902: BASE + 52 },
  receive: { 10901: BASE + 61, 10902: BASE + 62, 19291: BASE + 63 }, agent: { 9090: BASE + 70 },
  ruler: { 10901: BASE + 91, 10902: BASE + 92 }, alertmanager: BASE + 93, strict: { 10902: BASE + 82 },
};

/** The configuration with jobs that need no Kubernetes. */
function withJobs(text: string): string {
  const { global } = parse(text);
  const jobs = { always: [`127.0.0.1:${PORTS.query[10902]}`], prometheus: REPLICAS.map((n) => `127.0.0.1:${web(n)}`) };
  return stringify({
    global: { ...global, scrape_interval: `${STEP}s`, scrape_timeout: '1s' },
    scrape_configs: Object.entries(jobs).map(([job, targets]) => ({ job_name: job, static_configs: [{ targets }] })),
  });
}

function prometheusAt(i: number): Place {
  return {
    name: `prometheus-${i}`, workload: ['StatefulSet', 'prometheus'], container: 'prometheus', ports: sidecarPorts(i),
    shared: { '/prometheus': `data-${i}` }, env: { POD_NAME: `prometheus-${i}` }, files: { 'prometheus.yml': withJobs },
    // hidden flags: blocks of two minutes
    more: [`--web.listen-address=127.0.0.1:${web(i)}`, '--storage.tsdb.min-block-duration=2m', '--storage.tsdb.max-block-duration=20m'],
  };
}

function sidecarAt(i: number): Place {
  return {
    name: `sidecar-${i}`, workload: ['StatefulSet', 'prometheus'], container: 'thanos-sidecar', ports: sidecarPorts(i),
    shared: { '/prometheus': `data-${i}`, ...BUCKET },
  };
}

const STORE: Place = {
  name: 'store', workload: ['StatefulSet', 'store'], container: 'thanos-store', ports: PORTS.store, shared: BUCKET, more: ['--sync-block-duration=10s'],
};
const QUERY: Place = {
  name: 'query', workload: ['Deployment', 'query'], container: 'thanos-query', ports: PORTS.query, shared: {},
  stores: {
    'prometheus-thanos': REPLICAS.map((i) => `127.0.0.1:${web(i) + 1}`), 'store': [`127.0.0.1:${PORTS.store[10901]}`], 'receive-replicas': [`127.0.0.1:${PORTS.receive[10901]}`],
    'ruler': [`127.0.0.1:${PORTS.ruler[10901]}`],
  },
};
const COMPACTOR: Place = {
  name: 'compactor', workload: ['StatefulSet', 'compactor'], container: 'thanos-compact', ports: PORTS.compactor, shared: BUCKET,
  more: ['--consistency-delay=0s', '--wait-interval=10s'],
};

const STRICT: Place = {
  ...COMPACTOR, name: 'strict', workload: ['StatefulSet', 'strict'], ports: PORTS.strict, shared: { '/var/thanos/bucket': 'overlaps' },
};
const RECEIVE: Place = {
  name: 'receive', workload: ['StatefulSet', 'receive'], container: 'thanos-receive', ports: PORTS.receive, shared: {}, variables: { POD_NAME: 'receive-0' },
  names: { 'receive-0.receive-replicas.monitoring.svc:10901': `127.0.0.1:${PORTS.receive[10901]}` },
};
const RULER: Place = {
  name: 'ruler', workload: ['StatefulSet', 'ruler'], container: 'thanos-rule', ports: PORTS.ruler, shared: {}, variables: { POD_NAME: 'ruler-0' },
  names: {
    'query.monitoring.svc:10902': `127.0.0.1:${PORTS.query[10902]}`, 'dns+alertmanager-peers.monitoring.svc:9093': `127.0.0.1:${PORTS.alertmanager}`,
  },
};
const AGENT: Place = {
  name: 'agent', workload: ['Deployment', 'agent'], container: 'prometheus', ports: PORTS.agent, shared: {}, more: [`--web.listen-address=127.0.0.1:${PORTS.agent[9090]}`],
  files: {
    'prometheus.yml': (text) => {
      const { global, remote_write: [write] } = parse(text);
      const local = { ...write, url: write.url.replace('receive.monitoring.svc:19291', `127.0.0.1:${PORTS.receive[19291]}`) };
      const targets = [`127.0.0.1:${PORTS.agent[9090]}`];
      return stringify({ global: { ...global, scrape_interval: `${STEP}s`, scrape_timeout: '1s' }, remote_write: [local], scrape_configs: [{ job_name: 'far', static_configs: [{ targets }] }] });
    },
  },
};

async function startReplica(i: number): Promise<void> {
  await programs.start(prometheusAt(i));
  await programs.start(sidecarAt(i));
}

async function get(port: number, page: string): Promise<Loose> {
  const response = await fetch(`http://127.0.0.1:${port}${page}`);
  const body: Loose = await response.json();
  expect(body.status).toBe('success');
  return body.data;
}

async function metric(port: number, name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}

/**
 * Points of `up` of a target that is always there, between two times. Where Query goes over from one replica to the other it leaves out some seconds
 * on purpose: a sample within the last ten, in the place of the usual five minutes, shows that nothing more is missing.
 */
async function points(from: number, to: number, more: string = ''): Promise<Loose[]> {
  const { result } = await get(PORTS.query[10902], `/api/v1/query_range?query=last_over_time(up{job="always"}[10s])&start=${from}&end=${to}&step=${STEP}${more}`);
  return result;
}

const now = () => Math.floor(Date.now() / 1000);
const pause = (seconds: number) => new Promise((resolve) => {
  setTimeout(resolve, seconds * 1000);
});
const blocksOf = () => fs.readdirSync(programs.folder('bucket')).filter((name) => fs.existsSync(path.join(root, 'bucket', name, 'meta.json')));
const metaOf = (block: string): Loose => JSON.parse(fs.readFileSync(path.join(root, 'bucket', block, 'meta.json'), 'utf8'));

const began = now();

test('each program starts with the flags and files of its manifest', async () => {
  await programs.start(STORE);
  await programs.start(QUERY);
  for (const i of REPLICAS) {
    await startReplica(i);
  }
  await until('Query has the sidecars and the store', async () => await metric(PORTS.query[10902], 'thanos_store_nodes_grpc_connections') >= 2);
});

test('Query makes one series of those of the replicas', async () => {
  await until('both replicas have samples', async () => (await points(now() - STEP, now(), '&dedup=false')).length === 2);
  expect((await points(now() - STEP, now())).map(({ metric: labels }) => labels)).toEqual([
    expect.objectContaining({ cluster: 'north', job: 'always', prometheus: 'monitoring/prometheus' }),
  ]);
});

test('a replica that is killed leaves no gap', async () => {
  const from = now();
  await pause(10);
  await programs.stop('prometheus-1', 'SIGKILL');
  await programs.stop('sidecar-1', 'SIGKILL');
  await pause(40);
  await startReplica(1);
  await pause(20);
  const to = now() - STEP;
  await until('the second replica is asked again', async () => (await points(from, to, '&dedup=false')).length === 2);
  const expected = Math.floor((to - from) / STEP) + 1;
  const [merged] = await points(from, to);
  const each = await points(from, to, '&dedup=false');
  const counts = each.map(({ values }) => values.length).sort((a, b) => a - b);
  say(`points: ${expected} expected, ${merged.values.length} of both, ${counts.join(' and ')} of each`);
  expect(merged.values.length).toBe(expected);
  expect(counts[0]).toBeLessThan(expected - 10);
});

test('Receive stores what an agent writes, and Query reads it', async () => {
  await programs.start(RECEIVE);
  await programs.start(AGENT);
  await until('the samples of the agent are there', async () => {
    const { result } = await get(PORTS.query[10902], '/api/v1/query?query=count_over_time(up{job="far"}[1m])');
    return result.some(({ metric: { cluster, tenant_id: tenant }, value: [, count] }: Loose) => cluster === 'far' && tenant === 'default-tenant' && Number(count) > 5);
  });
});

/** The first alerts that come to the address of Alertmanager. */
async function alertsSent(): Promise<Loose> {
  const server = http.createServer();
  const sent = new Promise<string>((resolve) => {
    server.on('request', (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        response.end();
        resolve(`${request.url} ${Buffer.concat(parts).toString()}`);
      });
    });
  });
  server.listen(PORTS.alertmanager, '127.0.0.1');
  const text = await sent;
  server.close();
  expect(text.slice(0, text.indexOf(' '))).toBe('/api/v2/alerts');
  return JSON.parse(text.slice(text.indexOf(' ')));
}

test('Ruler evaluates rules on Query, sends their alerts without the label of its replica, and Query reads their results', async () => {
  const sent = alertsSent();
  await programs.start(RULER);
  const [{ labels }] = await sent;
  expect(labels).toEqual({ alertname: 'Always', severity: 'warning', ruler: 'monitoring/ruler' });
  await until('the results of the rules are there', async () => {
    const { result } = await get(PORTS.query[10902], '/api/v1/query?query=job:up:count{job="always"}');
    return result.length === 1 && result[0].value[1] === '1' && result[0].metric.ruler === 'monitoring/ruler';
  });
});

test('blocks of both reach the bucket with the labels that tell them apart', async () => {
  await until('each replica has uploaded two blocks', () => {
    const replicas = blocksOf().map((block) => metaOf(block).thanos.labels.prometheus_replica);
    return REPLICAS.every((i) => replicas.filter((replica) => replica === `prometheus-${i}`).length >= 2);
  }, 900);
  expect(metaOf(blocksOf()[0]).thanos.labels).toMatchObject({ cluster: 'north', prometheus: 'monitoring/prometheus' });
  for (const i of REPLICAS) {
    expect(await metric(web(i) + 2, 'thanos_objstore_bucket_last_successful_upload_time')).toBeGreaterThan(began);
    // Prometheus compacts what is named there.
    const { uploaded } = JSON.parse(fs.readFileSync(path.join(programs.folder(`data-${i}`), 'thanos.shipper.json'), 'utf8'));
    expect(uploaded.length).toBeGreaterThanOrEqual(2);
  }
});

test('the store serves them when no Prometheus has them any more', async () => {
  const last = Math.min(...REPLICAS.map((i) => Math.max(...blocksOf().map(metaOf).filter(({ thanos }) => thanos.labels.prometheus_replica === `prometheus-${i}`).map(({ maxTime }) => maxTime))));
  const first = Math.min(...blocksOf().map((block) => metaOf(block).minTime));
  for (const i of REPLICAS) {
    await programs.stop(`sidecar-${i}`);
    await programs.stop(`prometheus-${i}`);
  }
  const [from, to] = [Math.ceil(first / 1000) + 20, Math.floor(last / 1000) - 5];
  await until('no Prometheus is asked any more', async () => await metric(PORTS.query[10902], 'thanos_store_nodes_grpc_connections') === 3);
  await until('the store has seen the last block', async () => ((await points(to - STEP, to))[0]?.values.length ?? 0) > 0);
  const [{ values }] = await points(from, to);
  say(`points out of the bucket: ${values.length} of ${Math.floor((to - from) / STEP) + 1}, ${blocksOf().length} blocks`);
  expect(values.length).toBe(Math.floor((to - from) / STEP) + 1);
});

test('the compactor merges the blocks of the replicas', async () => {
  await programs.start(COMPACTOR);
  await until('a run has ended', async () => await metric(PORTS.compactor[10902], 'thanos_compact_iterations_total') >= 1, 300);
  const merged = blocksOf().map(metaOf).filter(({ thanos }) => thanos.source === 'compactor');
  say(`compactions ${await metric(PORTS.compactor[10902], 'thanos_compact_group_compactions_total')}, blocks of the compactor ${merged.length}`);
  expect(merged.length).toBeGreaterThan(0);
  merged.forEach(({ thanos }) => expect(thanos.labels).toEqual({ cluster: 'north', prometheus: 'monitoring/prometheus' }));
  expect(await metric(PORTS.compactor[10902], 'thanos_compact_halted')).toBe(0);
});

test('a compactor that cannot compact halts, and the metric of the alert says so', async () => {
  // Blocks of two replicas as if they were one: they overlap.
  const sources = blocksOf().filter((block) => metaOf(block).thanos.source === 'sidecar');
  expect(sources.length).toBeGreaterThanOrEqual(4);
  sources.forEach((block) => {
    const [from, to] = ['bucket', 'overlaps'].map((bucket) => path.join(programs.folder(bucket), block));
    fs.cpSync(from, to, { recursive: true });
    fs.rmSync(path.join(to, 'deletion-mark.json'), { force: true });
    const meta = metaOf(block);
    fs.writeFileSync(path.join(to, 'meta.json'), JSON.stringify({ ...meta, thanos: { ...meta.thanos, labels: { cluster: 'north' } } }));
  });
  await programs.start(STRICT);
  await until('it halts', async () => await metric(PORTS.strict[10902], 'thanos_compact_halted') === 1, 300);
  expect(programs.log('strict')).toMatch(/critical error detected; halting/);
  expect(await metric(PORTS.compactor[10902], 'thanos_compact_halted')).toBe(0);
});
