import { ApiObject } from 'cdk8s';
import { IServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkArguments } from '../../arguments';
import { ThanosCache } from './thanos-cache';
import { thanosDataSource, thanosDeployment } from './thanos-deployment';
import { thanosFlags, thanosJob, ThanosProgram, thanosResources } from './thanos-pod';
import { ThanosQueryFrontendProps } from './thanos-query-frontend-props';
import { THANOS_HTTP_PORT } from '../../backend/thanos-images';
import { checkAmount, checkCount, checkPositive } from '../../checks';
import { thanosQueryFrontendDashboards } from '../../components/thanos/thanos-dashboards';
import { THANOS_QUERY_FRONTEND_JOB, thanosQueryFrontendRules } from '../../components/thanos/thanos-query-frontend-rules';
import { DataSource, DataSourceOptions } from '../../grafana';
import { disruptionBudget } from '../../kubernetes/availability';
import { identityOf } from '../../kubernetes/workload-identity';
import { IMonitored, Monitoring } from '../../monitoring';
import { goDuration } from '../../units';
import { yamlText } from '../../yaml';

/**
 * Thanos Query Frontend: answers what Thanos Query answers, from a cache where it can. A range query is divided into one for each day: those of the
 * past come out of the cache, all replicas of Thanos Query work on the others at once, and one that fails is tried again.
 *
 * It asks for no password: anyone who reaches its port can read all samples.
 * @see https://thanos.io/tip/components/query-frontend.md/
 */
export class ThanosQueryFrontend extends Construct implements IMonitored {
  /** Scrape job, rules and dashboard. */
  public readonly monitoring: Monitoring;
  /** Name of the Deployment and its Service. */
  public readonly name: string;
  /** Namespace of the objects. */
  public readonly namespace: string;
  /** URL within the cluster, of the web page of Thanos Query and of PromQL's API. */
  public readonly url: string;
  /** Service account of the Pods; it has no rights and hands out no token. */
  public readonly serviceAccount: IServiceAccount;
  /** The Deployment. */
  public readonly workload: ApiObject;
  /** The Service of the web server. */
  public readonly service: ApiObject;
  /** The Ingress, where the exposure is one. */
  public readonly ingress?: ApiObject;
  /** The HTTPRoute, where the exposure is one. */
  public readonly httpRoute?: ApiObject;
  /** The PodDisruptionBudget, with several replicas. */
  public readonly disruptionBudget?: ApiObject;

  constructor(scope: Construct, id: string, props: ThanosQueryFrontendProps) {
    super(scope, id);
    checkArguments('ThanosQueryFrontend', { props }, this.node.path);
    const identity = identityOf(this, props, 'thanos-query-frontend', 'query-cache');
    const { where, name, namespace } = identity;
    [this.name, this.namespace] = [name, namespace];
    const { cache = ThanosCache.inMemory(), replicas = 1 } = props;
    check(where, props);
    this.url = `http://${name}.${namespace}.svc:${THANOS_HTTP_PORT}`;
    const made = thanosDeployment(this, identity, props, () => programOf(props, cache));
    [this.serviceAccount, this.workload] = [made.serviceAccount, made.workload];
    [this.service, this.ingress, this.httpRoute] = [made.service, made.ingress, made.httpRoute];
    this.disruptionBudget = disruptionBudget(this, identity, replicas, props.maxUnavailable);
    const job = thanosJob(identity, props, THANOS_QUERY_FRONTEND_JOB);
    const rules = thanosQueryFrontendRules({ jobName: job.name, hasCacheServers: cache._isRemote }, props.rules);
    this.monitoring = { jobs: [job], rules, dashboards: thanosQueryFrontendDashboards(job.name, props.rules) };
  }

  /** A data source of all samples, for `addDataSource()` of a Grafana in the place of that of Query: named `Thanos`, of type `prometheus`. */
  public dataSource(options: DataSourceOptions = {}): DataSource {
    checkArguments('ThanosQueryFrontend.dataSource', { options }, this.node.path);
    return thanosDataSource(this.url, options);
  }
}

function check(where: string, props: ThanosQueryFrontendProps): void {
  const { replicas, splitInterval, maxParallelism, maxRetries, maxQueryLength, slowQueryLog } = props;
  checkCount(replicas, `${where}: replicas`, 'one');
  checkPositive(splitInterval, `${where}: splitInterval`, 'leave it out for a day');
  checkCount(maxParallelism, `${where}: maxParallelism`, '14');
  checkAmount(maxRetries, `${where}: maxRetries`);
  checkPositive(maxQueryLength, `${where}: maxQueryLength`, 'leave it out for no limit');
  checkPositive(slowQueryLog, `${where}: slowQueryLog`, 'leave it out for no log of queries');
}

function programOf(props: ThanosQueryFrontendProps, cache: ThanosCache): ThanosProgram {
  const { query, splitInterval, maxParallelism, maxRetries, maxQueryLength, slowQueryLog } = props;
  const [retries, parallelism] = [maxRetries?.toString(), maxParallelism?.toString()];
  return {
    command: 'query-frontend',
    container: 'thanos-query-frontend',
    servesStores: false,
    // It is ready when Thanos Query is, and a restart brings that no nearer.
    startedPage: 'healthy',
    gracePeriod: query._gracePeriod,
    resources: thanosResources(100, 128 + cache._mebibytes, 768 + 2 * cache._mebibytes),
    flags: thanosFlags([
      ['query-frontend.downstream-url', query.url],
      // Of one host two connections would be kept.
      ['query-frontend.downstream-tripper-config', yamlText({ max_idle_conns_per_host: 100 })],
      ['query-range.response-cache-config', cache._config('ranges')],
      ['labels.response-cache-config', cache._config('labels')],
      ['cache-compression-type', cache._config('ranges') === undefined ? undefined : 'snappy'],
      ['query-range.split-interval', goDuration(splitInterval)],
      ['query-range.max-query-length', goDuration(maxQueryLength)],
      ['query-range.max-query-parallelism', parallelism],
      ['query.max-retries-per-request', retries],
      ['query-range.max-retries-per-request', retries],
      ['labels.max-retries-per-request', retries],
      // Unless it is said here, what it asks for may lack samples, whatever Thanos Query does by itself.
      ...(query._partialResponse ? [] : [['no-query-range.partial-response', ''], ['no-labels.partial-response', '']] as const),
      ['query-frontend.log-queries-longer-than', goDuration(slowQueryLog)],
    ]),
  };
}
