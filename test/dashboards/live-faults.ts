import type { Dashboard } from '../../dashboards/grafana/json';
import { Asked, AskedDashboard, AskedPanel, hasData, nameOf } from '../../dashboards/live/ask';
import type { Series } from '../../dashboards/live/http-api';

/** More series than a graph can be read with. */
const MANY = 50;
/** Counters of the kernel and of programs, whose names Prometheus does not know for those of counters. */
const COUNTERS = /name does not end in _total\/_sum\/_count\/_bucket: "(node_vmstat_\w+|authentication_attempts|endpoint_slice_controller_syncs|input_received|(output|processor)_error|http_request_code_\w+|sink_samples_rejected|internal_write_\w+)"/;

/** The name of a series in a legend. */
function nameIn(legend: string, { metric }: Series): string {
  return legend.replace(/\{\{(\w+)\}\}/g, (_, label: string) => metric[label] ?? '');
}

function* ofQuery({ target, series, warnings }: Asked): Generator<string> {
  const labels = [...(target.legendFormat ?? '').matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label);
  const absent = labels.filter((label) => series.some(({ metric }) => metric[label] === undefined));
  if (absent.length > 0) {
    yield `the legend has ${absent.join(', ')}, which a series lacks`;
  }
  yield* warnings.filter((warning) => !COUNTERS.test(warning));
}

/** How many series there are at each time: over time `topk` gives more than at any one. */
function atEachTime(series: readonly Series[]): Map<number, number> {
  const counts = new Map<number, number>();
  series.forEach(({ values }) => values.forEach(([time]) => counts.set(time, (counts.get(time) ?? 0) + 1)));
  return counts;
}

/** Series of which two have one name cannot be told apart. */
function* ofPanel({ panel, queries }: AskedPanel): Generator<string> {
  if (panel.type === 'table') {
    return;
  }
  const names = queries.flatMap(({ target: { legendFormat = '' }, series }) => series.map((one) => nameIn(legendFormat, one)));
  const twice = names.filter((name, i) => names.indexOf(name) !== i);
  if (twice.length > 0) {
    yield `several series have the name ${[...new Set(twice)].map((name) => `'${name}'`).join(', ')}`;
  }
  const most = Math.max(...atEachTime(queries.flatMap(({ series }) => series)).values());
  if (most > MANY && panel.type !== 'heatmap') {
    yield `${most} series`;
  }
}

/** What is wrong with the answers to a dashboard, except that queries are empty. */
export function faultsIn(dashboard: Dashboard, { panels }: AskedDashboard): string[] {
  return panels.flatMap((of) => [
    ...[...ofPanel(of)].map((fault) => `${dashboard.uid}: ${of.panel.title}: ${fault}`),
    ...of.queries.flatMap((query) => [...ofQuery(query)].map((fault) => `${nameOf(dashboard, of.panel, query.target)}: ${fault}`)),
  ]);
}

/** Queries of a dashboard by their names, with what they ask, and whether they find anything. */
export function queriesIn(dashboard: Dashboard, { panels }: AskedDashboard): { name: string; expr: string; found: boolean }[] {
  return panels.flatMap(({ panel, queries }) => queries.map((query) => (
    { name: nameOf(dashboard, panel, query.target), expr: query.expr, found: hasData(query) }
  )));
}
