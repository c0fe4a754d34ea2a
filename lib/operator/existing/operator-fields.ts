import { MonitorKind } from '../prometheus/monitor-names';
import { atLeast } from '../../kubernetes/images';
import { ScrapeEndpoint, ScrapeJob } from '../../monitoring';

/** A setting for which resources got a field with some version of the operator. */
interface LateField {
  readonly prop: string;
  readonly since: string;
  /** @default - all kinds */
  readonly kinds?: readonly MonitorKind[];
  readonly isGiven: (job: ScrapeJob) => boolean;
}

const some = (given: (endpoint: ScrapeEndpoint) => boolean) => ({ endpoints }: ScrapeJob) => endpoints.some(given);

/** Kinds with the version that brought the metadata of nodes to them. */
const NODE_METADATA: ReadonlyArray<readonly [MonitorKind, string]> = [['PodMonitor', '0.57.0'], ['ServiceMonitor', '0.61.0'], ['ScrapeConfig', '0.71.0']];

/** @see https://github.com/prometheus-operator/prometheus-operator/blob/main/CHANGELOG.md */
const LATE_FIELDS: readonly LateField[] = [
  ...NODE_METADATA.flatMap(([kind, since]): LateField[] => [
    { prop: 'copyNodeLabels', since, kinds: [kind], isGiven: (job) => job._copyNodeLabels.length > 0 },
    { prop: 'attachNodeMetadata', since, kinds: [kind], isGiven: (job) => job._attachesNodes },
  ]),
  { prop: 'trackTimestampsStaleness', since: '0.70.0', isGiven: some((endpoint) => endpoint.trackTimestampsStaleness) },
  { prop: 'bodySizeLimit', since: '0.73.0', kinds: ['ServiceMonitor', 'PodMonitor'], isGiven: (job) => job._limits.bodySizeLimit !== undefined },
  { prop: 'oauth2', since: '0.76.0', kinds: ['ScrapeConfig'], isGiven: some(({ httpConfig }) => httpConfig.oauth2 !== undefined) },
  { prop: 'fallbackProtocol', since: '0.79.1', isGiven: some(({ fallbackProtocol }) => fallbackProtocol !== undefined) },
  { prop: 'nativeHistograms', since: '0.88.0', isGiven: some(({ nativeHistograms }) => nativeHistograms !== undefined) },
  { prop: 'bodySizeLimit', since: '0.89.0', kinds: ['ScrapeConfig'], isGiven: (job) => job._limits.bodySizeLimit !== undefined },
];

/** Throws when the resource that a job becomes has no field for one of its settings in a version of the operator. */
export function checkFields(where: string, kind: MonitorKind, job: ScrapeJob, version: string): void {
  const late = LATE_FIELDS.find(({ since, kinds, isGiven }) => (kinds?.includes(kind) ?? true) && isGiven(job) && !atLeast(version, since));
  if (late !== undefined) {
    throw new Error(`${where}: scrape job '${job.name}' has '${late.prop}', which a ${kind} knows from operator ${late.since} on, and this one is ${version}; leave it out, or have the operator upgraded`);
  }
}
