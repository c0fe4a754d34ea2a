import { ApiObject, Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { GRPC_PORT, HTTP_PORT, thanosFlags, thanosJob, ThanosProgram, thanosResources } from './thanos-pod';
import { ThanosStoreProps } from './thanos-store-props';
import { ThanosKind, ThanosStatefulSet } from './thanos-stateful-set';
import { checkCount } from '../../checks';
import { thanosStoreDashboards } from '../../components/thanos/thanos-dashboards';
import { THANOS_STORE_JOB, thanosStoreRules } from '../../components/thanos/thanos-store-rules';
import { DataStorage } from '../../kubernetes';
import { disruptionBudget } from '../../kubernetes/availability';
import { podService } from '../../kubernetes/pod-service';
import { IMonitored, IThanosStore, Monitoring, ThanosEndpoint } from '../../monitoring';
import { promSize } from '../../units';

const KIND: ThanosKind = { construct: 'ThanosStore', program: 'thanos-store', component: 'store-gateway' };

/**
 * Thanos Store: the blocks of a bucket, for Thanos Query.
 * @see https://thanos.io/tip/components/store.md/
 */
export class ThanosStore extends ThanosStatefulSet implements IMonitored, IThanosStore {
  /** Scrape job, rules and dashboard. */
  public readonly monitoring: Monitoring;
  /** The place at which it answers, for `ThanosQuery`. */
  public readonly thanosEndpoint?: ThanosEndpoint;
  /** The headless Service by which Thanos Query finds the replicas. */
  public readonly service: ApiObject;
  /** The PodDisruptionBudget, with several replicas. */
  public readonly disruptionBudget?: ApiObject;

  constructor(scope: Construct, id: string, props: ThanosStoreProps) {
    super(scope, id, KIND, props, ({ where }) => {
      const { replicas = 1, storage = DataStorage.emptyDir(), objectStorage } = props;
      checkCount(replicas, `${where}: replicas`, 'one');
      return { replicas, storage, objectStorage, claimSize: Size.gibibytes(10), podManagementPolicy: 'Parallel', program: programOf(props) };
    });
    const { _identity: identity, name, namespace } = this;
    this.thanosEndpoint = { namespace, serviceName: name, replicaLabels: [] };
    this.service = podService(this, 'Service', identity, { options: props, headless: true, ports: [GRPC_PORT, HTTP_PORT] });
    this.disruptionBudget = disruptionBudget(this, identity, props.replicas ?? 1, props.maxUnavailable);
    const job = thanosJob(identity, props, THANOS_STORE_JOB);
    const rules = thanosStoreRules({ jobName: job.name }, props.rules);
    this.monitoring = { jobs: [job], rules, dashboards: thanosStoreDashboards(job.name, props.rules) };
  }
}

function mebibytes(size: Size): number {
  return Math.ceil(size.toKibibytes() / 1024);
}

function programOf({ indexCacheSize, chunkPoolSize }: ThanosStoreProps): ThanosProgram {
  const cache = mebibytes(indexCacheSize ?? Size.mebibytes(250));
  return {
    command: 'store',
    container: 'thanos-store',
    servesStores: true,
    // It reads the headers of all indexes before it is ready.
    startup: Duration.minutes(30),
    gracePeriod: Duration.minutes(3),
    resources: thanosResources(100, 256 + cache, 512 + cache + mebibytes(chunkPoolSize ?? Size.gibibytes(2))),
    flags: thanosFlags([['index-cache-size', promSize(indexCacheSize)], ['chunk-pool-size', promSize(chunkPoolSize)]]),
  };
}
