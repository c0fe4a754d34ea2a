import { Duration } from 'cdk8s';
import { AlertingRule, RecordingRule, RuleEdit, RuleGroup, RuleSet, Severity } from '../../../lib/monitoring/rules';
import { unknownEdits } from '../../../lib/monitoring/rules/rule-edits';
import { trustedAlert, trustedGroup, trustedRecord } from '../../../lib/monitoring/rules/trusted';

const TEXTS = { summary: 's', description: 'd' };
const full = (severity: Severity) => new AlertingRule({ alert: 'DiskFull', expr: 'disk_free_bytes < 1', severity, ...TEXTS });
const DISK = new RuleGroup({
  name: 'disk',
  rules: [full(Severity.WARNING), full(Severity.CRITICAL), new AlertingRule({ alert: 'DiskSlow', expr: 'rate(disk_seconds_total[5m]) > 1', ...TEXTS })],
});
const SHOP = new RuleGroup({ name: 'shop', rules: [new RecordingRule({ record: 'shop:up', expr: 'sum(up)' })] });
const RULES = RuleSet.of(DISK, SHOP);

/** The rules as `name/severity`, with what the edits can change. */
function alerts(set: RuleSet): object[] {
  return set.groups.flatMap((group) => group._alertingRules().map((rule) => rule._toData()));
}

test('a set has its groups, the names of its alerts and the metrics they use', () => {
  expect(RULES.groups.map((group) => group.name)).toEqual(['disk', 'shop']);
  expect(RULES.alertNames).toEqual(['DiskFull', 'DiskSlow']);
  expect(RULES._metrics()).toEqual(['disk_free_bytes', 'disk_seconds_total', 'up']);
  expect(RULES._toData()).toMatchSnapshot();
});

test('a set does not change when what it gave does', () => {
  RULES.groups.pop();
  expect(RULES.groups).toHaveLength(2);
});

test('sets are merged in order', () => {
  expect(RuleSet.EMPTY.merged(RuleSet.of(SHOP), RuleSet.of(DISK)).groups).toEqual([SHOP, DISK]);
});

test('a group name stands once', () => {
  expect(() => RuleSet.of(SHOP, SHOP)).toThrow("rule set: group 'shop' exists twice; give one of them another name");
  expect(() => RULES.merged(RuleSet.of(SHOP))).toThrow("rule set: group 'shop' exists twice");
});

test('without edits the set is the same', () => {
  expect(RULES.adjusted([])).toBe(RULES);
  expect(RULES.adjusted([RuleEdit.without('Other')]).groups[0]).toBe(DISK);
});

test('an alert is left out, of all severities or of one', () => {
  expect(RULES.adjusted([RuleEdit.without('DiskFull')]).alertNames).toEqual(['DiskSlow']);
  expect(alerts(RULES.adjusted([RuleEdit.without('DiskFull', { where: Severity.WARNING })]))).toMatchObject([
    { alert: 'DiskFull', labels: { severity: 'critical' } }, { alert: 'DiskSlow' },
  ]);
});

test('a group that loses its last rule is left out', () => {
  expect(RULES.adjusted([RuleEdit.without('DiskFull'), RuleEdit.without('DiskSlow')]).groups).toEqual([SHOP]);
});

test('severity, time, labels and annotations change', () => {
  const adjusted = RULES.adjusted([
    RuleEdit.severity('DiskSlow', Severity.INFO),
    RuleEdit.holdFor('DiskSlow', Duration.minutes(7)),
    RuleEdit.label('DiskSlow', 'team', 'disks'),
    RuleEdit.annotation('DiskSlow', 'summary', 'slow'),
    RuleEdit.annotation('DiskSlow', 'description', ''),
    RuleEdit.annotation('DiskSlow', 'runbook_url', 'https://example.com'),
    RuleEdit.annotation('DiskSlow', 'page', '{{ $labels.x }}'),
  ]);
  expect(alerts(adjusted)[2]).toEqual({
    alert: 'DiskSlow',
    expr: 'rate(disk_seconds_total[5m]) > 1',
    for: '7m',
    labels: { severity: 'info', team: 'disks' },
    annotations: { summary: 'slow', runbook_url: 'https://example.com', page: '{{ $labels.x }}' },
  });
  expect(alerts(RULES)[2]).toMatchObject({ labels: { severity: 'warning' } });
});

test('where means the severity that the rule was written with', () => {
  const adjusted = RULES.adjusted([
    RuleEdit.severity('DiskFull', Severity.of('page'), { where: Severity.CRITICAL }),
    RuleEdit.holdFor('DiskFull', Duration.minutes(1), { where: Severity.CRITICAL }),
    RuleEdit.holdFor('DiskFull', Duration.minutes(0), { where: Severity.WARNING }),
  ]);
  expect(alerts(adjusted)).toMatchObject([{ labels: { severity: 'warning' } }, { for: '1m', labels: { severity: 'page' } }, {}]);
  expect(alerts(adjusted)[0]).not.toHaveProperty('for');
});

