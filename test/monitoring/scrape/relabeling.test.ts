import { Relabeling } from '../../../lib';

test('every action of Prometheus', () => {
  expect([
    Relabeling.replace({ sourceLabels: ['a', 'b'], targetLabel: 'c', regex: '(.+)-(.+)', replacement: '$2', separator: '-' }),
    Relabeling.replace({ targetLabel: 'team', replacement: 'shop' }),
    Relabeling.replace({ sourceLabels: ['a'], targetLabel: '${1}_total', regex: '(.+)' }),
    Relabeling.keep({ sourceLabels: ['a'], regex: 'x', separator: ',' }),
    Relabeling.drop({ sourceLabels: ['a'], regex: 'x' }),
    Relabeling.keepEqual(['a'], 'b'),
    Relabeling.dropEqual(['a'], 'b'),
    Relabeling.hashMod(['__address__'], '__tmp_shard', 4),
    Relabeling.labelMap('__meta_kubernetes_pod_label_(.+)'),
    Relabeling.labelMap('(.+)_old', '${1}_new'),
    Relabeling.labelDrop('id|name'),
    Relabeling.labelKeep('__name__|job'),
    Relabeling.lowercase(['a'], 'a'),
    Relabeling.uppercase(['a'], 'a'),
  ].map((relabeling) => relabeling.toConfig())).toMatchSnapshot();
});

test('gives and takes copies', () => {
  const sourceLabels = ['a'];
  const relabeling = Relabeling.keep({ sourceLabels, regex: 'x' });
  sourceLabels.push('b');
  relabeling.toConfig().sourceLabels?.push('c');
  expect(relabeling.toConfig().sourceLabels).toEqual(['a']);
});

test.each<[string, () => Relabeling, string]>([
  ['replace', () => Relabeling.replace({ targetLabel: ' a' }), "Relabeling.replace: targetLabel: ' a' is not a label name"],
  ['keepEqual', () => Relabeling.keepEqual(['a'], ''), "Relabeling.keepEqual: targetLabel: '' is not a label name"],
  ['dropEqual', () => Relabeling.dropEqual(['a'], '\u0007'), "Relabeling.dropEqual: targetLabel: 'U+0007' is not a label name"],
  ['hashMod', () => Relabeling.hashMod(['a'], '\ud800', 2), "Relabeling.hashMod: targetLabel: 'U+D800' is not a label name"],
  ['lowercase', () => Relabeling.lowercase(['a'], 'ä\n'), "Relabeling.lowercase: targetLabel: 'äU+000A' is not a label name"],
  ['uppercase', () => Relabeling.uppercase(['a'], ''), "Relabeling.uppercase: targetLabel: '' is not a label name"],
])('%s needs a label to write', (_, make, message) => {
  expect(make).toThrow(message);
});

test.each([0, -1, 1.5])('the modulus %p is none', (modulus) => {
  expect(() => Relabeling.hashMod(['a'], 'b', modulus)).toThrow(`Relabeling.hashMod: modulus: ${modulus} is not a whole number above 0`);
});

test.each<[string, () => Relabeling]>([
  ['keep', () => Relabeling.keep({ sourceLabels: [], regex: 'x' })],
  ['drop', () => Relabeling.drop({ sourceLabels: [], regex: 'x' })],
  ['keepequal', () => Relabeling.keepEqual([], 'b')],
  ['dropequal', () => Relabeling.dropEqual([], 'b')],
  ['hashmod', () => Relabeling.hashMod([], 'b', 2)],
  ['lowercase', () => Relabeling.lowercase([], 'b')],
  ['uppercase', () => Relabeling.uppercase([], 'b')],
])('%s needs labels to look at', (action, make) => {
  expect(make).toThrow(`Relabeling.${action}: sourceLabels is empty; name the labels to look at`);
});

test('source labels are label names', () => {
  expect(() => Relabeling.keep({ sourceLabels: ['__meta_kubernetes_pod_label_pod-name'], regex: 'x' })).toThrow("Relabeling.keep: sourceLabels: '__meta_kubernetes_pod_label_pod-name' never exists, since discovery writes '_' for other characters");
});

test.each<[string, () => Relabeling]>([
  ['replace', () => Relabeling.replace({ sourceLabels: ['a'], targetLabel: 'b', regex: '(' })],
  ['keep', () => Relabeling.keep({ sourceLabels: ['a'], regex: '(' })],
  ['drop', () => Relabeling.drop({ sourceLabels: ['a'], regex: '(' })],
  ['labelmap', () => Relabeling.labelMap('(')],
  ['labeldrop', () => Relabeling.labelDrop('(')],
  ['labelkeep', () => Relabeling.labelKeep('(')],
])('%s needs a regular expression', (action, make) => {
  expect(make).toThrow(`Relabeling.${action}: regex: '(' is not a regular expression (RE2)`);
});
