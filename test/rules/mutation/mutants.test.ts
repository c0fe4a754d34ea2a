import { mutantsOf } from './mutants';

/** Changes of an expression of one kind with what they make of it. */
function changes(expr: string, kind: string): string[] {
  return mutantsOf(expr).filter((mutant) => mutant.kind === kind).map((mutant) => `${mutant.change}: ${mutant.expr}`);
}

test('comparisons are flipped', () => {
  expect(changes('a > 1 and b == 0', 'comparison')).toEqual(['> to <: a < 1 and b == 0', '== to !=: a > 1 and b != 0']);
});

test('numbers are ten times as large and as small, but 0', () => {
  expect(changes('a > 0.3 or b > 0', 'number')).toEqual(['0.3 times 10: a > 3 or b > 0', '0.3 over 10: a > 0.03 or b > 0']);
});

test('windows are four times as long and as short', () => {
  expect(changes('rate(a[5m]) + max_over_time(b[1h:1m])', 'range')).toEqual([
    '[5m] times 4: rate(a[1200000ms]) + max_over_time(b[1h:1m])', '[5m] over 4: rate(a[75000ms]) + max_over_time(b[1h:1m])',
    '[1h] times 4: rate(a[5m]) + max_over_time(b[14400000ms:1m])', '[1h] over 4: rate(a[5m]) + max_over_time(b[900000ms:1m])',
  ]);
});

test('labels of groups and joins go one by one', () => {
  expect(changes('sum by (x, y) (a) / on (x) group_left (z) b', 'grouping')).toEqual([
    'without x of (x, y): sum by (y) (a) / on (x) group_left (z) b', 'without y of (x, y): sum by (x) (a) / on (x) group_left (z) b',
    'without x of (x): sum by (x, y) (a) / on () group_left (z) b', 'without z of (z): sum by (x, y) (a) / on (x) group_left () b',
  ]);
});

test('arms of set operators are dropped, but what unless excludes from', () => {
  expect(changes('(a or b) unless on (x) c', 'arm')).toEqual([
    'without the right of unless: (a or b)', 'without the left of or: (b) unless on (x) c', 'without the right of or: (a) unless on (x) c',
  ]);
});

test('matchers are removed, each from each selector', () => {
  expect(changes('sum(a{job="x", y!=""}) / sum(b{job="x"})', 'matcher')).toEqual([
    'a without job="x": sum(a{y!=""}) / sum(b{job="x"})', 'a without y!="": sum(a{job="x"}) / sum(b{job="x"})', 'b without job="x": sum(a{job="x", y!=""}) / sum(b{})',
  ]);
});

test.each([
  ['a{job="x"} / b{job="x"}', 'a{} / b{}'],
  ['rate(a{job="x"}[5m]) and on (job) b{job="x"} > 0', 'rate(a{}[5m]) and on (job) b{} > 0'],
  ['sum by (job) (a{job="x"}) - sum by (job) (b{job="x"})', 'sum by (job) (a{}) - sum by (job) (b{})'],
])('a matcher that a join implies is removed from all selectors at once: %s', (expr, without) => {
  expect(changes(expr, 'matcher')).toEqual([`no job="x" anywhere: ${without}`]);
});

test('what unless excludes is joined, what it excludes from is not', () => {
  expect(changes('a{job="x"} unless b{job="x"}', 'matcher')).toEqual(['a without job="x": a{} unless b{job="x"}', 'no job="x" anywhere: a{} unless b{}']);
});

test('a selector is not made to select everything', () => {
  expect(changes('{__name__=~"a|b"}', 'matcher')).toEqual([]);
});

test('holding times are doubled and taken away', () => {
  expect(mutantsOf('a', '10m')).toEqual([
    { kind: 'for', change: 'for 10m times 2', expr: 'a', hold: '1200000ms' }, { kind: 'for', change: 'for 10m to 0', expr: 'a', hold: '0s' },
  ]);
});

test('two changes of a rule never have one name', () => {
  expect(mutantsOf('a > 1 or b > 1').map(({ change }) => change)).toContain('> to < (2)');
});