test('the last edit wins', () => {
  const adjusted = RULES.adjusted([RuleEdit.holdFor('DiskSlow', Duration.minutes(1)), RuleEdit.holdFor('DiskSlow', Duration.minutes(2))]);
  expect(alerts(adjusted)[2]).toMatchObject({ for: '2m' });
});

test('each alert gets the page about it', () => {
  const pages = (edit: RuleEdit) => alerts(RULES.adjusted([edit])).map((alert) => JSON.stringify(alert).match(/"runbook_url":"([^"]+)"/)?.[1]);
  expect(pages(RuleEdit.runbook('*', 'https://runbooks.example.com/<alert>.html'))).toEqual([
    'https://runbooks.example.com/DiskFull.html', 'https://runbooks.example.com/DiskFull.html', 'https://runbooks.example.com/DiskSlow.html',
  ]);
  expect(pages(RuleEdit.runbook('DiskSlow', 'http://wiki/disks'))).toEqual([undefined, undefined, 'http://wiki/disks']);
});

test('an alert keeps firing for a time', () => {
  expect(alerts(RULES.adjusted([RuleEdit.keepFiringFor('DiskSlow', Duration.minutes(3))]))[2]).toMatchObject({ keep_firing_for: '3m' });
});

test('an edit is about all alerts of a pattern, and of a group', () => {
  const teams = (edit: RuleEdit) => RULES.merged(RuleSet.of(trustedGroup({ name: 'disk-2', rules: [trustedAlert({ alert: 'DiskSlow', expr: 'x', ...TEXTS })] })))
    .adjusted([edit]).groups.flatMap((group) => group._alertingRules().filter(({ labels }) => labels.team !== undefined).map(({ alert }) => `${group.name} ${alert}`));
  expect(teams(RuleEdit.label('*', 'team', 'disks'))).toEqual(['disk DiskFull', 'disk DiskFull', 'disk DiskSlow', 'disk-2 DiskSlow']);
  expect(teams(RuleEdit.label('*Slow', 'team', 'disks'))).toEqual(['disk DiskSlow', 'disk-2 DiskSlow']);
  expect(teams(RuleEdit.label('*', 'team', 'disks', { group: 'disk-*' }))).toEqual(['disk-2 DiskSlow']);
  expect(teams(RuleEdit.label('Disk*', 'team', 'disks', { group: 'disk', where: Severity.CRITICAL }))).toEqual(['disk DiskFull']);
  expect(teams(RuleEdit.label('Disk.+', 'team', 'disks'))).toEqual([]);
});

test('edits by patterns that mean nothing, or too much, are problems', () => {
  expect(unknownEdits([
    RuleEdit.holdFor('*', Duration.minutes(1)), RuleEdit.severity('*Slow', Severity.INFO), RuleEdit.holdFor('*', Duration.minutes(1), { group: 'disk' }),
  ], [RULES])).toEqual([]);
  expect(unknownEdits([
    RuleEdit.severity('*', Severity.INFO),
    RuleEdit.holdFor('Net*', Duration.minutes(1)),
    RuleEdit.holdFor('DiskSlow', Duration.minutes(1), { group: 'dsk' }),
    RuleEdit.holdFor('DiskSlow', Duration.minutes(1), { group: 'shop' }),
  ], [RULES])).toEqual([
    "RuleEdit.severity('*'): alert 'DiskFull' exists with the severities 'critical' and 'warning', and all would become 'info'; choose one by { where: … }",
    "RuleEdit.holdFor('Net*'): no rule of this Prometheus has the alert 'Net*', monitor what it belongs to or drop the edit",
    "RuleEdit.holdFor('DiskSlow'): no rule group of this Prometheus is called 'dsk', did you mean 'disk'?",
    "RuleEdit.holdFor('DiskSlow'): alert 'DiskSlow' is not in group 'shop', but in 'disk'",
  ]);
});

test('edits that name nothing are problems with the nearest name', () => {
  expect(unknownEdits([RuleEdit.without('DiskFul')], [RuleSet.EMPTY, RULES])).toEqual([
    "RuleEdit.without('DiskFul'): no rule of this Prometheus has the alert 'DiskFul', did you mean 'DiskFull'?",
  ]);
  expect(unknownEdits([RuleEdit.holdFor('Elsewhere', Duration.minutes(1))], [RULES])).toEqual([
    "RuleEdit.holdFor('Elsewhere'): no rule of this Prometheus has the alert 'Elsewhere', monitor what it belongs to or drop the edit",
  ]);
  expect(unknownEdits([RuleEdit.label('DiskFull', 'a', 'b', { where: Severity.INFO })], [RULES])).toEqual([
    "RuleEdit.label('DiskFull'): alert 'DiskFull' does not have severity 'info', it has 'critical' and 'warning'",
  ]);
  expect(unknownEdits([RuleEdit.severity('DiskFull', Severity.INFO)], [RULES])).toEqual([
    "RuleEdit.severity('DiskFull'): alert 'DiskFull' exists with the severities 'critical' and 'warning', and all would become 'info'; choose one by { where: … }",
  ]);
});

