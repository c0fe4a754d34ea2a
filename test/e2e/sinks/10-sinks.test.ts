import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Duration } from 'cdk8s';
import { ALERTS, app, GATEWAYS, KEYS, METRICS, SECRET, USER } from './app';
import { Arrived, inOpenSearch } from './arrived';
import { GatewayProcess } from './gateway-process';
import { KafkaBroker } from './kafka';
import { KafkaRecords } from './kafka-records';
import { OddTarget } from './odd-target';
import { OpenSearch } from './open-search';
import { certificate } from '../faults/certificates';
import { now, pause, WritingPrometheus } from '../faults/writing-prometheus';
import { eventually } from '../harness/eventually';
import { say } from '../harness/progress';
import { difference, NONE, Span } from '../harness/store-samples';
import { Processes } from '../thanos/processes';

/** Seconds that the sinks are away. */
const OUTAGE = Number(process.env.E2E_OUTAGE_SECONDS ?? 45);
/** Seconds between two scrapes. */
const INTERVAL = 5;
const LOGIN = { name: USER, password: 'right', apiKey: 'a2V5' };

const BASE = 22_600;
const PORTS = {
  prometheus: BASE, odd: BASE + 1,
  kafka: { clients: BASE + 2, tests: BASE + 3, controller: BASE + 4 },
  openSearch: { http: BASE + 5, transport: BASE + 6, proxy: BASE + 7 },
};
const root = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-prometheus-sinks-'));
// OpenSearch runs as another user.
fs.chmodSync(root, 0o755);
const objects = app(
  { kafka: `localhost:${PORTS.kafka.clients}`, openSearch: `https://localhost:${PORTS.openSearch.proxy}` }, Duration.seconds(INTERVAL), Duration.seconds(OUTAGE),
);
const programs = new Processes(root, objects);

const [ours, theirs] = ['ours', 'theirs'].map((name) => certificate(programs.folder(name), 'localhost'));
const secrets = { [SECRET]: programs.folder('secret') };
Object.entries({
  [KEYS.password]: LOGIN.password, [KEYS.wrong]: 'wrong', [KEYS.apiKey]: LOGIN.apiKey, [KEYS.authority]: ours.cert, [KEYS.stranger]: theirs.cert,
}).forEach(([key, text]) => fs.writeFileSync(path.join(secrets[SECRET], key), text));

const odd = new OddTarget();
const kafka = new KafkaBroker(programs.folder('kafka-server'), PORTS.kafka, ours, LOGIN);
const openSearch = new OpenSearch(programs.folder('search-server'), PORTS.openSearch, ours, LOGIN);
const names: readonly string[] = [...GATEWAYS.kafka, ...GATEWAYS.openSearch, GATEWAYS.killed, ...GATEWAYS.refused];
const gateways = new Map(names.map((name, i) => [
  name, new GatewayProcess({ programs, objects, secrets }, name, { write: BASE + 10 + 2 * i, metrics: BASE + 11 + 2 * i }),
]));
const records = new KafkaRecords(programs.folder('records'), PORTS.kafka.tests, [...GATEWAYS.kafka, GATEWAYS.killed, 'refused']);
const prometheus = new WritingPrometheus(programs, PORTS.prometheus, {
  jobs: { prometheus: PORTS.prometheus, odd: PORTS.odd, ...Object.fromEntries([...gateways].map(([name, { metricsPort }]) => [name, metricsPort])) },
  urls: Object.fromEntries([...gateways].map(([name, { writeUrl }]) => [name, writeUrl])),
});

afterAll(async () => {
  await programs.stopAll();
  await Promise.all([records, kafka, openSearch].map((each) => each.kill()));
  [odd, openSearch].forEach((each) => each.close());
  fs.rmSync(root, { recursive: true });
});

const gatewayOf = (name: string): GatewayProcess => gateways.get(name)!;
const firing = async () => (await prometheus.firing()).filter((alert) => ALERTS.includes(alert.split(' ')[0]));
const arrived = async (name: string, span: Span): Promise<Arrived> => (name.startsWith('kafka') ? records.samples(name, span) : openSearch.samples(name, span));

