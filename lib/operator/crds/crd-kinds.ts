import { PrometheusOperatorCrd } from './prometheus-operator-crd';

/** All kinds, in the order of their names. */
export const KINDS: readonly PrometheusOperatorCrd[] = Object.values(PrometheusOperatorCrd);

const BY_NAME: ReadonlyMap<string, PrometheusOperatorCrd> = new Map(KINDS.map((kind) => [kind, kind]));

/** The kind of that name, or undefined when the operator defines none. */
export function kindNamed(name: string): PrometheusOperatorCrd | undefined {
  return BY_NAME.get(name);
}

const MONITORS = [PrometheusOperatorCrd.POD_MONITOR, PrometheusOperatorCrd.PROBE, PrometheusOperatorCrd.SERVICE_MONITOR];

/**
 * The kinds that the operator watches for another kind without asking whether they are there: it waits ten minutes for those that are not,
 * and ends. All others it asks for when it starts, and leaves out what is not there (read in cmd/operator/main.go and in the
 * waitForCacheSync of each controller).
 */
const WATCHED: ReadonlyMap<PrometheusOperatorCrd, readonly PrometheusOperatorCrd[]> = new Map([
  [PrometheusOperatorCrd.ALERTMANAGER, [PrometheusOperatorCrd.ALERTMANAGER_CONFIG]],
  [PrometheusOperatorCrd.PROMETHEUS, [...MONITORS, PrometheusOperatorCrd.PROMETHEUS_RULE]],
  [PrometheusOperatorCrd.PROMETHEUS_AGENT, MONITORS],
  [PrometheusOperatorCrd.THANOS_RULER, [PrometheusOperatorCrd.PROMETHEUS_RULE]],
]);

/** The kinds without which the operator cannot work on a kind. */
export function watchedFor(kind: PrometheusOperatorCrd): readonly PrometheusOperatorCrd[] {
  return WATCHED.get(kind) ?? [];
}

/** Plural name of a kind, in URLs and in the name of its definition. */
export function pluralOf(kind: PrometheusOperatorCrd): string {
  return kind === PrometheusOperatorCrd.PROMETHEUS ? 'prometheuses' : `${kind.toLowerCase()}s`;
}

/** Kind as a caller writes it. */
export function memberOf(kind: PrometheusOperatorCrd): string {
  return `PrometheusOperatorCrd.${kind.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()}`;
}