test('a recording rule can be left out, and nothing else of it can be changed', () => {
  const records = [trustedRecord({ record: 'disk:free:bytes', expr: 'disk_free' }), trustedRecord({ record: 'disk:used:bytes', expr: 'disk_used' })];
  const rules = RuleSet.of(trustedGroup({ name: 'records', rules: records }));
  expect(rules.adjusted([RuleEdit.without('disk:free:bytes')])._toData().groups[0].rules).toEqual([records[1]._toData()]);
  expect(rules.adjusted([RuleEdit.holdFor('disk:free:bytes', Duration.minutes(1)), RuleEdit.without('disk:used:bytes', { where: Severity.INFO })])).toEqual(rules);
  expect(unknownEdits([RuleEdit.without('disk:free:bytes')], [rules])).toEqual([]);
  expect(unknownEdits([RuleEdit.without('disk:free:byte')], [rules])).toEqual([
    "RuleEdit.without('disk:free:byte'): no rule of this Prometheus has the alert 'disk:free:byte', did you mean 'disk:free:bytes'?",
  ]);
  const refused = "'disk:free:bytes' is a recording rule, which can only be left out; use RuleEdit.without('disk:free:bytes')";
  expect(unknownEdits([RuleEdit.holdFor('disk:free:bytes', Duration.minutes(1)), RuleEdit.without('disk:free:bytes', { where: Severity.INFO })], [rules]))
    .toEqual([`RuleEdit.holdFor('disk:free:bytes'): ${refused}`, `RuleEdit.without('disk:free:bytes'): ${refused}`]);
});

test('edits that name something are none', () => {
  expect(unknownEdits([], [])).toEqual([]);
  expect(unknownEdits([RuleEdit.severity('DiskFull', Severity.INFO, { where: Severity.WARNING }), RuleEdit.without('DiskFull')], [RULES])).toEqual([]);
});

test('an edit after one that leaves out all that it is about is refused', () => {
  const without = RuleEdit.without('DiskFull');
  const problem = "RuleEdit.holdFor('DiskFull'): an edit before it leaves alert 'DiskFull' out, so there is nothing to change; drop one of the two";
  expect(unknownEdits([without, RuleEdit.holdFor('DiskFull', Duration.hours(1))], [RULES])).toEqual([problem]);
  expect(unknownEdits([RuleEdit.without('Disk*'), RuleEdit.holdFor('DiskFull', Duration.hours(1))], [RULES])).toEqual([problem]);
  expect(unknownEdits([RuleEdit.without('DiskFull', { where: Severity.WARNING }), RuleEdit.holdFor('DiskFull', Duration.hours(1))], [RULES])).toEqual([]);
  expect(unknownEdits([without, without], [RULES])).toEqual([]);
});

test.each<[string, () => RuleEdit, string]>([
  ['empty name', () => RuleEdit.without(''), 'RuleEdit.without: alert is empty'],
  ['severity as label', () => RuleEdit.label('X', 'severity', 'page'), "edit of alert 'X': label 'severity' has an edit of its own; use RuleEdit.severity('X', …)"],
  ['alertname as label', () => RuleEdit.label('X', 'alertname', 'Y'), "label 'alertname' is the name of the alert and cannot be changed"],
  ['label name', () => RuleEdit.label('X', '', 'c'), "RuleEdit.label: name: '' is not a label name"],
  ['annotation name', () => RuleEdit.annotation('X', ' ', 'c'), "RuleEdit.annotation: name: ' ' is not a label name"],
  ['template of a label', () => RuleEdit.label('X', 'a', '{{ $x }}'), "edit of alert 'X': label 'a': template: variable '$x'"],
  ['page without a scheme', () => RuleEdit.runbook('X', 'wiki/<alert>'), "edit of alert 'X': runbook 'wiki/<alert>' is not a URL of HTTP"],
  ['template of an annotation', () => RuleEdit.annotation('X', 'a', '{{ end }}'), "edit of alert 'X': annotation 'a': template: "],
])('an edit is refused: %s', (_, make, message) => {
  expect(make).toThrow(message);
});

test('what is trusted is not checked', () => {
  const rules = [trustedAlert({ alert: '', expr: '(', ...TEXTS }), trustedRecord({ record: '-', expr: '(' })];
  expect(trustedGroup({ name: '', rules: [...rules, ...rules] }).rules).toHaveLength(4);
});
