import { Duration } from 'cdk8s';
import { AlertingRule, RuleEdit, RuleGroup, RuleSet } from '../../../lib/monitoring/rules';
import { durationWords } from '../../../lib/monitoring/rules/text-values';
import { trustedAlert, trustedGroup } from '../../../lib/monitoring/rules/trusted';

const TEXT = 'The shop has failed {{ $value }} times in [5m], and has done so for [for].';
const PROPS = { alert: 'ShopFails', expr: 'increase(failures[5m]) > 0', for: Duration.minutes(15), summary: 'The shop fails', description: TEXT };

function edited(rule: AlertingRule, ...edits: RuleEdit[]): string | undefined {
  const set = RuleSet.of(trustedGroup({ name: 'shop', rules: [rule] })).adjusted(edits);
  return set.groups[0]._alertingRules()[0].annotations.description;
}

test.each([
  [Duration.minutes(15), '15 minutes'], [Duration.minutes(60), 'an hour'], [Duration.minutes(90), '90 minutes'], [Duration.seconds(60), 'a minute'],
  [Duration.days(1), 'a day'], [Duration.hours(4), '4 hours'], [Duration.seconds(3601), '1 hour 1 second'], [Duration.millis(1), 'a millisecond'],
])('%s is said as %s', (duration, words) => {
  expect(durationWords(duration)).toBe(words);
});

test('the text of an alert says the time that it holds, also when that is changed', () => {
  const rule = trustedAlert(PROPS);
  expect(edited(rule)).toBe('The shop has failed {{ $value }} times in 5 minutes, and has done so for 15 minutes.');
  expect(edited(rule, RuleEdit.holdFor('ShopFails', Duration.hours(1)))).toBe('The shop has failed {{ $value }} times in 5 minutes, and has done so for an hour.');
  expect(edited(rule, RuleEdit.holdFor('ShopFails', Duration.seconds(0)))).toBe('The shop has failed {{ $value }} times in 5 minutes, and has done so.');
});

test('the texts of a user are as they were written', () => {
  const rule = new AlertingRule(PROPS);
  expect(edited(rule, RuleEdit.holdFor('ShopFails', Duration.hours(1)))).toBe(TEXT);
  expect(new RuleGroup({ name: 'shop', rules: [rule] })._alertingRules()[0].annotations.description).toBe(TEXT);
});
