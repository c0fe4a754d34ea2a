import { Chart, Duration, Size } from 'cdk8s';
import { ISecret, Secret } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import {
  DataStorage, Delivery, Exposure, Grafana, InfluxDb2, InfluxDb2Credentials, InfluxDb2Props, InfluxDb2RuleOptions, InfluxDb2SecretKeys,
  MetricSelection, OperatedPrometheus, PrometheusServer, SecretKey, StoreCapacity, UpdateStrategy,
} from '../../lib';
import { PROGRAMS } from '../../lib/versions';
import { inChart, manifests, newChart, synth } from '../charts';
import { expressions, jobOf, told } from '../components/support';
import { find, identity, Loose, ofKind } from '../manifests';
import { PodOption } from '../pod-options';
import { checkConfig, Synthesized } from '../server/support';
import { workloadProps } from '../workload-props';

type Given = Omit<InfluxDb2Props, 'credentials'>;

const users = (chart: Chart): ISecret => Secret.fromSecretName(chart, 'users', 'users');
const store = (chart: Chart, props: Given = {}) => new InfluxDb2(chart, 'influxdb', { credentials: InfluxDb2Credentials.fromSecret(users(chart)), ...props });
const objects = (props?: Given) => synth((chart) => store(chart, props));
const pod = (props?: Given): Loose => find(objects(props), 'StatefulSet', 'influxdb').spec.template.spec;
const valueOf = ({ env }: Loose, name: string) => env.find((one: Loose) => one.name === name)?.value;

function everything(chart: Chart): Required<Omit<InfluxDb2Props, PodOption | 'registry' | 'serviceAccountAnnotations' | 'serviceAccountLabels'>> {
  const capacity: Required<StoreCapacity> = { series: 1_000_000, sampleInterval: Duration.seconds(60) };
  const rules: Required<InfluxDb2RuleOptions> = { freeDiskPercent: 21, writeErrorPercent: 3, kubeletJobName: 'nodes' };
  const keys: Required<InfluxDb2SecretKeys> = { admin: 'a', token: 't', write: 'w', read: 'r' };
  return {
    name: 'store',
    namespace: 'stores',
    credentials: InfluxDb2Credentials.fromSecret(users(chart), keys),
    org: 'shop',
    bucket: 'k8s',
    retention: Duration.days(400),
    storage: DataStorage.volumeClaimTemplate({ size: Size.gibibytes(70), storageClassName: 'fast' }),
    capacity,
    exposure: Exposure.ingress({ host: 'influxdb.example.com' }),
    rules,
    image: 'example.com/influxdb:2.9.9',
    imagePullSecrets: [Secret.fromSecretName(chart, 'pull', 'pull')],
    ...workloadProps(chart, 'stores', 'store'),
    metrics: MetricSelection.keep('go_.+'),
  };
}

test('needs no props but its users', () => {
  expect(objects()).toMatchSnapshot();
  const made = inChart((chart) => store(chart));
  expect(told(jobOf(made))).toMatchSnapshot();
  expect([made.name, made.namespace, made.url, made.org, made.bucket]).toEqual(['influxdb', 'monitoring', 'http://influxdb.monitoring.svc:8086', 'prometheus', 'prometheus']);
});

