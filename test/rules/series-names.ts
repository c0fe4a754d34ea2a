/** A series by its name and labels, as promtool writes it. */
interface SeriesName {
  readonly metric: string;
  readonly labels: ReadonlyMap<string, string>;
}

function parsed(series: string): SeriesName {
  const [, metric, braces = ''] = /^([\w:]+)(?:\{(.*)\})?$/s.exec(series.trim()) ?? [];
  if (metric === undefined) {
    throw new Error(`series '${series}' is not written as metric{label="value"}`);
  }
  return { metric, labels: new Map([...braces.matchAll(/(\w+) *= *"((?:[^"\\]|\\.)*)"/g)].map(([, label, value]) => [label, value])) };
}

/** The metric of a series. */
export function metricOf(series: string): string {
  return parsed(series).metric;
}

/** The labels of a series with their values. */
export function labelsOf(series: string): ReadonlyMap<string, string> {
  return parsed(series).labels;
}

/** The value of a label of a series; empty if it has none. */
export function labelOf(series: string, label: string): string {
  return labelsOf(series).get(label) ?? '';
}

/** The series with this value of a label, without the label if the value is empty. */
export function relabelled(series: string, label: string, value: string): string {
  const { metric, labels } = parsed(series);
  const all = new Map([...labels, [label, value] as const]);
  return `${metric}{${[...all].filter(([, text]) => text !== '').map(([name, text]) => `${name}="${text}"`).join(', ')}}`;
}

/** Whether the samples of a series come from a target; those of `up` and of rules never fail. */
export function isScraped(series: string): boolean {
  const metric = metricOf(series);
  return metric !== 'up' && metric !== 'ALERTS' && !metric.includes(':');
}

/** Counters whose names do not say that they are. */
const COUNTERS = new Set([
  'input_received', 'internal_write_metrics_dropped', 'internal_write_metrics_rejected', 'internal_write_startup_errors', 'kubelet_evictions',
  'kubelet_certificate_manager_client_expiration_renew_errors', 'kubelet_server_expiration_renew_errors', 'sink_samples_rejected',
]);

/** Whether a series only counts up, but for restarts. */
export function isCounter(series: string): boolean {
  const metric = metricOf(series);
  return /(_total|_count|_sum|_bucket)$/.test(metric) || COUNTERS.has(metric);
}
