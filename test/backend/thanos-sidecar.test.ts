import { Chart, Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import {
  BasicAuth, ObjectStorage, OperatedPrometheus, PrometheusProps, PrometheusServer, SecretKey, ThanosSidecarOptions, TlsClient, TlsServer, WebConfig,
} from '../../lib';
import { PROGRAMS } from '../../lib/versions';
import { newChart } from '../charts';
import { find, identity, Loose, ofKind, ruleFile } from '../manifests';
import { objectsOf } from '../operator/operated';
import { checkConfig, Synthesized } from '../server/support';
import { sidecarOptions } from '../sidecar-options';

const UPLOADING: PrometheusProps = { cluster: 'north', thanos: { objectStorage: ObjectStorage.filesystem('blocks') } };

function plain(props: PrometheusProps | ((chart: Chart) => PrometheusProps)): Synthesized {
  const chart = newChart();
  new PrometheusServer(chart, 'prometheus', typeof props === 'function' ? props(chart) : props);
  return new Synthesized(chart);
}

function operated(props: PrometheusProps | ((chart: Chart) => PrometheusProps)): Loose[] {
  const chart = newChart();
  new OperatedPrometheus(chart, 'prometheus', typeof props === 'function' ? props(chart) : props);
  return objectsOf(chart);
}

const sidecarOf = ({ pod }: Synthesized): Loose => pod.containers.find(({ name }: Loose) => name === 'thanos-sidecar');
const argsOf = (props: PrometheusProps): string[] => sidecarOf(plain(props)).args;
const uploadArgs = ({ args }: Synthesized): string[] => args.filter((arg) => /tsdb\.(delay|min|max|allow)|no-storage/.test(arg));
const specOf = (props: PrometheusProps): Loose => find(operated(props), 'Prometheus').spec;

describe('a sidecar that uploads', () => {
  const synthesized = plain({ ...UPLOADING, replicas: 2 });

  test('is a container of a plain Prometheus, with the flags of the operator', () => {
    expect(sidecarOf(synthesized)).toMatchSnapshot();
    expect(uploadArgs(synthesized)).toEqual(['--storage.tsdb.delay-compact-file.path=/prometheus/thanos.shipper.json']);
    expect(synthesized.pod.volumes.filter(({ name }: Loose) => /objstore|bucket/.test(name))).toMatchSnapshot();
    expect(find(synthesized.objects, 'ConfigMap', 'prometheus-objstore').data).toEqual({ 'objstore.yml': 'type: FILESYSTEM\nconfig:\n  directory: /var/thanos/bucket\n' });
    expect(synthesized.configuration.global.external_labels).toEqual({
      cluster: 'north', prometheus: 'monitoring/prometheus', prometheus_replica: '${POD_NAME}',
    });
    checkConfig(synthesized.text);
  });

  test('is found by a headless Service', () => {
    expect(find(synthesized.objects, 'Service', 'prometheus-thanos').spec).toEqual({
      clusterIP: 'None', selector: { 'app.kubernetes.io/name': 'prometheus', 'app.kubernetes.io/instance': 'prometheus' },
      ports: [{ name: 'grpc', port: 10901, protocol: 'TCP', targetPort: 'grpc' }, { name: 'http', port: 10902, protocol: 'TCP', targetPort: 'http' }],
    });
  });

  test('restarts with another bucket', () => {
    const checksum = (props: PrometheusProps): string => plain(props).workload.spec.template.metadata.annotations['checksum/objstore'];
    expect(checksum(UPLOADING)).toMatch(/^[0-9a-f]{16}$/);
    expect(checksum(UPLOADING)).not.toBe(checksum({ ...UPLOADING, thanos: { objectStorage: ObjectStorage.gcs({ bucket: 'blocks' }) } }));
    expect(specOf(UPLOADING).podMetadata.annotations).toEqual({ 'checksum/objstore': checksum(UPLOADING) });
  });

  test('is a field of the resource of the operator', () => {
    const spec = specOf({ ...UPLOADING, replicas: 2 });
    expect(spec.thanos).toMatchSnapshot();
    expect(spec.containers).toMatchSnapshot();
    expect(spec.volumes.map(({ name }: Loose) => name)).toEqual(expect.arrayContaining(['kube-api-access', 'objstore', 'bucket']));
    expect(operated(UPLOADING).map(identity).filter((name) => /thanos|objstore/.test(name))).toEqual([
      'ConfigMap monitoring/prometheus-objstore', 'Service monitoring/prometheus-thanos', 'ServiceMonitor monitoring/prometheus-thanos-sidecar',
      'PrometheusRule monitoring/prometheus-prometheus',
    ].filter((name) => /thanos|objstore/.test(name)));
  });
});

test('all options reach either backend', () => {
  const props = (chart: Chart): PrometheusProps => ({ cluster: 'north', thanos: sidecarOptions(chart) });
  const synthesized = plain(props);
  const env = ['id', 'secret'].map((key, i) => ({
    name: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'][i], valueFrom: { secretKeyRef: { name: 'bucket', key } },
  }));
  const resources = { requests: { cpu: '33m', memory: '200Mi' }, limits: { memory: '700Mi' } };
  expect(sidecarOf(synthesized)).toMatchObject({ image: 'example.com/thanos:v0.41.0', env, resources });
  expect(synthesized.configuration.scrape_configs.map(({ job_name }: Loose) => job_name)).toContain('sidecars/http');
  const rules = ruleFile(synthesized.objects, 'prometheus');
  expect(rules).toMatch(/ThanosSidecarNotUploading[^]*job="sidecars[^]*> 32400/);
  const objects = operated(props);
  const { spec } = find(objects, 'Prometheus');
  expect(spec.thanos).toMatchObject({ image: 'example.com/thanos:v0.41.0', version: 'v0.41.0', resources });
  expect(spec.containers).toEqual([expect.objectContaining({ name: 'thanos-sidecar', env })]);
  expect(ofKind(objects, 'ServiceMonitor').map(({ metadata }) => metadata.name)).toContain('prometheus-sidecars');
});

test.each<[string, PrometheusProps, string[]]>([
  ['one that compacts only what is uploaded', UPLOADING, ['--storage.tsdb.delay-compact-file.path=/prometheus/thanos.shipper.json']],
  ['one before 3.9, which compacts nothing', { ...UPLOADING, image: 'quay.io/prometheus/prometheus:v3.8.1' }, [
    '--storage.tsdb.max-block-duration=2h', '--storage.tsdb.min-block-duration=2h',
  ]],
  ['one with samples out of order', { ...UPLOADING, outOfOrderTimeWindow: Duration.minutes(30) }, [
    '--storage.tsdb.delay-compact-file.path=/prometheus/thanos.shipper.json', '--no-storage.tsdb.allow-overlapping-compaction',
  ]],
  ['one that uploads nothing', { thanos: {} }, []],
])('Prometheus is %s', (_, props, flags) => {
  expect(uploadArgs(plain(props))).toEqual(flags);
});

test('without a bucket it only reads', () => {
  const synthesized = plain({ thanos: {} });
  expect(sidecarOf(synthesized)).toMatchObject({
    image: `${PROGRAMS.thanos.image}:${PROGRAMS.thanos.version}`,
    args: ['sidecar', '--prometheus.url=http://127.0.0.1:9090/', '--grpc-address=:10901', '--http-address=:10902'],
  });
  expect(sidecarOf(synthesized)).not.toHaveProperty('volumeMounts');
  const rules = ruleFile(synthesized.objects, 'prometheus');
  expect([rules.includes('ThanosSidecarIsDown'), rules.includes('ThanosSidecarNotUploading')]).toEqual([true, false]);
  expect(specOf({ thanos: {} }).thanos).toEqual(expect.not.objectContaining({ objectStorageConfigFile: expect.anything() }));
});

test('reads the bucket out of a Secret', () => {
  const props = (chart: Chart): PrometheusProps => ({
    cluster: 'north', thanos: { objectStorage: ObjectStorage.fromSecret(Secret.fromSecretName(chart, 'bucket', 'bucket'), 'thanos.yaml') },
  });
  const synthesized = plain(props);
  expect(sidecarOf(synthesized).args).toContain('--objstore.config-file=/etc/thanos/secrets/bucket/thanos.yaml');
  expect(sidecarOf(synthesized).volumeMounts).toEqual([
    { name: 'data', mountPath: '/prometheus' }, { name: 'objstore-secret-0', mountPath: '/etc/thanos/secrets/bucket', readOnly: true },
  ]);
  expect(synthesized.pod.volumes).toContainEqual({ name: 'objstore-secret-0', secret: { secretName: 'bucket', optional: true, defaultMode: 0o440 } });
  expect(find(operated(props), 'Prometheus').spec.thanos).toMatchObject({ objectStorageConfigFile: '/etc/thanos/secrets/bucket/thanos.yaml' });
});

test('names the mounted key of a Google service account', () => {
  const synthesized = plain((chart) => ({
    cluster: 'north',
    thanos: { objectStorage: ObjectStorage.gcs({ bucket: 'blocks', serviceAccountKey: SecretKey.of(Secret.fromSecretName(chart, 'gcp', 'gcp'), 'key.json') }) },
  }));
  expect(sidecarOf(synthesized).env).toEqual([{ name: 'GOOGLE_APPLICATION_CREDENTIALS', value: '/etc/thanos/secrets/gcp/key.json' }]);
});

test('reaches a Prometheus below a path, with TLS and with a password', () => {
  expect(argsOf({ thanos: {}, externalUrl: 'https://example.com/prom' })).toContain('--prometheus.url=http://127.0.0.1:9090/prom');
  const tls = plain((chart) => ({
    thanos: {},
    web: WebConfig.tls(TlsServer.fromSecret(Secret.fromSecretName(chart, 'web', 'web'))),
  }));
  expect(sidecarOf(tls).args).toEqual(expect.arrayContaining([
    '--prometheus.url=https://127.0.0.1:9090/', '--prometheus.http-client-file=/etc/prometheus/config/probe.yml',
  ]));
  expect(parse(find(tls.objects, 'ConfigMap', 'prometheus-config').data['probe.yml'])).toEqual({
    tls_config: { ca_file: '/etc/prometheus/secrets/web/ca.crt', server_name: 'prometheus.monitoring.svc' },
  });
  const password = plain((chart) => {
    const secret = Secret.fromSecretName(chart, 'web', 'web');
    const client = { tls: TlsClient.fromSecret(secret, { ca: 'ca.crt' }), basicAuth: new BasicAuth({ username: 'me', password: SecretKey.of(secret, 'password') }) };
    return { thanos: {}, web: WebConfig.fromSecret(SecretKey.of(secret, 'web.yml'), client) };
  });
  expect(sidecarOf(password).volumeMounts.map(({ mountPath }: Loose) => mountPath)).toEqual(expect.arrayContaining(['/etc/prometheus/config', '/etc/prometheus/secrets/web']));
});

test('of shards all Pods are found by one Service', () => {
  const chart = newChart();
  const prometheus = new PrometheusServer(chart, 'prometheus', { shards: 2, thanos: {} });
  expect(prometheus.thanosEndpoint).toEqual({ namespace: 'monitoring', serviceName: 'prometheus-thanos', replicaLabels: ['prometheus_replica'] });
  const { objects } = new Synthesized(chart);
  expect(ofKind(objects, 'StatefulSet').map(({ spec }) => spec.template.spec.containers.length)).toEqual([3, 3]);
  expect(find(objects, 'Service', 'prometheus-thanos').spec.selector).toEqual({ 'app.kubernetes.io/name': 'prometheus', 'prometheus': 'prometheus' });
  expect(new PrometheusServer(newChart(), 'prometheus', { thanos: {} }).thanosEndpoint?.replicaLabels).toEqual([]);
});

const withThanos = (thanos: ThanosSidecarOptions, more: PrometheusProps = {}): PrometheusProps => ({ cluster: 'north', thanos, ...more });

test.each<[string, PrometheusProps | ((chart: Chart) => PrometheusProps), string]>([
  ['an agent', { agent: true, thanos: {} }, "got 'thanos' with 'agent'; an agent has no samples that a sidecar could read or upload"],
  ['uploads without a label of the cluster', { thanos: { objectStorage: ObjectStorage.filesystem('a') } }, "no label tells them from those of a Prometheus of this name in another cluster; give it a 'cluster'"],
  ['a retention that an outage would exceed', { ...UPLOADING, retention: Duration.hours(5) }, "'retention' is 5h, and 'thanos' uploads a block every two hours"],
  ['an old Thanos', withThanos({ image: 'quay.io/thanos/thanos:v0.40.1' }), 'is Thanos 0.40.1, and the library knows 0.41 and newer; choose a newer image'],
  ['an image that is none', withThanos({ image: 'https://x' }), "thanos.image: 'https://x' is not the reference of an image"],
  ['a flag that follows from uploads', { ...UPLOADING, extraFlags: { 'storage.tsdb.min-block-duration': '2h' } }, "is set by the library; use the prop 'thanos'"],
  ['a container of its name', withThanos({}, { containers: [{ name: 'thanos-sidecar', image: 'a' }] }), "the name 'thanos-sidecar' of a container is taken"],
  ['its port', withThanos({}, { containers: [{ name: 'a', image: 'a', ports: [{ containerPort: 10901 }] }] }), '10901'],
  ['a Secret of another namespace', (chart) => {
    const secret = new Secret(chart, 'far', { metadata: { name: 'far', namespace: 'elsewhere' }, stringData: { 'objstore.yml': 'a' } });
    return withThanos({ objectStorage: ObjectStorage.fromSecret(secret) });
  }, "Secret 'far' is made in namespace 'elsewhere'"],
])('either backend refuses %s', (_, props, message) => {
  expect(() => plain(props)).toThrow(message);
  expect(() => operated(props)).toThrow(message);
});
