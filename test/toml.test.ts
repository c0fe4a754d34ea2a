import { tomlText } from '../lib/toml';

test('writes tables, arrays of tables and values, those of a table before the tables in it', () => {
  expect(tomlText({
    agent: { interval: '15s', limit: 600_000, quiet: false, tags: ['a', 'b "c"'], left: undefined },
    outputs: { kafka: [{ filter: { 'with space': ['1'] }, alias: 'sink' }, { alias: 'other' }] },
    title: 'a\n\\d+ "x" \u0001 ü',
  })).toBe(`title = "a\\n\\\\d+ \\"x\\" \\u0001 ü"

[agent]
interval = "15s"
limit = 600000
quiet = false
tags = ["a", "b \\"c\\""]

[outputs]

[[outputs.kafka]]
alias = "sink"

[outputs.kafka.filter]
"with space" = ["1"]

[[outputs.kafka]]
alias = "other"
`);
});

test('an empty table stays, an empty list too', () => {
  expect(tomlText({ a: {}, b: { c: [] } })).toBe('[a]\n\n[b]\nc = []\n');
});
