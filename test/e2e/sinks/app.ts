import { Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import {
  BasicAuth, Delivery, ForwardOptions, KafkaFormat, KafkaSasl, MetricSelection, PrometheusServer, RuleEdit, SecretKey, Sink, TlsClient,
} from '../../../lib';
import { manifests, newChart } from '../../charts';
import { Manifest } from '../../manifests';

/** Addresses of the sinks. */
export interface SinkAddresses {
  readonly kafka: string;
  readonly openSearch: string;
}

/** Names of gateways, which are those of their topics and indices too, by how they deliver. */
export const GATEWAYS = {
  kafka: ['kafka-json', 'kafka-protobuf', 'kafka-buffered'],
  openSearch: ['search', 'elastic', 'search-buffered', 'elastic-buffered'],
  acknowledged: ['kafka-json', 'kafka-protobuf', 'search', 'elastic'],
  /** One that buffers, and is killed while its sink is away. */
  killed: 'kafka-killed',
  refused: ['kafka-password', 'kafka-certificate', 'kafka-password-buffered', 'search-password', 'search-password-buffered'],
} as const;

/** Alerts about gateways, but for those of one that is only gone or slow. */
export const ALERTS = [
  'SinkGatewayDeliveryFailing', 'SinkGatewayNotConnected', 'SinkGatewayBufferFilling', 'SinkGatewaySamplesDropped', 'SinkGatewaySamplesRejected', 'SinkGatewayBufferLost',
];

/** Metrics that Kafka gets, and those that OpenSearch gets, which is slow with the memory that it has here. */
export const METRICS = { kafka: 'up|odd.+|process_.+|scrape_.+|prometheus_.+', openSearch: 'up|odd.+|process_.+|scrape_.+|prometheus_tsdb_.+' };

/** Keys of the Secret. */
export const KEYS = { password: 'password', wrong: 'wrong', apiKey: 'api-key', authority: 'ca.crt', stranger: 'stranger.crt' } as const;
/** The Secret with passwords and certificate authorities. */
export const SECRET = 'sinks';
/** The user of both sinks. */
export const USER = 'metrics';

/** A Prometheus that forwards to Kafka, OpenSearch and an Elasticsearch before 9.4, in each way, and that some sinks refuse. */
export function app(at: SinkAddresses, interval: Duration, outage: Duration): Manifest[] {
  const chart = newChart();
  const secret = Secret.fromSecretName(chart, 'sinks', SECRET);
  const key = (name: keyof typeof KEYS) => SecretKey.of(secret, KEYS[name]);
  const tls = TlsClient.secretCa(key('authority'));
  const kafka = (topic: string, password: 'password' | 'wrong' = 'password', client = tls, format = KafkaFormat.JSON) => Sink.kafka({
    brokers: [at.kafka], topic, format, tls: client, sasl: KafkaSasl.scramSha512({ username: USER, password: key(password) }),
  });
  const openSearch = (index: string, password: 'password' | 'wrong' = 'password') => Sink.openSearch({
    url: at.openSearch, index, tls, basicAuth: new BasicAuth({ username: USER, password: key(password) }),
  });
  const [up, streamed, searched] = ['up', METRICS.kafka, METRICS.openSearch].map((metrics) => ({ select: MetricSelection.keep(metrics) }));
  // The programs take minutes to start on a busy machine. What is lost is seen by its share of the buffer.
  const [delivery, small] = [10, 1].map((minutes) => ({ delivery: Delivery.buffered(Duration.seconds(outage.toSeconds() + 60 * minutes)) }));
  const elasticsearch = { url: at.openSearch, version: '7.10', tls };
  const forwarded: ReadonlyArray<readonly [string, Sink, ForwardOptions?]> = [
    ['kafka-json', kafka('kafka-json'), streamed],
    ['kafka-protobuf', kafka('kafka-protobuf', 'password', tls, KafkaFormat.PROTOBUF), streamed],
    ['kafka-buffered', kafka('kafka-buffered'), { ...streamed, ...delivery }],
    ['kafka-killed', kafka('kafka-killed'), { ...streamed, ...small }],
    ['search', openSearch('search'), searched],
    ['search-buffered', openSearch('search-buffered'), { ...searched, ...delivery }],
    ['elastic', Sink.elasticsearch({ ...elasticsearch, index: 'elastic', apiKey: key('apiKey') }), searched],
    ['elastic-buffered', Sink.elasticsearch({ ...elasticsearch, index: 'elastic-buffered', apiKey: key('apiKey') }), { ...searched, ...delivery }],
    ['kafka-password', kafka('refused', 'wrong'), up],
    ['kafka-certificate', kafka('refused', 'password', TlsClient.secretCa(key('stranger'))), up],
    ['kafka-password-buffered', kafka('refused', 'wrong'), { ...up, ...delivery }],
    ['search-password', openSearch('refused', 'wrong'), up],
    // 20 000 samples, the fewest that a gateway buffers
    ['search-password-buffered', openSearch('refused', 'wrong'), { delivery: Delivery.buffered(Duration.seconds(10)) }],
  ];
  const server = new PrometheusServer(chart, 'prometheus', { scrapeInterval: interval, evaluationInterval: interval });
  forwarded.forEach(([name, sink, options]) => server.forward(sink, { name, samplesPerSecond: 400, replicas: 1, ...options }));
  // Two have no holding time.
  ALERTS.slice(0, 3).forEach((alert) => server.adjustRules(RuleEdit.holdFor(alert, Duration.seconds(15))));
  return manifests(chart);
}
