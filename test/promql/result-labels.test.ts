import { PromQl } from '../../lib/promql';

const lacks = (expr: string) => PromQl.parse(expr, { experimentalFunctions: true, binaryFillModifiers: true })._lacksLabel('namespace');

test.each([
  '1', 'time()', 'vector(1)', 'scalar(a) > bool 0', 'a{namespace=""}', 'hour()',
  'sum(a)', 'sum by (pod) (a)', 'sum(a) by ()', 'count without (namespace) (a)', 'quantile(0.9, a)', 'count_values("value", a)', 'topk(2, sum(a))', '-sum(a)',
  'sum(a) / sum(b) > 0.5', '2 * sum(a)', 'sum(rate(a[5m])) == 0', 'max_over_time(sum(a)[5m:1m])', 'histogram_quantile(0.9, sum by (le) (rate(a[5m])))',
  'absent(a)', 'absent(a{job="x"} == 1)', 'absent(a{namespace="x"} == 1)', 'absent(a{namespace=~"x|y"})', 'absent_over_time(a[5m])', 'absent(sum(a{namespace="x"}))',
  'label_replace(sum(a), "team", "web", "", "")', 'sum(a) or absent(b)', 'sum(a) and on () b', 'sum(a) unless on () b', 'a == on (pod) b', 'a == ignoring (namespace) b',
  'sum(a) * on () group_right (team) sum(b)', 'a * on (pod) group_left (namespace) sum by (pod) (b)',
])('%s has no label namespace', (expr) => {
  expect(lacks(expr)).toBe(true);
});

test.each([
  'a', 'a{namespace="x"}', 'a{namespace!=""}', 'rate(a[5m])', 'a offset 5m', '-a', '(a)', 'a > 1', '1 < a',
  'sum by (namespace) (a)', 'sum(a) by (pod, namespace)', 'sum without (pod) (a)', 'topk(2, a)', 'topk by (pod) (2, a)', 'limitk(2, a)',
  'count_values("namespace", a)', 'absent(a{namespace="x"})', 'absent((a{namespace="x"} offset 5m))', 'absent_over_time(a{namespace="x"}[5m])',
  'label_replace(sum(a), "namespace", "web", "", "")', 'label_join(sum(a), "namespace", "", "pod")', 'info(sum(a))',
  'sum(a) or b', 'a and sum(b)', 'a unless on () b', 'a == on (namespace) b', 'a == ignoring (pod) b', 'a * on (pod) group_left sum by (pod) (b)',
  'sum by (pod) (a) * on (pod) group_left (namespace) b', 'sum by (pod) (a) * on (pod) group_right b',
])('%s may have a label namespace', (expr) => {
  expect(lacks(expr)).toBe(false);
});

test.each([['absent(a)', true], ['a == 0 or absent_over_time(a[5m])', true], ['count(absent(a))', true], ['absents', false], ['a{absent="absent(a)"}', false]])(
  '%s calls absent: %s', (expr, expected) => {
    expect(PromQl.parse(expr)._usesAbsent()).toBe(expected);
  },
);
