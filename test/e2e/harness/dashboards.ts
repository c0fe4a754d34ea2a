import { PrometheusApi } from './prometheus-api';
import type { Dashboard, QueryVariable, Target } from '../../../dashboards/grafana/json';
import { withReplaced } from '../../../lib/monitoring/dashboards/references';
import { panelsOf } from '../../dashboards/support';

/** Seconds of the time range that is asked for, and between two points of it. */
const RANGE = 900;
const STEP = 30;
/** As Grafana has it for a scrape interval of 30 seconds. */
const OF_GRAFANA = { __rate_interval: '2m', __interval: `${STEP}s`, __range: `${RANGE}s` };

/** A query of a dashboard that was asked. */
export interface Asked {
  /** `kubernetes-node: CPU used A`. */
  readonly name: string;
  readonly expr: string;
  /** Series that have a number. */
  readonly series: number;
}

type Values = ReadonlyMap<string, string>;

/** A text with variables filled in. Grafana escapes values for the text in which they stand. */
function filled(text: string, values: Values): string {
  return withReplaced(text, ({ name }) => (values.get(name) ?? '').replace(/\\/g, '\\\\'));
}

/** The values of the variables: those that are given, else all, else the first that Prometheus has. */
async function valuesOf(prometheus: PrometheusApi, { uid, templating }: Dashboard, given: Readonly<Record<string, string>>): Promise<Values> {
  // Constants first, since the queries of others have them.
  const values = new Map<string, string>(Object.entries(OF_GRAFANA));
  templating.list.forEach((variable) => variable.type === 'constant' && values.set(variable.name, variable.query));
  for (const variable of templating.list) {
    if (variable.type === 'query') {
      const found = given[variable.name] ?? (variable.includeAll ? variable.allValue : (await choices(prometheus, variable, values))[0]);
      if (found === undefined) {
        throw new Error(`${uid}: variable '${variable.name}' has no value: ${filled(variable.query.query, values)}`);
      }
      values.set(variable.name, found);
    }
  }
  return values;
}

async function choices(prometheus: PrometheusApi, { name, query, regex }: QueryVariable, values: Values): Promise<string[]> {
  const [, selector, result] = /^(?:label_values\((.+), \w+\)|query_result\((.+)\))$/s.exec(query.query) ?? [];
  if (result === undefined) {
    return prometheus.labelValues(name, filled(selector, values));
  }
  const shown = (await prometheus.query(filled(result, values))).map(({ metric, value }) => (
    `{${Object.entries(metric).map(([label, text]) => `${label}="${text}"`).join(', ')}} ${value.join(' ')}`
  ));
  const pattern = new RegExp(regex.slice(1, -1));
  return shown.flatMap((text) => pattern.exec(text)?.[1] ?? []).sort();
}

/** Asks every query of a dashboard; a query that Prometheus refuses throws. */
export async function ask(prometheus: PrometheusApi, dashboard: Dashboard, given: Readonly<Record<string, string>> = {}): Promise<Asked[]> {
  const values = await valuesOf(prometheus, dashboard, given);
  const end = Math.floor(Date.now() / 1000);
  const asked: Asked[] = [];
  for (const { title, targets } of panelsOf(dashboard)) {
    asked.push(...await Promise.all(targets.map(async ({ refId, expr: written, instant }: Target) => {
      const expr = filled(written, values);
      const samples = instant
        ? (await prometheus.query(expr)).map(({ value }) => [value])
        : (await prometheus.queryRange(expr, end - RANGE, end, STEP)).map((series) => series.values);
      return { name: `${dashboard.uid}: ${title} ${refId}`, expr, series: samples.filter((of) => of.some(([, value]) => value !== 'NaN')).length };
    })));
  }
  return asked;
}
