import { customResourceState, KubeStateCustomResource } from './kube-state-custom-resource';
import { KubeStateKeys } from './kube-state-metrics-props';
import { KubeStateResource } from './kube-state-resource';
import { checkNamespace } from '../../checks';
import { KUBE_STATE_METRICS_FLAGS } from '../../generated/kube-state-metrics';
import { ownFlags, ProgramFlags } from '../../kubernetes/flags';
import { matchesAnchored } from '../../regex';
import { didYouMean } from '../../text';

/** Flags by the prop that sets them. */
const BY_PROP = {
  watchedResources: ['resources'],
  namespaces: ['namespaces'],
  exceptNamespaces: ['namespaces-denylist'],
  customResources: ['custom-resource-state-config', 'custom-resource-state-config-file', 'continue-without-custom-resource-state-config-file', 'custom-resource-state-only'],
  shards: ['pod', 'pod-namespace', 'shard', 'total-shards'],
  metricAllowlist: ['metric-allowlist'],
  metricDenylist: ['metric-denylist'],
  optInMetrics: ['metric-opt-in-list'],
  exposedLabels: ['metric-labels-allowlist'],
  exposedAnnotations: ['metric-annotations-allowlist'],
};

/** Flags of kube-state-metrics; those that the library sets are here with those by which it could not be scraped any more. */
export const KUBE_STATE_FLAGS: ProgramFlags = {
  program: 'kubeStateMetrics',
  title: 'kube-state-metrics',
  flags: KUBE_STATE_METRICS_FLAGS,
  syntax: 'go',
  own: ownFlags(BY_PROP, 'port', 'telemetry-port', 'host', 'telemetry-host', 'tls-config', 'auth-filter'),
};

/** Resources, metrics and labels that kube-state-metrics exposes. */
export interface KubeStateSelection {
  readonly resources: readonly KubeStateResource[];
  readonly namespaces?: readonly string[];
  readonly exceptNamespaces?: readonly string[];
  readonly customResources?: readonly KubeStateCustomResource[];
  readonly metricAllowlist?: readonly string[];
  readonly metricDenylist?: readonly string[];
  readonly optInMetrics?: readonly string[];
  readonly exposedLabels?: readonly KubeStateKeys[];
  readonly exposedAnnotations?: readonly KubeStateKeys[];
}

/** Flags that select the exposed objects and metrics. */
export function selectionFlags(where: string, selection: KubeStateSelection): string[] {
  const { resources, namespaces, metricAllowlist, metricDenylist, optInMetrics, customResources = [] } = selection;
  if (metricAllowlist !== undefined && metricDenylist !== undefined) {
    throw new Error(`${where}: got both metricAllowlist and metricDenylist, of which kube-state-metrics takes one; leave one of them out`);
  }
  return [
    `--resources=${resources.map(({ plural }) => plural).join()}`,
    ...(namespaces === undefined ? [] : [`--namespaces=${namespaces.join()}`]),
    ...exceptFlag(where, selection),
    // What Kubernetes would take for a variable
    ...(customResources.length === 0 ? [] : [`--custom-resource-state-config=${customResourceState(where, customResources).replace(/\$\(/g, '$$$$(')}`]),
    ...metricsFlag(where, 'metricAllowlist', '--metric-allowlist', metricAllowlist),
    ...metricsFlag(where, 'metricDenylist', '--metric-denylist', metricDenylist),
    ...metricsFlag(where, 'optInMetrics', '--metric-opt-in-list', optInMetrics),
    ...keysFlag(where, 'exposedLabels', '--metric-labels-allowlist', resources, withOptOut(resources, selection.exposedLabels)),
    ...keysFlag(where, 'exposedAnnotations', '--metric-annotations-allowlist', resources, selection.exposedAnnotations),
  ];
}

