import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { Chart, Testing } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { FakeSink, gatewayTo, RunningGateway } from './gateway';
import { METADATA, readRequest, Series, writeRequest } from './remote-write';
import { BasicAuth, KafkaFormat, KafkaSasl, SecretKey, Sink, TlsClient } from '../../lib';
import { inTempDir, inTempDirAsync, writeFiles } from '../files';
import { Loose } from '../manifests';
import { gateway } from '../tools';

const secret = Secret.fromSecretName(new Chart(Testing.app(), 'chart'), 'sink', 'sink');
const key = SecretKey.of(secret, 'key');
const basicAuth = new BasicAuth({ username: 'me', password: key });
const tls = TlsClient.systemCa();
const brokers = ['kafka:9092'];

const SINKS: Array<[string, Sink]> = [
  ['Kafka', Sink.kafka({ brokers, topic: 'a', tls, sasl: KafkaSasl.scramSha512({ username: 'me', password: key }) })],
  ['Kafka in protobuf', Sink.kafka({ brokers, topic: 'a', format: KafkaFormat.PROTOBUF })],
  ['OpenSearch', Sink.openSearch({ url: 'https://search:9200', basicAuth, tls })],
  ['Elasticsearch', Sink.elasticsearch({ url: 'https://search:9200', version: '8.19', apiKey: key })],
  ['OpenTSDB', Sink.openTsdb({ url: 'https://tsdb:4242', basicAuth })],
  ['InfluxDB', Sink.influxDb({ url: 'https://influx:8086', org: 'o', bucket: 'b', token: key })],
];

test.each(SINKS)('the configuration of %s is one', (_, sink) => {
  inTempDir((dir) => {
    const { files } = gatewayTo(sink);
    writeFiles(dir, files);
    const configs = Object.keys(files).filter((file) => file.endsWith('.yaml')).map((file) => path.join(dir, file));
    const { status, stdout, stderr } = spawnSync(gateway(), ['lint', ...configs], { encoding: 'utf8', env: { ...process.env, KAFKA_PASSWORD: ': "#' } });
    expect([`${stdout}${stderr}`, status]).toEqual(['', 0]);
  });
});

const TIME = 1_795_835_000_123;
const ODD: Series = { labels: { __name__: 'shop:a', job: 'a b,c=d', path: 'C:\\d\\' }, samples: [[1.5, TIME]] };
const BARE: Series = { labels: { __name__: 'zero' }, samples: [[0, TIME], [NaN, TIME + 1], [Infinity, TIME + 2]] };

/** Runs a gateway to a sink of the test. */
function withGateway(
  sinkAt: (url: string) => Sink, use: (running: RunningGateway, sink: FakeSink) => Promise<void>, edit?: (url: string) => (config: Loose) => void,
): Promise<void> {
  return inTempDirAsync(async (dir) => {
    writeFiles(path.join(dir, 'secrets', 'sink'), { key: 's3cret' });
    const sink = new FakeSink();
    const url = await sink.start();
    const running = await RunningGateway.start(dir, sinkAt(url), edit?.(url));
    try {
      await use(running, sink);
    } finally {
      await running.stop();
      sink.stop();
    }
  });
}

const HTTP: Array<[string, (url: string) => Sink]> = [
  ['OpenSearch', (url) => Sink.openSearch({ url, basicAuth })],
  ['OpenTSDB', (url) => Sink.openTsdb({ url })],
  ['InfluxDB', (url) => Sink.influxDb({ url, org: 'o', bucket: 'b c', token: key })],
  ['InfluxDB by the API of version 1', (url) => Sink.influxDb({ url, bucket: 'b c', basicAuth })],
];
const STORED: { readonly [sink: string]: readonly [number, string] } = {
  OpenSearch: [200, '{"errors":false,"items":[]}'], OpenTSDB: [204, ''], InfluxDB: [204, ''], 'InfluxDB by the API of version 1': [204, ''],
};

/** A line of InfluxDB's protocol with its tags in order, since the gateway has them in any; a line of others as it is. */
function withSortedTags(line: string): string {
  const match = /^((?:[^ ,\\]|\\.)+),((?:[^ \\]|\\.)+)( .*)$/.exec(line);
  return match === null ? line : `${match[1]},${match[2].split(/(?<!\\),/).sort().join(',')}${match[3]}`;
}

