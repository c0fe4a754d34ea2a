import { Chart, Duration, Testing } from 'cdk8s';
import { ConfigMap, Secret } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import {
  BasicAuth, ConfigMapKey, Delivery, ElasticsearchSinkOptions, ExistingPrometheus, ForwardOptions, InfluxDbSinkOptions, KafkaFormat, KafkaSasl,
  KafkaSinkOptions, MetricSelection, OpenSearchSinkOptions, OpenTsdbSinkOptions, OperatedPrometheus, PrometheusServer, SecretKey, Sink, SinkGateway,
  SinkGatewayProps, SinkGatewayRuleOptions, TlsClient, TlsVersion,
} from '../../../lib';
import { inChart, manifests, newChart, synth } from '../../charts';
import { expressions, jobOf, told } from '../../components/support';
import { find, identity, Loose, ofKind } from '../../manifests';
import { PodOption } from '../../pod-options';
import { checkConfig, Synthesized } from '../../server/support';
import { workloadProps } from '../../workload-props';
import { PROGRAMS } from '../../../lib/versions';

const brokers = ['kafka-0.kafka:9092', 'kafka-1.kafka:9092'];
const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const kafka = (options: Partial<KafkaSinkOptions> = {}) => Sink.kafka({ brokers, topic: 'metrics', ...options });
const made = (props: Partial<SinkGatewayProps> = {}) => synth((chart) => new SinkGateway(chart, 'gateway', { sink: kafka(), ...props }));
const container = (props?: Partial<SinkGatewayProps>): Loose => find(made(props), 'Deployment', 'gateway').spec.template.spec.containers[0];
const secretIn = (chart: Chart, name: string) => Secret.fromSecretName(chart, `secret-${name}`, name);

/** The configuration of a gateway. */
function configuration(options: (chart: Chart) => Partial<KafkaSinkOptions>): Loose {
  const objects = synth((chart) => new SinkGateway(chart, 'gateway', { sink: kafka(options(chart)) }));
  return parse(find(objects, 'ConfigMap', 'gateway').data['bento.yaml']);
}

function everything(chart: Chart): Required<Omit<SinkGatewayProps, PodOption | 'registry' | 'serviceAccountAnnotations' | 'serviceAccountLabels'>> {
  const rules: Required<SinkGatewayRuleOptions> = { failedPercent: 7, deliveryTime: Duration.seconds(3), bufferPercent: 60, lostPercent: 9 };
  const sink: Required<KafkaSinkOptions> = {
    brokers, topic: 'shop', format: KafkaFormat.PROTOBUF,
    sasl: KafkaSasl.scramSha256({ username: 'shop', password: SecretKey.of(secretIn(chart, 'kafka'), 'password') }),
    tls: TlsClient.fromSecret(secretIn(chart, 'certs'), { ca: 'ca.crt', certificate: 'tls.crt', privateKey: 'tls.key' }),
  };
  return {
    name: 'shop',
    namespace: 'sinks',
    sink: Sink.kafka(sink),
    select: MetricSelection.keep('shop_.+'),
    delivery: Delivery.acknowledged(),
    samplesPerSecond: 10_000,
    replicas: 4,
    maxUnavailable: 2,
    rules,
    image: 'example.com/bento:1.2.3',
    imagePullSecrets: [secretIn(chart, 'pull')],
    ...workloadProps(chart, 'sinks', 'shop'),
    metrics: MetricSelection.keep('input_.+'),
  };
}

test('needs a sink alone', () => {
  expect(made()).toMatchSnapshot();
  const gateway = inChart((chart) => new SinkGateway(chart, 'gateway', { sink: kafka() }));
  expect(told(jobOf(gateway))).toMatchSnapshot();
  expect([gateway.name, gateway.namespace, gateway.url]).toEqual(['gateway', 'monitoring', 'http://gateway.monitoring.svc:4195/api/v1/write']);
  expect(gateway.monitoring.dashboards?.map(({ uid }) => uid)).toEqual(['sink-gateway']);
});