function exceptFlag(where: string, { namespaces = [], exceptNamespaces = [] }: KubeStateSelection): string[] {
  exceptNamespaces.forEach((name) => checkNamespace(name, `${where}: exceptNamespaces`));
  if (namespaces.length > 0 && namespaces.every((name) => exceptNamespaces.includes(name))) {
    throw new Error(`${where}: exceptNamespaces names each of 'namespaces', so nothing would be watched; leave one of them out`);
  }
  return exceptNamespaces.length === 0 ? [] : [`--namespaces-denylist=${exceptNamespaces.join()}`];
}

function metricsFlag(where: string, prop: string, flag: string, metrics?: readonly string[]): string[] {
  if (metrics === undefined) {
    return [];
  }
  if (metrics.length === 0) {
    throw new Error(`${where}: ${prop} is empty; name at least one metric, or leave it out`);
  }
  metrics.forEach((metric) => {
    if (metric === '' || /[,\s]/.test(metric)) {
      throw new Error(`${where}: ${prop}: '${metric}' is not the name of a metric or a regular expression of names; commas and spaces separate them`);
    }
    checkPattern(metric, `${where}: ${prop}`);
  });
  return [`${flag}=${metrics.join()}`];
}

/** kube-state-metrics takes regular expressions of ECMAScript, and finds them anywhere in a name. */
function checkPattern(pattern: string, where: string): void {
  try {
    new RegExp(pattern);
  } catch {
    throw new Error(`${where}: '${pattern}' is not a regular expression (ECMAScript); write one such as '^kube_pod_.+'`);
  }
}

function keysFlag(where: string, prop: string, flag: string, resources: readonly KubeStateResource[], chosen?: readonly KubeStateKeys[]): string[] {
  if (chosen === undefined || chosen.length === 0) {
    return [];
  }
  const watched = resources.map(({ plural }) => plural);
  chosen.forEach(({ resource: { plural }, keys }, i) => {
    if (!watched.includes(plural)) {
      throw new Error(`${where}: ${prop} names '${plural}', which are not watched${didYouMean(plural, watched)}; add them to 'watchedResources'`);
    }
    if (chosen.findIndex((other) => other.resource.plural === plural) !== i) {
      throw new Error(`${where}: ${prop} names '${plural}' twice; put all keys into one of them`);
    }
    if (keys.length === 0) {
      throw new Error(`${where}: ${prop} names no key of '${plural}'; name at least one, or leave '${plural}' out`);
    }
    keys.forEach((key) => checkKey(`${where}: ${prop} of '${plural}'`, key, keys.length));
  });
  return [`${flag}=${chosen.map(({ resource, keys }) => `${resource.plural}=[${keys.join()}]`).join()}`];
}

/** Label of claims whose volumes no alert is about; the rules about volumes read it. */
const OPT_OUT = 'excluded-from-alerts';

/** The labels that are exposed, with the one that the rules read. */
function withOptOut(resources: readonly KubeStateResource[], chosen: readonly KubeStateKeys[] = []): readonly KubeStateKeys[] {
  const claims = KubeStateResource.PERSISTENT_VOLUME_CLAIMS;
  const isClaims = ({ plural }: KubeStateResource) => plural === claims.plural;
  if (!resources.some(isClaims)) {
    return chosen;
  }
  if (!chosen.some(({ resource }) => isClaims(resource))) {
    return [...chosen, { resource: claims, keys: [OPT_OUT] }];
  }
  return chosen.map(({ resource, keys }) => ({
    resource, keys: !isClaims(resource) || keys.length === 0 || keys.includes('*') || keys.includes(OPT_OUT) ? keys : [...keys, OPT_OUT],
  }));
}

/** A name of a label or annotation, optionally with a prefix. */
const KEY = '([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?';

function checkKey(where: string, key: string, of: number): void {
  if (key === '*' ? of > 1 : !matchesAnchored(KEY, key)) {
    throw new Error(`${where}: got '${key}'; name labels or annotations as in 'app.kubernetes.io/name', or '*' alone for all`);
  }
}
