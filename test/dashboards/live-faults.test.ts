import type { Panel } from '../../dashboards/grafana/json';
import type { AskedDashboard } from '../../dashboards/live/ask';
import type { Series } from '../../dashboards/live/http-api';
import { faultsIn, queriesIn } from './live-faults';
import { OF_OTHER_CLUSTERS, OF_STORES, UNTIL_A_FAULT } from '../e2e/harness/empty-queries';
import { COMMITTED, panelsOf } from './support';

const { json } = COMMITTED.find(({ json: { uid } }) => uid === 'kubernetes-cluster')!;
const restarts = panelsOf(json).find(({ title }) => title === 'Restarts')!;
const nodes = panelsOf(json).find(({ title }) => title === 'Nodes by use')!;

function answered(panel: Panel, metrics: readonly Series['metric'][], warnings: readonly string[] = [], value = '1'): AskedDashboard {
  const queries = panel.targets.slice(0, 1).map((target) => ({
    target, expr: target.expr, step: 30, warnings, series: metrics.map((metric): Series => ({ metric, values: [[1, value]] })),
  }));
  return { range: { from: 0, to: 1, step: 1 }, values: {}, panels: [{ panel, queries }], marks: { series: [], warnings: [] } };
}

const pods = (count: number) => Array.from({ length: count }, (_, i) => ({ namespace: 'shop', container: `c${i}` }));
const faults = (...of: Parameters<typeof answered>) => faultsIn(json, answered(...of));

describe('answers to a dashboard', () => {
  it('are right where series have names of their own', () => {
    expect(faults(restarts, pods(50))).toEqual([]);
  });

  it('are wrong where two series have one name', () => {
    expect(faults(restarts, [...pods(2), { namespace: 'shop', container: 'c1', pod: 'x' }])).toEqual([
      "kubernetes-cluster: Restarts: several series have the name 'shop/c1'",
    ]);
    expect(faults(nodes, [{ node: 'a' }, { node: 'a' }])).toEqual([]);
  });

  it('are wrong where a series lacks a label of the legend', () => {
    expect(faults(restarts, [{ namespace: 'shop' }])).toEqual(['kubernetes-cluster: Restarts A: the legend has container, which a series lacks']);
  });

  it('are wrong where there are too many series', () => {
    expect(faults(restarts, pods(51))).toEqual(['kubernetes-cluster: Restarts: 51 series']);
  });

  it('are wrong where Prometheus warns, except of counters that are named otherwise', () => {
    const info = (metric: string) => `PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "${metric}" (1:6)`;
    expect(faults(restarts, pods(1), [info('node_vmstat_oom_kill')])).toEqual([]);
    expect(faults(restarts, pods(1), [info('up')])).toEqual([`kubernetes-cluster: Restarts A: ${info('up')}`]);
  });

  it('are empty where no sample is a number', () => {
    const found = (...of: Parameters<typeof answered>) => queriesIn(json, answered(...of)).map(({ name, found: some }) => ({ name, some }));
    expect(found(restarts, pods(1))).toEqual([{ name: 'kubernetes-cluster: Restarts A', some: true }]);
    expect(found(restarts, pods(1), [], 'NaN')).toEqual([{ name: 'kubernetes-cluster: Restarts A', some: false }]);
    expect(found(restarts, [])).toEqual([{ name: 'kubernetes-cluster: Restarts A', some: false }]);
  });
});

it('no reason is given for an empty query that is in no dashboard', () => {
  const panels = COMMITTED.flatMap(({ json: of }) => panelsOf(of).map((panel) => ({ name: `${of.uid}: ${panel.title}`, panel })));
  const names = panels.flatMap(({ name, panel }) => [name, ...panel.targets.map(({ refId }) => `${name} ${refId}`)]);
  expect([UNTIL_A_FAULT, OF_OTHER_CLUSTERS, OF_STORES].flatMap(Object.keys).filter((name) => !names.includes(name))).toEqual([]);
});
