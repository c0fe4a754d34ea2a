import { Duration } from 'cdk8s';
import {
  AlertingRule, AlertingRuleProps, RecordingRule, RecordingRuleProps, RuleGroup, RuleGroupProps, Severity,
} from '../../../lib/monitoring/rules';

const ALERT: AlertingRuleProps = { alert: 'ShopSilent', expr: 'shop:requests:rate5m == 0', summary: 'silent', description: 'no requests' };
const RECORD: RecordingRuleProps = { record: 'shop:requests:rate5m', expr: 'sum(rate(http_requests_total{app="shop"}[5m]))' };

test('an alerting rule of its required props', () => {
  expect(new AlertingRule(ALERT)._toData()).toEqual({
    alert: 'ShopSilent',
    expr: 'shop:requests:rate5m == 0',
    labels: { severity: 'warning' },
    annotations: { summary: 'silent', description: 'no requests' },
  });
});

test('an alerting rule with all the props', () => {
  const props: Required<AlertingRuleProps> = {
    alert: 'ShopSilent',
    expr: 'shop:requests:rate5m == 0',
    for: Duration.minutes(10),
    keepFiringFor: Duration.minutes(90),
    severity: Severity.CRITICAL,
    summary: '{{ $labels.shop }} is silent',
    description: 'no requests',
    runbookUrl: 'https://example.com/{{ $labels.shop }}',
    labels: { team: 'shop', tier: '{{ $labels.tier }}' },
    annotations: { dashboard: 'https://example.com/d/{{ $labels.shop }}' },
  };
  const rule = new AlertingRule(props);
  expect(rule._toData()).toEqual({
    alert: 'ShopSilent',
    expr: 'shop:requests:rate5m == 0',
    for: '10m',
    keep_firing_for: '90m',
    labels: { severity: 'critical', team: 'shop', tier: '{{ $labels.tier }}' },
    annotations: {
      summary: '{{ $labels.shop }} is silent',
      description: 'no requests',
      runbook_url: 'https://example.com/{{ $labels.shop }}',
      dashboard: 'https://example.com/d/{{ $labels.shop }}',
    },
  });
  expect(rule).toMatchObject({ alert: props.alert, expr: props.expr, for: props.for, keepFiringFor: props.keepFiringFor });
  expect(rule.severity?.value).toBe('critical');
});

test('a rule does not change when what it was made of or what it gave does', () => {
  const labels = { team: 'shop' };
  const rule = new AlertingRule({ ...ALERT, labels });
  labels.team = 'other';
  rule.labels.team = 'another';
  rule.annotations.summary = 'loud';
  expect(rule.labels).toEqual({ severity: 'warning', team: 'shop' });
  expect(rule.annotations.summary).toBe('silent');
});

test('a scalar is an expression for a rule', () => {
  expect(() => new AlertingRule({ ...ALERT, expr: 'scalar(up)' })).not.toThrow();
  expect(() => new RecordingRule({ ...RECORD, expr: '1' })).not.toThrow();
});

test('a time shorter than the evaluation interval is taken', () => {
  expect(new AlertingRule({ ...ALERT, for: Duration.seconds(1) })._toData().for).toBe('1s');
});

test.each<[string, Partial<AlertingRuleProps>, string]>([
  ['empty name', { alert: '' }, "alerting rule: alert '' is empty or has spaces around it; give a name such as 'ShopSilent'"],
  ['spaces around the name', { alert: 'X ' }, "alert 'X ' is empty or has spaces around it"],
  ['empty expression', { expr: ' ' }, "alerting rule 'ShopSilent': expr is empty"],
  ['syntax error', { expr: 'sum(up' }, "alerting rule 'ShopSilent': expr: "],
  ['range vector', { expr: 'up[5m]' }, 'expr: invalid PromQL at column 1: a rule needs an instant vector or a scalar, this is a range vector, put it in a function such as rate()'],
  ['string', { expr: '"up"' }, 'a rule needs an instant vector or a scalar, this is a string'],
  ['empty summary', { summary: '' }, "alerting rule 'ShopSilent': summary is empty"],
  ['empty description', { description: ' ' }, 'description is empty'],
  ['severity as label', { labels: { severity: 'page' } }, "label 'severity' is reserved; the severity of the alert is its severity prop"],
  ['alertname as label', { labels: { alertname: 'Y' } }, "label 'alertname' is reserved"],
  ['label name', { labels: { 'team\u200b': 'x' } }, 'label name; use at least one character, no white space around it and no characters that cannot be seen'],
  ['labels as a list', { labels: ['team=a'] as never }, "alerting rule 'ShopSilent': labels: a list is not a mapping; write it as { name: 'value' }"],
  ['metric name as label', { labels: { __name__: 'x' } }, "label '__name__' is the name of the metric"],
  ['annotation name', { annotations: { ' page': 'x' } }, "annotation ' page' is not a label name"],
  ['summary as annotation', { annotations: { summary: 'x' } }, "annotation 'summary' is set twice; it is the summary prop"],
  ['template in the summary', { summary: '{{ $label.x }}' }, "annotation 'summary': template: variable '$label'"],
  ['template in a label', { labels: { team: '{{ $labels.x' } }, "label 'team': template: '{{ $labels.x' is not closed"],
  ['template in the runbook', { runbookUrl: '{{ end }}' }, "annotation 'runbook_url': template: "],
])('an alerting rule is refused: %s', (_, change, message) => {
  expect(() => new AlertingRule({ ...ALERT, ...change })).toThrow(message);
});

