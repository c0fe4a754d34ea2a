import { ANY_TEXT } from './any-text';
import { EXAMPLES, rightText } from './kind-examples';
import { membersOf, propsOf } from './doors';
import { allOf, Given, saidOf } from './walk';
import { KubernetesMonitoring, MonitoringBackend } from '../../lib';
import { DOORS, LINEAGE, STRUCTS } from '../../lib/generated/api-types';
import { visible } from '../../lib/text';
import { KINDS } from '../../lib/text-kinds';
import { PROPS_BY_KIND } from '../../lib/text-table';
import { kindOf, textProblem } from '../../lib/texts';
import { inChart } from '../charts';

const TEXTS = allOf('string');

/** Options of a value that are judged when something is made of it; of each there is a test. */
const JUDGED_LATER = ['ExistingBackendOptions.enableFeatures'];

/** Texts that mean something else to this member than to the others of its kind. */
const RIGHT_HERE: { readonly [member: string]: readonly string[] } = {
  'AlertingRuleProps.runbookUrl': [''], // no runbook
};

/** Whether a message says what it is about: the prop by its name or in words, an argument of a method by its value; PromQL shows its place. */
function isClear(said: string, { owner, member: { name } }: Given, wrong: string): boolean {
  const words = name.replace(/([A-Z])/g, ' $1').replace(/s$/, '');
  const names = owner in DOORS || new RegExp(`${name.replace(/s$/, '')}|${words}`, 'i').test(said);
  const shows = wrong.trim() === '' || wrong.length > 60 || said.includes(wrong.trim()) || said.includes(visible(wrong).slice(0, 20)) || /U\+|^[^;]*line/.test(said);
  return /invalid PromQL at column \d+: \w/.test(said) || (names && shows && /; \w|did you mean/.test(said) && !/^\w*Error/.test(said));
}

/** All texts, each with what declares it. */
function members(): ReadonlyArray<readonly [owner: string, name: string]> {
  return [...Object.entries(DOORS), ...Object.entries(STRUCTS)].flatMap(([owner, types]) => (
    membersOf(types).filter(({ type }) => type.endsWith('string')).map(({ name }) => [owner, name] as const)));
}

test('each text of the public API is of a kind, which lib/text-table.ts names', () => {
  const isAny = (owner: string, name: string) => [owner, ...LINEAGE[owner] ?? []].some((struct) => ANY_TEXT.includes(`${struct}.${name}`)) || ANY_TEXT.includes(name);
  const without = members().filter(([owner, name]) => kindOf(name, owner) === undefined && !isAny(owner, name));
  expect(without.map(([owner, name]) => (
    `${owner}.${name}: name its kind in PROPS_BY_KIND of lib/text-table.ts, or where any text is right in test/api/any-text.ts`
  ))).toEqual([]);
});

test('each name of the table is one of the public API, and each kind has props and examples', () => {
  const inherited = Object.keys(STRUCTS).flatMap((struct) => propsOf(struct).map(({ name }) => `${struct}.${name}`));
  const known = new Set([...members().flatMap(([owner, name]) => [name, `${owner}.${name}`]), ...inherited]);
  expect(Object.values(PROPS_BY_KIND).flatMap((props) => props.split(/\s+/)).filter((prop) => !known.has(prop))).toEqual([]);
  expect(Object.keys(EXAMPLES).sort()).toEqual(Object.keys(KINDS).sort());
  expect(Object.keys(KINDS).filter((kind) => !(kind in PROPS_BY_KIND) && kind !== 'annotationKey')).toEqual([]);
});

test.each(Object.keys(KINDS))('a text that is no %s is a clear error wherever one is expected', (kind) => {
  const ofKind = TEXTS.filter(({ owner, member }) => (kindOf(member.name, owner) ?? 'text') === kind && !JUDGED_LATER.includes(`${owner}.${member.name}`));
  const taken = ofKind.flatMap((given) => {
    const of = `${given.owner}.${given.member.name}`;
    return EXAMPLES[kind].wrong.filter((wrong) => !(RIGHT_HERE[of] ?? []).includes(wrong))
      .map((wrong) => [wrong, given.say(wrong)]).filter(([wrong, said]) => !isClear(said, given, wrong))
      .map(([wrong, said]) => `${of}: ${JSON.stringify(wrong)}: ${said}`);
  });
  expect(taken).toEqual([]);
});

test('a text that is right is refused by no kind', () => {
  const refused = TEXTS.map(({ owner, member }) => [owner, member.name, textProblem(rightText(member.name, owner), member.name, owner)]);
  expect(refused.filter(([, , problem]) => problem !== undefined)).toEqual([]);
});

test('the keys of mappings are judged by the kind of their values', () => {
  const said = saidOf;
  expect(said('ObjectSelector.labels', [{ 'a b': 'x' }])).toBe("ObjectSelector.labels: labels: 'a b' is not the key of a Kubernetes label; write it as 'app.kubernetes.io/name'");
  expect(said('Exposure.clusterIp', [{ annotations: { 'a b': 'x' } }])).toBe("Exposure.clusterIp: annotations: 'a b' is not the key of an annotation; write it as 'app.kubernetes.io/name'");
  expect(said('RecordingRule', [{ record: 'a:b', expr: 'up', labels: { 'a\u200bb': 'x' } }])).toMatch(/labels: 'aU\+200Bb' is not a label name; /);
  expect(said('ScrapeEndpoint', [{ headers: { 'a b': 'x' } }])).toMatch(/headers: 'a b' is not a header name; use letters, digits and '-'/);
});

test('features of a Prometheus that others make are judged with the stack', () => {
  const backend = MonitoringBackend.existing({ enableFeatures: ['no-such'] });
  expect(() => inChart((chart) => new KubernetesMonitoring(chart, 'x', { backend }))).toThrow("enableFeatures: Prometheus has no feature 'no-such'");
});
