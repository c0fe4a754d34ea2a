import { ApiObject, Duration } from 'cdk8s';
import { IServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { KIND } from '../../kubernetes/kinds';
import { checkArguments } from '../../arguments';
import { GRPC_PORT, HTTP_PORT, thanosFlags, thanosJob, thanosNames, thanosPod, ThanosProgram, thanosResources } from './thanos-pod';
import { ThanosQueryProps } from './thanos-query-props';
import { THANOS_HTTP_PORT } from '../../backend/thanos-images';
import { checkCount, checkClassicLabelName, checkPositive } from '../../checks';
import { thanosQueryDashboards } from '../../components/thanos/thanos-dashboards';
import { THANOS_QUERY_JOB, thanosQueryRules } from '../../components/thanos/thanos-query-rules';
import { DataSource, DataSourceOptions } from '../../grafana';
import { apiObject, lazily } from '../../kubernetes/api-object';
import { disruptionBudget } from '../../kubernetes/availability';
import { exposedService } from '../../kubernetes/exposed-service';
import { serviceAccountOf } from '../../kubernetes/own-namespace';
import { checkPodOptions } from '../../kubernetes/pod';
import { podService } from '../../kubernetes/pod-service';
import { identityOf, metadataOf, WorkloadIdentity } from '../../kubernetes/workload-identity';
import { IMonitored, IThanosStore, Monitoring, ThanosEndpoint } from '../../monitoring';
import { goDuration } from '../../units';
import { yamlText } from '../../yaml';

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
  private readonly endpoints: ThanosEndpoint[] = [];
  private readonly replicaLabels: string[];

  constructor(scope: Construct, id: string, props: ThanosQueryProps) {
    super(scope, id);
    checkArguments('ThanosQuery', { props }, this.node.path);
    const identity = identityOf(this, props, 'thanos-query', 'query-layer');
    const { where, name, namespace } = identity;
    [this.name, this.namespace] = [name, namespace];
    const { replicas = 1, addresses = [], replicaLabels = [] } = props;
    this.check(where, props);
    this.replicaLabels = [...replicaLabels];
    props.stores.forEach((store) => this.addStore(store));
    this.url = `http://${name}.${namespace}.svc:${THANOS_HTTP_PORT}`;
    this.thanosEndpoint = { namespace, serviceName: `${name}-grpc`, replicaLabels: [] };
    this.serviceAccount = serviceAccountOf(this, props, identity);
    checkPodOptions(identity, props, { names: thanosNames(this.program(props, addresses)) });
    props.updateStrategy?._check(where, 'Deployment');
    const template = () => thanosPod(identity, props, this.program(props, addresses), { serviceAccountName: this.serviceAccount.name, replicas });
    template();
    this.workload = apiObject(this, 'Resource', KIND.Deployment, {
      metadata: metadataOf(identity),
      spec: lazily(() => ({
        replicas,
        selector: { matchLabels: identity.selector },
        strategy: props.updateStrategy?._deployment,
        template: template(),
        revisionHistoryLimit: 10,
      })),
    });
    const exposed = exposedService(this, identity, HTTP_PORT, props);
    [this.service, this.ingress, this.httpRoute] = [exposed.service, exposed.ingress, exposed.httpRoute];
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
    this.endpoints.push(endpoint);
    return store;
  }

  /** A data source of all samples, for `addDataSource()` of a Grafana: named `Thanos`, of type `prometheus`. */
  public dataSource(options: DataSourceOptions = {}): DataSource {
    checkArguments('ThanosQuery.dataSource', { options }, this.node.path);
    return DataSource.of({
      ...options,
      name: options.name ?? 'Thanos',
      type: 'prometheus',
      url: this.url,
      jsonData: { httpMethod: 'POST', prometheusType: 'Thanos', ...options.jsonData },
    });
  }

  private check(where: string, { stores, addresses = [], replicaLabels = [], queryTimeout, maxConcurrent, replicas }: ThanosQueryProps): void {
    if (stores.length === 0 && addresses.length === 0) {
      throw new Error(`${where}: got no 'stores' and no 'addresses', so there is nothing to ask; name a Prometheus with the prop 'thanos'`);
    }
    addresses.forEach((address) => {
      if (!/^(dns\+|dnssrv\+|dnssrvnoa\+)?[A-Za-z0-9_[]\S*$/.test(address) || /:\/\//.test(address) || !/\+|:\d+$/.test(address)) {
        throw new Error(`${where}: addresses: '${address}' is not the address of a store; write it as 'thanos.example.com:10901' or 'dnssrv+_grpc._tcp.thanos.example.com'`);
      }
    });
    replicaLabels.forEach((label) => checkClassicLabelName(label, `${where}: replicaLabels`));
    checkPositive(queryTimeout, `${where}: queryTimeout`, 'leave it out for two minutes');
    checkCount(maxConcurrent, `${where}: maxConcurrent`, '20');
    checkCount(replicas, `${where}: replicas`, 'one');
  }

  private program(props: ThanosQueryProps, addresses: readonly string[]): ThanosProgram {
    const { queryTimeout, maxConcurrent, partialResponse = true, autoDownsampling = true } = props;
    const found = this.endpoints.map(({ serviceName, namespace }) => `dnssrv+_grpc._tcp.${serviceName}.${namespace}.svc`);
    const labels = [...new Set([...this.endpoints.flatMap(({ replicaLabels }) => replicaLabels), ...this.replicaLabels])];
    return {
      command: 'query',
      container: 'thanos-query',
      servesStores: true,
      resources: thanosResources(100, 256, 2048),
      gracePeriod: Duration.minutes(3),
      flags: thanosFlags([
        // Older flags for addresses are going to be removed.
        ['endpoint.sd-config', yamlText({ endpoints: [...found, ...addresses].map((address) => ({ address })) })],
        ...labels.map((label) => ['query.replica-label', label] as const),
        [partialResponse ? 'query.partial-response' : 'no-query.partial-response', ''],
        ['query.auto-downsampling', autoDownsampling ? '' : undefined],
        ['query.timeout', goDuration(queryTimeout)],
        ['query.max-concurrent', maxConcurrent?.toString()],
      ]),
    };
  }

  private ownMonitoring(identity: WorkloadIdentity, props: ThanosQueryProps): Monitoring {
    const job = thanosJob(identity, props, THANOS_QUERY_JOB);
    return { jobs: [job], rules: thanosQueryRules({ jobName: job.name }, props.rules), dashboards: thanosQueryDashboards(job.name, props.rules) };
  }
}
