import { Chart, Duration, Size } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import {
  BasicAuth, DataStorage, Exposure, Grafana, MetricSelection, OperatedPrometheus, PrometheusServer, RemoteWrite, ReplicaDeduplication, SecretKey,
  StoreCapacity, UpdateStrategy, VictoriaMetrics, VictoriaMetricsProps, VictoriaMetricsRuleOptions,
} from '../../lib';
import { inChart, manifests, newChart, synth } from '../charts';
import { expressions, jobOf, told } from '../components/support';
import { find, identity, Loose, ofKind } from '../manifests';
import { PodOption } from '../pod-options';
import { workloadProps } from '../workload-props';
import { checkConfig, Synthesized } from '../server/support';
import { PROGRAMS } from '../../lib/versions';

const objects = (props: VictoriaMetricsProps = {}) => synth((chart) => new VictoriaMetrics(chart, 'vm', props));
const workload = (props?: VictoriaMetricsProps): Loose => find(objects(props), 'StatefulSet', 'vm');
const container = (props?: VictoriaMetricsProps): Loose => workload(props).spec.template.spec.containers[0];

const login = (chart: Chart) => new BasicAuth({ username: 'me', password: SecretKey.of(Secret.fromSecretName(chart, 'login', 'login'), 'password') });

function everything(chart: Chart): Required<Omit<VictoriaMetricsProps, PodOption | 'registry' | 'serviceAccountAnnotations' | 'serviceAccountLabels'>> {
  const capacity: Required<StoreCapacity> = { series: 1_000_000, sampleInterval: Duration.seconds(60) };
  const rules: Required<VictoriaMetricsRuleOptions> = { freeDiskPercent: 21, writeErrorPercent: 3 };
  return {
    name: 'store',
    namespace: 'stores',
    retention: Duration.hours(36),
    storage: DataStorage.volumeClaimTemplate({ size: Size.gibibytes(70), storageClassName: 'fast' }),
    capacity,
    deduplicationInterval: Duration.seconds(15),
    openTsdb: true,
    basicAuth: login(chart),
    extraFlags: { 'search.maxQueryDuration': '1m', 'denyQueriesOutsideRetention': '' },
    exposure: Exposure.ingress({ host: 'vm.example.com' }),
    rules,
    image: 'example.com/vm:v1.2.3',
    imagePullSecrets: [Secret.fromSecretName(chart, 'pull', 'pull')],
    ...workloadProps(chart, 'stores', 'store'),
    metrics: MetricSelection.keep('vm_.+'),
  };
}

test('needs no props', () => {
  expect(objects()).toMatchSnapshot();
  const made = inChart((chart) => new VictoriaMetrics(chart, 'vm'));
  expect(told(jobOf(made))).toMatchSnapshot();
  expect([made.name, made.namespace, made.url]).toEqual(['vm', 'monitoring', 'http://vm.monitoring.svc:8428']);
});

