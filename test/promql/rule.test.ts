import { PromQlValueType } from '../../lib/promql';
import { requireInstant } from '../../lib/promql/rule';

describe('requireInstant', () => {
  test('takes instant vectors and scalars', () => {
    expect(requireInstant('up == 0', 'here').valueType).toBe(PromQlValueType.INSTANT_VECTOR);
    expect(requireInstant('1', 'here').valueType).toBe(PromQlValueType.SCALAR);
  });

  test('takes every experiment, which the features of a Prometheus judge', () => {
    expect(requireInstant('mad_over_time(a[5m])', 'here')).toMatchObject({ metrics: ['a'], _needs: ['mad_over_time'] });
    expect(requireInstant('limitk(1, a) + fill(0) limit_ratio(0.1, b)', 'here')._needs).toEqual(['promql-binop-fill-modifiers', 'limitk', 'limit_ratio']);
  });

  test('refuses a range vector, which promtool lets pass', () => {
    expect(() => requireInstant('\n  foo[5m]', "alerting rule 'A'")).toThrow([
      "alerting rule 'A': invalid PromQL at line 2, column 3: a rule needs an instant vector or a scalar, this is a range vector, "
        + 'put it in a function such as rate() or max_over_time()',
      '    foo[5m]',
      '    ^',
    ].join('\n'));
  });

  test('refuses a string', () => {
    expect(() => requireInstant('"a"', 'here')).toThrow('here: invalid PromQL at column 1: a rule needs an instant vector or a scalar, this is a string\n');
  });

  test('says where an invalid expression is', () => {
    expect(() => requireInstant('rate(foo)', "recording rule 'a:b'")).toThrow(
      "recording rule 'a:b': invalid PromQL at column 6: 'rate' expects range vector, such as foo[5m], got instant vector\n  rate(foo)\n       ^",
    );
  });
});
