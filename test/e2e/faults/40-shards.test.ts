import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { SlowFront } from './slow-front';
import { now, pause, WritingPrometheus } from './writing-prometheus';
import { CapacityPlan, DataStorage, PrometheusServer, RemoteWrite, VictoriaMetrics } from '../../../lib';
import { manifests, newChart } from '../../charts';
import { Manifest } from '../../manifests';
import { say } from '../harness/progress';
import { difference, Samples, Span, TWELVE_DIGITS, victoriaMetricsPath, victoriaMetricsSamples } from '../harness/store-samples';
import { Place, Processes } from '../thanos/processes';

/** The first shard of a Prometheus, of two and then of three, which writes to a store that is slow at times. */
const interval = Duration.seconds(2);
const ofShards = (shards: number): Manifest[] => {
  const chart = newChart();
  new PrometheusServer(chart, 'prometheus', {
    shards, scrapeInterval: interval, evaluationInterval: interval,
    capacity: CapacityPlan.forSeries({ series: 100_000 }),
    resources: { cpuRequest: Cpu.millis(100), memoryRequest: Size.gibibytes(1), memoryLimit: Size.gibibytes(2) },
    storage: DataStorage.volumeClaimTemplate({ size: Size.gibibytes(10) }),
    remoteWrites: [new RemoteWrite({ name: 'store', url: 'http://store.example.com/api/v1/write', queue: { minShards: 4, maxShards: 4 } })],
  });
  new VictoriaMetrics(chart, 'store', { storage: DataStorage.emptyDir() });
  return manifests(chart);
};

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-prometheus-shards-'));
const programs = new Processes(root, ofShards(2));
/** The same processes once there are three; they write the same files anew. */
const grown = new Processes(root, ofShards(3));
const BASE = 22_500;
const PORTS = { prometheus: BASE, store: BASE + 1, front: BASE + 2 };
const front = new SlowFront(PORTS.store);
const neighbours = {
  kind: 'StatefulSet', jobs: { prometheus: PORTS.prometheus }, urls: { store: `http://127.0.0.1:${PORTS.front}/api/v1/write` },
  addresses: ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5', '127.0.0.6'],
} as const;
const two = new WritingPrometheus(programs, PORTS.prometheus, neighbours);
const three = new WritingPrometheus(grown, PORTS.prometheus, neighbours);
const STORE: Place = { name: 'store', workload: ['StatefulSet', 'store'], container: 'victoria-metrics', ports: { 8428: PORTS.store }, shared: {} };

afterAll(async () => {
  await Promise.all([programs.stopAll(), grown.stopAll()]);
  front.close();
  fs.rmSync(root, { recursive: true });
});

async function inStore(span: Span): Promise<Samples> {
  return victoriaMetricsSamples(await (await fetch(`http://127.0.0.1:${PORTS.store}${victoriaMetricsPath(span)}`)).text(), span);
}

/** Seconds that the store lags. What is not queued yet is in no metric of the queue but this one. */
async function lag(): Promise<number> {
  return Math.round((await two.query('time() - prometheus_remote_storage_queue_highest_sent_timestamp_seconds'))[0]);
}

/** Has the Prometheus read the files of another number of shards, and gives the number of its targets. */
async function become(shards: WritingPrometheus, from: Processes): Promise<number> {
  from.commandOf(shards.place);
  await two.reload();
  await pause(10);
  return (await two.query('count(up)'))[0];
}

let began = 0;

test('the store has what the shard has', async () => {
  await front.listen(PORTS.front);
  await programs.start(STORE);
  await two.start();
  await pause(10);
  began = now();
  await pause(20);
  await two.hasAlike('store', { start: began, end: now() - 5 }, inStore, { share: TWELVE_DIGITS });
});

test('nothing is lost when the number of shards changes and no setting of the Pod', async () => {
  front.delay = 20;
  await pause(60);
  const behind = await lag();
  const ofThree = await become(three, grown);
  const ofTwo = await become(two, programs);
  say(`${behind} s behind it goes from ${ofTwo} targets to ${ofThree} and back`);
  expect(ofTwo).toBeGreaterThan(ofThree);
  front.delay = 0;
  await two.hasAlike('store', { start: began, end: now() - 5 }, inStore, { share: TWELVE_DIGITS });
});

test('what is not sent within a minute is lost when the Pod is replaced', async () => {
  const from = now();
  front.delay = 20;
  await pause(90);
  const behind = await lag();
  const stopped = now();
  await programs.stop('prometheus');
  const ended = now();
  await three.start();
  front.delay = 0;
  await pause(30);
  const span = { start: from, end: now() - 5 };
  const expected = await three.samples(span);
  const { missing, foreign, changed } = difference(expected, await inStore(span), TWELVE_DIGITS);
  say(`${behind} s behind it ends within ${ended - stopped} s, and ${missing} of ${expected.size} samples are lost`);
  expect(missing).toBeGreaterThan(0);
  expect([foreign, changed]).toEqual([0, 0]);
  await three.hasAlike('store', { start: ended + 5, end: span.end }, inStore, { share: TWELVE_DIGITS });
});