test('takes all the props', () => {
  const all = synth((chart) => new SinkGateway(chart, 'ignored', everything(chart)));
  expect(all.map(identity)).toEqual([
    'ConfigMap sinks/shop', 'Deployment sinks/shop', 'Service sinks/shop', 'PodDisruptionBudget sinks/shop',
  ]);
  const { spec } = find(all, 'Deployment', 'shop');
  expect(spec).toMatchObject({
    replicas: 4,
    template: {
      metadata: { labels: { 'c': 'd', 'app.kubernetes.io/version': '1.2.3' }, annotations: { a: 'b' } },
      spec: {
        serviceAccountName: 'shop', imagePullSecrets: [{ name: 'pull' }], nodeSelector: { pool: 'system' }, tolerations: [{ key: 'system' }],
        affinity: { nodeAffinity: {} }, priorityClassName: 'important',
        volumes: [{ name: 'config' }, { name: 'secret-0', secret: { secretName: 'certs', defaultMode: 0o440 } }],
        containers: [{
          image: 'example.com/bento:1.2.3', resources: { requests: { cpu: '200m', memory: '300Mi' }, limits: { memory: '2Gi' } },
          env: [{ name: 'KAFKA_PASSWORD', valueFrom: { secretKeyRef: { name: 'kafka', key: 'password' } } }],
        }],
      },
    },
  });
  expect(find(all, 'PodDisruptionBudget', 'shop').spec.maxUnavailable).toBe(2);
  expect(parse(find(all, 'ConfigMap', 'shop').data['bento.yaml']).output).toMatchSnapshot();
  const gateway = inChart((chart) => new SinkGateway(chart, 'ignored', everything(chart)));
  expect(gateway.remoteWrite._settings()).toMatchObject({
    name: 'shop', writeRelabelConfigs: [{ action: 'keep', regex: 'shop_.+' }], queueConfig: { minShards: 25, maxShards: 25 },
  });
  expect(told(jobOf(gateway))).toMatchObject({ name: 'mine', endpoints: [{ port: 'http', interval: '45 seconds', timeout: '20 seconds', metrics: [{ regex: 'input_.+' }] }] });
  expect(expressions(gateway)).toMatch(/job=\\"mine\\".*> 7".*> 3"/);
});

test('the image is upstream\'s, from a registry of the user where there is one', () => {
  const { image, tag } = PROGRAMS.bento;
  expect(container().image).toBe(`${image}:${tag}`);
  expect(container({ registry: 'mirror.example.com' }).image).toBe(`mirror.example.com/warpstreamlabs/bento:${tag}`);
});

test('the file that says what a request is lies alone in its folder: a mounted ConfigMap has each twice, in a hidden folder too', () => {
  const mounts: Loose[] = container().volumeMounts.filter(({ name }: Loose) => name === 'config');
  expect(mounts.map(({ mountPath, subPath }) => [mountPath, subPath])).toEqual([
    ['/etc/sink-gateway/config', undefined], ['/etc/sink-gateway/proto/remote.proto', 'remote.proto'],
  ]);
});

test('two synths give the same bytes', () => {
  const once = () => JSON.stringify(synth((chart) => new SinkGateway(chart, 'x', everything(chart))));
  expect(once()).toBe(once());
});

test.each<[number | undefined, string, number]>([[undefined, '240m', 5], [100, '50m', 2], [50_000, '6', 50]])(
  '%s samples a second take CPU and shards', (samplesPerSecond, cpu, shards) => {
    expect(container({ samplesPerSecond }).resources).toEqual({ requests: { cpu, memory: '256Mi' }, limits: { memory: '1Gi' } });
    const { remoteWrite } = inChart((chart) => new SinkGateway(chart, 'x', { sink: kafka(), samplesPerSecond }));
    expect(remoteWrite._settings().queueConfig).toMatchObject({ minShards: shards, maxShards: shards });
  },
);

test('a single replica has no disruption budget', () => {
  expect(ofKind(made({ replicas: 1 }), 'PodDisruptionBudget')).toEqual([]);
});

test('a change of the sink brings new Pods', () => {
  const checksum = (topic: string) => find(made({ sink: kafka({ topic }) }), 'Deployment', 'gateway').spec.template.metadata.annotations['checksum/config'];
  expect(checksum('a')).not.toBe(checksum('b'));
});

