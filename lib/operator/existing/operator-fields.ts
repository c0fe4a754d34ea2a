import { lateProps } from '../prometheus/endpoint-fields';
import { MonitorKind } from '../prometheus/monitor-names';
import { atLeast } from '../../kubernetes/images';
import { ScrapeJob } from '../../monitoring';

/** A setting, besides those of `_settings()` of an endpoint, for which resources got a field with some version of the operator. */
interface LateField {
  readonly prop: string;
  readonly since: string;
  /** @default - all kinds */
  readonly kinds?: readonly MonitorKind[];
  readonly isGiven: (job: ScrapeJob) => boolean;
}

/** Kinds with the version that brought the metadata of nodes to them. */
const NODE_METADATA: ReadonlyArray<readonly [MonitorKind, string]> = [['PodMonitor', '0.57.0'], ['ServiceMonitor', '0.61.0'], ['ScrapeConfig', '0.71.0']];

/** @see https://github.com/prometheus-operator/prometheus-operator/blob/main/CHANGELOG.md */
const LATE_FIELDS: readonly LateField[] = [
  ...NODE_METADATA.flatMap(([kind, since]): LateField[] => [
    { prop: 'copyNodeLabels', since, kinds: [kind], isGiven: (job) => job._copyNodeLabels.length > 0 },
    { prop: 'attachNodeMetadata', since, kinds: [kind], isGiven: (job) => job._attachesNodes },
  ]),
  { prop: 'bodySizeLimit', since: '0.73.0', kinds: ['ServiceMonitor', 'PodMonitor'], isGiven: (job) => job._limits.bodySizeLimit !== undefined },
  { prop: 'oauth2', since: '0.76.0', kinds: ['ScrapeConfig'], isGiven: (job) => job.endpoints.some(({ httpConfig }) => httpConfig.oauth2 !== undefined) },
  { prop: 'bodySizeLimit', since: '0.89.0', kinds: ['ScrapeConfig'], isGiven: (job) => job._limits.bodySizeLimit !== undefined },
];

/** Version that brought the kind of resources that a job becomes, with the role by which a ScrapeConfig discovers its targets. */
function sinceOf(kind: MonitorKind, { _discovery: { kind: discovery } }: ScrapeJob): string | undefined {
  if (kind !== 'ScrapeConfig') {
    return undefined;
  }
  return discovery === 'static' ? '0.65.0' : discovery === 'nodes' || discovery === 'kubelets' ? '0.67.0' : '0.70.0';
}

/** Version that brought scrape classes. */
const SCRAPE_CLASSES_SINCE = '0.72.0';

/** Throws when a scrape class is named, and a version of the operator knows none. */
export function checkScrapeClass(where: string, scrapeClass: string | undefined, version: string): void {
  if (scrapeClass !== undefined && !atLeast(version, SCRAPE_CLASSES_SINCE)) {
    throw new Error(`${where}: got 'scrapeClass' '${scrapeClass}', and scrape classes are known from operator ${SCRAPE_CLASSES_SINCE} on, and this one is ${version}; leave it out, or have the operator upgraded`);
  }
}

/** Throws when a version of the operator does not know the resource that a job becomes, or that has no field for one of its settings. */
export function checkFields(where: string, kind: MonitorKind, job: ScrapeJob, version: string): void {
  const kindSince = sinceOf(kind, job);
  if (kindSince !== undefined && !atLeast(version, kindSince)) {
    throw new Error(`${where}: scrape job '${job.name}' becomes a ${kind} that discovers targets as operators from ${kindSince} on do, and this one is ${version}; leave it out, or have the operator upgraded`);
  }
  const given = LATE_FIELDS.filter(({ kinds, isGiven }) => (kinds?.includes(kind) ?? true) && isGiven(job));
  const late = [...given, ...job.endpoints.flatMap(lateProps)].find(({ since }) => !atLeast(version, since));
  if (late !== undefined) {
    throw new Error(`${where}: scrape job '${job.name}' has '${late.prop}', which a ${kind} knows from operator ${late.since} on, and this one is ${version}; leave it out, or have the operator upgraded`);
  }
}
