import { ApiObject, Duration, Size } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { ThanosCompactorProps } from './thanos-compactor-props';
import { ThanosKind, ThanosStatefulSet } from './thanos-stateful-set';
import { HTTP_PORT, thanosFlags, thanosJob, ThanosProgram, thanosResources } from './thanos-pod';
import { checkCount, checkClassicLabelName } from '../../checks';
import { thanosCompactorDashboards } from '../../components/thanos/thanos-dashboards';
import { THANOS_COMPACTOR_JOB, thanosCompactorRules } from '../../components/thanos/thanos-compactor-rules';
import { DataStorage } from '../../kubernetes';
import { podService } from '../../kubernetes/pod-service';
import { WorkloadIdentity } from '../../kubernetes/workload-identity';
import { IMonitored, Monitoring, ObjectStorage } from '../../monitoring';
import { promDuration } from '../../units';

const KIND: ThanosKind = { construct: 'ThanosCompactor', program: 'thanos-compact', component: 'compactor' };

/** Age from which samples are downsampled, below which their retention must not be. */
const DOWNSAMPLED_AT = { raw: Duration.hours(40), fiveMinutes: Duration.days(10) };

/** Compactors by bucket, of each app. */
const compactors = new WeakMap<IConstruct, Map<string, string>>();

/**
 * Thanos Compactor: merges the blocks of a bucket, makes downsampled ones, and deletes what the retention says. A bucket has exactly one: a second of
 * the app is an error, and one of another app would damage its blocks.
 * @see https://thanos.io/tip/components/compact.md/
 */
export class ThanosCompactor extends ThanosStatefulSet implements IMonitored {
  /** Scrape job, rules and dashboard. */
  public readonly monitoring: Monitoring;
  /** The headless Service by which Prometheus finds it. */
  public readonly service: ApiObject;

  constructor(scope: Construct, id: string, props: ThanosCompactorProps) {
    super(scope, id, KIND, props, (identity, compactor) => {
      const { storage = DataStorage.volumeClaimTemplate(), objectStorage } = props;
      check(identity.where, props);
      claimBucket(compactor, identity, objectStorage);
      // A StatefulSet ends a Pod before it starts the next.
      return { replicas: 1, storage, objectStorage, claimSize: Size.gibibytes(100), program: programOf(props) };
    });
    const { _identity: identity } = this;
    this.service = podService(this, 'Service', identity, { options: props, headless: true, ports: [HTTP_PORT] });
    const job = thanosJob(identity, props, THANOS_COMPACTOR_JOB);
    this.monitoring = {
      jobs: [job], rules: thanosCompactorRules({ jobName: job.name }, props.rules), dashboards: thanosCompactorDashboards(job.name, props.rules),
    };
  }
}

/** Throws when another compactor of the app has the bucket. */
function claimBucket(compactor: IConstruct, { where, namespace }: WorkloadIdentity, { _bucket: { id } }: ObjectStorage): void {
  const { root } = compactor.node;
  const ofApp = compactors.get(root) ?? new Map<string, string>();
  compactors.set(root, ofApp);
  // Secrets and claims are of a namespace.
  const bucket = /^(secret|filesystem) /.test(id) ? `${id} in ${namespace}` : id;
  const first = ofApp.get(bucket);
  if (first !== undefined) {
    throw new Error(`${where}: the bucket has compactor '${first}' already, and two of one bucket damage its blocks; keep one of them, or give each its own 'prefix'`);
  }
  ofApp.set(bucket, where);
}

function check(where: string, props: ThanosCompactorProps): void {
  const { retention = {}, downsampling = true, mergedReplicaLabels = [], concurrency, deleteDelay } = props;
  for (const resolution of ['raw', 'fiveMinutes', 'oneHour'] as const) {
    const kept = retention[resolution];
    checkCount(kept?.toMilliseconds(), `${where}: retention.${resolution} (ms)`, 'ever');
    const least = resolution === 'oneHour' || !downsampling ? undefined : DOWNSAMPLED_AT[resolution];
    if (kept !== undefined && least !== undefined && kept.toMilliseconds() < least.toMilliseconds()) {
      throw new Error(`${where}: retention.${resolution} is ${promDuration(kept)}, and samples are downsampled from the age of ${promDuration(least)} on: Thanos does not start; keep them longer, or set 'downsampling: false'`);
    }
  }
  if (!downsampling && (retention.fiveMinutes ?? retention.oneHour) !== undefined) {
    throw new Error(`${where}: got a retention of downsampled samples with 'downsampling: false', by which there are none; leave out one of them`);
  }
  mergedReplicaLabels.forEach((label) => checkClassicLabelName(label, `${where}: mergedReplicaLabels`));
  checkCount(concurrency, `${where}: concurrency`, 'one');
  checkCount(deleteDelay?.toMilliseconds(), `${where}: deleteDelay (ms)`, '48 hours');
}

function programOf(props: ThanosCompactorProps): ThanosProgram {
  const { retention = {}, downsampling = true, mergedReplicaLabels = [], deleteDelay, concurrency = 1 } = props;
  const several = concurrency === 1 ? undefined : `${concurrency}`;
  return {
    command: 'compact',
    container: 'thanos-compact',
    servesStores: false,
    // It ends what it writes.
    gracePeriod: Duration.minutes(10),
    resources: thanosResources(100 * concurrency, 512 * concurrency, 4096 * concurrency),
    flags: thanosFlags([
      ['wait', ''],
      ['retention.resolution-raw', promDuration(retention.raw)],
      ['retention.resolution-5m', promDuration(retention.fiveMinutes)],
      ['retention.resolution-1h', promDuration(retention.oneHour)],
      ['downsampling.disable', downsampling ? undefined : ''],
      ...mergedReplicaLabels.map((label) => ['deduplication.replica-label', label] as const),
      // Replicas of a Prometheus scrape at different moments.
      ['deduplication.func', mergedReplicaLabels.length === 0 ? undefined : 'penalty'],
      ['delete-delay', promDuration(deleteDelay)],
      ['compact.concurrency', several],
      ['downsample.concurrency', several],
    ]),
  };
}
