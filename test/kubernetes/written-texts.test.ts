import { App, Chart, JsonPatch, Testing, Yaml } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { apiObject } from '../../lib/kubernetes/api-object';
import { KIND } from '../../lib/kubernetes/kinds';
import { NASTY_TEXTS } from '../nasty-texts';

/** Of these the writer of cdk8s itself makes other texts, or what no loader reads. */
const CHANGED = ['0o17', '-0o7', '\u0085', 'a\u0085b', '\u2028', 'a\u2029b', 'a\n\u2028b', '\u007f', 'a\u0080b', '\ta', '\t\na', ' \t\n a', '\n\ta', '\ta\n', 'a\nb\u0001'];

function chartOf(data: { [key: string]: string }): Chart {
  const chart = new Chart(new App(), 'test');
  apiObject(chart, 'Object', KIND.ConfigMap, { metadata: { name: 'texts', annotations: data }, data });
  return chart;
}

const numbered = (texts: readonly string[]) => Object.fromEntries(texts.map((text, i) => [`k${i}`, text]));

test('is quoted where the writer would change it, and only there', () => {
  const lines = Yaml.stringify(...chartOf(numbered([...CHANGED, ...NASTY_TEXTS])).toJson());
  CHANGED.forEach((text, i) => expect(lines).toContain(`\n  k${i}: "${escaped(text)}"\n`));
  const others = NASTY_TEXTS.filter((text) => !CHANGED.includes(text) && !/[\u007f\u0085\u2028\u2029]/.test(text));
  const [{ data }] = chartOf(numbered(others)).toJson();
  expect(data).toEqual(numbered(others));
  expect(Object.values<unknown>(data).filter((value) => typeof value !== 'string')).toEqual([]);
});

test.each(['1.1', '1.2'] as const)('is read as it was, by YAML %s', (version) => {
  const data = numbered([...CHANGED, ...NASTY_TEXTS]);
  const [document] = parseAllDocuments(Yaml.stringify(...chartOf(data).toJson()), { version });
  expect(document.errors).toEqual([]);
  expect(document.toJS()).toMatchObject({ data, metadata: { annotations: data } });
});

test('is the text for whoever does not write YAML, and also in patches', () => {
  const chart = Testing.chart();
  const object = apiObject(chart, 'Object', KIND.ConfigMap, { metadata: { name: 'texts' } });
  object.addJsonPatch(JsonPatch.add('/data', { a: '0o17', b: 'c' }));
  const [manifest] = Testing.synth(chart);
  expect(JSON.parse(JSON.stringify(manifest)).data).toEqual({ a: '0o17', b: 'c' });
  expect(`${manifest.data.a}`).toBe('"0o17"');
});

/** A text with the escapes of YAML. */
function escaped(text: string): string {
  const names: { readonly [char: string]: string } = { '\u0085': '\\N', '\u2028': '\\L', '\u2029': '\\P', '\t': '\\t', '\n': '\\n' };
  return text.replace(/[\t\n\u0085\u2028\u2029]/g, (char) => names[char]).replace(/[\u0001\u007f\u0080]/g, (char) => `\\x${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}
