import { dump } from 'js-yaml';
import { parse } from 'yaml';
import { LiteralText, yamlText } from '../lib/yaml';

/** What one or the other YAML takes for something else than a string, unless it is quoted. */
const STRINGS = [
  '', ' ', ' a', 'a ', '~', 'null', 'true', 'yes', 'on', 'y', 'N', '1', '+1', '1.', '.5', '1e3', '0777', '0o14', '0x1F', '12:30:45', '.inf', '.nan',
  '2001-01-01', '<<', '=', '-', '?', '- a', '? a', ':', 'a:', 'a: b', '#a', 'a #b', '{a}', '[a]', 'a, b', '%a', '@a', '`a', '!a', '&a', '*a', '|', '>', '---', '...',
  'it\'s', '"a"', '\\d+', 'a\tb', '\ta', '\u0085', '\u2028', '\ufeff', '\u{1F600}', '{{ printf "%.1f" $value }}: it\'s', `${'long '.repeat(50)}\n`,
  '\n', '\n\na', 'a\n', 'a\n\n', 'a\nb', '  a\nb\n', 'a \n b\n', '\t\na', '---\na\n...\n', 'a\r\nb', 'a\r',
  'NULL', 'nulls', 'No', 'no one', 'off', 'offer', 'a  b', 'a#b', 'a:b', 'a :b', 'a: ', 'a,b [c] {d} "e" \'f\'', 'a\u00e9', 'a\u007f', '_', 'sum by (a) (b{c="d"})',
];

/** Short texts of what YAML knows, the same each time. */
function randomTexts(count: number): string[] {
  const parts = [...Array.from('-+.:?#,[]{}&*!|>\'"%@`~=<_ \t\n\\0189abeEnoxTZ'), '\u00e9', '\u0085', '\ufeff', '\u{1f600}', '\ud800', 'null', 'true', 'off', '2001-01-01', '12:30'];
  let seed = 1;
  const below = (limit: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % limit;
  };
  return Array.from({ length: count }, () => Array.from({ length: 1 + below(6) }, () => parts[below(parts.length)]).join(''));
}

describe('a configuration as text', () => {
  test.each(['1.1', '1.2'] as const)('says what it is given, by YAML %s', (version) => {
    const data = {
      strings: STRINGS,
      keys: Object.fromEntries(STRINGS.map((text, i) => [text, i])),
      numbers: [0, -3, 1.5, 1e21, 200_000_000],
      nested: [[], {}, [[1, [2]], [{ a: [{ b: 'c\n  d\n' }] }]], { a: null, b: false }],
    };
    expect(parse(yamlText(data), { version })).toEqual(data);
  });

  test('is what js-yaml writes, or has more quotes', () => {
    const written = (data: object) => dump(data, { lineWidth: -1, noRefs: true, quotingType: '"', skipInvalid: true });
    for (const text of [...STRINGS, ...STRINGS.flatMap((one) => [`a${one}`, `${one}a`, `${one} #`, `x\n${one}`]), ...randomTexts(20_000)]) {
      const data = [{ [text]: text }, [text]];
      const quoted = JSON.stringify(text);
      expect([written(data), `- ${quoted}: ${quoted}\n- - ${quoted}\n`]).toContain(yamlText(data));
      // Package yaml does not keep halves of pairs and byte order marks.
      if (!/[\ud800\ufeff]/u.test(text)) {
        expect((['1.1', '1.2'] as const).map((version) => parse(yamlText(data), { version }))).toEqual([data, data]);
      }
    }
    const nested = { a: [[], {}, [[1, [2]], [{ a: [{ b: 'c\n  d\n', c: undefined }] }]], { a: null, b: false, c: -1.5, d: { e: undefined } }], b: {}, c: [], d: { e: {} } };
    expect(yamlText(nested)).toBe(written(nested));
    expect(yamlText([nested, [nested]])).toBe(written([nested, [nested]]));
  });

  test('repeats what is shared, for Prometheus forbids no alias but people read none', () => {
    const shared = { team: 'shop' };
    expect(yamlText({ a: shared, b: [shared] })).toBe('a:\n  team: shop\nb:\n  - team: shop\n');
  });

  test.each(['s3cret', ' s3cret', '- a: "b" # c', "it's", '{{', '12', 'a: b'])('holds %j in the place of a variable in literal text', (value) => {
    const text = yamlText({ users: [{ name: 'a', password: new LiteralText('${PASSWORD}') }], after: 1 });
    expect(parse(text.replace('${PASSWORD}', value))).toEqual({ users: [{ name: 'a', password: value }], after: 1 });
  });

  test('leaves out what is undefined', () => {
    expect(yamlText({ a: undefined, b: { c: undefined, d: 1 } })).toBe('b:\n  d: 1\n');
  });

  test('keeps a long line one line, and several lines several', () => {
    const long = 'word '.repeat(100).trim();
    expect(yamlText({ long, expr: 'sum(a)\n/\nsum(b)' })).toBe(`long: ${long}\nexpr: |-\n  sum(a)\n  /\n  sum(b)\n`);
  });
});
