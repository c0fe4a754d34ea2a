import { KubeStateResource } from './kube-state-resource';

/** Metrics that kube-state-metrics exposes. */
export interface ExposedMetrics {
  readonly resources: readonly KubeStateResource[];
  readonly metricAllowlist?: readonly string[];
  readonly metricDenylist?: readonly string[];
}

/** Metrics of objects, by their kind. Those about itself, `kube_state_metrics_…`, are always exposed. */
const OF_OBJECTS = /\bkube_(?!state_metrics_)([a-z]+)(?:_\w+)?\b/g;

/** Whether all metrics of objects in a text are exposed. */
export function exposes(text: string, exposed: ExposedMetrics): boolean {
  const kinds = new Set(exposed.resources.map(({ plural }) => plural));
  return [...text.matchAll(OF_OBJECTS)].every(([metric, kind]) => plurals(kind).some((plural) => kinds.has(plural)) && isListed(metric, exposed));
}

function plurals(kind: string): string[] {
  return [`${kind}s`, `${kind}es`, kind.replace(/y$/, 'ies'), kind];
}

/** As kube-state-metrics matches: anywhere in the name. */
function isListed(metric: string, { metricAllowlist, metricDenylist }: ExposedMetrics): boolean {
  const listed = (list: readonly string[]) => list.some((regex) => new RegExp(regex).test(metric));
  return (metricAllowlist === undefined || listed(metricAllowlist)) && (metricDenylist === undefined || !listed(metricDenylist));
}
