import { ClientFields, clientFields, CrdKind } from './crd-settings';
import { placed } from './endpoint-fields';
import { Credentials } from '../credentials';
import { Plain } from '../crd-spec';
import { LabelSelector } from '../label-selector';
import { MonitorNames } from './monitor-names';
import { fieldsOf } from './resource-spelling';
import { ScrapeClasses } from './scrape-classes';
import type { PodMonitorSpec, PodMonitorSpecPodMetricsEndpoints } from '../../../imports/pod-monitor';
import { targetRelabelings } from '../../backend/target-relabelings';
import { LabelExpression, LabelOperator } from '../../kubernetes/label-expression';
import { LabelSelection } from '../../kubernetes/label-selection';
import { ScrapeEndpoint, ScrapeJob } from '../../monitoring';
import { some } from '../../wire/data';
import { copy, expressionDrops, expressionMatches, keepAll, labelMatches, RelabelStep } from '../../wire/relabel-steps';

/** Context of all kinds of monitors. */
export interface MonitorContext {
  /** Path of the construct, for messages. */
  readonly where: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels: { [label: string]: string };
  /** Value of the label `namespace` of targets whose addresses are known, unless they have their own; none if undefined. */
  readonly targetNamespace?: string;
  /** Shards of the Prometheus; undefined where it is not known. */
  readonly shards?: number;
  /** Whether the Prometheus discovers the endpoints of Services by EndpointSlices; else by these or by Endpoints. */
  readonly endpointSlices: boolean;
  readonly names: MonitorNames;
  readonly credentials: Credentials;
  readonly classes: ScrapeClasses;
}

/** Endpoints of a job that one resource can hold, because they agree on what it says for all of them. */
export interface EndpointGroup {
  readonly endpoints: readonly ScrapeEndpoint[];
  readonly scrapeClass?: string;
  /** Settings that the resource has once. */
  readonly settings: ReturnType<typeof placed>['once'];
}

const monitorFields = fieldsOf<PodMonitorSpec>();
const endpointFields = fieldsOf<PodMonitorSpecPodMetricsEndpoints>();

/** The endpoints of a job, grouped by what a resource says once. */
export function endpointGroups({ where, classes }: MonitorContext, kind: CrdKind, job: ScrapeJob): EndpointGroup[] {
  const groups = new Map<string, EndpointGroup & { readonly endpoints: ScrapeEndpoint[] }>();
  job.endpoints.forEach((endpoint) => {
    const scrapeClass = classes.classOf({ where: endpointWhere(where, job, endpoint), kind }, endpoint._client);
    const { once: settings } = placed(endpoint);
    const key = JSON.stringify([scrapeClass, settings]);
    const group = groups.get(key) ?? { endpoints: [], scrapeClass, settings };
    group.endpoints.push(endpoint);
    groups.set(key, group);
  });
  return [...groups.values()];
}

/** Fields that a resource has once for all of its endpoints. */
export function groupSpec(job: ScrapeJob, { settings, scrapeClass }: EndpointGroup): Omit<Plain<PodMonitorSpec>, 'selector'> {
  return monitorFields({ ...job._limitSettings(), scrapeClass, ...settings });
}

/** Fields of an endpoint of a monitor of Services or of Pods, except for its port. */
export function endpointSpec(
  context: MonitorContext, kind: CrdKind, job: ScrapeJob, endpoint: ScrapeEndpoint, steps: readonly RelabelStep[],
): Plain<PodMonitorSpecPodMetricsEndpoints> {
  return {
    ...endpointFields({
      ...placed(endpoint).each,
      relabelings: targetRelabelings(job, endpoint, steps),
      metricRelabelings: endpoint._metricSteps(),
    }),
    ...clientSpec(context, kind, job, endpoint),
  };
}

/** Fields of the HTTP client of an endpoint, except for the files that a scrape class names. */
export function clientSpec({ where, credentials, classes }: MonitorContext, kind: CrdKind, job: ScrapeJob, endpoint: ScrapeEndpoint): ClientFields {
  const target = { where: endpointWhere(where, job, endpoint), kind, credentials, classNamesClusterCa: classes.nameClusterCa };
  return clientFields(target, endpoint._client);
}

function hasDot(value: string): boolean {
  return value.includes('.');
}

/** Expressions that a selector cannot say: for `NotIn` the operator drops all that the values match as regular expressions. */
function isInexact({ operator, values }: LabelExpression): boolean {
  return operator === LabelOperator.NOT_IN && values.some(hasDot);
}

/** The selector of a resource. */
export function labelSelectorOf({ labels, expressions = [] }: LabelSelection): LabelSelector {
  const said = expressions.filter((expression) => !isInexact(expression));
  return {
    matchLabels: labels,
    matchExpressions: some(said.map(({ key, operator, values }) => ({ key, operator, values: some(values) }))),
  };
}

/** Exact matches where a value has a dot: the operator reads values of a selector as regular expressions. */
export function exactSelection(kind: 'service' | 'pod' | 'ingress', { labels, expressions = [] }: LabelSelection): RelabelStep[] {
  const inexact = expressions.filter(({ operator, values }) => operator === LabelOperator.IN && values.some(hasDot));
  return [
    ...keepAll([
      ...labelMatches(kind, Object.fromEntries(Object.entries(labels).filter(([, value]) => hasDot(value)))),
      ...expressionMatches(kind, inexact),
    ]),
    ...expressionDrops(kind, expressions.filter(isInexact)),
  ];
}

/** Metadata that discovery attaches to targets. */
export function attachedMetadata(job: ScrapeJob): { readonly node: true } | undefined {
  return job._attachesNodes ? { node: true } : undefined;
}

/** Shards split targets by their addresses, which for all probes is the prober's, unless `__tmp_hash` is set. */
export function shardingOf({ shards }: MonitorContext, { _discovery: discovery }: ScrapeJob): RelabelStep[] {
  return shards !== 1 && 'prober' in discovery ? [copy('__param_target', '__tmp_hash')] : [];
}

/** Namespaces in which a resource finds its targets. */
export function namespaceSelector(namespaces: readonly string[] | undefined): { readonly any: true } | { readonly matchNames: readonly string[] } {
  return namespaces === undefined ? { any: true } : { matchNames: namespaces };
}

/** An endpoint in messages. */
export function endpointWhere(where: string, job: ScrapeJob, endpoint: ScrapeEndpoint): string {
  return `${where}: scrape job '${job.name}', endpoint '${endpoint.name}'`;
}
