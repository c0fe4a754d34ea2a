import { Testing } from 'cdk8s';
import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { PrometheusServer } from '../../../lib';
import { RuleEdit, RuleSet } from '../../../lib/monitoring/rules';
import { inTempDir } from '../../files';
import { promtool, verdict } from '../../tools';

const FILE = `
groups:
  - name: old
    interval: 1m30s
    query_offset: 10s
    limit: 5
    labels: { team: ops }
    rules:
      - record: a:b
        expr: sum(up)
        labels: { number: 1 }
      - alert: Bare
        expr: up == 0
      - alert: Full
        expr: |
          up == 0
        for: 1w
        keep_firing_for: 0
        labels:
          severity: page
          answer: "{{ $labels.job }}"
        annotations:
          summary: s
          message: m
`;

test('the rules of a file', () => {
  expect(RuleSet.fromText(FILE)._toData()).toEqual({
    groups: [{
      name: 'old',
      interval: '90s',
      query_offset: '10s',
      limit: 5,
      labels: { team: 'ops' },
      rules: [
        { record: 'a:b', expr: 'sum(up)', labels: { number: '1' } },
        { alert: 'Bare', expr: 'up == 0' },
        {
          alert: 'Full',
          expr: 'up == 0\n',
          for: '7d',
          labels: { severity: 'page', answer: '{{ $labels.job }}' },
          annotations: { summary: 's', message: 'm' },
        },
      ],
    }],
  });
});

test('a rule of a file has no severity of its own', () => {
  const [bare, full] = RuleSet.fromText(FILE).groups[0]._alertingRules();
  expect(bare.severity).toBeUndefined();
  expect(full.severity?.value).toBe('page');
});

test('a PrometheusRule manifest is read too', () => {
  const rules = RuleSet.fromText('kind: PrometheusRule\nspec: {groups: [{name: x, rules: [{alert: Y, expr: up}]}]}');
  expect(rules.alertNames).toEqual(['Y']);
});

test('a file is read from its path, which its errors name', () => {
  inTempDir((folder) => {
    const file = path.join(folder, 'rules.yaml');
    writeFileSync(file, FILE);
    expect(RuleSet.fromFile(file).alertNames).toEqual(['Bare', 'Full']);
    writeFileSync(file, FILE.replace('sum(up)', 'sum(up'));
    expect(() => RuleSet.fromFile(file)).toThrow(`rule file '${file}': group 'old': rule 1: recording rule 'a:b': expr: `);
    expect(() => RuleSet.fromFile(path.join(folder, 'none.yaml'))).toThrow(/^rule file '.*none.yaml': the file cannot be read, as there is none; write its path from the working directory/);
  });
});

/** What a rule file becomes, and whether promtool takes it as well. */
function read(text: string): { readonly rules: RuleSet; readonly taken: boolean } {
  return inTempDir((folder) => {
    const file = path.join(folder, 'rules.yaml');
    writeFileSync(file, text);
    return { rules: RuleSet.fromFile(file), taken: verdict(promtool(), ['check', 'rules', file]).status === 0 };
  });
}

const inGroup = (...rules: string[]) => `groups: [{name: x, rules: [${rules.join(', ')}]}]`;
const one = (rule: object) => [{ name: 'x', rules: [rule] }];

