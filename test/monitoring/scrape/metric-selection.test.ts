import { MetricSelection } from '../../../lib';

function configs(selection: MetricSelection): object[] {
  return selection.toRelabelings().map((relabeling) => relabeling.toConfig());
}

test('all stores everything', () => {
  expect(configs(MetricSelection.all())).toEqual([]);
  expect(MetricSelection.all().dropsMetric('up')).toBe(false);
});

test('keep and drop choose by name', () => {
  expect(configs(MetricSelection.keep('node_cpu', 'node_memory_.*'))).toEqual([{ action: 'keep', sourceLabels: ['__name__'], regex: 'node_cpu|node_memory_.*' }]);
  expect(configs(MetricSelection.drop('go_.*'))).toEqual([{ action: 'drop', sourceLabels: ['__name__'], regex: 'go_.*' }]);
});

test('all labels have to match', () => {
  expect(configs(MetricSelection.dropByLabels({ device: 'veth.*|lo', __name__: 'node_network_.*' }))).toEqual([
    { action: 'drop', sourceLabels: ['device', '__name__'], regex: '(?:veth.*|lo);(?:node_network_.*)' },
  ]);
  expect(configs(MetricSelection.keepByLabels({ verb: 'GET' }))).toEqual([{ action: 'keep', sourceLabels: ['verb'], regex: 'GET' }]);
});

test('selections follow each other, and neither is changed', () => {
  const first = MetricSelection.keep('node_.*');
  const both = first.and(MetricSelection.drop('node_cpu_guest.*'));
  expect(configs(both).length).toBe(2);
  expect(configs(first).length).toBe(1);
});

test.each([
  [MetricSelection.keep('node_cpu'), 'node_cpu', false],
  [MetricSelection.keep('node_cpu'), 'node_cpu_seconds_total', true],
  [MetricSelection.keep('a|node_cpu_.*'), 'node_cpu_seconds_total', false],
  [MetricSelection.keep('(?i)NODE_.*'), 'node_cpu', false],
  [MetricSelection.drop('node_cpu'), 'node_cpu', true],
  [MetricSelection.drop('node_cpu'), 'node_cpu_seconds_total', false],
  [MetricSelection.dropByLabels({ __name__: 'node_cpu', mode: 'idle' }), 'node_cpu', false],
  [MetricSelection.keepByLabels({ __name__: 'node_cpu', mode: 'idle' }), 'node_load1', true],
  [MetricSelection.keepByLabels({ mode: 'idle' }), 'node_load1', false],
  [MetricSelection.keep('node_.*').and(MetricSelection.drop('node_cpu')), 'node_cpu', true],
])('it is known whether %j surely drops %s', (selection, metric, drops) => {
  expect(selection.dropsMetric(metric)).toBe(drops);
});

test.each(['keep', 'drop'] as const)('%s needs a metric', (action) => {
  expect(() => MetricSelection[action]()).toThrow(`MetricSelection.${action}: no metric is named; use MetricSelection.all() to store everything`);
});

test.each(['keepByLabels', 'dropByLabels'] as const)('%s needs a label', (action) => {
  expect(() => MetricSelection[action]({})).toThrow(`MetricSelection.${action}: no label is named; use MetricSelection.all() to store everything`);
});

test.each(['keepByLabels', 'dropByLabels'] as const)('%s takes labels and regular expressions, and is named where they are none', (action) => {
  expect(() => MetricSelection[action]({ 'a ': 'x' })).toThrow(`MetricSelection.${action}: 'a ' is not a label name`);
  expect(() => MetricSelection[action]({ verb: '(x' })).toThrow(`MetricSelection.${action}: verb: '(x' is not a regular expression (RE2)`);
});

test('a regular expression is one', () => {
  expect(() => MetricSelection.keep('node_(cpu')).toThrow("MetricSelection.keep: __name__: 'node_(cpu' is not a regular expression (RE2)");
});
