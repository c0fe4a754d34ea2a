import { panelsOf } from './support';
import type { Dashboard, Panel, Target } from '../../dashboards/grafana/json';
import { checkDashboardQuery } from '../../lib/monitoring/dashboards/query-check';
import { referencesIn } from '../../lib/monitoring/dashboards/references';
import { variablesOf } from '../../lib/monitoring/dashboards/variables';
import { PromQlValueType } from '../../lib/promql';

/** Labels with more than 20 values in some clusters. */
const MANY = [
  'cluster', 'namespace', 'workload', 'pod', 'container', 'node', 'persistentvolumeclaim', 'job_name', 'cronjob', 'horizontalpodautoscaler', 'poddisruptionbudget',
  'alertname', 'scrape_job', 'rule_group',
];
/** Series of no job of a component: of rules, of Prometheus about any target, of probes that users name. */
const OF_NO_JOB = /^(ALERTS|ALERTS_FOR_STATE|up|scrape_.+|probe_.+)$/;
/** Counters by their names. */
const COUNTER = /\b\w+_(?:total|bucket)\b\s*\{[^}]*\}(?!\s*\[)/;

/** What is against the rules in the queries of a dashboard. */
export function lintQueries(dashboard: Dashboard): string[] {
  const known = variablesOf({ ...dashboard });
  const used = new Set<string>();
  const parse = (where: string, expr: string) => {
    referencesIn(expr).forEach(({ name }) => used.add(name));
    return checkDashboardQuery({ where, expr }, known);
  };
  const faults: string[] = [];
  const attempt = (where: string, expr: string, then: (parsed: ReturnType<typeof parse>) => Iterable<string> = () => []) => {
    try {
      faults.push(...[...then(parse(where, expr))].map((fault) => `${where}: ${fault}`));
    } catch (error) {
      faults.push(String(error).split('\n')[0]);
    }
  };
  dashboard.annotations.list.forEach(({ name, expr }) => attempt(`annotation '${name}'`, expr));
  dashboard.templating.list.forEach((variable) => {
    if (variable.type === 'query') {
      const [, labelled, result] = /^(?:label_values\((.+), \w+\)|query_result\((.+)\))$/s.exec(variable.query.query) ?? [];
      attempt(`variable '${variable.name}'`, labelled ?? result ?? 'neither label_values(series, label) nor query_result(expression)');
    }
  });
  const hidden = new Set(dashboard.panels.flatMap((panel) => (panel.type === 'row' ? panel.panels : [])));
  panelsOf(dashboard).forEach((panel) => (panel.targets ?? []).forEach((target) => {
    attempt(`panel '${panel.title}', query ${target.refId}`, target.expr ?? '', (parsed) => [
      ...ofQuery(panel, target, parsed), ...ofNoMetric(target, parsed, hidden.has(panel)),
    ]);
  }));
  // The data source and the cluster are there for all.
  const unused = known.filter(({ name }) => !used.has(name) && name !== 'datasource').map(({ name }) => `variable '${name}' is used by no query`);
  return [...faults, ...unused];
}

function* ofQuery(panel: Panel, { expr, instant, range, legendFormat = '' }: Target, parsed: ReturnType<typeof checkDashboardQuery>): Generator<string> {
  // Texts may hold any sign.
  const bare = expr.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  if (instant === range) {
    yield 'it is neither instant nor over the range, or both';
  }
  if (parsed.valueType !== PromQlValueType.INSTANT_VECTOR && parsed.valueType !== PromQlValueType.SCALAR) {
    yield `a ${parsed.valueType} is not drawn`;
  }
  if (/\birate\(/.test(expr)) {
    yield 'irate jumps with the step of the graph; use rate';
  }
  if (!instant && [...bare.matchAll(/\[([^\]]*)\]/g)].some(([, window]) => window !== '$__rate_interval')) {
    yield 'a rate over a fixed range; use $__rate_interval';
  }
  if (COUNTER.test(bare.replace(/\bcount(?: by \([^)]*\))? ?\([^()]*\)/g, ''))) {
    yield 'the value of a counter means nothing; use rate';
  }
  for (const { metric, matchers } of parsed._selectors) {
    const labels = matchers.map(({ label }) => label);
    if (!labels.includes('cluster')) {
      yield `${metric} is not selected by cluster`;
    }
    if (!labels.includes('job') && !OF_NO_JOB.test(metric ?? '')) {
      yield `${metric} is not selected by job`;
    }
  }
  // Joins and rows keep clusters apart.
  if (/\bon\s*\((?![^)]*\bcluster\b)|\bignoring\s*\([^)]*\bcluster\b/.test(expr)) {
    yield 'a join that mixes clusters; name cluster among its labels';
  }
  if (panel.type === 'timeseries' || panel.type === 'bargauge' || panel.type === 'state-timeline') {
    yield* ofLegend(expr, legendFormat);
  }
}

/** A look at all series costs too much to be repeated, or to be made before somebody asks for it. */
function* ofNoMetric(
  { expr, instant }: Target, { _selectors: selectors }: ReturnType<typeof checkDashboardQuery>, isHidden: boolean,
): Generator<string> {
  if (selectors.some(({ metric }) => metric === undefined) && !(isHidden && instant && /^topk\(/.test(expr))) {
    yield 'a selector names no metric; ask such a query once, by topk, in a collapsed row';
  }
}

function* ofLegend(expr: string, legend: string): Generator<string> {
  if (legend.trim() === '' || legend === '__auto') {
    yield 'its series have no name';
  }
  const labels = [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label);
  // A Pod has few containers.
  const isFixed = (label: string): boolean => new RegExp(`\\b${label}=~?"\\$\\{?${label}\\b`).test(expr) || (label === 'container' && isFixed('pod'));
  const open = labels.filter((label) => MANY.includes(label) && !isFixed(label));
  if (open.length > 0 && !/\b(?:topk|bottomk)\b/.test(expr)) {
    yield `there may be more than 20 of ${open.join(', ')}; use topk, or a table`;
  }
}