describe('what Prometheus loads is read, with a note where it is odd', () => {
  test.each<[string, string, object[], string[]]>([
    ['groups without rules', 'groups: [{name: x, rules: []}, {name: y, rules: }, {name: z}]', [], ['x', 'y', 'z'].map((name) => `group '${name}': has no rules and is left out`)],
    ['no groups', 'groups: ', [], []],
    ['one name for several series', inGroup('{record: a, expr: up}', '{record: a, expr: down}'),
      [{ name: 'x', rules: [{ record: 'a', expr: 'up' }, { record: 'a', expr: 'down' }] }],
      ["rule group 'x': recording rule 'a' exists several times with the same labels; no two may yield the same series at one time"]],
    ['keys without a value', 'groups: [{name: x, interval: ~, limit: null, labels: , rules: [{alert: a, record: , expr: up, for: ~, annotations: ~, labels: {b: ~}}]}]',
      one({ alert: 'a', expr: 'up', labels: { b: '' } }), []],
    ['no interval, no limit', 'groups: [{name: x, interval: 0s, limit: -1, rules: [{record: a, expr: up}]}]', one({ record: 'a', expr: 'up' }), []],
    ['keys of an alert that say nothing', inGroup('{record: a, alert: "", expr: up, for: 0s, annotations: {}}'), one({ record: 'a', expr: 'up' }), []],
    ['empty items', inGroup('~', '{record: a, expr: up}'), one({ record: 'a', expr: 'up' }), ["group 'x': rules: an item is empty and is left out"]],
    ['a name and a severity with spaces', inGroup('{alert: " a ", expr: up, labels: {severity: "page "}}'),
      one({ alert: ' a ', expr: 'up', labels: { severity: 'page ' } }),
      ["group 'x': rule 1: severity 'page ' of alert ' a ' has spaces around it, which routes have to match"]],
    ['the label alertname', inGroup('{alert: a, expr: up, labels: {alertname: b}}'), one({ alert: 'a', expr: 'up' }),
      ["group 'x': rule 1: label 'alertname' of alert 'a' is left out, since Prometheus sets it to the name of the alert"]],
    ['annotations of many rules by an alias', `groups: [{name: x, rules: [{record: r, expr: up}${
      Array.from({ length: 150 }, (_, i) => `, {alert: a${i}, expr: up, annotations: ${i === 0 ? '&a {s: t}' : '*a'}}`).join('')}]}]`,
    [{ name: 'x', rules: [{ record: 'r', expr: 'up' }, ...Array.from({ length: 150 }, (_, i) => ({ alert: `a${i}`, expr: 'up', annotations: { s: 't' } }))] }], []],
  ])('%s', (_, text, groups, notes) => {
    const { rules, taken } = read(text);
    expect(taken).toBe(true);
    expect(rules._toData().groups).toEqual(groups);
    expect(rules._notes.map((note) => note.replace(/^rule file '.*?': /, ''))).toEqual(notes);
  });

  test('the notes are those of the Prometheus that gets the rules', () => {
    const prometheus = new PrometheusServer(Testing.chart(), 'prometheus');
    prometheus.addRuleSet(RuleSet.of().merged(RuleSet.fromText('groups: [{name: x, rules: []}]')).adjusted([RuleEdit.without('x')]));
    expect(prometheus.node.metadata.map(({ data }): unknown => data)).toContain("rule file: group 'x': has no rules and is left out");
  });
});

const RESOURCE = 'kind: PrometheusRule\nmetadata: {name: shop}\nspec: {groups: [{name: x, partial_response_strategy: warn, rules: [{alert: Y, expr: up}]}]}';

test.each<[string, string]>([
  ['among documents', `kind: Service\n---\n${RESOURCE}\n---\n`],
  ['in a list', `kind: List\nitems: [{kind: Service}, ${JSON.stringify(parse(RESOURCE))}]`],
])('a PrometheusRule is found %s, without what is for Thanos', (_, text) => {
  const rules = RuleSet.fromText(text);
  expect(rules._toData().groups).toEqual(one({ alert: 'Y', expr: 'up' }));
  expect(rules._notes).toEqual(["rule file: group 'x': 'partial_response_strategy' is left out, since it is for Thanos"]);
});

test('several PrometheusRules of a file have their names in errors', () => {
  expect(RuleSet.fromText(`${RESOURCE}\n---\n${RESOURCE.replace('name: x', 'name: z')}`).groups.map(({ name }) => name)).toEqual(['x', 'z']);
  expect(() => RuleSet.fromText(`${RESOURCE}\n---\nkind: PrometheusRule\nmetadata: {name: cart}\nspec: {group: []}`))
    .toThrow("rule file: PrometheusRule 'cart': key 'group' is unknown, did you mean 'groups'?");
});

test('a file is UTF-8', () => {
  inTempDir((folder) => {
    const file = path.join(folder, 'rules.yaml');
    writeFileSync(file, Buffer.from(FILE.replace('summary: s', 'summary: Küche'), 'latin1'));
    expect(() => RuleSet.fromFile(file)).toThrow(`rule file '${file}': the file is not UTF-8; save it as UTF-8`);
  });
});

