import { ApiObject, Duration } from 'cdk8s';
import { IServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkArguments } from '../../arguments';
import { checkThanosAddresses, hostOfAddress } from './thanos-addresses';
import { thanosDataSource, thanosDeployment } from './thanos-deployment';
import { GRPC_PORT, thanosEndpoint, thanosFlags, thanosJob, ThanosProgram, thanosResources, thanosTls } from './thanos-pod';
import { ThanosQueryProps } from './thanos-query-props';
import { THANOS_HTTP_PORT, thanosImage } from '../../backend/thanos-images';
import { ThanosTlsMount } from '../../backend/thanos-tls-mount';
import { checkCount, checkClassicLabelName, checkPositive } from '../../checks';
import { thanosQueryDashboards } from '../../components/thanos/thanos-dashboards';
import { THANOS_QUERY_JOB, thanosQueryRules } from '../../components/thanos/thanos-query-rules';
import { DataSource, DataSourceOptions } from '../../grafana';
import { disruptionBudget } from '../../kubernetes/availability';
import { atLeast } from '../../kubernetes/images';
import { podService } from '../../kubernetes/pod-service';
import { identityOf, WorkloadIdentity } from '../../kubernetes/workload-identity';
import { IMonitored, IThanosStore, Monitoring, ThanosEndpoint } from '../../monitoring';
import { goDuration } from '../../units';
import { yamlText } from '../../yaml';

/** First version with settings of a client for each of the stores. */
const TLS_SINCE = '0.42';

/**
 * Thanos Query: PromQL over the samples of all Prometheus, buckets and receivers that it is given. Equal series of replicas are one, so that an
 * answer has no gap where one of them was away.
 *
 * It asks for no password: anyone who reaches its port can read all samples.
 * @see https://thanos.io/tip/components/query.md/
 */
export class ThanosQuery extends Construct implements IMonitored, IThanosStore {
  /** Scrape job, rules and dashboard. */
  public readonly monitoring: Monitoring;
  /** Name of the Deployment and its Service. */
  public readonly name: string;
  /** Namespace of the objects. */
  public readonly namespace: string;
  /** URL within the cluster, of the web page and of PromQL's API. */
  public readonly url: string;
  /** The place at which it answers as a store of another. */
  public readonly thanosEndpoint?: ThanosEndpoint;
  /** Service account of the Pods; it has no rights and hands out no token. */
  public readonly serviceAccount: IServiceAccount;
  /** The Deployment. */
  public readonly workload: ApiObject;
  /** The Service of the web server. */
  public readonly service: ApiObject;
  /** The headless Service of the StoreAPI. */
  public readonly grpcService: ApiObject;
  /** The Ingress, where the exposure is one. */
  public readonly ingress?: ApiObject;
  /** The HTTPRoute, where the exposure is one. */
  public readonly httpRoute?: ApiObject;
  /** The PodDisruptionBudget, with several replicas. */
  public readonly disruptionBudget?: ApiObject;
  /** Whether an answer may lack the samples of stores that fail. @internal */
  public readonly _partialResponse: boolean;
  /** Time in which queries end before a Pod does. @internal */
  public readonly _gracePeriod = Duration.minutes(3);
  private readonly endpoints: ThanosEndpoint[] = [];
  private readonly replicaLabels: string[];
  private readonly tls?: ThanosTlsMount;

  constructor(scope: Construct, id: string, props: ThanosQueryProps) {
    super(scope, id);
    checkArguments('ThanosQuery', { props }, this.node.path);
    const identity = identityOf(this, props, 'thanos-query', 'query-layer');
    const { where, name, namespace } = identity;
    const { replicas = 1, addresses = [], replicaLabels = [], partialResponse = true } = props;
    [this.name, this.namespace, this._partialResponse] = [name, namespace, partialResponse];
    this.check(where, props);
    this.replicaLabels = [...replicaLabels];
    this.tls = thanosTls(identity, props);
    props.stores.forEach((store) => this.addStore(store));
    this.url = `http://${name}.${namespace}.svc:${THANOS_HTTP_PORT}`;
    this.thanosEndpoint = thanosEndpoint(identity, `${name}-grpc`, props);
    const made = thanosDeployment(this, identity, props, () => this.program(props, addresses));
    [this.serviceAccount, this.workload] = [made.serviceAccount, made.workload];
    [this.service, this.ingress, this.httpRoute] = [made.service, made.ingress, made.httpRoute];
    this.grpcService = podService(this, 'Grpc', identity, { suffix: '-grpc', headless: true, ports: [GRPC_PORT] });
    this.disruptionBudget = disruptionBudget(this, identity, replicas, props.maxUnavailable);
    this.monitoring = this.ownMonitoring(identity, props);
  }