describe('Kafka', () => {
  test('gets records of samples or of series, each by the key of its series', () => {
    expect(configuration(() => ({}))).toMatchSnapshot();
    expect(configuration(() => ({ format: KafkaFormat.PROTOBUF })).pipeline).toMatchSnapshot();
  });

  test.each<[string, (chart: Chart) => TlsClient, Loose]>([
    ['the authorities of the image', () => TlsClient.systemCa(), { enabled: true }],
    ['an authority in a Secret', (chart) => TlsClient.secretCa(SecretKey.of(secretIn(chart, 'certs'), 'ca.crt')), { enabled: true, root_cas_file: '/etc/sink-gateway/secrets/certs/ca.crt' }],
    ['an authority as text', () => TlsClient.pemCa(PEM), { enabled: true, root_cas: PEM }],
    ['the authority of the cluster', () => TlsClient.clusterCa(), { enabled: true, root_cas_file: '/etc/sink-gateway/cluster-ca/ca.crt' }],
    ['nothing', () => TlsClient.insecureSkipVerify(), { enabled: true, skip_cert_verify: true }],
  ])('is verified by %s', (_, tls, settings) => {
    expect(configuration((chart) => ({ tls: tls(chart) })).output.reject_errored.kafka_franz.tls).toEqual(settings);
  });

  test('is verified by an authority in a ConfigMap that is mounted, or that of the cluster', () => {
    const chart = newChart();
    const tls = TlsClient.configMapCa(ConfigMapKey.of(ConfigMap.fromConfigMapName(chart, 'bundle', 'trust'), 'bundle.pem'));
    new SinkGateway(chart, 'first', { sink: kafka({ tls }) });
    new SinkGateway(chart, 'second', { sink: kafka({ tls: TlsClient.clusterCa() }) });
    const all = manifests(chart);
    const spec = (name: string) => find(all, 'Deployment', name).spec.template.spec;
    expect(spec('first').volumes[1]).toEqual({ name: 'secret-0', configMap: { name: 'trust', defaultMode: 0o440 } });
    expect(spec('second').volumes[1]).toEqual({ name: 'cluster-ca', configMap: { name: 'kube-root-ca.crt' } });
    expect(spec('second').containers[0].volumeMounts[1]).toEqual({ name: 'cluster-ca', mountPath: '/etc/sink-gateway/cluster-ca', readOnly: true });
  });

  test('says that a password is sent as it is', () => {
    const notes = (tls?: TlsClient) => inChart((chart) => new SinkGateway(chart, 'x', {
      sink: kafka({ tls, sasl: KafkaSasl.plain({ username: 'me', password: SecretKey.of(secretIn(chart, 'kafka'), 'password') }) }),
    })).node.metadata.map(({ data }) => data);
    expect(notes()).toEqual(["the password for Kafka is sent as it is: anyone on the way reads it; add 'tls' to Sink.kafka(), or use KafkaSasl.scramSha512()"]);
    expect(notes(TlsClient.systemCa())).toEqual([]);
  });
});

/** Sinks that are reached by HTTP, each with all of its options. */
function httpSinks(chart: Chart): Array<[string, Sink]> {
  const secret = secretIn(chart, 'sink');
  const key = (name: string) => SecretKey.of(secret, name);
  const tls = TlsClient.fromSecret(secret, { ca: 'ca.crt', certificate: 'tls.crt', privateKey: 'tls.key' });
  const basicAuth = new BasicAuth({ username: 'me', password: key('password') });
  const openSearch: Required<OpenSearchSinkOptions> = { url: 'https://search:9200', tls, basicAuth, index: 'shop', indexTemplate: true };
  const elasticsearch: Required<Omit<ElasticsearchSinkOptions, 'basicAuth'>> = {
    url: 'https://search:9200/below/', tls, apiKey: key('key'), index: 'shop', indexTemplate: false, version: '8.19',
  };
  const openTsdb: Required<OpenTsdbSinkOptions> = { url: 'https://tsdb:4242', tls, basicAuth };
  const influxDb: Required<Omit<InfluxDbSinkOptions, 'basicAuth'>> = { url: 'https://influx:8086', tls, org: 'a shop', bucket: 'b&c', token: key('token') };
  return [
    ['opensearch', Sink.openSearch(openSearch)], ['elasticsearch', Sink.elasticsearch(elasticsearch)], ['opentsdb', Sink.openTsdb(openTsdb)],
    ['influxdb', Sink.influxDb(influxDb)], ['influxdb by the API of version 1', Sink.influxDb({ url: 'https://influx:8086', tls, bucket: 'b&c', basicAuth })],
  ];
}