test.each<[string, string, string]>([
  ['no YAML', 'groups: [', 'rule file: is not YAML, Flow sequence in block collection must be sufficiently indented and end with a ] at line 1, column 10'],
  ['two documents', `${FILE}---${FILE}`, 'rule file: has 2 documents, and of a rule file Prometheus reads only the first; write all groups into one list'],
  ['nothing', '', "rule file: must be a map with the key 'groups'"],
  ['an alias of nothing', 'groups: *missing', "rule file: alias '*missing' has no anchor before it; write '&missing' in front"],
  ['other manifests', 'kind: Service\n---\nkind: Secret', "rule file: has no PrometheusRule, only 'Service' and 'Secret'; name a file with a PrometheusRule"],
  ['no map', '- x', "rule file: must be a map with the key 'groups'"],
  ['unknown key', 'group: []', "rule file: key 'group' is unknown, did you mean 'groups'?"],
  ['no groups', '{}', 'rule file: groups is missing; write a list'],
  ['group without name', 'groups: [{rules: []}]', 'rule file: group 1: name is missing; write a text'],
  ['group no map', 'groups: [x]', 'rule file: group 1: not a map; write one with name and rules'],
  ['unknown group key', 'groups: [{name: x, intervall: 1m, rules: []}]', "group 'x': key 'intervall' is unknown, did you mean 'interval'?"],
  ['no list of groups', 'groups: x', 'rule file: groups is not a list'],
  ['a key of Thanos', 'groups: [{name: x, partial_response_strategy: warn, rules: []}]', "group 'x': key 'partial_response_strategy' is one of Thanos"],
  ['limit', 'groups: [{name: x, limit: ten, rules: [{record: a, expr: up}]}]', "group 'x': limit is 'ten', which is not a whole number; write one, 0 for no limit"],
  ['rule no map', 'groups: [{name: x, rules: [y]}]', "group 'x': rule 1: not a map; write one with alert or record, and expr"],
  ['neither', 'groups: [{name: x, rules: [{expr: up}]}]', 'rule 1: has no alert and no record; name one of them'],
  ['both', 'groups: [{name: x, rules: [{expr: up, alert: a, record: b}]}]', 'rule 1: has alert and record; name one of them'],
  ['no expr', 'groups: [{name: x, rules: [{alert: a}]}]', 'rule 1: expr is missing; write a text'],
  ['unknown rule key', 'groups: [{name: x, rules: [{alert: a, expr: up, four: 1m}]}]', "rule 1: an alerting rule: key 'four' is unknown, did you mean 'for'?"],
  ['unknown rule key without a value', 'groups: [{name: x, rules: [{alert: a, expr: up, four: }]}]', "key 'four' is unknown"],
  ['for of a record', 'groups: [{name: x, rules: [{record: a, expr: up, for: 1m}]}]', "rule 1: a recording rule: key 'for' is unknown"],
  ['duration', 'groups: [{name: x, rules: [{alert: a, expr: up, for: 5 minutes}]}]', "rule 1: for is '5 minutes', which is not a duration; write one such as '5m'"],
  ['empty duration', 'groups: [{name: x, rules: [{alert: a, expr: up, for: ""}]}]', "for is '', which is not a duration"],
  ['negative', 'groups: [{name: x, rules: [{alert: a, expr: up, for: -5m}]}]', "for is '-5m', which is negative; write one such as '5m' or '1h30m'"],
  ['alert name', 'groups: [{name: x, rules: [{alert: "", expr: up}]}]', 'rule 1: has no alert and no record'],
  ['expression', 'groups: [{name: x, rules: [{alert: a, expr: "up[5m]"}]}]', "rule 1: alerting rule 'a': expr: invalid PromQL at column 1: a rule needs an instant vector or a scalar, this is a range vector"],
  ['template', 'groups: [{name: x, rules: [{alert: a, expr: up, annotations: {s: "{{ $x }}"}}]}]', "annotation 's': template: variable '$x'"],
  ['label name', 'groups: [{name: x, rules: [{alert: a, expr: up, labels: {"": c}}]}]', 'label name'],
  ['labels no map', 'groups: [{name: x, rules: [{alert: a, expr: up, labels: [c]}]}]', 'rule 1: labels is not a map'],
  ['label no text', 'groups: [{name: x, rules: [{alert: a, expr: up, labels: {b: [c]}}]}]', "rule 1: labels: 'b' is not a text; write a text"],
  ['group twice', 'groups: [{name: x, rules: [{alert: a, expr: up}]}, {name: x, rules: [{alert: b, expr: up}]}]', "group 'x' exists twice"],
  ['manifest without spec', 'kind: PrometheusRule', 'rule file: the spec of a PrometheusRule is not a map'],
])('a file is refused: %s', (_, text, message) => {
  expect(() => RuleSet.fromText(text)).toThrow(message);
});
