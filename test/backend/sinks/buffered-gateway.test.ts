import { Chart, Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import {
  BasicAuth, Delivery, ElasticsearchSinkOptions, ForwardOptions, InfluxDbSinkOptions, KafkaFormat, KafkaSasl, KafkaSinkOptions, OpenSearchSinkOptions,
  PrometheusServer, SecretKey, Sink, SinkGateway, SinkGatewayProps, TlsClient,
} from '../../../lib';
import { PROGRAMS } from '../../../lib/versions';
import { inChart, manifests, newChart, synth } from '../../charts';
import { expressions, jobOf, told } from '../../components/support';
import { find, Loose } from '../../manifests';

const brokers = ['kafka-0.kafka:9092'];
const kafka = (options: Partial<KafkaSinkOptions> = {}) => Sink.kafka({ brokers, topic: 'metrics', ...options });
const delivery = Delivery.buffered(Duration.minutes(10));
const secretIn = (chart: Chart) => Secret.fromSecretName(chart, 'secret', 'sink');
const keyOf = (chart: Chart, key: string) => SecretKey.of(secretIn(chart), key);

function made(props: (chart: Chart) => Partial<SinkGatewayProps>): Loose[] {
  return synth((chart) => new SinkGateway(chart, 'gateway', { sink: kafka(), delivery, ...props(chart) }));
}
const specOf = (objects: Loose[]): Loose => find(objects, 'Deployment', 'gateway').spec.template.spec;
const fileOf = (objects: Loose[]): string => find(objects, 'ConfigMap', 'gateway').data['telegraf.conf'];

test('needs a sink and a time', () => {
  expect(made(() => ({}))).toMatchSnapshot();
  const gateway = inChart((chart) => new SinkGateway(chart, 'gateway', { sink: kafka(), delivery }));
  expect(told(jobOf(gateway))).toMatchObject({ endpoints: [{ port: 'metrics' }] });
  expect(gateway.url).toBe('http://gateway.monitoring.svc:4195/api/v1/write');
});

test('has rules about its buffer in the place of those about requests', () => {
  const names = (props: ForwardOptions) => inChart((chart) => new SinkGateway(chart, 'gateway', { sink: kafka(), ...props })).monitoring.rules?.alertNames;
  expect(names({ delivery })).toEqual([
    'SinkGatewayBufferFilling', 'SinkGatewayBufferLost', 'SinkGatewayDown', 'SinkGatewayNotConnected', 'SinkGatewaySamplesDropped', 'SinkGatewaySamplesRejected',
  ]);
  const acknowledged = ['SinkGatewayDeliveryFailing', 'SinkGatewayDeliverySlow', 'SinkGatewayDown', 'SinkGatewaySamplesRejected'];
  expect([names({}), names({ delivery: Delivery.acknowledged() })]).toEqual([acknowledged, acknowledged]);
  const gateway = inChart((chart) => new SinkGateway(chart, 'gateway', { sink: kafka(), delivery, rules: { bufferPercent: 71, lostPercent: 3 } }));
  expect(expressions(gateway)).toMatch(/> 3 \/ 100.*> 71/);
});

test('acknowledged delivery is the default', () => {
  expect(synth((chart) => new SinkGateway(chart, 'x', { sink: kafka(), delivery: Delivery.acknowledged() })))
    .toEqual(synth((chart) => new SinkGateway(chart, 'x', { sink: kafka() })));
});

test.each<[Duration, number, string, string, string]>([
  [Duration.seconds(10), 100, '20000', '157Mi', '50m'],
  [Duration.minutes(10), 2000, '1200000', '1845Mi', '90m'],
  [Duration.minutes(5), 20_000, '6000000', '8712Mi', '900m'],
])('%s of %d samples a second take memory', (time, samplesPerSecond, limit, memory, cpu) => {
  const objects = made(() => ({ delivery: Delivery.buffered(time), samplesPerSecond }));
  expect(fileOf(objects)).toContain(`metric_buffer_limit = ${limit}\n`);
  const { requests, limits } = specOf(objects).containers[0].resources;
  expect([requests.memory, requests.cpu]).toEqual([memory, cpu]);
  expect(Number(limits.memory.replace('Mi', ''))).toBe(Math.ceil(Number(memory.replace('Mi', '')) * 1.25));
});

/** Sinks that can be buffered, each with all of its options. */
function sinks(chart: Chart): Array<[string, Sink]> {
  const secret = secretIn(chart);
  const key = (name: string) => SecretKey.of(secret, name);
  const tls = TlsClient.fromSecret(secret, { ca: 'ca.crt', certificate: 'tls.crt', privateKey: 'tls.key' });
  const basicAuth = new BasicAuth({ username: 'me', password: key('the-password') });
  const ofKafka: Required<KafkaSinkOptions> = {
    brokers, topic: 'shop', format: KafkaFormat.JSON, tls, sasl: KafkaSasl.scramSha512({ username: 'me', password: key('the-password') }),
  };
  const openSearch: Required<OpenSearchSinkOptions> = { url: 'https://search:9200', tls, basicAuth, index: 'shop', indexTemplate: true };
  const elasticsearch: Required<Omit<ElasticsearchSinkOptions, 'basicAuth'>> = {
    url: 'https://search:9200/below/', tls, apiKey: key('api-key'), index: 'shop', indexTemplate: false, version: '8.19',
  };
  const influxDb: Required<Omit<InfluxDbSinkOptions, 'basicAuth'>> = { url: 'https://influx:8086', tls, org: 'a shop', bucket: 'b&c', token: key('token') };
  return [
    ['kafka', Sink.kafka(ofKafka)], ['opensearch', Sink.openSearch(openSearch)], ['elasticsearch', Sink.elasticsearch(elasticsearch)], ['influxdb', Sink.influxDb(influxDb)],
  ];
}

const MEMORY = { name: 'GOMEMLIMIT', valueFrom: { resourceFieldRef: { resource: 'requests.memory', divisor: '0' } } };

test.each(['kafka', 'opensearch', 'elasticsearch', 'influxdb'])('%s is written to with credentials in files', (kind) => {
  const objects = made((chart) => ({ sink: sinks(chart).find(([name]) => name === kind)?.[1] ?? kafka() }));
  expect(fileOf(objects)).toMatchSnapshot();
  const { volumes, containers: [{ env, volumeMounts }], initContainers = [] } = specOf(objects);
  const projected = volumes.filter(({ name }: Loose) => name === 'credentials').map(({ projected: { sources } }: Loose) => sources);
  if (kind === 'elasticsearch') {
    expect([projected, env]).toEqual([[], [{ name: 'API_KEY', valueFrom: { secretKeyRef: { name: 'sink', key: 'api-key' } } }, MEMORY]]);
  } else {
    const item = kind === 'influxdb' ? { key: 'token', path: 'token' } : { key: 'the-password', path: 'password' };
    expect([projected, env]).toEqual([[[{ secret: { name: 'sink', items: [item] } }]], [MEMORY]]);
    expect(volumeMounts).toContainEqual({ name: 'credentials', mountPath: '/etc/sink-gateway/credentials', readOnly: true });
  }
  const before = initContainers.map(({ name, image }: Loose) => [name, image]);
  expect(before).toEqual(kind === 'opensearch' ? [['index-template', `${PROGRAMS.bento.image}:${PROGRAMS.bento.tag}`]] : []);
});

test('an authority that is text is a file of the configuration', () => {
  const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
  const objects = made(() => ({ sink: kafka({ tls: TlsClient.pemCa(pem) }) }));
  expect(find(objects, 'ConfigMap', 'gateway').data['ca.crt']).toBe(pem);
  expect(fileOf(objects)).toContain('tls_ca = "/etc/sink-gateway/config/ca.crt"\n');
});

test.each<[string, () => TlsClient, string]>([
  ['those of the image', () => TlsClient.systemCa(), 'enable_tls = true\ndata_format'],
  ['that of the cluster', () => TlsClient.clusterCa(), 'tls_ca = "/etc/sink-gateway/cluster-ca/ca.crt"'],
  ['none', () => TlsClient.insecureSkipVerify(), 'insecure_skip_verify = true'],
])('Kafka is verified by authorities: %s', (_, tls, text) => {
  expect(fileOf(made(() => ({ sink: kafka({ tls: tls() }) })))).toContain(text);
});

test('the image and the registry of a user are for the gateway, the registry for what makes the index template too', () => {
  const sink = Sink.openSearch({ url: 'http://search:9200' });
  const { containers, initContainers } = specOf(made(() => ({ sink, image: 'example.com/telegraf:1.38.0', registry: 'mirror.example.com' })));
  expect([containers[0].image, initContainers[0].image]).toEqual(['example.com/telegraf:1.38.0', `mirror.example.com/warpstreamlabs/bento:${PROGRAMS.bento.tag}`]);
});

test('a Prometheus forwards to it as to another', () => {
  const chart = newChart();
  const prometheus = new PrometheusServer(chart, 'prometheus');
  prometheus.forward(kafka(), { delivery });
  const objects = manifests(chart);
  expect(find(objects, 'Service', 'prometheus-kafka').spec.ports.map(({ name, port }: Loose) => [name, port])).toEqual([['http', 4195], ['metrics', 9273]]);
  expect(JSON.stringify(objects)).toContain('SinkGatewaySamplesDropped');
  expect(() => prometheus.forward(Sink.elasticsearch({ url: 'https://search:9200' }), { delivery })).toThrow(
    "test/prometheus: 'prometheus-elasticsearch' is written to directly, without a gateway that had 'delivery'; leave it out",
  );
});

test('two synths give the same bytes', () => {
  const once = () => JSON.stringify(made((chart) => ({ sink: sinks(chart)[0][1] })));
  expect(once()).toBe(once());
});

test.each<[string, (chart: Chart) => Partial<SinkGatewayProps>, string]>([
  [
    'OpenTSDB', () => ({ sink: Sink.openTsdb({ url: 'http://tsdb:4242' }) }),
    "gateway: samples for OpenTSDB cannot be buffered: their times would be cut to seconds, and one that OpenTSDB rejects would take its whole batch with it, uncounted; leave out 'delivery'",
  ],
  [
    'records in protobuf', () => ({ sink: kafka({ format: KafkaFormat.PROTOBUF }) }),
    "gateway: records in protobuf cannot be buffered: a gateway that does so writes other messages; use KafkaFormat.JSON, or leave out 'delivery'",
  ],
  [
    'a buffer that no Pod holds', () => ({ delivery: Delivery.buffered(Duration.hours(12)) }),
    "gateway: 'delivery' buffers 2000 samples a second for 12h, which takes 121 GiB of memory in each Pod; buffer for less time, say the 'samplesPerSecond' of what 'select' forwards, or use Delivery.acknowledged()",
  ],
  [
    'a user that is a variable', (chart) => ({ sink: kafka({ sasl: KafkaSasl.scramSha512({ username: 'a$b', password: keyOf(chart, 'password') }) }) }),
    "gateway: the user name 'a$b' has '$' or '@{', which a gateway that buffers takes for a variable; choose another, or leave out 'delivery'",
  ],
  [
    'InfluxDB with a user',
    (chart) => ({ sink: Sink.influxDb({ url: 'http://influx:8086', bucket: 'a', basicAuth: new BasicAuth({ username: 'me', password: keyOf(chart, 'password') }) }) }),
    "gateway: samples for InfluxDB cannot be buffered with 'basicAuth': a gateway that does so asks with a token; give a 'token', or leave out 'delivery'",
  ],
  [
    'a bucket that is a secret', (chart) => ({ sink: Sink.influxDb({ url: 'http://influx:8086', bucket: 'a@{b:c}', token: keyOf(chart, 'token') }) }),
    "gateway: bucket 'a@{b:c}' has '$' or '@{'",
  ],
])('refuses %s', (_, props, message) => {
  expect(() => made(props)).toThrow(message);
});

test('a time in which nothing is sent is refused', () => {
  expect(() => Delivery.buffered(Duration.seconds(9))).toThrow(
    'Delivery.buffered: the duration is 9s, in which a gateway hardly sends a batch; buffer for at least 10s',
  );
});
