import { Chart, Duration, Size } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import { forwardFlags, SERVER_FLAGS, thanosTls } from './certificate';
import {
  DataStorage, LogLevel, MetricSelection, ObjectStorage, OperatedPrometheus, PrometheusServer, RemoteWrite, ThanosQuery, ThanosReceive,
  ThanosReceiveProps, ThanosReceiveRuleOptions, UpdateStrategy,
} from '../../../lib';
import { bytesOf, inChart, manifests, newChart, synth } from '../../charts';
import { expressions, jobOf, told } from '../../components/support';
import { find, identity, Loose } from '../../manifests';
import { PodOption } from '../../pod-options';
import { checkConfig, Synthesized } from '../../server/support';
import { workloadProps } from '../../workload-props';

const objects = (props: ThanosReceiveProps = {}) => synth((chart) => new ThanosReceive(chart, 'receive', props));
const container = (props?: ThanosReceiveProps): Loose => find(objects(props), 'StatefulSet', 'receive').spec.template.spec.containers[0];

function everything(chart: Chart): Required<Omit<ThanosReceiveProps, PodOption | 'registry' | 'serviceAccountAnnotations' | 'serviceAccountLabels'>> {
  const rules: Required<ThanosReceiveRuleOptions> = { httpErrorPercent: 11, forwardErrorPercent: 12, uploadAge: Duration.hours(9) };
  return {
    name: 'receive',
    namespace: 'far',
    replicas: 3,
    maxUnavailable: 2,
    replicationFactor: 3,
    retention: Duration.days(2),
    storage: DataStorage.volumeClaimTemplate({ storageClassName: 'fast', size: Size.gibibytes(20) }),
    objectStorage: ObjectStorage.fromSecret(Secret.fromSecretName(chart, 'bucket', 'bucket')),
    defaultTenant: 'shop',
    outOfOrderTimeWindow: Duration.minutes(30),
    tls: thanosTls(chart),
    logLevel: LogLevel.DEBUG,
    rules,
    image: 'example.com/thanos:v0.41.0',
    imagePullSecrets: [Secret.fromSecretName(chart, 'pull', 'pull')],
    ...workloadProps(chart, 'far', 'receive'),
    metrics: MetricSelection.keep('thanos_.+'),
  };
}

test('needs no props', () => {
  expect(objects()).toMatchSnapshot();
  const made = inChart((chart) => new ThanosReceive(chart, 'receive'));
  expect(told(jobOf(made))).toMatchSnapshot();
  expect(made.url).toBe('http://receive.monitoring.svc:19291');
});

test('takes all the props', () => {
  const all = synth((chart) => new ThanosReceive(chart, 'ignored', everything(chart)));
  expect(all.map(identity)).toEqual(['StatefulSet far/receive', 'Service far/receive-replicas', 'Service far/receive', 'PodDisruptionBudget far/receive']);
  const { spec } = find(all, 'StatefulSet', 'receive');
  expect(spec).toMatchObject({
    replicas: 3, serviceName: 'receive-replicas',
    volumeClaimTemplates: [{ spec: { storageClassName: 'fast', resources: { requests: { storage: '20Gi' } } } }],
    template: {
      metadata: { labels: { 'c': 'd', 'app.kubernetes.io/version': '0.41.0' }, annotations: { a: 'b' } },
      spec: {
        serviceAccountName: 'receive', imagePullSecrets: [{ name: 'pull' }], nodeSelector: { pool: 'system' }, tolerations: [{ key: 'system' }],
        affinity: { nodeAffinity: {} }, priorityClassName: 'important',
      },
    },
  });
  const endpoints = [0, 1, 2].map((i) => `receive-${i}.receive-replicas.far.svc:10901`);
  expect(spec.template.spec.containers[0]).toMatchObject({
    image: 'example.com/thanos:v0.41.0', resources: { requests: { cpu: '200m', memory: '300Mi' }, limits: { memory: '2Gi' } },
    args: [
      'receive', '--grpc-address=:10901', ...SERVER_FLAGS, '--http-address=:10902', '--log.level=debug', '--enable-auto-gomemlimit',
      '--objstore.config-file=/etc/thanos/secrets/bucket/objstore.yml', '--tsdb.path=/var/thanos/data', '--remote-write.address=:19291',
      '--label=receive="far/receive"', '--label=receive_replica="$(POD_NAME)"', `--receive.hashrings=${JSON.stringify([{ hashring: 'default', endpoints }])}`,
      '--receive.hashrings-algorithm=ketama', '--receive.local-endpoint=$(POD_NAME).receive-replicas.far.svc:10901', '--receive.replication-factor=3',
      '--receive.capnproto-address=127.0.0.1:19391', ...forwardFlags('receive-replicas.far.svc'), '--receive.default-tenant-id=shop', '--tsdb.retention=2d', '--tsdb.out-of-order.time-window=30m',
    ],
  });
  expect(find(all, 'PodDisruptionBudget').spec.maxUnavailable).toBe(2);
  const made = inChart((chart) => new ThanosReceive(chart, 'ignored', everything(chart)));
  expect(told(jobOf(made))).toMatchObject({ name: 'mine', endpoints: [{ port: 'http', interval: '45 seconds', timeout: '20 seconds', metrics: [{ regex: 'thanos_.+' }] }] });
  expect(expressions(made)).toMatch(/job=\\"mine\\"[^]*> 11[^]*> 12[^]*> 32400/);
});