test.each(HTTP)('%s is sent finite samples, and nothing of requests without any', async (name, sinkAt) => {
  await withGateway(sinkAt, async (running, sink) => {
    sink.answer = STORED[name];
    const stale: Series = { labels: BARE.labels, samples: [[NaN, TIME]] };
    expect([await running.write(METADATA), await running.write(writeRequest(stale)), await running.write(writeRequest())]).toEqual([200, 200, 200]);
    expect(sink.received).toEqual([]);
    expect(await running.write(writeRequest(ODD, BARE))).toBe(200);
    const [{ url, headers: { authorization, 'content-type': type }, body }] = sink.received;
    expect({ url, authorization, type, lines: body.split('\n').map(withSortedTags) }).toMatchSnapshot();
    expect(await running.write(Uint8Array.from([1, 2, 3]))).toBe(502);
    expect(sink.received).toHaveLength(1);
  });
});

/** Records that Kafka would get go to the test instead. */
const withoutBroker = (url: string) => (config: Loose) => {
  const { key: recordKey } = config.output.reject_errored.kafka_franz;
  config.output.reject_errored = { http_client: { url, verb: 'POST', headers: { Key: recordKey } } };
};

test.each<[KafkaFormat, (body: string) => unknown]>([
  [KafkaFormat.JSON, (body) => body], [KafkaFormat.PROTOBUF, (body) => readRequest(Buffer.from(body, 'latin1'))],
])('Kafka gets records of finite samples, as %s', async (format, read) => {
  await withGateway(() => Sink.kafka({ brokers, topic: 'a', format }), async (running, sink) => {
    expect([await running.write(METADATA), await running.write(writeRequest(ODD, BARE))]).toEqual([200, 200]);
    const records = sink.received.map(({ headers, body }): [string, unknown] => [String(headers.key), read(body)]);
    expect(Object.fromEntries(records)).toMatchSnapshot();
  }, withoutBroker);
});

const bulk = (...items: object[]) => JSON.stringify({ errors: true, items: items.map((index) => ({ index })) });
const failed = (status: number, type: string) => ({ status, error: { type, reason: 'because' } });

test.each<[string, string, readonly [number, string], readonly [status: number, rejected: number]]>([
  ['OpenSearch', 'a document is rejected for good', [200, bulk({ status: 201 }, failed(400, 'mapper_parsing_exception'))], [200, 1]],
  ['OpenSearch', 'there is too much to do', [200, bulk({ status: 201 }, failed(429, 'rejected_execution_exception'))], [502, 0]],
  ['OpenSearch', 'the index is closed', [200, bulk(failed(400, 'index_closed_exception'))], [502, 0]],
  ['OpenSearch', 'the disk is full and a document is rejected', [200, bulk(failed(400, 'mapper_parsing_exception'), failed(403, 'cluster_block_exception'))], [502, 0]],
  ['OpenSearch', 'the password is wrong', [401, 'Unauthorized'], [502, 0]],
  ['OpenSearch', 'a proxy answers', [200, '<html>'], [502, 0]],
  ['OpenTSDB', 'a point has too many tags', [400, '{"success":1,"failed":1,"errors":[{"error":"Too many tags"}]}'], [200, 1]],
  ['OpenTSDB', 'the request is too large', [400, '{"error":{"code":400,"message":"Chunked request not supported."}}'], [502, 0]],
  ['OpenTSDB', 'the server fails', [500, ''], [502, 0]],
  ['InfluxDB', 'points are too old', [422, '{"code":"unprocessable entity","message":"partial write: points beyond retention policy dropped=2"}'], [200, 2]],
  ['InfluxDB', 'version 3 rejects a line', [400, '{"error":"partial write of line protocol occurred","data":[{"line_number":1}]}'], [200, 1]],
  ['InfluxDB', 'version 1 finds points too old', [400, '{"error":"partial write: points beyond retention policy dropped=2"}'], [200, 2]],
  ['InfluxDB', 'the request is not understood', [400, '{"code":"invalid","message":"unable to parse"}'], [502, 0]],
  ['InfluxDB', 'the token is wrong', [401, '{"code":"unauthorized"}'], [502, 0]],
])('%s: %s', async (name, _, answer, [status, rejected]) => {
  const [[, sinkAt]] = HTTP.filter(([one]) => one === name);
  await withGateway(sinkAt, async (running, sink) => {
    sink.answer = answer;
    expect(await running.write(writeRequest(ODD, BARE))).toBe(status);
    expect(await running.metric('sink_samples_rejected')).toBe(rejected);
    // by these the alerts judge
    expect([await running.metric('input_received'), await running.metric('input_latency_ns_count')]).toEqual([1, status === 200 ? 1 : 0]);
  });
});
