import { Chart, Duration, Size } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { SERVER_FLAGS, thanosTls } from './certificate';
import {
  DataStorage, LogLevel, MetricSelection, ObjectStorage, ThanosStore, ThanosStoreProps, ThanosStoreRuleOptions, UpdateStrategy,
} from '../../../lib';
import { bytesOf, inChart, synth } from '../../charts';
import { expressions, jobOf, told } from '../../components/support';
import { find, identity, Loose } from '../../manifests';
import { PodOption } from '../../pod-options';
import { workloadProps } from '../../workload-props';

const objectStorage = ObjectStorage.s3({ bucket: 'blocks', region: 'eu-central-1' });
const objects = (props: Partial<ThanosStoreProps> = {}) => synth((chart) => new ThanosStore(chart, 'store', { objectStorage, ...props }));
const workload = (props?: Partial<ThanosStoreProps>): Loose => find(objects(props), 'StatefulSet', 'store');

function everything(chart: Chart): Required<Omit<ThanosStoreProps, PodOption | 'registry' | 'serviceAccountAnnotations' | 'serviceAccountLabels'>> {
  const rules: Required<ThanosStoreRuleOptions> = {
    grpcErrorPercent: 11, bucketErrorPercent: 12, bucketLatency: Duration.seconds(13), gateLatency: Duration.seconds(14),
  };
  return {
    name: 'store',
    namespace: 'far',
    objectStorage: ObjectStorage.fromSecret(Secret.fromSecretName(chart, 'bucket', 'bucket')),
    storage: DataStorage.volumeClaimTemplate({ storageClassName: 'fast' }),
    indexCacheSize: Size.mebibytes(500),
    chunkPoolSize: Size.gibibytes(1),
    replicas: 3,
    maxUnavailable: 2,
    tls: thanosTls(chart),
    logLevel: LogLevel.WARN,
    rules,
    image: 'example.com/thanos:v0.41.0',
    imagePullSecrets: [Secret.fromSecretName(chart, 'pull', 'pull')],
    ...workloadProps(chart, 'far', 'store'),
    metrics: MetricSelection.keep('thanos_.+'),
  };
}

test('needs nothing but a bucket', () => {
  expect(objects()).toMatchSnapshot();
  const made = inChart((chart) => new ThanosStore(chart, 'store', { objectStorage }));
  expect(told(jobOf(made))).toMatchSnapshot();
  expect(made.thanosEndpoint).toEqual({ namespace: 'monitoring', serviceName: 'store', replicaLabels: [] });
});

test('takes all the props', () => {
  const all = synth((chart) => new ThanosStore(chart, 'ignored', everything(chart)));
  expect(all.map(identity)).toEqual(['StatefulSet far/store', 'Service far/store', 'PodDisruptionBudget far/store']);
  const { spec } = find(all, 'StatefulSet', 'store');
  expect(spec).toMatchObject({
    replicas: 3,
    volumeClaimTemplates: [{ spec: { storageClassName: 'fast', resources: { requests: { storage: '10Gi' } } } }],
    template: {
      metadata: { labels: { 'c': 'd', 'app.kubernetes.io/version': '0.41.0' }, annotations: { a: 'b' } },
      spec: {
        serviceAccountName: 'store', imagePullSecrets: [{ name: 'pull' }], nodeSelector: { pool: 'system' }, tolerations: [{ key: 'system' }],
        affinity: { nodeAffinity: {} }, priorityClassName: 'important',
      },
    },
  });
  expect(spec.template.spec.containers[0]).toMatchObject({
    image: 'example.com/thanos:v0.41.0', resources: { requests: { cpu: '200m', memory: '300Mi' }, limits: { memory: '2Gi' } },
    args: [
      'store', '--grpc-address=:10901', ...SERVER_FLAGS, '--http-address=:10902', '--log.level=warn', '--enable-auto-gomemlimit',
      '--objstore.config-file=/etc/thanos/secrets/bucket/objstore.yml', '--data-dir=/var/thanos/data', '--index-cache-size=500MB', '--chunk-pool-size=1GB',
    ],
  });
  expect(find(all, 'PodDisruptionBudget').spec.maxUnavailable).toBe(2);
  const made = inChart((chart) => new ThanosStore(chart, 'ignored', everything(chart)));
  expect(told(jobOf(made))).toMatchObject({ name: 'mine', endpoints: [{ port: 'http', interval: '45 seconds', timeout: '20 seconds', metrics: [{ regex: 'thanos_.+' }] }] });
  expect(expressions(made)).toMatch(/job=\\"mine\\"[^]*> 11[^]*> 12[^]*> 14[^]*> 13/);
});

test('two synths give the same bytes', () => {
  const make = (chart: Chart): void => {
    new ThanosStore(chart, 'x', everything(chart));
  };
  expect(bytesOf(make)).toBe(bytesOf(make));
});

test('asks for memory by its caches', () => {
  const { resources } = workload().spec.template.spec.containers[0];
  expect(resources).toEqual({ requests: { cpu: '100m', memory: '506Mi' }, limits: { memory: '2810Mi' } });
  const small = workload({ indexCacheSize: Size.mebibytes(100), chunkPoolSize: Size.mebibytes(512) }).spec.template.spec.containers[0].resources;
  expect(small).toEqual({ requests: { cpu: '100m', memory: '356Mi' }, limits: { memory: '1124Mi' } });
});

test.each<[string, Partial<ThanosStoreProps>, string]>([
  ['no replicas', { replicas: 0 }, 'replicas: 0 is not a whole number above 0'],
  ['replicas of one claim', { replicas: 2, storage: DataStorage.existingClaim('old') }, "2 replicas cannot share claim 'old'"],
  ['an old Thanos', { image: 'thanos:v0.40.0' }, 'is Thanos 0.40.0, and the library knows 0.41 and newer'],
  ['an update by which there is none', { updateStrategy: UpdateStrategy.recreate() }, 'updateStrategy'],
  ['a volume of the name of its own', { volumes: [{ name: 'objstore', emptyDir: {} }] }, "'objstore'"],
])('refuses %s', (_, props, message) => {
  expect(() => objects(props)).toThrow(message);
});