test('two synths give the same bytes', () => {
  const make = (chart: Chart): void => {
    new ThanosReceive(chart, 'x', everything(chart));
  };
  expect(bytesOf(make)).toBe(bytesOf(make));
});

test('judges uploads only where there are any', () => {
  const rulesOf = (props: ThanosReceiveProps) => expressions(inChart((chart) => new ThanosReceive(chart, 'receive', props)));
  expect(rulesOf({})).not.toContain('upload_time');
  expect(rulesOf({ objectStorage: ObjectStorage.gcs({ bucket: 'blocks' }) })).toContain('upload_time');
});

test('Prometheus writes to it, and Query reads it and makes one of its copies', () => {
  const chart = newChart();
  const receive = new ThanosReceive(chart, 'receive', { replicas: 3, replicationFactor: 3 });
  const prometheus = new PrometheusServer(chart, 'prometheus', { agent: true, remoteWrites: [receive.remoteWrite] });
  prometheus.addRemoteWrite(RemoteWrite.thanosReceive(receive.url, { name: 'of-tenant', tenant: 'shop' }));
  new OperatedPrometheus(chart, 'operated', { agent: true, remoteWrites: [receive.remoteWrite] });
  new ThanosQuery(chart, 'query', { stores: [receive] });
  const { configuration, text, objects: all } = new Synthesized(chart);
  checkConfig(text, '--agent');
  const url = 'http://receive.monitoring.svc:19291/api/v1/receive';
  expect(configuration.remote_write).toEqual([{ url, name: 'receive' }, { url, name: 'of-tenant', headers: { 'THANOS-TENANT': 'shop' } }]);
  expect(find(all, 'PrometheusAgent').spec.remoteWrite).toEqual([{ url, name: 'receive' }]);
  const args: string[] = find(manifests(chart), 'Deployment', 'query').spec.template.spec.containers[0].args;
  expect(args).toContain('--query.replica-label=receive_replica');
  expect(parse(args.find((arg) => arg.startsWith('--endpoint'))!.slice('--endpoint.sd-config='.length)).endpoints).toEqual([
    { address: 'dnssrv+_grpc._tcp.receive-replicas.monitoring.svc' },
  ]);
});

test.each<[string, ThanosReceiveProps, string]>([
  ['no replicas', { replicas: 0 }, 'replicas: 0 is not a whole number above 0'],
  ['no copies', { replicationFactor: 0 }, 'replicationFactor: 0 is not a whole number above 0'],
  ['more copies than replicas', { replicationFactor: 3 }, "'replicationFactor' is 3, and there is 1 replica, so that every write would fail"],
  ['more copies than two replicas', { replicas: 2, replicationFactor: 3 }, "'replicationFactor' is 3, and there are 2 replicas"],
  ['no retention', { retention: Duration.millis(0) }, 'retention (ms): 0 is not a whole number above 0'],
  ['a retention that an outage of the bucket exceeds', { retention: Duration.hours(5), objectStorage: ObjectStorage.gcs({ bucket: 'blocks' }) }, "'retention' is 5h, and a block is uploaded every two hours"],
  ['no window', { outOfOrderTimeWindow: Duration.millis(0) }, 'outOfOrderTimeWindow (ms): 0 is not a whole number above 0'],
  ['an empty tenant', { defaultTenant: '' }, "defaultTenant is empty; leave it out for 'default-tenant'"],
  ['replicas of one claim', { replicas: 2, storage: DataStorage.existingClaim('old') }, "2 replicas cannot share claim 'old'"],
  ['an old Thanos', { image: 'thanos:v0.40.0' }, 'is Thanos 0.40.0, and the library knows 0.41 and newer'],
  ['an update by which there is none', { updateStrategy: UpdateStrategy.recreate() }, 'updateStrategy'],
  ['its variable', { env: [{ name: 'POD_NAME', value: 'x' }] }, "'POD_NAME' is set by the library"],
])('refuses %s', (_, props, message) => {
  expect(() => container(props)).toThrow(message);
});
