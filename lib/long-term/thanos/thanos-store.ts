import { ApiObject, Duration, Size } from 'cdk8s';
import { IServiceAccount, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkArguments } from '../../arguments';
import { GRPC_PORT, HTTP_PORT, thanosFlags, thanosJob, thanosNames, thanosPod, ThanosProgram, thanosResources } from './thanos-pod';
import { ThanosStoreProps } from './thanos-store-props';
import { ObjectStorageMount } from '../../backend/object-storage-mount';
import { checkCount } from '../../checks';
import { thanosStoreDashboards } from '../../components/thanos/thanos-dashboards';
import { THANOS_STORE_JOB, thanosStoreRules } from '../../components/thanos/thanos-store-rules';
import { DataStorage } from '../../kubernetes';
import { apiObject } from '../../kubernetes/api-object';
import { disruptionBudget } from '../../kubernetes/availability';
import { serviceAccountOf } from '../../kubernetes/own-namespace';
import { checkPodOptions } from '../../kubernetes/pod';
import { podService } from '../../kubernetes/pod-service';
import { identityOf, metadataOf } from '../../kubernetes/workload-identity';
import { IMonitored, IThanosStore, Monitoring, ThanosEndpoint } from '../../monitoring';
import { promSize } from '../../units';

/**
 * Thanos Store: the blocks of a bucket, for Thanos Query.
 * @see https://thanos.io/tip/components/store.md/
 */
export class ThanosStore extends Construct implements IMonitored, IThanosStore {
  /** Scrape job, rules and dashboard. */
  public readonly monitoring: Monitoring;
  /** Name of the StatefulSet and its Service. */
  public readonly name: string;
  /** Namespace of the objects. */
  public readonly namespace: string;
  /** The place at which it answers, for `ThanosQuery`. */
  public readonly thanosEndpoint?: ThanosEndpoint;
  /** Service account of the Pods, whose role in a cloud may be that of the bucket; it hands out no token. */
  public readonly serviceAccount: IServiceAccount;
  /** The StatefulSet. */
  public readonly workload: ApiObject;
  /** The headless Service by which Thanos Query finds the replicas. */
  public readonly service: ApiObject;
  /** The ConfigMap with the bucket, where its configuration is no Secret. */
  public readonly objectStorageConfigMap?: ApiObject;
  /** The PodDisruptionBudget, with several replicas. */
  public readonly disruptionBudget?: ApiObject;

  constructor(scope: Construct, id: string, props: ThanosStoreProps) {
    super(scope, id);
    checkArguments('ThanosStore', { props }, this.node.path);
    const identity = identityOf(this, props, 'thanos-store', 'store-gateway');
    const { where, name, namespace } = identity;
    [this.name, this.namespace] = [name, namespace];
    const { replicas = 1, storage = DataStorage.emptyDir() } = props;
    checkCount(replicas, `${where}: replicas`, 'one');
    storage._checkReplicas(where, replicas);
    storage._claimFolder(this, identity, 'thanos');
    this.thanosEndpoint = { namespace, serviceName: name, replicaLabels: [] };
    const bucket = new ObjectStorageMount(this, 'ObjectStorage', identity, props.objectStorage);
    this.objectStorageConfigMap = bucket.configMap;
    this.serviceAccount = serviceAccountOf(this, props, identity);
    const program = programOf(props, storage, bucket);
    checkPodOptions(identity, props, { names: thanosNames(program) });
    props.updateStrategy?._check(where, 'StatefulSet');
    this.workload = apiObject(this, 'Resource', k8s.KubeStatefulSet, {
      metadata: metadataOf(identity),
      spec: {
        replicas,
        selector: { matchLabels: identity.selector },
        serviceName: name,
        podManagementPolicy: 'Parallel',
        updateStrategy: props.updateStrategy?._statefulSet,
        template: thanosPod(identity, props, program, { serviceAccountName: this.serviceAccount.name, replicas }),
        ...storage._claims('data', Size.gibibytes(10)),
      },
    });
    this.service = podService(this, 'Service', identity, { options: props, headless: true, ports: [GRPC_PORT, HTTP_PORT] });
    this.disruptionBudget = disruptionBudget(this, identity, replicas, props.maxUnavailable);
    const job = thanosJob(identity, props, THANOS_STORE_JOB);
    const rules = thanosStoreRules({ jobName: job.name }, props.rules);
    this.monitoring = { jobs: [job], rules, dashboards: thanosStoreDashboards(job.name, props.rules) };
  }
}

function mebibytes(size: Size): number {
  return Math.ceil(size.toKibibytes() / 1024);
}

function programOf({ indexCacheSize, chunkPoolSize }: ThanosStoreProps, storage: DataStorage, bucket: ObjectStorageMount): ThanosProgram {
  const cache = mebibytes(indexCacheSize ?? Size.mebibytes(250));
  return {
    command: 'store',
    container: 'thanos-store',
    servesStores: true,
    bucket,
    storage,
    // It reads the headers of all indexes before it is ready.
    startup: Duration.minutes(30),
    gracePeriod: Duration.minutes(3),
    resources: thanosResources(100, 256 + cache, 512 + cache + mebibytes(chunkPoolSize ?? Size.gibibytes(2))),
    flags: thanosFlags([['index-cache-size', promSize(indexCacheSize)], ['chunk-pool-size', promSize(chunkPoolSize)]]),
  };
}
