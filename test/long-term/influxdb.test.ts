import { Chart, Duration, Size } from 'cdk8s';
import { ISecret, Secret } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import {
  DataStorage, Exposure, Grafana, InfluxDb, InfluxDbCredentials, InfluxDbProps, InfluxDbRuleOptions, InfluxDbSecretKeys, MetricSelection,
  OperatedPrometheus, PrometheusServer, SecretKey, StoreCapacity, UpdateStrategy,
} from '../../lib';
import { PROGRAMS } from '../../lib/versions';
import { inChart, manifests, newChart, synth } from '../charts';
import { expressions, jobOf, told } from '../components/support';
import { find, identity, Loose, ofKind } from '../manifests';
import { PodOption } from '../pod-options';
import { checkConfig, Synthesized } from '../server/support';
import { workloadProps } from '../workload-props';

type Given = Omit<InfluxDbProps, 'credentials'>;

const users = (chart: Chart): ISecret => Secret.fromSecretName(chart, 'users', 'users');
const store = (chart: Chart, props: Given = {}) => new InfluxDb(chart, 'influxdb', { credentials: InfluxDbCredentials.fromSecret(users(chart)), ...props });
const objects = (props?: Given) => synth((chart) => store(chart, props));
const workload = (props?: Given): Loose => find(objects(props), 'StatefulSet', 'influxdb');
const container = (props?: Given): Loose => workload(props).spec.template.spec.containers[0];
const script = (props?: Given): string => workload(props).spec.template.spec.initContainers[0].command.at(-1);

function everything(chart: Chart): Required<Omit<InfluxDbProps, PodOption | 'registry' | 'serviceAccountAnnotations' | 'serviceAccountLabels'>> {
  const capacity: Required<StoreCapacity> = { series: 1_000_000, sampleInterval: Duration.seconds(60) };
  const rules: Required<InfluxDbRuleOptions> = { freeDiskPercent: 21, writeErrorPercent: 3, kubeletJobName: 'nodes', prometheusJobName: 'senders' };
  const keys: Required<InfluxDbSecretKeys> = { admin: 'a', write: 'w', read: 'r' };
  return {
    name: 'store',
    namespace: 'stores',
    credentials: InfluxDbCredentials.fromSecret(users(chart), keys),
    database: 'k8s',
    retention: Duration.days(400),
    storage: DataStorage.volumeClaimTemplate({ size: Size.gibibytes(70), storageClassName: 'fast' }),
    capacity,
    exposure: Exposure.ingress({ host: 'influxdb.example.com' }),
    rules,
    image: 'example.com/influxdb:1.12.9',
    imagePullSecrets: [Secret.fromSecretName(chart, 'pull', 'pull')],
    ...workloadProps(chart, 'stores', 'store'),
    metrics: MetricSelection.keep('go_.+'),
  };
}

test('needs no props but its users', () => {
  expect(objects()).toMatchSnapshot();
  const made = inChart((chart) => store(chart));
  expect(told(jobOf(made))).toMatchSnapshot();
  expect([made.name, made.namespace, made.url, made.database]).toEqual(['influxdb', 'monitoring', 'http://influxdb.monitoring.svc:8086', 'prometheus']);
});

