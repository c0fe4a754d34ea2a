import { readCases, ruleOf } from './cases';
import { CATALOGUES } from './catalogues';
import { GENERATED } from './generated';
import { failedRuleTests } from './promtool';
import { ruleFileWithoutTexts, writtenOut } from './written-out';

describe.each(Object.keys(CATALOGUES))('%s', (component) => {
  test.each(Object.entries(GENERATED))('%s', (_, make) => {
    const output = failedRuleTests(readCases(component).map((each) => {
      const rule = ruleOf(CATALOGUES[component], each);
      return { rules: ruleFileWithoutTexts(CATALOGUES[component], rule), tests: make(writtenOut(rule, each)) };
    }));
    expect(output).toBe('');
  });
});
