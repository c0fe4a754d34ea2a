import { stringify } from 'yaml';
import { alertingRules, caseTests, readCases, ruleFile, ruleOf } from './cases';
import { CATALOGUES } from './catalogues';
import { failedRuleTests, runPromtool } from './promtool';
import { RuleSet } from '../../lib/monitoring/rules';
import { USUAL_INTERVAL } from '../../lib/monitoring/rules/windows';
import { parsePromDuration } from '../../lib/units';

/** The annotations of which a case does not show all: it renders one branch of a template. The text of all others stands there. */
function unproven(annotations: { readonly [name: string]: string }): object | undefined {
  const branching = Object.entries(annotations).filter(([, template]) => /\{\{-? *(if|with|range)\b/.test(template));
  return branching.length === 0 ? undefined : Object.fromEntries(branching);
}

describe.each(Object.entries(CATALOGUES))('%s', (component, rules) => {
  const cases = readCases(component).map((each) => ({ ...each, rule: ruleOf(rules, each) }));

  test('has no window that is shorter than four usual scrapes', () => {
    const windows = rules.groups.flatMap((group) => group.rules).flatMap(({ expr }) => [...expr.matchAll(/\[(\d+[smhd])\]/g)].map(([, window]) => window));
    expect(windows.filter((window) => (parsePromDuration(window)?.toMilliseconds() ?? 0) < 4 * USUAL_INTERVAL)).toEqual([]);
  });

  test('every alert has a case that makes it fire and one that keeps it quiet', () => {
    const proven = cases
      .filter(({ expect: alerts, quiet, alwaysFires = false }) => alerts.length > 0 && (Object.keys(quiet).length > 0 || alwaysFires))
      .map(({ rule }) => rule._identity());
    expect(alertingRules(rules).map((rule) => rule._identity()).filter((identity) => !proven.includes(identity))).toEqual([]);
  });

  test('every alert fires when it should and only then', () => {
    expect(failedRuleTests(cases.map((each) => ({ rules: ruleFile(rules, each.rule), tests: caseTests(each.rule, each) })))).toBe('');
  });

  test('promtool finds nothing wrong with the rule file', () => {
    const { status, output } = runPromtool(['check', 'rules', '--lint=all', '--lint-fatal', 'rules.yaml'], { 'rules.yaml': rules._toData() });
    expect(output).toMatch(/^Checking rules.yaml\n {2}SUCCESS: \d+ rules found\n+$/);
    expect(status).toBe(0);
  });

  test('our own checks find nothing wrong with the rule file either', () => {
    expect(RuleSet.fromText(stringify(rules._toData()))._toData()).toEqual(rules._toData());
  });

  test('the rule file is as reviewed', () => {
    const { groups } = JSON.parse(JSON.stringify(rules._toData()), (key, value) => (key === 'annotations' ? unproven(value) : value));
    expect(stringify({ groups }, { lineWidth: 0 })).toMatchSnapshot();
  });
});
