import { Chart, Testing } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { BasicAuth, KafkaSasl, KafkaSinkOptions, SecretKey, Sink, TlsClient } from '../../../lib';

const chart = new Chart(Testing.app(), 'chart');
const password = SecretKey.of(Secret.fromSecretName(chart, 'kafka', 'kafka'), 'password');
const credentials = SecretKey.of(Secret.fromSecretName(chart, 'search', 'search'), 'key');
const basicAuth = new BasicAuth({ username: 'me', password });
const url = 'https://search.example.com:9200';
const kafka = (options: Partial<KafkaSinkOptions>) => () => Sink.kafka({ brokers: ['kafka:9092'], topic: 'metrics', ...options });

test('a sink is not changed by what its options become later', () => {
  const brokers = ['kafka:9092'];
  const sink = Sink.kafka({ brokers, topic: 'metrics' });
  brokers.push('other:9092');
  expect(sink._target).toMatchObject({ kind: 'kafka', brokers: ['kafka:9092'], topic: 'metrics', format: 'json' });
  expect(sink.kind).toBe('kafka');
});

test.each([['9.4', 'elasticsearch-write'], ['9.10.1', 'elasticsearch-write'], [undefined, 'elasticsearch-write'], ['9.3', 'elasticsearch'], ['8.19.2', 'elasticsearch']])(
  'Elasticsearch %s is reached by %s', (version, kind) => {
    expect(Sink.elasticsearch({ url: `${url}/below/`, version })._target).toMatchObject({ kind, url: `${url}/below` });
  },
);

test('KafkaSasl names its mechanism, user and password', () => {
  const user = { username: 'me', password };
  const all = [KafkaSasl.plain(user), KafkaSasl.scramSha256(user), KafkaSasl.scramSha512(user)];
  expect(all).toMatchObject([{ mechanism: 'PLAIN', ...user }, { mechanism: 'SCRAM-SHA-256', ...user }, { mechanism: 'SCRAM-SHA-512', ...user }]);
});

test.each<[string, () => unknown, string]>([
  ['no broker', kafka({ brokers: [] }), "Sink.kafka: 'brokers' is empty; name at least one, as in 'kafka.example.com:9092'"],
  ['a broker without a port', kafka({ brokers: ['kafka'] }), "Sink.kafka: brokers: 'kafka' is not host:port"],
  ['a topic that is none', kafka({ topic: 'a b' }), "Sink.kafka: 'a b' is not the name of a topic; use at most 249 letters, digits, '.', '_' and '-'"],
  ['a topic that is a folder', kafka({ topic: '..' }), "Sink.kafka: '..' is not the name of a topic"],
  ['an address that is none', () => Sink.openSearch({ url: 'search:9200' }), "Sink.openSearch: url: 'search:9200' is not an absolute http or https URL"],
  ['an address with a password', () => Sink.openTsdb({ url: 'http://me:secret@tsdb' }), "take that out and name a Secret by 'basicAuth', 'apiKey' or 'token'"],
  ['an address with a query', () => Sink.openTsdb({ url: `${url}/?a=b` }), `Sink.openTsdb: url '${url}/?a=b' is more than the address of a server; give it without a query and without '\${', as '${url}'`],
  ['an address with a variable', () => Sink.openTsdb({ url: `${url}/\${A}` }), 'is more than the address of a server'],
  ['TLS without encryption', () => Sink.openSearch({ url: 'http://search', tls: TlsClient.systemCa() }), "Sink.openSearch: got 'tls' with url 'http://search', which is not encrypted; write it as 'https://…', or leave out 'tls'"],
  ['an index that is none', () => Sink.openSearch({ url, index: 'Metrics' }), "Sink.openSearch: index 'Metrics' cannot begin the name of an index"],
  ['a version that is none', () => Sink.elasticsearch({ url, version: '8' }), "Sink.elasticsearch: version '8' is not a version; write it as '8.19'"],
  ['two credentials', () => Sink.elasticsearch({ url, basicAuth, apiKey: credentials }), "Sink.elasticsearch: got 'apiKey' and 'basicAuth'; keep one of them"],
  ['an index of an Elasticsearch that has its own', () => Sink.elasticsearch({ url, index: 'metrics' }), "Sink.elasticsearch: got 'index', and Elasticsearch 9.4 keeps samples in data streams of its own; leave it out, or name an older 'version'"],
  ['a template of one that has its own', () => Sink.elasticsearch({ url, version: '10.0', indexTemplate: false }), "got 'indexTemplate', and Elasticsearch 10.0"],
  ['no bucket', () => Sink.influxDb({ url, bucket: '', token: credentials }), 'Sink.influxDb: bucket is empty; name the bucket that the samples go to, of version 3 the database'],
  ['an empty organization', () => Sink.influxDb({ url, org: ' ', bucket: 'a', token: credentials }), 'Sink.influxDb: org is empty; leave it out for version 3, which has none'],
  ['an InfluxDB without credentials', () => Sink.influxDb({ url, bucket: 'a' }), "Sink.influxDb: got neither 'token' nor 'basicAuth'; give one of them, a token that may write to the bucket where there is one"],
  ['an InfluxDB with two', () => Sink.influxDb({ url, bucket: 'a', token: credentials, basicAuth }), "Sink.influxDb: got 'token' and 'basicAuth'; give one of them"],
  ['an organization with a user', () => Sink.influxDb({ url, org: 'o', bucket: 'a', basicAuth }), "Sink.influxDb: got 'org' with 'basicAuth', which belongs to one organization; leave 'org' out"],
  ['no user', () => KafkaSasl.plain({ username: ' ', password }), 'KafkaSasl PLAIN: username is empty; name the user whose password the Secret holds'],
])('refuses %s', (_, make, message) => {
  expect(make).toThrow(message);
});
