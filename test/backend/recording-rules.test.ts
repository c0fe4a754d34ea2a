import { AlertingRule, RecordingRule, RecordingRules, RuleEdit, RuleGroup, RuleSet, Severity } from '../../lib';
import { RuleCollection } from '../../lib/backend/rule-collection';
import { RuleSetData } from '../../lib/monitoring/rules/rule-set';
import { optionalRecord, trustedGroup } from '../../lib/monitoring/rules/trusted';

const alert = (expr: string) => new AlertingRule({ alert: 'A', expr, severity: Severity.INFO, summary: 's', description: 'd' });
const group = (name: string, expr: string) => new RuleGroup({ name, rules: [alert(expr)] });

const NODES = RuleSet.of(
  trustedGroup({ name: 'nodes', rules: [alert('node_load1 > 9')] }),
  trustedGroup({
    name: 'node records',
    rules: [
      optionalRecord({ record: 'node:cpus:sum', expr: 'count(cpus)' }),
      optionalRecord({ record: 'node:load:ratio', expr: 'node_load1 / node:cpus:sum' }),
      optionalRecord({ record: 'cluster:load:ratio', expr: 'sum(node:load:ratio)', labels: { of: 'all' } }),
      optionalRecord({ record: 'cluster:load:ratio', expr: 'sum(node_load5)', labels: { of: 'five' } }),
      optionalRecord({ record: 'node:load', expr: 'node_load1' }),
    ],
  }),
);

/** The names of groups and recorded series, as they are rendered now. */
class Rendered {
  private readonly files: Array<() => RuleSetData> = [];
  public readonly rules: RuleCollection;

  constructor(recordingRules?: RecordingRules) {
    this.rules = new RuleCollection('app/prometheus', (_, data) => void this.files.push(data), { recordingRules });
  }

  public get groups(): string[] {
    return this.files.flatMap((file) => file().groups).map(({ name }) => name);
  }

  public get records(): unknown[] {
    return this.files.flatMap((file) => file().groups).flatMap(({ rules }) => rules).flatMap(({ record }) => (record === undefined ? [] : [record]));
  }
}

test('a record that nothing uses is left out, and its group with it', () => {
  const rendered = new Rendered();
  rendered.rules.add('nodes', NODES);
  expect([rendered.groups, rendered.records]).toEqual([['nodes'], []]);
  expect(rendered.rules.adjusted).toHaveLength(1);
  expect(rendered.rules.ruleSets).toEqual([NODES]);
});

test('all are there where all are wanted', () => {
  const rendered = new Rendered(RecordingRules.COMMUNITY);
  rendered.rules.add('nodes', NODES);
  expect(rendered.groups).toEqual(['nodes', 'node records']);
  expect(rendered.records).toEqual(['node:cpus:sum', 'node:load:ratio', 'cluster:load:ratio', 'cluster:load:ratio', 'node:load']);
});

test('a record is there as soon as a rule uses it, with the records that it uses itself', () => {
  const rendered = new Rendered(RecordingRules.USED);
  rendered.rules.add('nodes', NODES);
  rendered.rules.add('mine', RuleSet.of(group('mine', 'node:load:ratio{node="a"} > 1')));
  expect(rendered.records).toEqual(['node:cpus:sum', 'node:load:ratio']);
  rendered.rules.add('more', RuleSet.of(new RuleGroup({ name: 'more', rules: [new RecordingRule({ record: 'mine:max', expr: 'max(cluster:load:ratio)' })] })));
  // A name is that of all rules that record it.
  expect(rendered.records).toEqual(['node:cpus:sum', 'node:load:ratio', 'cluster:load:ratio', 'cluster:load:ratio', 'mine:max']);
  expect(rendered.groups).toEqual(['nodes', 'node records', 'mine', 'more']);
});

test('a rule that is left out uses nothing', () => {
  const rendered = new Rendered();
  rendered.rules.add('nodes', NODES);
  rendered.rules.add('mine', RuleSet.of(group('mine', 'node:load > 1')));
  expect(rendered.records).toEqual(['node:load']);
  rendered.rules.edit(RuleEdit.without('A'));
  expect([rendered.groups, rendered.records]).toEqual([[], []]);
});

test('one of all can be left out', () => {
  const rendered = new Rendered(RecordingRules.COMMUNITY);
  rendered.rules.add('nodes', NODES);
  rendered.rules.edit(RuleEdit.without('cluster:load:ratio'));
  expect(rendered.records).toEqual(['node:cpus:sum', 'node:load:ratio', 'node:load']);
});

test('records of a user\'s own are always there', () => {
  const rendered = new Rendered();
  rendered.rules.add('mine', RuleSet.of(new RuleGroup({ name: 'mine', rules: [new RecordingRule({ record: 'shop:orders', expr: 'sum(orders)' })] })));
  expect(rendered.records).toEqual(['shop:orders']);
});
