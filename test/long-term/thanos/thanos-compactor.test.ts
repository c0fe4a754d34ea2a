import { App, Chart, Duration, Size } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import {
  DataStorage, LogLevel, MetricSelection, ObjectStorage, ThanosCompactor, ThanosCompactorProps, ThanosCompactorRuleOptions, ThanosRetention,
  UpdateStrategy,
} from '../../../lib';
import { bytesOf, inChart, newChart, synth } from '../../charts';
import { expressions, jobOf, told } from '../../components/support';
import { find, identity, Loose } from '../../manifests';
import { PodOption } from '../../pod-options';
import { workloadProps } from '../../workload-props';

const objectStorage = ObjectStorage.azure({ storageAccount: 'shop', container: 'blocks' });
const objects = (props: Partial<ThanosCompactorProps> = {}) => synth((chart) => new ThanosCompactor(chart, 'compactor', { objectStorage, ...props }));
const workload = (props?: Partial<ThanosCompactorProps>): Loose => find(objects(props), 'StatefulSet', 'compactor');
const flags = (props?: Partial<ThanosCompactorProps>): string[] => workload(props).spec.template.spec.containers[0].args.slice(5);

function everything(chart: Chart): Required<Omit<ThanosCompactorProps, PodOption | 'registry' | 'serviceAccountAnnotations' | 'serviceAccountLabels'>> {
  const rules: Required<ThanosCompactorRuleOptions> = { compactionErrorPercent: 11, bucketErrorPercent: 12 };
  const retention: Required<ThanosRetention> = { raw: Duration.days(30), fiveMinutes: Duration.days(180), oneHour: Duration.days(1000) };
  return {
    name: 'compactor',
    namespace: 'far',
    objectStorage: ObjectStorage.filesystem('blocks'),
    retention,
    downsampling: true,
    mergedReplicaLabels: ['prometheus_replica', 'receive_replica'],
    deleteDelay: Duration.hours(12),
    concurrency: 2,
    storage: DataStorage.volumeClaimTemplate({ storageClassName: 'fast', size: Size.gibibytes(30) }),
    logLevel: LogLevel.ERROR,
    rules,
    image: 'example.com/thanos:v0.41.0',
    imagePullSecrets: [Secret.fromSecretName(chart, 'pull', 'pull')],
    ...workloadProps(chart, 'far', 'compactor'),
    metrics: MetricSelection.keep('thanos_.+'),
  };
}

test('needs nothing but a bucket', () => {
  expect(objects()).toMatchSnapshot();
  const made = inChart((chart) => new ThanosCompactor(chart, 'compactor', { objectStorage }));
  expect(told(jobOf(made))).toMatchSnapshot();
});

test('takes all the props', () => {
  const all = synth((chart) => new ThanosCompactor(chart, 'ignored', everything(chart)));
  expect(all.map(identity)).toEqual(['ConfigMap far/compactor-objstore', 'StatefulSet far/compactor', 'Service far/compactor']);
  const { spec } = find(all, 'StatefulSet', 'compactor');
  expect(spec).toMatchObject({
    replicas: 1,
    volumeClaimTemplates: [{ spec: { storageClassName: 'fast', resources: { requests: { storage: '30Gi' } } } }],
    template: {
      metadata: { labels: { 'c': 'd', 'app.kubernetes.io/version': '0.41.0' }, annotations: { a: 'b' } },
      spec: {
        serviceAccountName: 'compactor', imagePullSecrets: [{ name: 'pull' }], nodeSelector: { pool: 'system' }, tolerations: [{ key: 'system' }],
        affinity: { nodeAffinity: {} }, priorityClassName: 'important',
      },
    },
  });
  expect(spec.template.spec.containers[0]).toMatchObject({
    image: 'example.com/thanos:v0.41.0', resources: { requests: { cpu: '200m', memory: '300Mi' }, limits: { memory: '2Gi' } },
    args: [
      'compact', '--http-address=:10902', '--log.level=error', '--enable-auto-gomemlimit', '--objstore.config-file=/etc/thanos/objstore/objstore.yml',
      '--data-dir=/var/thanos/data', '--wait', '--retention.resolution-raw=30d', '--retention.resolution-5m=180d', '--retention.resolution-1h=1000d',
      '--deduplication.replica-label=prometheus_replica', '--deduplication.replica-label=receive_replica', '--deduplication.func=penalty', '--delete-delay=12h',
      '--compact.concurrency=2', '--downsample.concurrency=2',
    ],
  });
  const made = inChart((chart) => new ThanosCompactor(chart, 'ignored', everything(chart)));
  expect(told(jobOf(made))).toMatchObject({ name: 'mine', endpoints: [{ port: 'http', interval: '45 seconds', timeout: '20 seconds', metrics: [{ regex: 'thanos_.+' }] }] });
  expect(expressions(made)).toMatch(/job=\\"mine\\"[^]*> 11[^]*> 12/);
});

