import { Duration } from 'cdk8s';
import { checkArguments } from '../arguments';
import { PlannedPrometheus } from './planned-prometheus';
import { PrometheusBase } from './prometheus-base';
import { checkUrl, CLIENT_SECRETS } from '../checks';
import { HttpConfig, IPrometheus, MetricSelection, Relabeling, Scheme, ScrapeEndpoint, ScrapeEndpointProps, ScrapeJob, ScrapeLimits } from '../monitoring';
import { httpConfigOf } from '../monitoring/http/http-config';
import { requireSelector } from '../promql/rule';
import { urlPath } from '../text';

/** Series that are federated, and when. */
export interface FederationOptions extends ScrapeLimits {
  /**
   * The job's name, unique within a Prometheus. Federated series keep their own label `job`; `up` of the other Prometheus has this one.
   * @default federate
   */
  readonly name?: string;
  /** Selectors of the series, such as `{job="kubelet"}` or `job:requests:rate5m`: a series is taken when one of them selects it. */
  readonly match: string[];
  /**
   * Time between two scrapes.
   * @default - the Prometheus's own
   */
  readonly interval?: Duration;
  /**
   * Time after which a scrape is given up; not above the interval.
   * @default - the Prometheus's own
   */
  readonly timeout?: Duration;
  /**
   * Series to store, of those that are sent.
   * @default MetricSelection.all()
   */
  readonly metrics?: MetricSelection;
  /**
   * Changes to the labels of the targets, such as to keep one replica by `pod`. After them labels that say where the other Prometheus runs are
   * dropped.
   * @default - none
   */
  readonly relabelings?: Relabeling[];
  /**
   * Changes to the series, after `metrics`.
   * @default - none
   */
  readonly metricRelabelings?: Relabeling[];
}

/** Federation of a Prometheus that is known by its URL. */
export interface FederationUrlOptions extends FederationOptions, HttpConfig {
  /**
   * Additional labels of the target: series get those that they do not have.
   * @default - none
   */
  readonly targetLabels?: { readonly [label: string]: string };
}

/**
 * A scrape job that takes series of another Prometheus, with their labels and timestamps, and with its external labels. It is for some of them, such
 * as recorded sums; to have all in one place, write them there (`remoteWrites`).
 *
 * A series that the other one no longer has ends with the next scrape.
 * @see https://prometheus.io/docs/prometheus/latest/federation/
 */
export class FederationJob {
  /**
   * Federates a Prometheus of an app. One of this library is scraped at each of its Pods, so that all shards are, and each replica, by whose label
   * `prometheus_replica` its series differ. An `ExistingPrometheus` is scraped at its Service, by the prop `service`. Throws on an agent, which
   * answers no queries, and on a text that is not a selector.
   */
  public static fromPrometheus(prometheus: IPrometheus, options: FederationOptions): ScrapeJob {
    checkArguments('FederationJob.fromPrometheus', { prometheus, options });
    const where = `FederationJob.fromPrometheus('${prometheus.node.path}')`;
    if (prometheus instanceof PlannedPrometheus && prometheus._isAgent) {
      throw new Error(`${where}: it is an agent, which has no series to ask for; federate the store that it writes to`);
    }
    if (!(prometheus instanceof PrometheusBase)) {
      return staticJob(where, prometheus.url, { ...prometheus.httpConfig, ...options });
    }
    const { namespace, serviceName, url, httpConfig } = prometheus;
    return ScrapeJob.fromService({
      ...options,
      name: nameOf(options),
      serviceName,
      namespaces: [namespace],
      endpoints: [endpoint(where, options, { port: 'web', path: `${urlPath(url)}/federate`, ...httpConfig })],
    });
  }

  /**
   * Federates a Prometheus by its URL, with the path below which it is served, if any. Throws on a URL that is not http or https, and on a text that
   * is not a selector.
   */
  public static fromUrl(url: string, options: FederationUrlOptions): ScrapeJob {
    checkArguments('FederationJob.fromUrl', { url, options });
    return staticJob('FederationJob.fromUrl', url, options);
  }

  private constructor() {}
}

/** Labels of targets that say where the other Prometheus runs: a series that lacks one would get it. */
const OF_TARGET = ['namespace', 'service', 'pod', 'container', 'node', 'endpoint'];

function nameOf({ name = 'federate' }: FederationOptions): string {
  return name;
}

function staticJob(at: string, url: string, options: FederationUrlOptions): ScrapeJob {
  checkUrl(url, `${at}: url`, CLIENT_SECRETS);
  const { protocol, hostname, port, search } = new URL(url);
  if (search !== '') {
    throw new Error(`${at}: url '${url}' has a query; give the URL of the Prometheus alone, and selectors by 'match'`);
  }
  if (urlPath(url).endsWith('/federate')) {
    throw new Error(`${at}: url '${url}' has the path '/federate' already; give the URL of the Prometheus alone`);
  }
  const isTls = protocol === 'https:';
  return ScrapeJob.fromStaticTargets({
    ...options,
    name: nameOf(options),
    targets: [`${hostname}:${port === '' ? (isTls ? 443 : 80) : port}`],
    endpoints: [endpoint(at, options, {
      path: `${urlPath(url)}/federate`, scheme: isTls ? Scheme.HTTPS : Scheme.HTTP, ...httpConfigOf(options),
    })],
  });
}

function endpoint(at: string, options: FederationUrlOptions, more: ScrapeEndpointProps): ScrapeEndpoint {
  const { match, interval, timeout, metrics, relabelings = [], metricRelabelings, targetLabels = {} } = options;
  checkSelectors(at, match);
  return new ScrapeEndpoint({
    ...more,
    name: 'federate',
    params: { 'match[]': [...match] },
    // series are those of other targets
    honorLabels: true,
    // they come with timestamps, by which a series would last for five minutes after its end
    trackTimestampsStaleness: true,
    relabelings: [...relabelings, Relabeling.labelDrop(OF_TARGET.filter((label) => !Object.hasOwn(targetLabels, label)).join('|'))],
    interval, timeout, metrics, metricRelabelings,
  });
}

function checkSelectors(at: string, match: readonly string[]): void {
  if (match.length === 0) {
    throw new Error(`${at}: match is empty, so that nothing would be federated; name series, as by '{job="kubelet"}'`);
  }
  match.forEach((selector) => requireSelector(selector, `${at}: match`));
}