test('takes all the props', () => {
  const all = synth((chart) => new InfluxDb2(chart, 'ignored', everything(chart)));
  expect(all.map(identity)).toEqual(['StatefulSet stores/store', 'Service stores/store', 'Ingress stores/store']);
  const { spec } = find(all, 'StatefulSet', 'store');
  expect(spec).toMatchObject({
    volumeClaimTemplates: [{ spec: { storageClassName: 'fast', resources: { requests: { storage: '70Gi' } } } }],
    template: {
      metadata: { labels: { 'c': 'd', 'app.kubernetes.io/version': '2.9.9' }, annotations: { a: 'b' } },
      spec: {
        serviceAccountName: 'store', imagePullSecrets: [{ name: 'pull' }], nodeSelector: { pool: 'system' }, tolerations: [{ key: 'system' }],
        affinity: { nodeAffinity: {} }, priorityClassName: 'important',
      },
    },
  });
  const { containers: [main], initContainers: [prepare] } = spec.template.spec;
  expect(main).toMatchObject({ image: 'example.com/influxdb:2.9.9', resources: { requests: { cpu: '200m', memory: '300Mi' }, limits: { memory: '2Gi' } } });
  expect(prepare.image).toBe(main.image);
  expect(['ORG', 'BUCKET', 'RETENTION', 'ADMIN'].map((name) => valueOf(prepare, name))).toEqual(['shop', 'k8s', '9600h', 'admin']);
  expect(prepare.command.at(-1).match(/^(user .*|\w+=\$\(secret .*)/gm)).toEqual([
    'INFLUX_TOKEN=$(secret /etc/influxdb/secrets/users/t)', 'password=$(secret /etc/influxdb/secrets/users/a)',
    'user prometheus /etc/influxdb/secrets/users/w --write-bucket "$id"', 'user grafana /etc/influxdb/secrets/users/r --read-bucket "$id"',
  ]);
  expect(find(all, 'Ingress').spec.rules[0].host).toBe('influxdb.example.com');
  const made = inChart((chart) => new InfluxDb2(chart, 'ignored', everything(chart)));
  expect(told(jobOf(made))).toMatchObject({ name: 'mine', endpoints: [{ port: 'http', interval: '45 seconds', timeout: '20 seconds', metrics: [{ regex: 'go_.+' }] }] });
  const rules = expressions(made);
  expect(rules).toMatch(/job=\\"nodes\\", metrics_path=\\"\/metrics\\", namespace=\\"stores\\", persistentvolumeclaim=\\"data-store-0\\".* < 21\\n/);
  expect(rules).toMatch(/http_api_requests_total\{job=\\"mine\\".*\\n> 3"/);
});

test('the image is upstream\'s, from a registry of the user where there is one', () => {
  const { image, tag } = PROGRAMS.influxDb2;
  expect(pod().containers[0].image).toBe(`${image}:${tag}`);
  expect(pod({ registry: 'mirror.example.com' }).containers[0].image).toBe(`mirror.example.com/library/influxdb:${tag}`);
});

test('two synths give the same bytes', () => {
  const once = () => JSON.stringify(synth((chart) => new InfluxDb2(chart, 'x', everything(chart))));
  expect(once()).toBe(once());
});

test('no password is in a manifest, and only the init container mounts them', () => {
  const { initContainers: [prepare], containers: [main], volumes } = pod();
  expect(volumes).toContainEqual({ name: 'secret-0', secret: { secretName: 'users', defaultMode: 0o440 } });
  expect(prepare.volumeMounts).toContainEqual({ name: 'secret-0', mountPath: '/etc/influxdb/secrets/users', readOnly: true });
  expect(main.volumeMounts.map(({ name }: Loose) => name)).toEqual(['data']);
});

test('the init container is reached from within the Pod alone, and keeps its samples apart', () => {
  const { initContainers: [prepare], containers: [main] } = pod();
  expect([valueOf(prepare, 'INFLUXD_HTTP_BIND_ADDRESS'), valueOf(prepare, 'INFLUX_HOST')]).toEqual(['127.0.0.1:8087', 'http://127.0.0.1:8087']);
  expect(['BOLT_PATH', 'SQLITE_PATH'].map((name) => valueOf(prepare, `INFLUXD_${name}`))).toEqual(['BOLT_PATH', 'SQLITE_PATH'].map((name) => valueOf(main, `INFLUXD_${name}`)));
  expect([valueOf(prepare, 'INFLUXD_ENGINE_PATH'), valueOf(main, 'INFLUXD_ENGINE_PATH')]).toEqual(['/tmp/engine', '/var/lib/influxdb2/engine']);
});

test.each<[string, Given, object, string]>([
  ['100 000 series', {}, { requests: { cpu: '100m', memory: '1105Mi' }, limits: { memory: '2210Mi' } }, '137Gi'],
  ['a few series', { capacity: { series: 100 } }, { requests: { cpu: '100m', memory: '129Mi' }, limits: { memory: '258Mi' } }, '2Gi'],
])('asks for the memory, CPU and disk of %s, as version 1 does', (_, props, resources, size) => {
  expect(pod(props).containers[0].resources).toEqual(resources);
  expect(find(objects(props), 'StatefulSet', 'influxdb').spec.volumeClaimTemplates[0].spec.resources.requests.storage).toBe(size);
});

test('without a claim there is no alert on its disk', () => {
  const rules = expressions(inChart((chart) => store(chart, { storage: DataStorage.emptyDir() })));
  expect(rules).toContain('absent(up{job=\\"influxdb2\\"} == 1)');
  expect(rules).not.toContain('kubelet_volume_stats');
});

describe('a Prometheus or a Grafana', () => {
  test('forwards to it by a gateway as the user that may write, and scrapes and judges it', () => {
    const chart = newChart();
    const made = store(chart, { bucket: 'k8s' });
    const prometheus = new PrometheusServer(chart, 'prometheus');
    prometheus.forward(made.sink);
    prometheus.monitor(made);
    const { configuration, text, objects: all } = new Synthesized(chart);
    checkConfig(text);
    expect(configuration.remote_write).toMatchObject([{ url: 'http://prometheus-influxdb.monitoring.svc:4195/api/v1/write' }]);
    const { data } = find(all, 'ConfigMap', 'prometheus-influxdb');
    expect(data['bento.yaml']).toContain('http://influxdb.monitoring.svc:8086/write?db=k8s&precision=ms');
    expect(data['bento.yaml']).toContain('/etc/sink-gateway/secrets/users/write-password');
    expect(configuration.scrape_configs.map(({ job_name }: Loose) => job_name)).toContain('influxdb2/http');
    expect(JSON.stringify(all)).toContain('InfluxDB2IngestionFailing');
    expect(() => prometheus.forward(made.sink, { name: 'other', delivery: Delivery.buffered(Duration.minutes(5)) })).toThrow(
      "samples for InfluxDB cannot be buffered with 'basicAuth'",
    );
  });

  test('of a Grafana reads it as the user that may read', () => {
    const chart = newChart();
    const made = store(chart, { bucket: 'k8s', capacity: { series: 1000, sampleInterval: Duration.seconds(15) } });
    const dataSources = [made.dataSource(), made.dataSource({ name: 'Far', uid: 'far', isDefault: true, jsonData: { httpMode: 'GET' } })];
    new Grafana(chart, 'grafana', { adminPassword: SecretKey.of(Secret.fromSecretName(chart, 'admin', 'admin'), 'password'), dataSources });
    const { datasources } = parse(find(manifests(chart), 'ConfigMap', 'grafana-config').data['datasources.yaml']);
    const same = {
      type: 'influxdb', url: 'http://influxdb.monitoring.svc:8086', basicAuth: true, basicAuthUser: 'grafana',
      secureJsonData: { basicAuthPassword: '$__file{/etc/grafana/secrets/users/read-password}' },
    };
    expect(datasources).toMatchObject([
      { ...same, name: 'InfluxDB 2', uid: 'influxdb-2', isDefault: false, jsonData: { version: 'InfluxQL', dbName: 'k8s', httpMode: 'POST', timeInterval: '15s' } },
      { ...same, name: 'Far', uid: 'far', isDefault: true, jsonData: { httpMode: 'GET' } },
    ]);
  });

  test('of the operator forwards, too', () => {
    const chart = newChart();
    const made = store(chart);
    const prometheus = new OperatedPrometheus(chart, 'prometheus');
    prometheus.forward(made.sink);
    prometheus.monitor(made);
    const all = manifests(chart);
    expect(find(all, 'Prometheus').spec.remoteWrite).toMatchObject([{ url: 'http://prometheus-influxdb.monitoring.svc:4195/api/v1/write' }]);
    expect(ofKind(all, 'ServiceMonitor').map(({ metadata }) => metadata.name)).toContain('prometheus-influxdb2');
  });
});

test.each<[string, Given, string]>([
  ['a retention below an hour', { retention: Duration.minutes(59) }, "'retention' is 59m, and InfluxDB keeps samples for at least an hour; give a longer one"],
  ['a bucket that is a database and a retention policy', { bucket: 'a/b' }, "bucket 'a/b' is not a name; use letters, digits, '-' and '_', a letter first"],
  ['a bucket of InfluxDB\'s own', { bucket: '_monitoring' }, "bucket '_monitoring' is not a name"],
  ['an organization that is an option', { org: '-x' }, "org '-x' is not a name"],
  ['no series', { capacity: { series: 0 } }, 'capacity.series: 0 is not a whole number above 0'],
  ['an update by which two Pods write to one claim', { updateStrategy: UpdateStrategy.recreate() }, 'updateStrategy'],
  ['a volume of the name of its own', { volumes: [{ name: 'tmp', emptyDir: {} }] }, "'tmp'"],
  ['an init container of the name of its own', { initContainers: [{ name: 'initialize', image: 'a:1' }] }, "'initialize'"],
  ['a setting of the library', { env: [{ name: 'INFLUXD_ENGINE_PATH', value: '/tmp' }] }, "'INFLUXD_ENGINE_PATH' is set by the library; leave it out"],
])('refuses %s', (_, props, message) => {
  expect(() => objects(props)).toThrow(message);
});

test('refuses a Secret of the app without the token', () => {
  const secret = (chart: Chart) => new Secret(chart, 'mine', { stringData: { 'admin-password': 'a', 'write-password': 'b', 'read-password': 'c' } });
  expect(() => inChart((chart) => InfluxDb2Credentials.fromSecret(secret(chart)))).toThrow("'admin-token'");
});
