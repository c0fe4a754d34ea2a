import { lint } from './lint';
import { COMMITTED } from './support';

const all = COMMITTED.map(({ json }) => json);

test.each(COMMITTED.map(({ file, json }) => [file, json] as const))('%s keeps the rules for dashboards', (_, json) => {
  expect(lint(json, all)).toEqual([]);
});

test('no two dashboards have one uid or one title', () => {
  expect(new Set(all.map(({ uid }) => uid)).size).toBe(all.length);
  expect(new Set(all.map(({ title }) => title)).size).toBe(all.length);
});
