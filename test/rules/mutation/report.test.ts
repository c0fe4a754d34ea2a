import { Outcome, report } from './report';
import { Mutant } from './mutants';

const mutant = (change: string): Mutant => ({ kind: 'number', change, expr: 'a' });

function outcome(alive: readonly string[], exceptions: readonly string[], total = 20): Outcome {
  const names = [...alive, ...Array.from({ length: total - alive.length }, (_, i) => `killed ${i}`)];
  const mutants = names.map(mutant);
  const subject = { title: 'X warning', component: 'shop', group: 'shop.rules', rule: {}, cases: [], mutants, stages: [], alone: false };
  return { subject, alive: mutants.slice(0, alive.length), exceptions };
}

test('19 of 20 changes are enough', () => {
  const { text, isGood } = report([outcome(['a'], [])]);
  expect(isGood).toBe(true);
  expect(text).toContain('shop.rules  shop: X warning: number: a\n');
  expect(text).toMatch(/^all +1 +19 +20 +95\.0%/m);
});

test('18 are not', () => {
  expect(report([outcome(['a', 'b'], [])]).isGood).toBe(false);
});

test('a listed exception does not count, and is not told', () => {
  const { text, isGood } = report([outcome(['a', 'b'], ['b'], 21)]);
  expect(isGood).toBe(true);
  expect(text).not.toContain('number: b');
  expect(text).toMatch(/^all +1 +19 +20/m);
});

test.each(['killed 3', 'nothing that is made'])('an exception that is none any more is told: %s', (change) => {
  const { text, isGood } = report([outcome([], [change])]);
  expect(isGood).toBe(false);
  expect(text).toContain(`exceptions.yaml:\nshop: X warning: ${change}\n`);
});
