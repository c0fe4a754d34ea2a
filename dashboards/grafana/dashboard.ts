import { DATASOURCE } from './fields';
import type { Annotation, ConstantVariable, Dashboard, DataSourceVariable, Json, Link, Panel, QueryVariable, Row as RowPanel } from './json';
import type { Sized } from './panels';

/** Columns of Grafana's grid. */
const COLUMNS = 24;

/** Topics, by which the menus of a dashboard list others. */
export type Topic = 'kubernetes' | 'control-plane' | 'monitoring';
const MENUS: Readonly<Record<Topic, string>> = { 'kubernetes': 'Kubernetes', 'control-plane': 'Control plane', 'monitoring': 'Monitoring' };

/** Panels of a row. */
export interface Row {
  title?: string;
  collapsed: boolean;
  panels: Sized[];
}

/** The first row, always visible: whether all is well. */
export const top = (...panels: Sized[]): Row => ({ collapsed: false, panels });
/** Panels under a title. Those that do not fit into the 24 columns go below. */
export const row = (title: string, ...panels: Sized[]): Row => ({ title, collapsed: false, panels });
/** Panels under a title that are hidden, and not queried, until it is opened. */
export const collapsed = (title: string, ...panels: Sized[]): Row => ({ title, collapsed: true, panels });

interface DashboardOf {
  uid: string;
  title: string;
  description: string;
  topic: Topic;
  /** Default names of the scrape jobs that are asked: each is the variable of its name, with underscores. */
  jobs: string[];
  /** Variables besides the data source and the cluster. */
  variables: QueryVariable[];
  /** Whether it has a row for each cluster, so that all of them are shown. */
  comparesClusters?: true;
  /** Matchers of the alerts that are marked in graphs. */
  alerts: string;
  /** Dashboards of the same things from another side, beside the menus. */
  related?: Link[];
  /** Begin of the time range. */
  from?: string;
  rows: Row[];
}

export function dashboard(of: DashboardOf): Dashboard {
  const jobs = of.jobs.map(job);
  return {
    uid: of.uid, title: of.title, description: of.description, tags: [of.topic], editable: false, schemaVersion: 42, graphTooltip: 1, timezone: 'browser',
    time: { from: of.from ?? 'now-1h', to: 'now' }, refresh: '30s', links: [...menus(), ...(of.related ?? []).map(beside)],
    annotations: { list: [firing(of.alerts)] },
    templating: { list: [source(), cluster(jobs[0].name, of.comparesClusters), ...of.variables, ...jobs] },
    panels: placed(of.uid, of.rows),
  };
}

/** Panels with queries, those of collapsed rows included. */
export function panelsOf({ panels }: Pick<Dashboard, 'panels'>): Panel[] {
  return panels.flatMap((panel) => (panel.type === 'row' ? panel.panels : [panel]));
}

/** Values of a label of series: `all` is for dashboards that make sense for all of them together. */
export function labelVariable(name: string, label: string, series: string, all: boolean = false): QueryVariable {
  const query = `label_values(${series}, ${name})`;
  return {
    type: 'query', name, label, datasource: DATASOURCE, query: { query, refId: name, qryType: 1 }, definition: query, regex: '', refresh: 2, sort: 1, hide: 0,
    includeAll: all, multi: false, ...(all ? { allValue: '.*', current: { text: 'All', value: '$__all' } } : { current: {} }),
  };
}

/** Values of a label of what a query gives at the end of the time range. */
export function resultVariable(name: string, label: string, expr: string, of: string = name): QueryVariable {
  const query = `query_result(${expr})`;
  return {
    ...labelVariable(name, label, ''), query: { query, refId: name, qryType: 3 }, definition: query, regex: `/\\b${of}="([^"]+)"/`,
  };
}

function source(): DataSourceVariable {
  return {
    type: 'datasource', name: 'datasource', label: 'Data source', query: 'prometheus', hide: 0, includeAll: false, multi: false, regex: '',
    current: { text: 'Prometheus', value: 'prometheus' },
  };
}

/** Hidden, and all of them: the series of a single cluster have no such label. A comparison does not take over the one that was looked at before. */
function cluster(jobs: string, isCompared: boolean = false): QueryVariable {
  return { ...labelVariable('cluster', 'Cluster', `up{job=~"$${jobs}"}`, true), hide: 2, ...(isCompared ? { multi: true, skipUrlSync: true } : {}) };
}

/** A hidden constant, which is set where the jobs have other names. */
function job(component: string): ConstantVariable {
  const name = component.replace(/-/g, '_');
  return {
    type: 'constant', name, label: `Scrape jobs of ${component}`, query: component, hide: 2, skipUrlSync: true, current: { text: component, value: component },
  };
}

function firing(matchers: string): Annotation {
  return {
    name: 'Firing alerts', datasource: DATASOURCE, enable: true, hide: false, iconColor: 'red', step: '60s',
    expr: `ALERTS{alertstate="firing", cluster=~"$cluster", severity=~"warning|critical", ${matchers}}`,
    titleFormat: '{{alertname}}', textFormat: '{{namespace}} {{pod}} {{node}} {{instance}}', tagKeys: 'severity', useValueForTime: false,
  };
}

function menus(): Json<Dashboard['links']> {
  return Object.entries(MENUS).map(([tag, title]) => ({
    type: 'dashboards', title, tags: [tag], asDropdown: true, includeVars: true, keepTime: true, targetBlank: false, icon: 'external link', tooltip: '', url: '',
  }));
}

function beside({ title, url }: Link): Dashboard['links'][number] {
  return { type: 'link', title, url, tags: [], asDropdown: false, includeVars: false, keepTime: false, targetBlank: false, icon: 'dashboard', tooltip: '' };
}

/** Places the panels of the rows, and numbers them by their titles, so that a link to one survives a change of the others. */
function placed(uid: string, rows: readonly Row[]): (Panel | RowPanel)[] {
  let y = 0;
  const ids = new Map<number, string>();
  const numbered = (title: string): number => {
    const id = hash(title);
    if (ids.has(id)) {
      throw new Error(`${uid}: panels '${ids.get(id)}' and '${title}' have one number; change one of the titles`);
    }
    ids.set(id, title);
    return id;
  };
  return rows.flatMap(({ title, collapsed: closed, panels: sized }) => {
    const head: RowPanel[] = title === undefined ? [] : [
      { type: 'row', id: numbered(`${title} (row)`), title, collapsed: closed, panels: [], gridPos: { x: 0, y: y++, w: COLUMNS, h: 1 } },
    ];
    const start = y;
    let [x, tallest] = [0, 0];
    const panels = sized.map(({ width: w, height: h, panel }): Panel => {
      if (w > COLUMNS) {
        throw new Error(`${uid}: panel '${panel.title}' is ${w} columns wide; there are ${COLUMNS}`);
      }
      if (x + w > COLUMNS) {
        [x, y, tallest] = [0, y + tallest, 0];
      }
      const gridPos = { x, y, w, h };
      [x, tallest] = [x + w, Math.max(tallest, h)];
      return { id: numbered(panel.title), ...panel, gridPos };
    });
    // What is hidden takes no place.
    y = closed ? start : y + tallest;
    return closed ? head.map((hidden) => ({ ...hidden, panels })) : [...head, ...panels];
  });
}

/** A number from 1 to 2^20, the same for the same text (FNV-1a). */
function hash(text: string): number {
  return Buffer.from(text).reduce((value, byte) => Math.imul(value ^ byte, 0x01000193) >>> 0, 0x811c9dc5) % 2 ** 20 + 1;
}
