import type { Answer, HttpApi, Range } from './http-api';
import { filled, ofGrafana, stepOf, Values, valuesOf } from './variables';
import { panelsOf } from '../grafana/dashboard';
import type { Dashboard, Panel, Target } from '../grafana/json';

/** A query of a panel, and what Prometheus answers. */
export interface Asked extends Answer {
  readonly target: Target;
  /** The query with variables filled in. */
  readonly expr: string;
  /** Seconds between two of its points. */
  readonly step: number;
}

/** A panel with its queries. */
export interface AskedPanel {
  readonly panel: Panel;
  readonly queries: readonly Asked[];
}

/** A dashboard with all of its queries, as plain data. */
export interface AskedDashboard {
  readonly range: Range;
  /** Values of its variables. */
  readonly values: Readonly<Record<string, string>>;
  readonly panels: readonly AskedPanel[];
  /** Alerts that fire, as its graphs mark them. */
  readonly marks: Answer;
}

/** How a dashboard is asked. */
export interface Asking {
  /** Begin and end of the time range, in seconds. */
  readonly from: number;
  readonly to: number;
  /** Scrape interval that Grafana's data source is told, in seconds. */
  readonly scrapeInterval: number;
  /** Values of variables. */
  readonly given?: Readonly<Record<string, string>>;
}

/** Points of a graph for each column of Grafana's grid. */
const POINTS = 50;

/** Asks every query of a dashboard, as Grafana does it. A query that Prometheus refuses throws. */
export async function ask(api: HttpApi, dashboard: Dashboard, { from, to, scrapeInterval, given = {} }: Asking): Promise<AskedDashboard> {
  const rangeOf = (columns: number): Range => ({ from, to, step: stepOf({ from, to }, POINTS * columns, scrapeInterval) });
  const values = await valuesOf(api, dashboard, given, rangeOf(24), scrapeInterval);
  const panels: AskedPanel[] = [];
  for (const panel of panelsOf(dashboard)) {
    const range = rangeOf(panel.gridPos.w);
    const all = new Map([...values, ...Object.entries(ofGrafana(range, scrapeInterval))]);
    panels.push({
      panel,
      queries: await Promise.all(panel.targets.map(async (target): Promise<Asked> => {
        const expr = filled(target.expr, all);
        const answer = target.instant ? await api.instant(expr, to) : await api.range(expr, range);
        return { target, expr, step: range.step, ...answer };
      })),
    });
  }
  return { range: rangeOf(24), values: Object.fromEntries(values), panels, marks: await marksOf(api, dashboard, values, rangeOf(24)) };
}

async function marksOf(api: HttpApi, { annotations }: Dashboard, values: Values, range: Range): Promise<Answer> {
  const answers = await Promise.all(annotations.list.map(({ expr }) => api.range(filled(expr, values), range)));
  return { series: answers.flatMap(({ series }) => series), warnings: answers.flatMap(({ warnings }) => warnings) };
}

/** Whether any sample of a query is a number. */
export function hasData({ series }: Answer): boolean {
  return series.some(({ values }) => values.some(([, value]) => value !== 'NaN'));
}

/** `kubernetes-node: CPU used A`. */
export function nameOf({ uid }: Dashboard, { title }: Panel, { refId }: Target): string {
  return `${uid}: ${title} ${refId}`;
}