test('takes all the props', () => {
  const all = synth((chart) => new InfluxDb(chart, 'ignored', everything(chart)));
  expect(all.map(identity)).toEqual(['StatefulSet stores/store', 'Service stores/store', 'Ingress stores/store']);
  const { spec } = find(all, 'StatefulSet', 'store');
  expect(spec).toMatchObject({
    volumeClaimTemplates: [{ spec: { storageClassName: 'fast', resources: { requests: { storage: '70Gi' } } } }],
    template: {
      metadata: { labels: { 'c': 'd', 'app.kubernetes.io/version': '1.12.9' }, annotations: { a: 'b' } },
      spec: {
        serviceAccountName: 'store', imagePullSecrets: [{ name: 'pull' }], nodeSelector: { pool: 'system' }, tolerations: [{ key: 'system' }],
        affinity: { nodeAffinity: {} }, priorityClassName: 'important',
      },
    },
  });
  const [main] = spec.template.spec.containers;
  expect(main).toMatchObject({ image: 'example.com/influxdb:1.12.9', resources: { requests: { cpu: '200m', memory: '300Mi' }, limits: { memory: '2Gi' } } });
  const [prepare] = spec.template.spec.initContainers;
  expect(prepare.image).toBe(main.image);
  expect(prepare.command.at(-1)).toContain('CREATE DATABASE "k8s"; ALTER RETENTION POLICY "autogen" ON "k8s" DURATION 9600h SHARD DURATION 168h DEFAULT');
  expect(prepare.command.at(-1).match(/^user .*/gm)).toEqual([
    'user admin /etc/influxdb/secrets/users/a', 'user prometheus /etc/influxdb/secrets/users/w', 'user grafana /etc/influxdb/secrets/users/r',
  ]);
  expect(find(all, 'Ingress').spec.rules[0].host).toBe('influxdb.example.com');
  const made = inChart((chart) => new InfluxDb(chart, 'ignored', everything(chart)));
  expect(told(jobOf(made))).toMatchObject({ name: 'mine', endpoints: [{ port: 'http', interval: '45 seconds', timeout: '20 seconds', metrics: [{ regex: 'go_.+' }] }] });
  const rules = expressions(made);
  expect(rules).toMatch(/job=\\"nodes\\", metrics_path=\\"\/metrics\\", namespace=\\"stores\\", persistentvolumeclaim=\\"data-store-0\\".* < 21\\n/);
  expect(rules).toMatch(/job=\\"senders\\", url=~\\"http:\/\/store\\\\\\\\\.stores\\\\\\\\\.svc:8086\/\.\*\\".*\\n> 3"/);
});

test('the image is upstream\'s, from a registry of the user where there is one', () => {
  const { image, tag } = PROGRAMS.influxDb;
  expect(container().image).toBe(`${image}:${tag}`);
  expect(container({ registry: 'mirror.example.com' }).image).toBe(`mirror.example.com/library/influxdb:${tag}`);
});

test('two synths give the same bytes', () => {
  const once = () => JSON.stringify(synth((chart) => new InfluxDb(chart, 'x', everything(chart))));
  expect(once()).toBe(once());
});

test('no password is in a manifest, and only the init container mounts them', () => {
  const { initContainers: [prepare], containers: [main], volumes } = workload().spec.template.spec;
  expect(volumes).toContainEqual({ name: 'secret-0', secret: { secretName: 'users', defaultMode: 0o440 } });
  expect(prepare.volumeMounts).toContainEqual({ name: 'secret-0', mountPath: '/etc/influxdb/secrets/users', readOnly: true });
  expect(main.volumeMounts.map(({ name }: Loose) => name)).toEqual(['data']);
});

test('what asks for no password is asked only from within the Pod', () => {
  const valueOf = ({ env }: Loose, name: string) => env.find((one: Loose) => one.name === `INFLUXDB_${name}`).value;
  const { initContainers: [prepare], containers: [main] } = workload().spec.template.spec;
  expect(['HTTP_AUTH_ENABLED', 'HTTP_PROM_READ_AUTH_ENABLED', 'HTTP_PPROF_AUTH_ENABLED'].map((name) => valueOf(main, name))).toEqual(['true', 'true', 'true']);
  expect([valueOf(prepare, 'HTTP_AUTH_ENABLED'), valueOf(prepare, 'HTTP_BIND_ADDRESS')]).toEqual(['false', '127.0.0.1:8087']);
});

test.each<[string, Given, object, string]>([
  ['100 000 series', {}, { requests: { cpu: '100m', memory: '1105Mi' }, limits: { memory: '2210Mi' } }, '137Gi'],
  ['1 000 000 series once a minute', { capacity: { series: 1_000_000, sampleInterval: Duration.minutes(1) } },
    { requests: { cpu: '334m', memory: '9894Mi' }, limits: { memory: '19788Mi' } }, '719Gi'],
  ['a few series', { capacity: { series: 100 } }, { requests: { cpu: '100m', memory: '129Mi' }, limits: { memory: '258Mi' } }, '2Gi'],
])('asks for the memory, CPU and disk of %s', (_, props, resources, size) => {
  expect(container(props).resources).toEqual(resources);
  expect(workload(props).spec.volumeClaimTemplates[0].spec.resources.requests.storage).toBe(size);
});

test.each<[string, Duration, string]>([
  ['a day', Duration.days(1), 'DURATION 24h SHARD DURATION 1h'],
  ['a month', Duration.days(30), 'DURATION 720h SHARD DURATION 24h'],
  ['half a year', Duration.days(180), 'DURATION 4320h SHARD DURATION 168h'],
])('keeps samples for %s, in shards as InfluxDB makes them for it', (_, retention, statement) => {
  expect(script({ retention })).toContain(statement);
});

test('keeps its data in a claim that exists, which its rules judge', () => {
  const props = { storage: DataStorage.existingClaim('old', { subPath: 'influx' }) };
  const { spec } = workload(props).spec.template;
  expect(spec.volumes).toContainEqual({ name: 'data', persistentVolumeClaim: { claimName: 'old' } });
  expect(spec.containers[0].volumeMounts).toEqual([{ name: 'data', mountPath: '/var/lib/influxdb', subPath: 'influx' }]);
  expect(expressions(inChart((chart) => store(chart, props)))).toContain('persistentvolumeclaim=\\"old\\"');
});

test('without a claim there is no alert on its disk', () => {
  const rules = expressions(inChart((chart) => store(chart, { storage: DataStorage.emptyDir() })));
  expect(rules).toContain('absent(up{job=\\"influxdb\\"} == 1)');
  expect(rules).not.toContain('kubelet_volume_stats');
});

describe('a Prometheus or a Grafana', () => {
  test('writes to it as the user that may write, and scrapes and judges it', () => {
    const chart = newChart();
    const made = store(chart);
    const prometheus = new PrometheusServer(chart, 'prometheus', { remoteWrites: [made.remoteWrite] });
    prometheus.monitor(made);
    const { configuration, text, objects: all } = new Synthesized(chart);
    checkConfig(text);
    expect(configuration.remote_write).toEqual([{
      url: 'http://influxdb.monitoring.svc:8086/api/v1/prom/write?db=prometheus', name: 'influxdb',
      basic_auth: { username: 'prometheus', password_file: '/etc/prometheus/secrets/users/write-password' },
    }]);
    expect(configuration.scrape_configs.map(({ job_name }: Loose) => job_name)).toContain('influxdb/http');
    expect(JSON.stringify(all)).toContain('InfluxDBIngestionFailing');
  });

  test('of a Grafana reads it as the user that may read', () => {
    const chart = newChart();
    const made = store(chart, { capacity: { series: 1000, sampleInterval: Duration.seconds(15) } });
    const dataSources = [made.dataSource(), made.dataSource({ name: 'Far', uid: 'far', isDefault: true, jsonData: { httpMode: 'GET' } })];
    new Grafana(chart, 'grafana', { adminPassword: SecretKey.of(Secret.fromSecretName(chart, 'admin', 'admin'), 'password'), dataSources });
    const { datasources } = parse(find(manifests(chart), 'ConfigMap', 'grafana-config').data['datasources.yaml']);
    const same = {
      type: 'influxdb', url: 'http://influxdb.monitoring.svc:8086', basicAuth: true, basicAuthUser: 'grafana',
      secureJsonData: { basicAuthPassword: '$__file{/etc/grafana/secrets/users/read-password}' },
    };
    expect(datasources).toMatchObject([
      { ...same, name: 'InfluxDB', uid: 'influxdb', isDefault: false, jsonData: { version: 'InfluxQL', dbName: 'prometheus', httpMode: 'POST', timeInterval: '15s' } },
      { ...same, name: 'Far', uid: 'far', isDefault: true, jsonData: { httpMode: 'GET' } },
    ]);
  });

  test('of the operator does so too', () => {
    const chart = newChart();
    const made = store(chart);
    new OperatedPrometheus(chart, 'prometheus', { remoteWrites: [made.remoteWrite] }).monitor(made);
    const all = manifests(chart);
    expect(find(all, 'Prometheus').spec.remoteWrite).toMatchObject([{ url: 'http://influxdb.monitoring.svc:8086/api/v1/prom/write?db=prometheus', name: 'influxdb' }]);
    expect(ofKind(all, 'ServiceMonitor').map(({ metadata }) => metadata.name)).toContain('prometheus-influxdb');
  });
});

test.each<[string, Given, string]>([
  ['a retention below an hour', { retention: Duration.minutes(59) }, "'retention' is 59m, and InfluxDB keeps samples for at least an hour; give a longer one"],
  ['a database that InfluxQL would read otherwise', { database: 'a"b' }, "database 'a\"b' is not a name; use letters, digits, '-' and '_', a letter first"],
  ['InfluxDB\'s own database', { database: '_internal' }, "database '_internal' is not a name"],
  ['no series', { capacity: { series: 0 } }, 'capacity.series: 0 is not a whole number above 0'],
  ['an update by which two Pods write to one claim', { updateStrategy: UpdateStrategy.recreate() }, 'updateStrategy'],
  ['a volume of the name of its own', { volumes: [{ name: 'tmp', emptyDir: {} }] }, "'tmp'"],
  ['an init container of the name of its own', { initContainers: [{ name: 'initialize', image: 'a:1' }] }, "'initialize'"],
  ['a setting of the library', { env: [{ name: 'INFLUXDB_HTTP_AUTH_ENABLED', value: 'false' }] }, "'INFLUXDB_HTTP_AUTH_ENABLED' is set by the library; leave it out"],
])('refuses %s', (_, props, message) => {
  expect(() => objects(props)).toThrow(message);
});

test('refuses a Secret of the app without one of the passwords', () => {
  const secret = (chart: Chart) => new Secret(chart, 'mine', { stringData: { 'admin-password': 'a', 'write-password': 'b' } });
  expect(() => inChart((chart) => InfluxDbCredentials.fromSecret(secret(chart)))).toThrow("'read-password'");
});
