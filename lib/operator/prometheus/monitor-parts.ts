import { Size } from 'cdk8s';
import { CrdKind, crdSettings } from './crd-settings';
import { Credentials } from './credentials';
import { Plain, spelled } from '../crd-spec';
import { MonitorNames } from './monitor-names';
import { CrdRelabeling, crdRelabelings, crdStep } from './relabelings';
import { ScrapeClasses } from './scrape-classes';
import type { PodMonitorSpec, PodMonitorSpecPodMetricsEndpoints } from '../../../imports/pod-monitor';
import { keepAll, labelled, set, Step } from '../../backend/relabel-steps';
import { Scheme, ScrapeEndpoint, ScrapeJob } from '../../monitoring';
import { promDuration } from '../../units';

/** Fields of an HTTP client that all kinds of monitors have. */
export type ClientSpec = Pick<Plain<PodMonitorSpecPodMetricsEndpoints>, 'authorization' | 'basicAuth' | 'oauth2' | 'tlsConfig' | 'proxyUrl' | 'noProxy' | 'proxyFromEnvironment' | 'enableHttp2'>;

/** What every kind of monitor is made with. */
export interface MonitorContext {
  /** Path of the construct, for messages. */
  readonly where: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels: { [label: string]: string };
  readonly shards: number;
  readonly names: MonitorNames;
  readonly credentials: Credentials;
  readonly classes: ScrapeClasses;
}

/** Endpoints of a job that one resource can hold, because they agree on what it says for all of them. */
export interface EndpointGroup {
  readonly endpoints: readonly ScrapeEndpoint[];
  readonly scrapeClass?: string;
}

/** The endpoints of a job by what a resource says once. */
export function endpointGroups(job: ScrapeJob, classes: ScrapeClasses): EndpointGroup[] {
  const groups = new Map<string, { endpoints: ScrapeEndpoint[]; scrapeClass?: string }>();
  job.endpoints.forEach((endpoint) => {
    const scrapeClass = classes.classOf(endpoint._client);
    const key = JSON.stringify([scrapeClass, endpoint.fallbackProtocol, endpoint.nativeHistograms]);
    const group = groups.get(key) ?? { endpoints: [], scrapeClass };
    group.endpoints.push(endpoint);
    groups.set(key, group);
  });
  return [...groups.values()];
}

/** What a resource says once of all its endpoints. */
export function groupSpec(job: ScrapeJob, { endpoints: [first], scrapeClass }: EndpointGroup): Omit<Plain<PodMonitorSpec>, 'selector'> {
  const { bodySizeLimit, ...limits } = job._limits;
  return {
    ...limits,
    bodySizeLimit: bodySizeLimit === undefined ? undefined : byteSize(bodySizeLimit),
    scrapeClass,
    fallbackScrapeProtocol: first.fallbackProtocol,
    scrapeNativeHistograms: first.nativeHistograms,
  };
}

/** What monitors of Services and of Pods say of an endpoint, but for its port. */
export function endpointSpec(
  context: MonitorContext, kind: CrdKind, job: ScrapeJob, endpoint: ScrapeEndpoint, steps: readonly Step[],
): Plain<PodMonitorSpecPodMetricsEndpoints> {
  const { params } = endpoint;
  return {
    path: endpoint.path === '/metrics' ? undefined : endpoint.path,
    scheme: endpoint.scheme === Scheme.HTTP ? undefined : endpoint.scheme,
    params: Object.keys(params).length === 0 ? undefined : params,
    interval: promDuration(endpoint.interval),
    scrapeTimeout: promDuration(endpoint.timeout),
    honorLabels: endpoint.honorLabels || undefined,
    honorTimestamps: endpoint.honorTimestamps ? undefined : false,
    trackTimestampsStaleness: endpoint.trackTimestampsStaleness || undefined,
    ...clientSpec(context, kind, job, endpoint),
    relabelings: targetRelabelings(job, endpoint, steps),
    metricRelabelings: metricRelabelings(endpoint),
  };
}

/** The HTTP client of an endpoint, but for the files that a scrape class names. */
export function clientSpec({ where, credentials }: MonitorContext, kind: CrdKind, job: ScrapeJob, endpoint: ScrapeEndpoint): ClientSpec {
  return spelled<ClientSpec>(crdSettings({ where: at(where, job, endpoint), kind, credentials }, endpoint._client));
}

/** The labels of targets: what discovery tells, `metrics_path` where there are several, the caller's own steps, and last the job's name. */
export function targetRelabelings(job: ScrapeJob, endpoint: ScrapeEndpoint, steps: readonly Step[]): CrdRelabeling[] {
  return [
    ...steps.map(crdStep),
    ...(job._hasSeveralPaths ? [crdStep(set('metrics_path', endpoint.path))] : []),
    ...(crdRelabelings(endpoint.relabelings) ?? []),
    crdStep(set('job', job.name)),
  ];
}

export function metricRelabelings(endpoint: ScrapeEndpoint): CrdRelabeling[] | undefined {
  return crdRelabelings([...endpoint.metrics.toRelabelings(), ...endpoint.metricRelabelings]);
}

/** What a selector of a resource lacks: the operator takes its values for regular expressions, in which a dot is any character. */
export function exactly(kind: 'service' | 'pod' | 'ingress', labels: Readonly<Record<string, string>>): Step[] {
  return keepAll(labelled(kind, Object.fromEntries(Object.entries(labels).filter(([, value]) => value.includes('.')))));
}

/** Where resources look for targets. */
export function namespaceSelector(namespaces: readonly string[] | undefined): { readonly any: true } | { readonly matchNames: readonly string[] } {
  return namespaces === undefined ? { any: true } : { matchNames: namespaces };
}

export function at(where: string, job: ScrapeJob, endpoint: ScrapeEndpoint): string {
  return `${where}: scrape job '${job.name}', endpoint '${endpoint.name}'`;
}

function byteSize(size: Size): string {
  return `${size.toKibibytes()}KiB`;
}
