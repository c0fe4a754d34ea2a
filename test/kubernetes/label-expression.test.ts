import { LabelExpression } from '../../lib';

test('says what it is', () => {
  expect(LabelExpression.in('tier', 'a', 'b', 'a')).toMatchObject({ operator: 'In', key: 'tier', values: ['a', 'b'] });
  expect(LabelExpression.notIn('tier', '')).toMatchObject({ operator: 'NotIn', values: [''] });
  expect(LabelExpression.exists('app.kubernetes.io/name')).toMatchObject({ operator: 'Exists', key: 'app.kubernetes.io/name', values: [] });
  expect(LabelExpression.doesNotExist('tier')).toMatchObject({ operator: 'DoesNotExist', values: [] });
});

test('gives copies', () => {
  const expression = LabelExpression.in('tier', 'a');
  expression.values.push('b');
  expect(expression.values).toEqual(['a']);
});

test.each<[LabelExpression, boolean, boolean, boolean]>([
  [LabelExpression.in('tier', 'a', 'b'), true, false, false],
  [LabelExpression.notIn('tier', 'a', 'b'), false, true, true],
  [LabelExpression.exists('tier'), true, true, false],
  [LabelExpression.doesNotExist('tier'), false, false, true],
])('%j is met, or not', (expression, one, other, none) => {
  const things: Array<{ [label: string]: string }> = [{ tier: 'a' }, { tier: 'c' }, { x: 'a' }];
  expect(things.map((labels) => expression._matches(labels))).toEqual([one, other, none]);
});

test.each<[() => LabelExpression, string]>([
  [() => LabelExpression.in('tier'), "LabelExpression In 'tier': no value is named; name some, or use LabelExpression.exists() or doesNotExist()"],
  [() => LabelExpression.notIn('tier'), "LabelExpression NotIn 'tier': no value is named"],
  [() => LabelExpression.exists('a b'), "LabelExpression.exists: key: 'a b' is not the key of a Kubernetes label; write it as 'app.kubernetes.io/name'"],
  [() => LabelExpression.in('tier', 'front|back'), "LabelExpression.in: values[0]: 'front|back' is not the value of a Kubernetes label; use at most 63 letters, digits, '-', '_' and '.', a letter or digit first and last"],
  [() => LabelExpression.in('tier', 'a'.repeat(64)), "LabelExpression.in: values[0]: 'aaa"],
])('is refused, %#', (make, message) => {
  expect(make).toThrow(message);
});
