import { ApiObject, Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { GRPC_PORT, HTTP_PORT, thanosFlags, thanosJob, ThanosProgram, thanosResources } from './thanos-pod';
import { ThanosReceiveProps } from './thanos-receive-props';
import { ThanosKind, ThanosStatefulSet } from './thanos-stateful-set';
import { checkCount, checkNotEmpty } from '../../checks';
import { thanosReceiveDashboards } from '../../components/thanos/thanos-dashboards';
import { THANOS_RECEIVE_JOB, thanosReceiveRules } from '../../components/thanos/thanos-receive-rules';
import { DataStorage } from '../../kubernetes';
import { disruptionBudget } from '../../kubernetes/availability';
import { podService } from '../../kubernetes/pod-service';
import { WorkloadIdentity } from '../../kubernetes/workload-identity';
import { IMonitored, IThanosStore, Monitoring, RemoteWrite, ThanosEndpoint } from '../../monitoring';
import { promDuration } from '../../units';

const KIND: ThanosKind = { construct: 'ThanosReceive', program: 'thanos-receive', component: 'receiver' };

/** Port of remote writes. */
const WRITE_PORT = { name: 'remote-write', port: 19291 };
/** Label by which copies of a sample on several replicas differ. */
const REPLICA_LABEL = 'receive_replica';
const SHORTEST_UPLOADED_RETENTION = Duration.hours(6);

/**
 * Thanos Receive: stores what Prometheus writes to it, such as agents and Prometheus of clusters that nothing can reach, for Thanos Query. Series are
 * spread over the replicas.
 *
 * It asks for no password: anyone who reaches its port can write.
 * @see https://thanos.io/tip/components/receive.md/
 */
export class ThanosReceive extends ThanosStatefulSet implements IMonitored, IThanosStore {
  /** Scrape job, rules and dashboard. */
  public readonly monitoring: Monitoring;
  /** URL within the cluster, for `RemoteWrite.thanosReceive` with other options. */
  public readonly url: string;
  /** A remote write to it, for `addRemoteWrite()`; `RemoteWrite.thanosReceive` makes one with a tenant. */
  public readonly remoteWrite: RemoteWrite;
  /** The place at which it answers, for `ThanosQuery`. */
  public readonly thanosEndpoint?: ThanosEndpoint;
  /** The Service of remote writes. */
  public readonly service: ApiObject;
  /** The headless Service by which the replicas, and Thanos Query, find the replicas. */
  public readonly headlessService: ApiObject;
  /** The PodDisruptionBudget, with several replicas. */
  public readonly disruptionBudget?: ApiObject;

  constructor(scope: Construct, id: string, props: ThanosReceiveProps = {}) {
    super(scope, id, KIND, props, (identity) => {
      const { replicas = 1, storage = DataStorage.volumeClaimTemplate(), objectStorage } = props;
      check(identity.where, replicas, props);
      return {
        replicas, storage, objectStorage,
        claimSize: Size.gibibytes(50),
        serviceName: `${identity.name}-replicas`,
        podManagementPolicy: 'Parallel',
        program: programOf(identity, props, replicas),
      };
    });
    const { _identity: identity, name, namespace } = this;
    this.url = `http://${name}.${namespace}.svc:${WRITE_PORT.port}`;
    this.remoteWrite = RemoteWrite.thanosReceive(this.url, { name });
    this.thanosEndpoint = { namespace, serviceName: `${name}-replicas`, replicaLabels: [REPLICA_LABEL] };
    this.headlessService = podService(this, 'Replicas', identity, { suffix: '-replicas', headless: true, withNotReady: true, ports: [GRPC_PORT, HTTP_PORT] });
    this.service = podService(this, 'Service', identity, { options: props, ports: [WRITE_PORT] });
    this.disruptionBudget = disruptionBudget(this, identity, props.replicas ?? 1, props.maxUnavailable);
    const job = thanosJob(identity, props, THANOS_RECEIVE_JOB);
    const rules = thanosReceiveRules({ jobName: job.name, uploads: props.objectStorage !== undefined }, props.rules);
    this.monitoring = { jobs: [job], rules, dashboards: thanosReceiveDashboards(job.name, props.rules) };
  }
}

function check(where: string, replicas: number, props: ThanosReceiveProps): void {
  const { replicationFactor = 1, retention, objectStorage, defaultTenant, outOfOrderTimeWindow } = props;
  checkCount(replicas, `${where}: replicas`, 'one');
  checkCount(replicationFactor, `${where}: replicationFactor`, 'one');
  checkCount(retention?.toMilliseconds(), `${where}: retention (ms)`, '15 days');
  checkCount(outOfOrderTimeWindow?.toMilliseconds(), `${where}: outOfOrderTimeWindow (ms)`, 'none');
  if (replicationFactor > replicas) {
    throw new Error(`${where}: 'replicationFactor' is ${replicationFactor}, and there ${replicas === 1 ? 'is 1 replica' : `are ${replicas} replicas`}, so that every write would fail; raise 'replicas', or lower it`);
  }
  if (objectStorage !== undefined && retention !== undefined && retention.toMilliseconds() < SHORTEST_UPLOADED_RETENTION.toMilliseconds()) {
    throw new Error(`${where}: 'retention' is ${promDuration(retention)}, and a block is uploaded every two hours: if the bucket is away, blocks are lost; keep at least ${promDuration(SHORTEST_UPLOADED_RETENTION)}`);
  }
  if (defaultTenant !== undefined) {
    checkNotEmpty(defaultTenant, `${where}: defaultTenant`, "leave it out for 'default-tenant'");
  }
}

function programOf({ name, namespace }: WorkloadIdentity, props: ThanosReceiveProps, replicas: number): ThanosProgram {
  const { replicationFactor = 1, retention, defaultTenant, outOfOrderTimeWindow } = props;
  const endpoint = (pod: string) => `${pod}.${name}-replicas.${namespace}.svc:${GRPC_PORT.port}`;
  const endpoints = Array.from({ length: replicas }, (_, i) => endpoint(`${name}-${i}`));
  return {
    command: 'receive',
    container: 'thanos-receive',
    servesStores: true,
    ports: [WRITE_PORT],
    dataFlag: 'tsdb.path',
    // It replays its write-ahead log.
    startup: Duration.minutes(15),
    gracePeriod: Duration.minutes(10),
    resources: thanosResources(200, 1024, 4096),
    env: [{ name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
    flags: thanosFlags([
      ['remote-write.address', `:${WRITE_PORT.port}`],
      ['label', `receive="${namespace}/${name}"`],
      ['label', `${REPLICA_LABEL}="$(POD_NAME)"`],
      ['receive.hashrings', JSON.stringify([{ hashring: 'default', endpoints }])],
      ['receive.hashrings-algorithm', 'ketama'],
      ['receive.local-endpoint', endpoint('$(POD_NAME)')],
      ['receive.replication-factor', replicationFactor === 1 ? undefined : `${replicationFactor}`],
      ['receive.default-tenant-id', defaultTenant],
      ['tsdb.retention', promDuration(retention)],
      ['tsdb.out-of-order.time-window', promDuration(outOfOrderTimeWindow)],
    ]),
  };
}
