import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { RuleSet } from '../../../lib/monitoring/rules';
import { inTempDir } from '../../files';

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
    expect(() => RuleSet.fromFile(path.join(folder, 'none.yaml'))).toThrow(/^rule file '.*none.yaml': the file cannot be read: .*ENOENT/);
  });
});

test.each<[string, string, string]>([
  ['no YAML', 'groups: [', 'rule file: is not YAML: '],
  ['no map', '- x', "rule file: must be a map with the key 'groups'"],
  ['unknown key', 'group: []', "rule file: key 'group' is unknown, did you mean 'groups'?"],
  ['no groups', '{}', 'rule file: groups is missing; write a list'],
  ['group without name', 'groups: [{rules: []}]', 'rule file: group 1: name is missing; write a text'],
  ['group no map', 'groups: [x]', 'rule file: group 1: not a map; write one with name and rules'],
  ['unknown group key', 'groups: [{name: x, intervall: 1m, rules: []}]', "group 'x': key 'intervall' is unknown, did you mean 'interval'?"],
  ['empty group', 'groups: [{name: x, rules: []}]', "rule file: group 'x': rule group 'x': has no rules"],
  ['rule no map', 'groups: [{name: x, rules: [y]}]', "group 'x': rule 1: not a map; write one with alert or record, and expr"],
  ['neither', 'groups: [{name: x, rules: [{expr: up}]}]', 'rule 1: has no alert and no record; name one of them'],
  ['both', 'groups: [{name: x, rules: [{expr: up, alert: a, record: b}]}]', 'rule 1: has alert and record; name one of them'],
  ['no expr', 'groups: [{name: x, rules: [{alert: a}]}]', 'rule 1: expr is missing; write a text'],
  ['unknown rule key', 'groups: [{name: x, rules: [{alert: a, expr: up, four: 1m}]}]', "rule 1: an alerting rule: key 'four' is unknown, did you mean 'for'?"],
  ['for of a record', 'groups: [{name: x, rules: [{record: a, expr: up, for: 1m}]}]', "rule 1: a recording rule: key 'for' is unknown"],
  ['duration', 'groups: [{name: x, rules: [{alert: a, expr: up, for: 5 minutes}]}]', "rule 1: for is '5 minutes', which is not a duration; write one such as '5m'"],
  ['negative', 'groups: [{name: x, rules: [{alert: a, expr: up, for: -5m}]}]', "for is '-5m', which is negative; write one such as '5m' or '1h30m'"],
  ['alert name', 'groups: [{name: x, rules: [{alert: "", expr: up}]}]', "rule 1: alerting rule: alert '' is empty"],
  ['expression', 'groups: [{name: x, rules: [{alert: a, expr: "up[5m]"}]}]', "rule 1: alerting rule 'a': expr: invalid PromQL at column 1: a rule needs an instant vector or a scalar, this is a range vector"],
  ['template', 'groups: [{name: x, rules: [{alert: a, expr: up, annotations: {s: "{{ $x }}"}}]}]', "annotation 's': template: variable '$x'"],
  ['label name', 'groups: [{name: x, rules: [{alert: a, expr: up, labels: {a-b: c}}]}]', "label 'a-b' is not a label name"],
  ['alertname', 'groups: [{name: x, rules: [{alert: a, expr: up, labels: {alertname: c}}]}]', "label 'alertname' is reserved"],
  ['labels no map', 'groups: [{name: x, rules: [{alert: a, expr: up, labels: [c]}]}]', 'rule 1: labels is not a map'],
  ['label no text', 'groups: [{name: x, rules: [{alert: a, expr: up, labels: {b: [c]}}]}]', "rule 1: labels: 'b' is not a text; write a text"],
  ['group twice', 'groups: [{name: x, rules: [{alert: a, expr: up}]}, {name: x, rules: [{alert: b, expr: up}]}]', "group 'x' exists twice"],
  ['manifest without spec', 'kind: PrometheusRule', 'rule file: the spec of a PrometheusRule is not a map'],
])('a file is refused: %s', (_, text, message) => {
  expect(() => RuleSet.fromText(text)).toThrow(message);
});