/** Waits until each sink has exactly what the Prometheus has. */
async function allHave(span: Span, seconds: number): Promise<void> {
  const [streamed, searched] = [await prometheus.samples(span, METRICS.kafka), inOpenSearch(await prometheus.samples(span, METRICS.openSearch))];
  expect(searched.size).toBeGreaterThan(1000);
  for (const name of [...GATEWAYS.kafka, ...GATEWAYS.openSearch]) {
    const expected = name.startsWith('kafka') ? streamed : searched;
    const { duplicates } = await eventually(`${name} has all samples`, seconds, async () => {
      const found = await arrived(name, span);
      expect(difference(expected, found.samples)).toEqual(NONE);
      return found;
    });
    // A document that arrives twice is stored once, by its id.
    expect(name.startsWith('kafka') ? 0 : duplicates).toBe(0);
    say(`${name}: ${expected.size} samples of ${span.end - span.start} s, as Prometheus has them; ${duplicates} arrived twice`);
  }
}

let began = 0;

beforeAll(async () => {
  await Promise.all([kafka.prepare().then(() => kafka.start()), openSearch.start(), openSearch.listen(), odd.listen(PORTS.odd)]);
  for (const [name, gateway] of gateways) {
    // What is refused from the beginning waits there for ever: these have had the right password.
    await (GATEWAYS.refused.some((refused) => refused === name) ? undefined : gateway.prepare());
    await gateway.start();
  }
  began = now();
  await prometheus.start();
  await records.start();
}, 600_000);

test('the sinks have what the Prometheus has, sample by sample', async () => {
  await pause(45);
  await allHave({ start: began, end: now() - 2 * INTERVAL }, 120);
  const samples = [...(await prometheus.samples({ start: began, end: now() })).keys()];
  ['odd_text', 'odd_value', 'odd.name', 'odd_ending'].forEach((name) => expect(samples.some((key) => key.includes(`"${name}"`))).toBe(true));
  GATEWAYS.kafka.forEach((topic) => expect(records.partitions(topic)).toBe(3));
});

test('a wrong password and a certificate that is not trusted are alerts of their gateways alone', async () => {
  await eventually('the alerts fire', 300, async () => {
    expect(await firing()).toEqual([
      'SinkGatewayBufferFilling search-password-buffered', 'SinkGatewayDeliveryFailing kafka-certificate', 'SinkGatewayDeliveryFailing kafka-password',
      'SinkGatewayDeliveryFailing search-password', 'SinkGatewayNotConnected kafka-password-buffered', 'SinkGatewaySamplesDropped search-password-buffered',
    ]);
  });
  const sizes = [records, openSearch].map(async (sink) => (await sink.samples('refused', { start: began, end: now() })).samples.size);
  expect(await Promise.all(sizes)).toEqual([0, 0]);
});

describe(`with sinks that are away for ${OUTAGE} s`, () => {
  let waiting = 0;
  const span = { start: 0, end: 0 };

  test('gateways that acknowledge lose nothing when they are killed, and those that buffer nothing while they run', async () => {
    span.start = now();
    await Promise.all([kafka.kill(), openSearch.kill()]);
    const killed = gatewayOf(GATEWAYS.killed);
    const limit = await killed.sinkMetric('internal_write_buffer_limit');
    await eventually('samples wait in gateways', OUTAGE, async () => {
      waiting = await killed.sinkMetric('internal_write_buffer_size');
      expect(waiting).toBeGreaterThan(0.06 * limit);
    });
    // Prometheus has to have seen it.
    await pause(INTERVAL + 1);
    waiting = await killed.sinkMetric('internal_write_buffer_size');
    const all = [killed, ...GATEWAYS.acknowledged.map(gatewayOf)];
    await Promise.all(all.map((each) => each.kill()));
    say(`${all.length} gateways are killed, ${now() - span.start} s after their sinks`);
    await Promise.all(all.map((each) => each.start()));
    await pause(Math.max(0, OUTAGE - (now() - span.start)));
    span.end = now();
    await Promise.all([kafka.start(), openSearch.start()]);
    await allHave(span, 300);
  });

  test('one that buffers loses what waits in it when it is killed, as its metric and its alert say', async () => {
    const expected = await prometheus.samples(span, METRICS.kafka);
    const { missing, foreign, changed } = difference(expected, records.samples(GATEWAYS.killed, span).samples);
    say(`${GATEWAYS.killed}: ${missing} of ${expected.size} samples are missing, ${waiting} waited`);
    expect([foreign, changed]).toEqual([0, 0]);
    expect(missing).toBeGreaterThanOrEqual(waiting);
    expect(missing).toBeLessThan(expected.size);
    expect(await firing()).toContain(`SinkGatewayBufferLost ${GATEWAYS.killed}`);
  });

  test('what comes while they start and afterwards is complete', async () => {
    await pause(15);
    await allHave({ start: span.end, end: now() - 2 * INTERVAL }, 180);
  });
});