test('a negative time is refused', () => {
  expect(() => Duration.minutes(-1)).toThrow('negative');
});

test('a recording rule with all the props', () => {
  const props: Required<RecordingRuleProps> = { ...RECORD, labels: { team: 'shop' } };
  expect(new RecordingRule(props)._toData()).toEqual({ ...RECORD, labels: { team: 'shop' } });
  expect(new RecordingRule(RECORD)._toData()).toEqual(RECORD);
});

test.each<[string, Partial<RecordingRuleProps>, string]>([
  ['name', { record: 'shop ' }, "recording rule 'shop ': record: 'shop ' is not a metric name"],
  ['labels in the name', { record: 'shop{app="x"}' }, 'give labels as labels'],
  ['label name', { labels: { '': 'x' } }, "recording rule 'shop:requests:rate5m': labels: '' is not a label name"],
  ['range vector', { expr: 'up[5m]' }, "recording rule 'shop:requests:rate5m': expr: invalid PromQL at column 1: a rule needs an instant vector or a scalar, this is a range vector"],
])('a recording rule is refused: %s', (_, change, message) => {
  expect(() => new RecordingRule({ ...RECORD, ...change })).toThrow(message);
});

const GROUP: RuleGroupProps = { name: 'shop', rules: [new RecordingRule(RECORD), new AlertingRule(ALERT)] };

test('a group with all the props', () => {
  const props: Required<RuleGroupProps> = {
    ...GROUP, interval: Duration.minutes(1), limit: 100, queryOffset: Duration.seconds(90), labels: { team: 'shop' },
  };
  const group = new RuleGroup(props);
  expect(group._toData()).toMatchSnapshot();
  expect(group).toMatchObject({ name: 'shop', interval: props.interval, limit: 100, queryOffset: props.queryOffset, labels: { team: 'shop' } });
});

test('a group of its required props', () => {
  expect(new RuleGroup(GROUP)._toData()).toEqual({ name: 'shop', rules: GROUP.rules.map((rule) => rule._toData()) });
});

test('a name may stand twice with different severities or labels', () => {
  const critical = new AlertingRule({ ...ALERT, severity: Severity.CRITICAL });
  const other = new AlertingRule({ ...ALERT, labels: { shop: 'b' } });
  expect(new RuleGroup({ name: 'shop', rules: [new AlertingRule(ALERT), critical, other] }).rules).toHaveLength(3);
});

test('a name may stand twice with the same labels for other series, which is noted', () => {
  const rules = ['up', 'down', 'left'].map((expr) => new RecordingRule({ ...RECORD, expr }));
  expect(new RuleGroup({ name: 'shop', rules })._notes).toEqual([
    "rule group 'shop': recording rule 'shop:requests:rate5m' exists several times with the same labels; no two may yield the same series at one time",
  ]);
  expect(new RuleGroup({ name: 'shop', rules: [rules[0]] })._notes).toEqual([]);
});

test('a group does not change when its list does', () => {
  const rules = [new RecordingRule(RECORD)];
  const group = new RuleGroup({ name: 'shop', rules });
  rules.pop();
  group.rules.pop();
  expect(group.rules).toHaveLength(1);
});

test.each<[string, Partial<RuleGroupProps>, string]>([
  ['empty name', { name: '' }, 'rule group: name is empty'],
  ['no rules', { rules: [] }, "rule group 'shop': has no rules"],
  ['interval 0', { interval: Duration.seconds(0) }, "rule group 'shop': interval is 0"],
  ['negative limit', { limit: -1 }, "rule group 'shop': limit: -1 is not a whole number from 0 up"],
  ['broken limit', { limit: 1.5 }, "rule group 'shop': limit: 1.5 is not a whole number from 0 up"],
  ['label name', { labels: { '': 'x' } }, "rule group 'shop': labels: '' is not a label name"],
  ['alertname', { labels: { alertname: 'x' } }, "rule group 'shop': label 'alertname' is reserved"],
  ['alert twice', { rules: [new AlertingRule(ALERT), new AlertingRule({ ...ALERT, summary: 'other' })] },
    "rule group 'shop': alerting rule 'ShopSilent' exists twice with the same labels and the same expression; take one out"],
  ['record twice', { rules: [new RecordingRule(RECORD), new RecordingRule(RECORD)] }, "recording rule 'shop:requests:rate5m' exists twice"],
])('a group is refused: %s', (_, change, message) => {
  expect(() => new RuleGroup({ ...GROUP, ...change })).toThrow(message);
});

test('severities', () => {
  expect([Severity.CRITICAL, Severity.WARNING, Severity.INFO, Severity.NONE, Severity.of('page')].map((severity) => severity.value))
    .toEqual(['critical', 'warning', 'info', 'none', 'page']);
  expect(() => Severity.of('')).toThrow("Severity.of: '' is not a word; give one such as 'page'");
  expect(() => Severity.of(' page')).toThrow("Severity.of: ' page' is not a word");
});
