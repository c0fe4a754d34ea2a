import type { HttpApi, Range } from './http-api';
import { withReplaced } from '../../lib/monitoring/dashboards/references';
import type { Dashboard, QueryVariable } from '../grafana/json';

/** Values of variables, by their names. */
export type Values = ReadonlyMap<string, string>;

/** Points between which Grafana divides a time range: seconds. */
const STEPS = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400];

/** Seconds between the points of a graph that is so many points wide: at least the scrape interval. */
export function stepOf({ from, to }: Pick<Range, 'from' | 'to'>, points: number, scrapeInterval: number): number {
  const even = (to - from) / points;
  return Math.max(scrapeInterval, STEPS.find((step) => step >= even) ?? even);
}

/** The variables that Grafana itself sets, for a data source with this scrape interval. */
export function ofGrafana({ from, to, step }: Range, scrapeInterval: number): Record<string, string> {
  const range = to - from;
  return {
    __interval: `${step}s`, __interval_ms: `${step * 1000}`, __rate_interval: `${Math.max(step + scrapeInterval, 4 * scrapeInterval)}s`,
    __range: `${range}s`, __range_s: `${range}`, __range_ms: `${range * 1000}`,
  };
}

/** A text with variables filled in. Grafana escapes values for the text in which they stand. */
export function filled(text: string, values: Values): string {
  return withReplaced(text, ({ name }) => (values.get(name) ?? '').replace(/\\/g, '\\\\'));
}

/** The values of the variables of a dashboard: those that are given, else all, else the first that Prometheus has. */
export async function valuesOf(
  api: HttpApi, { uid, templating }: Dashboard, given: Readonly<Record<string, string>>, range: Range, scrapeInterval: number,
): Promise<Values> {
  // Constants first, since the queries of others have them.
  const values = new Map<string, string>(Object.entries(ofGrafana(range, scrapeInterval)));
  templating.list.forEach((variable) => variable.type === 'constant' && values.set(variable.name, given[variable.name] ?? variable.query));
  for (const variable of templating.list) {
    if (variable.type === 'query') {
      const found = given[variable.name] ?? (variable.includeAll ? variable.allValue : (await choices(api, variable, values, range))[0]);
      if (found === undefined) {
        throw new Error(`${uid}: variable '${variable.name}' has no value: ${filled(variable.query.query, values)}`);
      }
      values.set(variable.name, found);
    }
  }
  return values;
}

async function choices(api: HttpApi, { query, regex }: QueryVariable, values: Values, range: Range): Promise<readonly string[]> {
  const [, selector, label, result] = /^(?:label_values\((.+), (\w+)\)|query_result\((.+)\))$/s.exec(query.query) ?? [];
  if (selector !== undefined) {
    return api.labelValues(label, filled(selector, values), range);
  }
  const { series } = await api.instant(filled(result, values), range.to);
  const shown = series.map(({ metric, values: [value] }) => (
    `{${Object.entries(metric).map(([name, text]) => `${name}="${text}"`).join(', ')}} ${value.join(' ')}`
  ));
  const pattern = new RegExp(regex.slice(1, -1));
  return [...new Set(shown.flatMap((text) => pattern.exec(text)?.[1] ?? []))].sort();
}
