import * as path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Chart, Testing } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { bufferedConfig, linesOf, RunningBuffer } from './buffered-gateway';
import { FakeSink, Received } from './gateway';
import { METADATA, Series, writeRequest } from './remote-write';
import { BasicAuth, KafkaSasl, SecretKey, Sink, TlsClient } from '../../lib';
import { inTempDir, inTempDirAsync, writeFiles } from '../files';
import { telegraf, verdict } from '../tools';

const secret = Secret.fromSecretName(new Chart(Testing.app(), 'chart'), 'sink', 'sink');
const key = SecretKey.of(secret, 'a-key.txt');
const basicAuth = new BasicAuth({ username: 'me', password: key });
const tls = TlsClient.systemCa();
const brokers = ['127.0.0.1:1'];

const SINKS: Array<[string, Sink]> = [
  ['Kafka', Sink.kafka({ brokers, topic: 'a', tls, sasl: KafkaSasl.scramSha512({ username: 'me', password: key }) })],
  ['OpenSearch', Sink.openSearch({ url: 'https://search:9200', basicAuth, tls })],
  ['Elasticsearch', Sink.elasticsearch({ url: 'https://search:9200', version: '8.19', apiKey: key })],
  ['InfluxDB', Sink.influxDb({ url: 'https://influx:8086', org: 'o', bucket: 'b', token: key })],
];

function makeCredentials(dir: string): void {
  writeFiles(path.join(dir, 'credentials'), { password: 's3cret', token: 's3cret' });
}

test.each(SINKS)('the configuration of %s is one', (_, sink) => {
  inTempDir((dir) => {
    makeCredentials(dir);
    writeFiles(dir, { 'telegraf.conf': bufferedConfig(sink, dir) });
    const { status, output } = verdict(telegraf(), ['config', 'check', '--config', path.join(dir, 'telegraf.conf'), '--strict-env-handling']);
    expect([output.split('\n').filter((line) => line !== '' && !line.includes(' I! ')), status]).toEqual([[], 0]);
  });
});

const TIME = 1_795_835_000_123;
const ODD: Series = { labels: { '__name__': 'shop:a', 'job': 'a b,c=d', 'path': 'C:\\d\\', 'dotted.name': '<x>' }, samples: [[1.5, TIME]] };
const BARE: Series = { labels: { __name__: 'internal_zero' }, samples: [[0, TIME], [NaN, TIME + 1], [Infinity, TIME + 2], [-Infinity, TIME + 3]] };

function withBuffer(
  sinkAt: (url: string) => Sink, answer: readonly [number, string], use: (running: RunningBuffer, sink: FakeSink) => Promise<void>,
): Promise<void> {
  return inTempDirAsync(async (dir) => {
    makeCredentials(dir);
    const sink = new FakeSink();
    sink.answer = answer;
    const running = await RunningBuffer.start(dir, sinkAt(await sink.start()));
    try {
      await use(running, sink);
    } finally {
      await running.stop();
      sink.stop();
    }
  });
}

const HTTP: Array<[string, (url: string) => Sink, readonly [number, string]]> = [
  ['OpenSearch', (url) => Sink.openSearch({ url, basicAuth }), [200, '{"errors":false,"items":[]}']],
  ['Elasticsearch', (url) => Sink.elasticsearch({ url, version: '8.19', apiKey: key }), [200, '{"version":{"number":"8.19.0"},"errors":false,"items":[]}']],
  ['InfluxDB', (url) => Sink.influxDb({ url, org: 'o', bucket: 'b c', token: key }), [204, '']],
];

function textOf({ headers, body }: Received): string {
  return headers['content-encoding'] === 'gzip' ? gunzipSync(Buffer.from(body, 'latin1')).toString() : body;
}

test.each(HTTP)('%s is sent finite samples, and nothing of requests without any', async (_, sinkAt, answer) => {
  await withBuffer(sinkAt, answer, async (running, sink) => {
    expect([await running.write(METADATA), await running.write(writeRequest(ODD, BARE))]).toEqual([204, 204]);
    await running.until(async () => await running.metric('internal_write_metrics_written') === 2);
    // OpenSearch gets a batch in several requests at a time.
    const sent = sink.received.filter(({ body }) => body !== '');
    const { url, headers: { authorization, 'content-type': type } } = sent[0];
    expect({ url, authorization, type, lines: sent.flatMap((request) => textOf(request).split('\n')).filter((line) => line !== '').sort() }).toMatchSnapshot();
  });
});

test('Kafka gets records of finite samples with the series in them', async () => {
  await inTempDirAsync(async (dir) => {
    const file = path.join(dir, 'records');
    // Records that Kafka would get go into a file instead.
    const toFile = (config: string) => config.replaceAll('outputs.kafka', 'outputs.file').replace(/brokers = [^]*?(?=data_format)/, `files = [${JSON.stringify(file)}]\n`)
      .replace('}}}"\n', '}}}\\n"\n');
    const running = await RunningBuffer.start(dir, Sink.kafka({ brokers, topic: 'a' }), toFile);
    try {
      expect([await running.write(METADATA), await running.write(writeRequest(ODD, BARE))]).toEqual([204, 204]);
      await running.until(() => Promise.resolve(linesOf(file).length === 2));
      expect(linesOf(file).map((line): unknown => JSON.parse(line))).toEqual([
        { name: 'shop:a', labels: { 'job': 'a b,c=d', 'path': 'C:\\d\\', 'dotted.name': '<x>' }, value: 1.5, timestamp: TIME },
        { name: 'internal_zero', labels: {}, value: 0, timestamp: TIME },
      ]);
    } finally {
      await running.stop();
    }
  });
});

test('the metrics are there by which the alerts judge', async () => {
  const [, , [, sinkAt]] = HTTP;
  await withBuffer(sinkAt, [401, ''], async (running, sink) => {
    expect(await running.write(writeRequest(ODD))).toBe(204);
    // A wrong token: the sample waits.
    await running.until(async () => await running.metric('internal_write_buffer_size') === 1);
    const names = ['internal_write_buffer_limit', 'internal_write_metrics_dropped', 'internal_write_metrics_rejected', 'internal_write_startup_errors'];
    expect(await Promise.all(names.map((name) => running.metric(name)))).toEqual([120_000, 0, 0, 0]);
    expect(await running.metric('process_start_time_seconds')).toBeGreaterThan(0);
    sink.answer = [422, '{"message":"points beyond retention policy"}'];
    await running.until(async () => await running.metric('internal_write_metrics_rejected') === 1);
    sink.answer = [204, ''];
    await running.write(writeRequest(ODD));
    await running.until(async () => await running.metric('internal_write_metrics_written') === 1);
    expect(await running.metric('internal_write_buffer_size')).toBe(0);
  });
});

test('Kafka that cannot be reached is tried again, and counted', async () => {
  await inTempDirAsync(async (dir) => {
    const running = await RunningBuffer.start(dir, Sink.kafka({ brokers, topic: 'a' }));
    try {
      await running.until(async () => (await running.metric('internal_write_startup_errors') ?? 0) > 0);
    } finally {
      await running.stop();
    }
  });
});
