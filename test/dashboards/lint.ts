import { lintQueries } from './lint-queries';
import { panelsOf } from './support';
import type { Dashboard, Link, Panel, Step } from '../../dashboards/grafana/json';
import { referencesIn } from '../../lib/monitoring/dashboards/references';

/** Variables in the order in which every dashboard has them, constants come last. */
const ORDER = ['datasource', 'cluster', 'namespace', 'workload', 'pod', 'node', 'job', 'instance'];
const CALCULATIONS = ['lastNotNull', 'mean', 'max', 'min', 'sum', 'range', 'diff', 'changeCount'];
const MAX_BYTES = 200_000;

type Stat = Extract<Panel, { type: 'stat' }>;

/** What is against the rules for dashboards in CONTRIBUTING.md; `all` are those that links may lead to. */
export function lint(dashboard: Dashboard, all: readonly Dashboard[]): string[] {
  return [
    ...head(dashboard),
    ...variables(dashboard),
    ...grid(dashboard),
    ...firstRow(dashboard),
    ...panelsOf(dashboard).flatMap((panel) => [...ofPanel(panel)].map((fault) => `panel '${panel.title}': ${fault}`)),
    ...lintQueries(dashboard),
    ...links(dashboard, all),
  ];
}

function* head(dashboard: Dashboard): Generator<string> {
  const { uid, title, description, tags, editable, annotations, links: menus } = dashboard;
  if (!/^[a-z0-9-]{1,40}$/.test(uid)) {
    yield `uid '${uid}' is not of 1 to 40 letters in lower case, digits and dashes`;
  }
  if ('id' in dashboard || 'version' in dashboard) {
    yield 'it has the id or the version of one Grafana';
  }
  if ((editable as boolean) || tags.length !== 1 || menus.length === 0 || annotations.list.length === 0) {
    yield 'it is editable, or lacks its topic, its menus or the marks of alerts';
  }
  if (!title.trim() || !description.endsWith('.')) {
    yield 'it has no title, or no sentence of description';
  }
  if (Buffer.byteLength(JSON.stringify(dashboard)) > MAX_BYTES) {
    yield 'it is larger than 200 kB';
  }
}

/** Whether a table has a row for each cluster. */
function comparesClusters(dashboard: Dashboard): boolean {
  return panelsOf(dashboard).some(({ type, transformations = [] }) => type === 'table' && transformations.some(({ id, options }) => (
    id === 'organize' && 'cluster' in options.indexByName
  )));
}

function* variables(dashboard: Dashboard): Generator<string> {
  const { templating: { list } } = dashboard;
  const [source, cluster] = list;
  if (source?.type !== 'datasource' || source.name !== 'datasource' || source.label !== 'Data source' || source.query !== 'prometheus') {
    yield "the first variable is not the data source, called 'datasource', labelled 'Data source'";
  }
  if (cluster?.type !== 'query' || cluster.name !== 'cluster' || cluster.hide !== 2 || cluster.allValue !== '.*' || !cluster.includeAll) {
    yield "the second variable is not the hidden 'cluster' with all of them as '.*'";
  } else if ([cluster.multi, cluster.skipUrlSync ?? false].some((is) => is !== comparesClusters(dashboard))) {
    yield 'several clusters can be chosen though no table has a row for each, or the other way round';
  }
  const positions = list.map(({ type, name }) => (type === 'constant' ? ORDER.length : ORDER.indexOf(name)));
  if (positions.includes(-1) || positions.some((position, i) => position < (positions[i - 1] ?? 0))) {
    yield `variables ${list.map(({ name }) => name).join(', ')} are not in the order ${ORDER.join(', ')}, constants`;
  }
  if (!list.some(({ type }) => type === 'constant')) {
    yield 'it has no constant with the names of a scrape job';
  }
  for (const variable of list) {
    if (variable.type === 'query' && variable.refresh !== 2) {
      yield `variable '${variable.name}' is not refreshed when the time range changes`;
    }
    if (!variable.label || (variable.type === 'constant' && variable.hide !== 2)) {
      yield `variable '${variable.name}' has no label, or is a constant that is not hidden`;
    }
  }
}

/** Panels fill the lines of the grid, and do not lie over each other. */
function* grid({ uid: _, panels }: Dashboard): Generator<string> {
  const ids = new Set<number>();
  const titles = new Set<string>();
  for (const panel of panels.flatMap((one) => (one.type === 'row' ? [one, ...one.panels] : [one]))) {
    if (panel.id === undefined || ids.has(panel.id)) {
      yield `panel '${panel.title}' has no id, or that of another`;
    }
    if (titles.has(panel.title)) {
      yield `two panels have the title '${panel.title}'`;
    }
    ids.add(panel.id);
    titles.add(panel.title);
  }
  for (const group of [panels, ...panels.flatMap((panel) => (panel.type === 'row' ? [panel.panels] : []))]) {
    const taken = new Map<number, number>();
    for (const { title, gridPos: { x, y, w, h } } of group) {
      if (x < 0 || w < 1 || h < 1 || x + w > 24) {
        yield `panel '${title}' leaves the grid`;
      }
      for (let line = y; line < y + h; line++) {
        for (let column = x; column < x + w; column++) {
          const cell = line * 24 + column;
          taken.set(cell, (taken.get(cell) ?? 0) + 1);
        }
      }
    }
    if ([...taken.values()].some((count) => count > 1)) {
      yield 'panels lie over each other';
    }
    const lines = new Set([...taken.keys()].map((cell) => Math.floor(cell / 24)));
    if (taken.size < lines.size * 24) {
      yield 'a line of panels has a gap';
    }
  }
}

