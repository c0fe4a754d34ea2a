import { readCases } from './cases';
import { CATALOGUES } from './catalogues';
import { canHave, knownMetric, LISTS } from './metrics';
import { readRecordCases, recordingRules } from './records';
import { labelsOf, metricOf } from './series-names';
import { PromQl } from '../../lib/promql';
import { ALL_EXPERIMENTS } from '../../lib/promql/rule';
import { RuleSet } from '../../lib/monitoring/rules';

/** What is wrong with a series or a selector of a job, by the lists of what programs expose. */
function unknown(job: string, metric: string, labels: readonly string[]): string[] {
  if (LISTS[job] === undefined || metric.includes(':')) {
    return [];
  }
  const known = knownMetric(job, metric);
  return known === undefined
    ? [`${job} has no ${metric}`]
    : labels.filter((label) => !canHave(known, label)).map((label) => `${metric} of ${job} has no label ${label}`);
}

function unknownInRules(rules: RuleSet): string[] {
  const selectors = rules.groups.flatMap((group) => group.rules).flatMap(({ expr }) => PromQl.parse(expr, ALL_EXPERIMENTS)._selectors);
  return selectors.flatMap(({ metric, matchers }) => {
    const job = matchers.find(({ label, operator }) => label === 'job' && operator === '=')?.value ?? '';
    return metric === undefined ? [] : unknown(job, metric, matchers.map(({ label }) => label).filter((label) => label !== '__name__'));
  });
}

describe.each(Object.entries(CATALOGUES))('%s', (component, rules) => {
  test('rules select what the programs expose', () => {
    expect([...new Set(unknownInRules(rules))]).toEqual([]);
  });

  test('cases are made of series that the programs expose', () => {
    const series = [
      ...readCases(component).flatMap(({ fires, quiet }) => [fires, ...Object.values(quiet)]),
      ...(recordingRules(rules).length > 0 ? readRecordCases(component) : []).map((each) => each.series),
    ].flatMap((each) => Object.keys(each));
    expect([...new Set(series.flatMap((each) => unknown(labelsOf(each).get('job') ?? '', metricOf(each), [...labelsOf(each).keys()])))]).toEqual([]);
  });
});

test('a metric that no program exposes is found, and a label that it does not have', () => {
  expect(unknown('node-exporter', 'node_cpu_secs_total', [])).toEqual(['node-exporter has no node_cpu_secs_total']);
  expect(unknown('node-exporter', 'node_cpu_seconds_total', ['mode', 'core'])).toEqual(['node_cpu_seconds_total of node-exporter has no label core']);
  expect(unknown('kubelet', 'kubelet_pleg_relist_duration_seconds_bucket', ['le'])).toEqual([]);
  expect(unknown('kubelet', 'kubelet_pleg_relist_duration_seconds', ['le'])).toEqual(['kubelet has no kubelet_pleg_relist_duration_seconds']);
});