describe('a sink by HTTP', () => {
  test.each(['opensearch', 'elasticsearch', 'opentsdb', 'influxdb', 'influxdb by the API of version 1'])('%s has steps of its own, with credentials in files', (kind) => {
    const all = synth((chart) => {
      const [[, sink]] = httpSinks(chart).filter(([name]) => name === kind);
      new SinkGateway(chart, 'gateway', { sink });
    });
    const { data } = find(all, 'ConfigMap', 'gateway');
    const { pipeline, output } = parse(data['bento.yaml']);
    expect({ pipeline, output, setup: data['index-template.yaml'] && parse(data['index-template.yaml']) }).toMatchSnapshot();
    const { volumes, containers, initContainers = [] } = find(all, 'Deployment', 'gateway').spec.template.spec;
    expect(volumes).toEqual([{ name: 'config', configMap: { name: 'gateway' } }, { name: 'secret-0', secret: { secretName: 'sink', defaultMode: 0o440 } }]);
    const [{ image }] = containers;
    const before = initContainers.map((one: Loose) => [one.name, one.args[1], one.image === image, one.volumeMounts.length]);
    expect(before).toEqual(kind === 'opensearch' ? [['index-template', '/etc/sink-gateway/config/index-template.yaml', true, 2]] : []);
    expect(containers[0].env).toBeUndefined();
  });

  test('runs init containers of the user after its own', () => {
    const initContainers = [{ name: 'mine', image: 'example.com/mine:1' }];
    const { spec } = find(made({ sink: Sink.openSearch({ url: 'http://search:9200' }), initContainers }), 'Deployment', 'gateway').spec.template;
    expect(spec.initContainers.map(({ name }: Loose) => name)).toEqual(['index-template', 'mine']);
    expect(spec.initContainers[0].securityContext).toMatchObject({ readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
  });

  test('that accepts remote write is written to directly', () => {
    const chart = newChart();
    const prometheus = new PrometheusServer(chart, 'prometheus');
    const apiKey = SecretKey.of(secretIn(chart, 'search'), 'key');
    const sink = Sink.elasticsearch({ url: 'https://search:9200/', apiKey });
    const { remoteWrite, monitoring } = prometheus.forward(sink, { select: MetricSelection.keep('shop_.*') });
    expect([remoteWrite.url, monitoring]).toEqual(['https://search:9200/_prometheus/api/v1/write', {}]);
    const { configuration: { remote_write: writes }, text } = new Synthesized(chart);
    checkConfig(text);
    expect(writes).toEqual([{
      name: 'prometheus-elasticsearch', url: 'https://search:9200/_prometheus/api/v1/write',
      authorization: { type: 'ApiKey', credentials_file: '/etc/prometheus/secrets/search/key' },
      write_relabel_configs: [{ source_labels: ['__name__'], regex: 'shop_.*', action: 'keep' }], queue_config: { retry_on_http_429: true },
    }]);
    expect(prometheus.sinkGateways).toEqual([]);
    expect(() => prometheus.forward(Sink.elasticsearch({ url: 'https://other:9200' }), { name: 'other', replicas: 3 })).toThrow(
      "test/prometheus: 'other' is written to directly, without a gateway that had 'replicas'; leave it out",
    );
    expect(() => new SinkGateway(chart, 'gateway', { sink: Sink.elasticsearch({ url: 'https://search:9200' }) })).toThrow(
      "test/gateway: elasticsearch accepts remote write itself from this version on; forward() to it without a gateway, or name an older 'version'",
    );
  });
});

describe('a Prometheus', () => {
  test('without an operator forwards, and monitors the gateway', () => {
    const chart = newChart();
    const prometheus = new PrometheusServer(chart, 'prometheus');
    const forwarding = prometheus.forward(kafka(), { select: MetricSelection.keep('shop_.*') });
    prometheus.forward(kafka({ topic: 'all' }), { name: 'all', namespace: 'sinks' });
    expect(prometheus.sinkGateways.map(({ name, namespace }) => [name, namespace])).toEqual([['prometheus-kafka', 'monitoring'], ['all', 'sinks']]);
    expect(forwarding).toBe(prometheus.sinkGateways[0]);
    const { configuration: { remote_write: writes, scrape_configs: jobs }, text, objects } = new Synthesized(chart);
    checkConfig(text);
    const same = { remote_timeout: '1m', queue_config: { max_shards: 5, min_shards: 5 }, metadata_config: { send: false } };
    expect(writes).toEqual([
      {
        ...same, url: 'http://prometheus-kafka.monitoring.svc:4195/api/v1/write', name: 'prometheus-kafka',
        write_relabel_configs: [{ source_labels: ['__name__'], regex: 'shop_.*', action: 'keep' }],
      },
      { ...same, url: 'http://all.sinks.svc:4195/api/v1/write', name: 'all' },
    ]);
    expect(jobs.map(({ job_name }: Loose) => job_name)).toEqual(expect.arrayContaining(['prometheus-kafka/http', 'all/http']));
    expect(JSON.stringify(objects)).toMatch(/SinkGatewayDeliveryFailing.*prometheus-kafka/);
  });

  test('of the operator does so too', () => {
    const chart = newChart();
    new OperatedPrometheus(chart, 'prometheus').forward(kafka(), { select: MetricSelection.keep('shop_.*') });
    const all = manifests(chart);
    expect(find(all, 'Prometheus').spec.remoteWrite).toEqual([{
      url: 'http://prometheus-kafka.monitoring.svc:4195/api/v1/write', name: 'prometheus-kafka', remoteTimeout: '1m',
      writeRelabelConfigs: [{ sourceLabels: ['__name__'], regex: 'shop_.*', action: 'keep' }],
      queueConfig: { minShards: 5, maxShards: 5 }, metadataConfig: { send: false },
    }]);
    expect(ofKind(all, 'ServiceMonitor').map(({ metadata }) => metadata.name)).toContain('prometheus-prometheus-kafka');
    expect(find(all, 'Deployment', 'prometheus-kafka').metadata.namespace).toBe('monitoring');
  });

  test('that is an agent forwards, without rules', () => {
    const chart = newChart();
    const prometheus = new PrometheusServer(chart, 'prometheus', { agent: true });
    prometheus.forward(kafka());
    expect(JSON.stringify(manifests(chart))).not.toContain('SinkGatewayDown');
  });

  test('that the app does not make says how it is done by hand', () => {
    const prometheus = new ExistingPrometheus(newChart(), 'prometheus');
    expect(() => prometheus.forward(kafka())).toThrow(
      "test/prometheus: samples are sent where the resource of the Prometheus says; make the gateway to kafka by new SinkGateway(), add its 'url' to the resource's 'remoteWrite', and monitor() it",
    );
  });

  test('forwards to each name once', () => {
    const prometheus = new PrometheusServer(newChart(), 'prometheus');
    prometheus.forward(kafka());
    expect(() => prometheus.forward(kafka())).toThrow("prometheus: samples are forwarded to 'prometheus-kafka' already; give this one another 'name'");
  });
});

const elsewhere = (chart: Chart) => SecretKey.of(new Secret(chart, 'made', { metadata: { name: 'made', namespace: 'shop' }, stringData: { password: 'x' } }), 'password');

test.each<[string, (chart: Chart) => Partial<SinkGatewayProps> & ForwardOptions, string]>([
  ['no replica', () => ({ replicas: 0 }), 'gateway: replicas: 0 is not a whole number above 0; leave it out for two'],
  ['no samples', () => ({ samplesPerSecond: 0 }), 'gateway: samplesPerSecond: 0 is not a whole number above 0; leave it out for 2000'],
  ['a budget that forbids nothing', () => ({ maxUnavailable: 2 }), "'maxUnavailable' 2 of 2 replicas forbids nothing"],
  [
    'TLS settings that it does not have', () => ({ sink: kafka({ tls: TlsClient.systemCa({ serverName: 'kafka', minVersion: TlsVersion.TLS_1_3 }) }) }),
    "gateway: 'tls' has 'serverName' and 'minVersion', for which a sink gateway has no setting; leave it out, and reach the sink by a name that its certificate carries",
  ],
  [
    'a password of another namespace', (chart) => ({ sink: kafka({ sasl: KafkaSasl.scramSha512({ username: 'me', password: elsewhere(chart) }) }) }),
    "gateway: Secret 'made' is made in namespace 'shop', and Pods read only Secrets of their own, 'monitoring'; make it there",
  ],
  [
    'a user that is a variable', (chart) => ({ sink: kafka({ sasl: KafkaSasl.scramSha512({ username: 'a${B}', password: SecretKey.of(secretIn(chart, 'kafka'), 'password') }) }) }),
    "gateway: the user name 'a${B}' has '${', which a sink gateway takes for a variable; choose another",
  ],
])('refuses %s', (_, props, message) => {
  const chart = new Chart(Testing.app(), 'monitoring', { namespace: 'monitoring' });
  expect(() => new SinkGateway(chart, 'gateway', { sink: kafka(), ...props(chart) })).toThrow(message);
});