function* firstRow({ panels }: Dashboard): Generator<string> {
  const end = panels.findIndex(({ type }) => type !== 'stat');
  const stats = panels.slice(0, end === -1 ? panels.length : end).filter((panel): panel is Stat => panel.type === 'stat');
  if (stats.length < 4 || stats.length > 6) {
    yield `the first row has ${stats.length} stats, not four to six`;
  }
  const colored = stats.filter(({ fieldConfig: { defaults } }) => (defaults.thresholds?.steps.length ?? 0) > 1);
  if (colored.length < 2) {
    yield 'fewer than two stats of the first row are coloured by whether all is well';
  }
  const open = panels.flatMap((panel) => (panel.type === 'row' ? [] : [panel]));
  if (open.length > 15) {
    yield `${open.length} panels are open, more than 15`;
  }
  const queries = open.flatMap(({ targets = [] }) => targets).length;
  if (queries > 40) {
    yield `open panels have ${queries} queries, more than 40`;
  }
}

function* ofPanel({ type, title, description, targets, options, fieldConfig }: Panel): Generator<string> {
  if (!title || !description?.endsWith('.') || title.endsWith('.')) {
    yield 'no title, or no sentence of description';
  }
  if (targets.length === 0 || targets.length > 8) {
    yield `${targets.length} queries, not one to eight`;
  }
  const { unit, min, thresholds } = fieldConfig.defaults;
  const isMirrored = fieldConfig.overrides.some(({ properties }) => properties.some(({ id }) => id === 'custom.transform'));
  if (unit === undefined) {
    yield 'no unit';
  }
  if (type === 'timeseries' && min === undefined && !isMirrored && unit !== 's') {
    yield 'no minimum';
  }
  const calcs = [
    ...('reduceOptions' in options ? options.reduceOptions.calcs : []), ...('legend' in options && 'calcs' in options.legend ? options.legend.calcs ?? [] : []),
  ];
  if (calcs.some((calc) => !CALCULATIONS.includes(calc))) {
    yield `calculation of ${calcs.join(', ')} is unknown`;
  }
  const steps: Step[] = thresholds?.steps ?? [];
  if (steps[0]?.value !== null || steps.slice(2).some(({ value }, i) => Number(value) <= Number(steps[i + 1].value))) {
    yield 'the steps of its thresholds do not rise from minus infinity';
  }
  const refIds = targets.map(({ refId }) => refId);
  if (new Set(refIds).size !== refIds.length || refIds.includes(undefined!)) {
    yield 'two queries have one letter, or one has none';
  }
  const sources = [...targets.map(({ datasource }) => datasource?.uid)];
  if (sources.some((uid) => uid !== '${datasource}')) {
    yield 'a data source is not the one that is chosen';
  }
}

/** Links lead to dashboards that exist, keep the time, the data source and the cluster, and set variables that are there. */
function* links(dashboard: Dashboard, all: readonly Dashboard[]): Generator<string> {
  const found: Link[] = [];
  JSON.stringify(dashboard, (_, value: unknown) => {
    if (typeof value === 'object' && value !== null && 'url' in value && 'title' in value && String(value.url) !== '') {
      found.push(value as Link);
    }
    return value;
  });
  const names = new Set(dashboard.templating.list.map(({ name }) => name));
  for (const { title, url, cluster } of found) {
    const [, uid, query] = /^\/d\/([^?]+)\?(.*)$/.exec(url) ?? [];
    const target = all.find((other) => other.uid === uid);
    if (target === undefined) {
      yield `link '${title}' leads to '${url}', which is no dashboard of the library`;
      continue;
    }
    if (!['${__url_time_range}', '${datasource:queryparam}', '${cluster:queryparam}'].every((part) => query.includes(part))) {
      yield `link '${title}' does not keep the time, the data source and the cluster`;
    }
    if (cluster !== undefined && !comparesClusters(dashboard)) {
      yield `link '${title}' leads to one of several clusters, of which this dashboard shows one`;
    }
    const set = [...query.matchAll(/&var-(\w+)=/g)].map(([, name]) => name);
    const missing = set.filter((name) => !target.templating.list.some((variable) => variable.name === name));
    if (missing.length > 0) {
      yield `link '${title}' sets ${missing.join(', ')}, which '${uid}' does not have`;
    }
    const unknown = referencesIn(query).map(({ name }) => name).filter((name) => !name.startsWith('__') && !names.has(name));
    if (unknown.length > 0) {
      yield `link '${title}' uses ${unknown.join(', ')}, which are no variables here`;
    }
  }
}
