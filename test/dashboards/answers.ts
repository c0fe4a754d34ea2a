import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { panelsOf } from './support';
import type { Dashboard, Panel } from '../../dashboards/grafana/json';
import { withReplaced } from '../../lib/monitoring/dashboards/references';
import { inputSeries, Series } from '../rules/cases';

/** Series, and what panels of a dashboard make of them. */
export interface AnswerCase {
  readonly name: string;
  /** Labels that all series have. */
  readonly labels: string;
  readonly series: Series;
  /** Values of variables; the others are all. */
  readonly variables?: { readonly [name: string]: string };
  /** When it is asked, in minutes; by default 60. */
  readonly at?: number;
  /** By the title of the panel, with a colon the column or the series where there are several, all that it shows: labels and value. */
  readonly shows: { readonly [query: string]: readonly string[] };
}

const FOLDER = path.join(__dirname, 'answers');

/** The uids of the dashboards with cases. */
export const ANSWERED: readonly string[] = readdirSync(FOLDER).sort().map((file) => path.basename(file, '.yaml'));

/** The cases of a dashboard. */
export function readAnswerCases(uid: string): AnswerCase[] {
  return parse(readFileSync(path.join(FOLDER, `${uid}.yaml`), 'utf8'));
}

/** The test of a case: each of its queries gives these series with these values and no other. */
export function answerTest(dashboard: Dashboard, { name, labels, series, variables = {}, at = 60, shows }: AnswerCase): object {
  const all = Object.fromEntries(Object.entries(series).map(([metric, values]) => [metric.replace('{', `{${labels}, `).replace(', }', '}'), values]));
  return {
    name,
    ...inputSeries(all, at),
    promql_expr_test: Object.entries(shows).map(([query, samples]) => ({
      expr: filled(dashboard, queryOf(dashboard, query), variables),
      eval_time: `${at}m`,
      exp_samples: samples.map((sample) => {
        const [, of, value] = /^(\w*\{.*\}) (\S+)$/.exec(sample) ?? [];
        return { labels: of, value: Number(value) };
      }),
    })),
  };
}

/** The query of a panel. */
function queryOf(dashboard: Dashboard, query: string): string {
  const [title, part] = query.split(': ');
  const found = panelsOf(dashboard).filter((panel) => panel.title === title).flatMap((panel) => panel.targets.filter(({ refId }) => (
    part === undefined ? panel.targets.length === 1 : namesOf(panel, refId).includes(part)
  )));
  if (found.length !== 1) {
    throw new Error(`${dashboard.uid}: ${found.length} queries are called '${query}', must be one`);
  }
  return found[0].expr;
}

/** The column or the series of a query. */
function namesOf({ targets, transformations = [] }: Panel, refId: string): (string | undefined)[] {
  const columns = transformations.map((transformation) => (transformation.id === 'organize' ? transformation.options.renameByName[`Value #${refId}`] : undefined));
  return [...columns, targets.find((target) => target.refId === refId)?.legendFormat];
}

function filled({ templating }: Dashboard, expr: string, variables: { readonly [name: string]: string }): string {
  const constants = Object.fromEntries(templating.list.map((variable) => [variable.name, variable.type === 'constant' ? variable.query : '.*']));
  const values: { readonly [name: string]: string } = { __rate_interval: '5m', __range: '1h', ...constants, ...variables };
  return withReplaced(expr, ({ name }) => values[name] ?? '');
}