  /** Asks one more store. Throws when it has no sidecar of Thanos, or is asked already. */
  public addStore(store: IThanosStore): IThanosStore {
    checkArguments('ThanosQuery.addStore', { store }, this.node.path);
    const { thanosEndpoint: endpoint } = store;
    const where = `${this.node.path}: '${store.node.path}'`;
    if (endpoint === undefined) {
      throw new Error(`${where} has no sidecar of Thanos; give it the prop 'thanos', as in { thanos: {} }, or name the Service of its sidecars by 'addresses'`);
    }
    if (this.endpoints.some(({ namespace, serviceName }) => namespace === endpoint.namespace && serviceName === endpoint.serviceName)) {
      throw new Error(`${where} is asked already; name it once`);
    }
    if (endpoint.tlsServerName !== undefined && this.tls === undefined) {
      throw new Error(`${where} answers clients with a certificate alone; give '${this.node.path}' the prop 'tls', with one of the same authority`);
    }
    if (endpoint.tlsServerName === undefined && this.tls !== undefined) {
      throw new Error(`${where} answers without TLS, and '${this.node.path}' has the prop 'tls'; give it one too, of a Prometheus within 'thanos', so that nothing is read in clear`);
    }
    this.endpoints.push(endpoint);
    return store;
  }

  /** A data source of all samples, for `addDataSource()` of a Grafana: named `Thanos`, of type `prometheus`. */
  public dataSource(options: DataSourceOptions = {}): DataSource {
    checkArguments('ThanosQuery.dataSource', { options }, this.node.path);
    return thanosDataSource(this.url, options);
  }

  private check(where: string, props: ThanosQueryProps): void {
    const { stores, addresses = [], replicaLabels = [], queryTimeout, maxConcurrent, replicas, tls } = props;
    const { image, version } = thanosImage(where, props);
    if (tls !== undefined && !atLeast(version, TLS_SINCE)) {
      throw new Error(`${where}: got 'tls' with image '${image}', and Thanos has TLS settings of single stores from ${TLS_SINCE} on; choose a newer image`);
    }
    if (stores.length === 0 && addresses.length === 0) {
      throw new Error(`${where}: got no 'stores' and no 'addresses', so there is nothing to ask; name a Prometheus with the prop 'thanos'`);
    }
    checkThanosAddresses(`${where}: addresses`, addresses, 'a store', { host: 'thanos.example.com:10901', service: '_grpc._tcp.thanos.example.com' });
    replicaLabels.forEach((label) => checkClassicLabelName(label, `${where}: replicaLabels`));
    checkPositive(queryTimeout, `${where}: queryTimeout`, 'leave it out for two minutes');
    checkCount(maxConcurrent, `${where}: maxConcurrent`, '20');
    checkCount(replicas, `${where}: replicas`, 'one');
  }

  private program(props: ThanosQueryProps, addresses: readonly string[]): ThanosProgram {
    const { queryTimeout, maxConcurrent, autoDownsampling = true } = props;
    const labels = [...new Set([...this.endpoints.flatMap(({ replicaLabels }) => replicaLabels), ...this.replicaLabels])];
    return {
      command: 'query',
      container: 'thanos-query',
      servesStores: true,
      tls: this.tls,
      resources: thanosResources(100, 256, 2048),
      gracePeriod: this._gracePeriod,
      flags: thanosFlags([
        // Older flags for addresses are going to be removed.
        ['endpoint.sd-config', yamlText({ endpoints: this.endpointsOf(addresses) })],
        ...labels.map((label) => ['query.replica-label', label] as const),
        [this._partialResponse ? 'query.partial-response' : 'no-query.partial-response', ''],
        ['query.auto-downsampling', autoDownsampling ? '' : undefined],
        ['query.timeout', goDuration(queryTimeout)],
        ['query.max-concurrent', maxConcurrent?.toString()],
      ]),
    };
  }

  /** What is asked, and how, as Thanos is told. */
  private endpointsOf(addresses: readonly string[]): object[] {
    const { tls, endpoints } = this;
    const client = (serverName: string | undefined) => (tls === undefined ? {} : { client_config: tls.client(serverName) });
    return [
      ...endpoints.map(({ serviceName, namespace, tlsServerName }) => ({
        address: `dnssrv+_grpc._tcp.${serviceName}.${namespace}.svc`, ...client(tlsServerName),
      })),
      ...addresses.map((address) => ({ address, ...client(hostOfAddress(address)) })),
    ];
  }

  private ownMonitoring(identity: WorkloadIdentity, props: ThanosQueryProps): Monitoring {
    const job = thanosJob(identity, props, THANOS_QUERY_JOB);
    return { jobs: [job], rules: thanosQueryRules({ jobName: job.name }, props.rules), dashboards: thanosQueryDashboards(job.name, props.rules) };
  }
}