test('two synths give the same bytes', () => {
  const make = (chart: Chart): void => {
    new ThanosCompactor(chart, 'x', everything(chart));
  };
  expect(bytesOf(make)).toBe(bytesOf(make));
});

test('makes no downsampled blocks where none are wanted', () => {
  expect(flags({ downsampling: false, retention: { raw: Duration.hours(3) } })).toEqual(['--wait', '--retention.resolution-raw=3h', '--downsampling.disable']);
});

describe('a bucket has one compactor', () => {
  const TWO = "the bucket has compactor 'one/a' already, and two of one bucket damage its blocks";

  test.each<[string, (chart: Chart) => ObjectStorage]>([
    ['S3', () => ObjectStorage.s3({ bucket: 'blocks', region: 'eu-central-1' })],
    ['a claim', () => ObjectStorage.filesystem('blocks')],
    ['a Secret', (chart) => ObjectStorage.fromSecret(Secret.fromSecretName(chart, 'bucket', 'bucket'))],
  ])('in all charts of an app: %s', (_, storage) => {
    const app = new App();
    const [one, two] = ['one', 'two'].map((id) => new Chart(app, id, { namespace: 'monitoring' }));
    new ThanosCompactor(one, 'a', { objectStorage: storage(one) });
    expect(() => new ThanosCompactor(two, 'b', { objectStorage: storage(two) })).toThrow(TWO);
  });

  test('others have others', () => {
    const chart = newChart();
    const of = (id: string, storage: ObjectStorage, namespace?: string) => new ThanosCompactor(chart, id, { objectStorage: storage, namespace });
    of('a', ObjectStorage.gcs({ bucket: 'blocks' }));
    of('b', ObjectStorage.gcs({ bucket: 'blocks', prefix: 'b' }));
    of('c', ObjectStorage.filesystem('blocks'));
    of('d', ObjectStorage.filesystem('blocks'), 'far');
    expect(inChart((other) => new ThanosCompactor(other, 'e', { objectStorage: ObjectStorage.gcs({ bucket: 'blocks' }) })).name).toBe('e');
  });
});

test.each<[string, Partial<ThanosCompactorProps>, string]>([
  ['raw samples that go before they are downsampled', { retention: { raw: Duration.hours(39) } }, 'retention.raw is 39h, and samples are downsampled from the age of 40h on'],
  ['samples of 5 minutes that go before', { retention: { fiveMinutes: Duration.days(9) } }, 'retention.fiveMinutes is 9d, and samples are downsampled from the age of 10d on'],
  ['no retention', { retention: { oneHour: Duration.millis(0) } }, 'retention.oneHour (ms): 0 is not a whole number above 0; leave it out for ever'],
  ['a retention of what is not made', { downsampling: false, retention: { oneHour: Duration.days(20) } }, "got a retention of downsampled samples with 'downsampling: false'"],
  ['a label that is none', { mergedReplicaLabels: ['a-b'] }, "mergedReplicaLabels: 'a-b' is not a label name"],
  ['no concurrency', { concurrency: 0 }, 'concurrency: 0 is not a whole number above 0'],
  ['no delay', { deleteDelay: Duration.millis(0) }, 'deleteDelay (ms): 0 is not a whole number above 0'],
  ['an old Thanos', { image: 'thanos:v0.40.0' }, 'is Thanos 0.40.0, and the library knows 0.41 and newer'],
  ['an update by which there is none', { updateStrategy: UpdateStrategy.recreate() }, 'updateStrategy'],
  ['a volume of the name of its own', { volumes: [{ name: 'data', emptyDir: {} }] }, "'data'"],
])('refuses %s', (_, props, message) => {
  expect(() => objects(props)).toThrow(message);
});
