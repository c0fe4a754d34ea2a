import { Alive, Stage, Subject, Trial } from './judge';
import { Mutant, mutantsOf } from './mutants';
import { Case, caseTests, readCases, ruleOf, usedRecords } from '../cases';
import { CATALOGUES } from '../catalogues';
import { generatedTests } from '../generated';
import { AlertTest, bySteps } from '../promtool';
import { readRecordCases, RecordCase, recordFile, recordingRules, recordTests } from '../records';
import { AlertingRule, RecordingRule, Rule, RuleSet } from '../../../lib/monitoring/rules';
import { promDuration } from '../../../lib/units';

/** All rules of the library with their tests. */
export function subjects(): Subject[] {
  return Object.entries(CATALOGUES).flatMap(([component, rules]) => {
    const alertCases = readCases(component).map((each) => ({ each, rule: ruleOf(rules, each) }));
    const recordCases = recordingRules(rules).length > 0 ? readRecordCases(component) : [];
    return rules.groups.flatMap(({ name: group, rules: members }) => members.map((rule): Subject => {
      const about = { component, group, title: titleOf(rule), rule: rule._toData() };
      if (rule instanceof AlertingRule) {
        const cases = alertCases.filter((other) => other.rule === rule).map(({ each }) => each);
        const mutants = mutantsOf(rule.expr, promDuration(rule.for));
        return { ...about, mutants, cases, stages: alertStages(rules, rule, cases), alone: rule.expr.includes('ALERTS') };
      }
      const { record, cases } = recordOf(rule, recordCases);
      return { ...about, mutants: mutantsOf(rule.expr), cases, stages: [recordStage(rules, rule, record, cases)], alone: false };
    }));
  });
}

/** The name of a recording rule, and the cases that say what it yields. */
function recordOf(rule: Rule, all: readonly RecordCase[]): { readonly record: string; readonly cases: readonly RecordCase[] } {
  if (!(rule instanceof RecordingRule)) {
    throw new Error(`${rule._title()} is neither an alerting nor a recording rule`);
  }
  return { record: rule.record, cases: all.filter(({ yields }) => yields[rule.record] !== undefined) };
}

/** Name and labels. */
function titleOf(rule: Rule): string {
  const name = rule instanceof AlertingRule ? rule.alert : rule instanceof RecordingRule ? rule.record : '';
  return [name, ...Object.values(rule.labels)].join(' ');
}

const named = (name: string, suffix: string): string => `${name}__${suffix}`;

function changed(rule: Rule, mutant: Mutant | undefined): object {
  return mutant === undefined ? rule._toData() : { ...rule._toData(), expr: mutant.expr, ...(mutant.hold === undefined ? {} : { for: mutant.hold }) };
}

/** Every test of an alert, with the mutants side by side. What is generated says nothing of texts. */
function alertStages(rules: RuleSet, rule: AlertingRule, cases: readonly Case[]): Stage[] {
  const records = usedRecords(rules, rule).map((each) => each._toData());
  const trial = (alive: Alive, more: object, tests: readonly AlertTest[], step: object): Trial => ({
    rules: { groups: [{
      name: 'tested',
      rules: [...records, ...[...alive].map(([name, mutant]) => ({ ...changed(rule, mutant), ...more, alert: named(rule.alert, name) }))],
    }] },
    test: {
      ...step,
      tests: tests.map((test) => ({
        ...test,
        alert_rule_test: [...alive.keys()].flatMap((name) => test.alert_rule_test.map((asked) => ({ ...asked, alertname: named(rule.alert, name) }))),
      })),
    },
  });
  const stage = (all: readonly AlertTest[], more: object = {}): Stage => (alive) => (
    bySteps(all).map(({ tests, ...step }) => trial(alive, more, tests, step))
  );
  const written = cases.map((each) => caseTests(rule, each));
  return [
    stage(written.map(([fires]) => fires)),
    stage(written.flatMap(([, ...quiet]) => quiet)),
    stage(cases.flatMap((each) => generatedTests(rule, each)), { annotations: {} }),
  ];
}

/** Every test of a recording rule; those of the same name are recorded with each mutant, for a test says all that the name yields. */
function recordStage(rules: RuleSet, rule: Rule, record: string, cases: readonly RecordCase[]): Stage {
  const namesakes = recordingRules(rules).filter((other) => other.record === record);
  const { groups } = recordFile(rules);
  const mutants = (alive: Alive) => [...alive].flatMap(([name, mutant]) => namesakes.map((each) => (
    { ...changed(each, each === rule ? mutant : undefined), record: named(record, name) }
  )));
  const renamed = <T>(alive: Alive, values: { readonly [name: string]: T } = {}): { readonly [name: string]: T } => (
    Object.hasOwn(values, record) ? Object.fromEntries([...alive.keys()].map((name) => [named(record, name), values[record]])) : {}
  );
  const tests = (alive: Alive) => cases.flatMap(
    (each) => recordTests({ ...each, yields: renamed(alive, each.yields), gone: renamed(alive, each.gone) }),
  );
  return (alive) => [{
    rules: { groups: [...groups, { name: 'mutants', rules: mutants(alive) }] },
    test: { evaluation_interval: '1m', fuzzy_compare: true, group_eval_order: [...groups.map(({ name }) => name), 'mutants'], tests: tests(alive) },
  }];
}