test('takes all the props', () => {
  const all = synth((chart) => new VictoriaMetrics(chart, 'ignored', everything(chart)));
  expect(all.map(identity)).toEqual(['StatefulSet stores/store', 'Service stores/store', 'Ingress stores/store', 'Service stores/store-opentsdb']);
  const { spec } = find(all, 'StatefulSet', 'store');
  expect(spec).toMatchObject({
    volumeClaimTemplates: [{ spec: { storageClassName: 'fast', resources: { requests: { storage: '70Gi' } } } }],
    template: {
      metadata: { labels: { 'c': 'd', 'app.kubernetes.io/version': '1.2.3' }, annotations: { a: 'b' } },
      spec: {
        serviceAccountName: 'store', imagePullSecrets: [{ name: 'pull' }], nodeSelector: { pool: 'system' }, tolerations: [{ key: 'system' }],
        affinity: { nodeAffinity: {} }, priorityClassName: 'important',
      },
    },
  });
  const [main] = spec.template.spec.containers;
  expect(main).toMatchObject({
    image: 'example.com/vm:v1.2.3', resources: { requests: { cpu: '200m', memory: '300Mi' }, limits: { memory: '2Gi' } },
    args: [
      '-storageDataPath=/victoria-metrics-data', '-retentionPeriod=36h', '-httpListenAddr=:8428', '-dedup.minScrapeInterval=15s',
      '-opentsdbListenAddr=:4242', '-httpAuth.username=me', '-httpAuth.password=file:///etc/victoria-metrics/secrets/login/password',
      '--search.maxQueryDuration=1m', '--denyQueriesOutsideRetention',
    ],
    ports: [
      { name: 'http', containerPort: 8428, protocol: 'TCP' }, { name: 'opentsdb', containerPort: 4242, protocol: 'TCP' },
      { name: 'opentsdb-udp', containerPort: 4242, protocol: 'UDP' },
    ],
  });
  expect(find(all, 'Service', 'store-opentsdb').spec.ports).toEqual([
    { name: 'opentsdb', port: 4242, targetPort: 'opentsdb', protocol: 'TCP' }, { name: 'opentsdb-udp', port: 4242, targetPort: 'opentsdb-udp', protocol: 'UDP' },
  ]);
  expect(find(all, 'Ingress').spec.rules[0].host).toBe('vm.example.com');
  const made = inChart((chart) => new VictoriaMetrics(chart, 'ignored', everything(chart)));
  expect(told(jobOf(made))).toMatchObject({ name: 'mine', endpoints: [{ port: 'http', interval: '45 seconds', timeout: '20 seconds', metrics: [{ regex: 'vm_.+' }] }] });
  expect(expressions(made)).toMatch(/job=\\"mine\\".* < 21\\n.*\\n> 3"/);
});

test('the image is upstream\'s, from a registry of the user where there is one', () => {
  const { image, version } = PROGRAMS.victoriaMetrics;
  expect(container().image).toBe(`${image}:${version}`);
  expect(container({ registry: 'mirror.example.com' }).image).toBe(`mirror.example.com/victoriametrics/victoria-metrics:${version}`);
});

test('two synths give the same bytes', () => {
  const once = () => JSON.stringify(synth((chart) => new VictoriaMetrics(chart, 'x', everything(chart))));
  expect(once()).toBe(once());
});

test.each<[string, VictoriaMetricsProps, object]>([
  ['100 000 series', {}, { requests: { cpu: '50m', memory: '421Mi' }, limits: { memory: '842Mi' } }],
  ['1 000 000 series', { capacity: { series: 1_000_000 } }, { requests: { cpu: '334m', memory: '3058Mi' }, limits: { memory: '6116Mi' } }],
])('asks for the memory and CPU of %s', (_, props, resources) => {
  expect(container(props).resources).toEqual(resources);
});

test.each<[string, VictoriaMetricsProps, string | undefined]>([
  ['the default', {}, '67Gi'],
  ['a year', { retention: Duration.days(365) }, '268Gi'],
  ['samples once a minute', { capacity: { series: 100_000, sampleInterval: Duration.minutes(1) } }, '34Gi'],
  ['a few series', { capacity: { series: 100 } }, '2Gi'],
  ['a size of its own', { storage: DataStorage.volumeClaimTemplate({ size: Size.gibibytes(7) }) }, '7Gi'],
  ['no claim', { storage: DataStorage.emptyDir() }, undefined],
])('claims a disk for %s', (_, props, size) => {
  expect(workload(props).spec.volumeClaimTemplates?.[0].spec.resources.requests.storage).toBe(size);
});

test('keeps its data in a claim that exists', () => {
  const { spec } = workload({ storage: DataStorage.existingClaim('old', { subPath: 'vm' }) }).spec.template;
  expect(spec.volumes).toEqual([{ name: 'data', persistentVolumeClaim: { claimName: 'old' } }]);
  expect(spec.containers[0].volumeMounts).toEqual([{ name: 'data', mountPath: '/victoria-metrics-data', subPath: 'vm' }]);
});

test.each<[string, Duration, string]>([
  ['days', Duration.days(400), '400d'], ['hours', Duration.hours(25), '25h'], ['minutes', Duration.minutes(1441), '25h'],
])('keeps samples for a number of %s', (_, retention, flag) => {
  expect(container({ retention }).args).toContain(`-retentionPeriod=${flag}`);
});

describe('a Prometheus or a Grafana', () => {
  test('writes to it, and scrapes and judges it', () => {
    const chart = newChart();
    const store = new VictoriaMetrics(chart, 'vm', { deduplicationInterval: Duration.seconds(30) });
    const prometheus = new PrometheusServer(chart, 'prometheus', { replicas: 2 });
    prometheus.addRemoteWrite(store.remoteWrite);
    prometheus.addRemoteWrite(RemoteWrite.victoriaMetrics(store.url, { name: 'deduplicated', deduplication: ReplicaDeduplication.equalSeries() }));
    prometheus.monitor(store);
    const { configuration, text, objects: all } = new Synthesized(chart);
    checkConfig(text);
    expect(configuration.remote_write).toEqual([
      { url: 'http://vm.monitoring.svc:8428/api/v1/write', name: 'vm' },
      { url: 'http://vm.monitoring.svc:8428/api/v1/write', name: 'deduplicated', write_relabel_configs: [{ action: 'labeldrop', regex: 'prometheus_replica' }] },
    ]);
    expect(configuration.scrape_configs.map(({ job_name }: Loose) => job_name)).toContain('victoria-metrics/http');
    expect(JSON.stringify(all)).toContain('VictoriaMetricsReadOnly');
  });

  test('of a Grafana reads it', () => {
    const chart = newChart();
    const store = new VictoriaMetrics(chart, 'vm', { capacity: { series: 1000, sampleInterval: Duration.seconds(15) } });
    const dataSources = [store.dataSource(), store.dataSource({ name: 'Far', uid: 'far', isDefault: true, jsonData: { timeInterval: '1m' } })];
    new Grafana(chart, 'grafana', { adminPassword: SecretKey.of(Secret.fromSecretName(chart, 'admin', 'admin'), 'password'), dataSources });
    const { datasources } = parse(find(manifests(chart), 'ConfigMap', 'grafana-config').data['datasources.yaml']);
    expect(datasources).toMatchObject([
      { name: 'VictoriaMetrics', uid: 'victoriametrics', type: 'prometheus', url: 'http://vm.monitoring.svc:8428', isDefault: false, jsonData: { httpMethod: 'POST', timeInterval: '15s' } },
      { name: 'Far', uid: 'far', url: 'http://vm.monitoring.svc:8428', isDefault: true, jsonData: { httpMethod: 'POST', timeInterval: '1m' } },
    ]);
  });

  test('names itself where a password is asked for', () => {
    const chart = newChart();
    const store = new VictoriaMetrics(chart, 'vm', { basicAuth: login(chart) });
    const prometheus = new PrometheusServer(chart, 'prometheus', { remoteWrites: [store.remoteWrite] });
    prometheus.monitor(store);
    const adminPassword = SecretKey.of(Secret.fromSecretName(chart, 'admin', 'admin'), 'password');
    new Grafana(chart, 'grafana', { adminPassword, dataSources: [store.dataSource()] });
    const { configuration, text, objects: all } = new Synthesized(chart);
    checkConfig(text);
    const basic_auth = { username: 'me', password_file: '/etc/prometheus/secrets/login/password' };
    expect(configuration.remote_write).toMatchObject([{ basic_auth }]);
    expect(configuration.scrape_configs.find(({ job_name }: Loose) => job_name === 'victoria-metrics/http')).toMatchObject({ basic_auth });
    const { datasources } = parse(find(all, 'ConfigMap', 'grafana-config').data['datasources.yaml']);
    expect(datasources).toMatchObject([
      { basicAuth: true, basicAuthUser: 'me', secureJsonData: { basicAuthPassword: '$__file{/etc/grafana/secrets/login/password}' } },
    ]);
    const { volumes, containers: [{ volumeMounts }] } = find(all, 'StatefulSet', 'vm').spec.template.spec;
    expect(volumes).toEqual([{ name: 'secret-0', secret: { secretName: 'login', defaultMode: 0o440 } }]);
    expect(volumeMounts).toContainEqual({ name: 'secret-0', mountPath: '/etc/victoria-metrics/secrets/login', readOnly: true });
  });

  test('of the operator does so too', () => {
    const chart = newChart();
    const store = new VictoriaMetrics(chart, 'vm');
    new OperatedPrometheus(chart, 'prometheus', { remoteWrites: [store.remoteWrite] }).monitor(store);
    const all = manifests(chart);
    expect(find(all, 'Prometheus').spec.remoteWrite).toEqual([{ url: 'http://vm.monitoring.svc:8428/api/v1/write', name: 'vm' }]);
    expect(ofKind(all, 'ServiceMonitor').map(({ metadata }) => metadata.name)).toContain('prometheus-victoria-metrics');
  });
});

test.each<[string, VictoriaMetricsProps, string]>([
  ['a retention below a day', { retention: Duration.hours(23) }, "'retention' is 23h, and VictoriaMetrics keeps samples for at least a day; give a longer one"],
  ['no series', { capacity: { series: 0 } }, 'capacity.series: 0 is not a whole number above 0'],
  ['no time between samples', { capacity: { series: 1, sampleInterval: Duration.millis(0) } }, 'capacity.sampleInterval (ms): 0 is not a whole number above 0'],
  ['no time of deduplication', { deduplicationInterval: Duration.millis(0) }, 'deduplicationInterval (ms): 0 is not a whole number above 0'],
  ['an update by which two Pods write to one claim', { updateStrategy: UpdateStrategy.recreate() }, 'updateStrategy'],
  ['a flag that it does not have', { extraFlags: { 'search.maxQueryDuraton': '1m' } }, "VictoriaMetrics has no flag 'search.maxQueryDuraton', did you mean 'search.maxQueryDuration'?"],
  ['a flag of a prop', { extraFlags: { retentionPeriod: '1y' } }, "flag 'retentionPeriod' is set by the library; use the prop 'retention'"],
  ['a flag of the wrong type', { extraFlags: { bigMergeConcurrency: 'two' } }, "flag 'bigMergeConcurrency' is a whole number, and got 'two'; write it as '10'"],
  ['a password in a flag', { extraFlags: { deleteAuthKey: 'secret' } },
    "flag 'deleteAuthKey' is a secret, which the manifest would show; write it as 'file:///etc/secret/key'"],
  ['a flag by which it ends', { extraFlags: { dryRun: '' } }, "flag 'dryRun' makes VictoriaMetrics print something and end; leave it out"],
  ['a volume of the name of its own', { volumes: [{ name: 'data', emptyDir: {} }] }, "'data'"],
])('refuses %s', (_, props, message) => {
  expect(() => objects(props)).toThrow(message);
});
