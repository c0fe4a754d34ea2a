import { alertingRules } from './cases';
import { CATALOGUES } from './catalogues';
import { COMMUNITY_ALERTS, LEFT_OUT, OTHERWISE, OUR_ALERTS } from './community';
import { promDuration } from '../../lib/units';

/** All alerts of all catalogues as `alert severity for`. */
const OURS = Object.values(CATALOGUES).flatMap(alertingRules).map((rule) => {
  const hold = rule.for === undefined ? '' : promDuration(rule.for);
  return `${rule.alert} ${rule.severity?.value} ${hold}`.trim();
});
const THEIRS = COMMUNITY_ALERTS.map((row) => `${row.alert} ${row.severity} ${row.for}`.trim());
const leftOut = Object.values(LEFT_OUT).flat();
const otherwise = Object.keys(OTHERWISE);

test('each alert of the community is there with its severity and time, or left out for a reason', () => {
  expect(THEIRS.filter((row) => !OURS.includes(row) && !otherwise.includes(row) && !leftOut.includes(row.split(' ')[0]))).toEqual([]);
});

test('each of our alerts is one of the community or one that we answer for', () => {
  const explained = [...Object.keys(OUR_ALERTS), ...otherwise.map((row) => row.split(' ')[0])];
  const unexplained = OURS.filter((row) => !THEIRS.includes(row) && !explained.includes(row.split(' ')[0]));
  expect(unexplained.map((row) => `explain '${row}' in OUR_ALERTS of test/rules/community.ts`)).toEqual([]);
});

test('nothing that is left out is there, and nothing is listed that is not', () => {
  const names = OURS.map((row) => row.split(' ')[0]);
  expect(leftOut.filter((alert) => names.includes(alert))).toEqual([]);
  expect(leftOut.filter((alert) => !COMMUNITY_ALERTS.some((row) => row.alert === alert))).toEqual([]);
  expect(Object.keys(OUR_ALERTS).filter((alert) => !names.includes(alert))).toEqual([]);
  expect(otherwise.filter((row) => OURS.includes(row) || !THEIRS.includes(row))).toEqual([]);
});

test('no text repeats the time that its alert holds, which a user may change', () => {
  const repeated = Object.values(CATALOGUES).flatMap(alertingRules).filter((rule) => {
    const { summary, description } = rule._props();
    return / for (?:\d+|an?) (?:second|minute|hour|day)/.test(`${summary} ${description}`);
  });
  expect(repeated.map(({ alert }) => `write 'for [for]' in the text of ${alert}`)).toEqual([]);
});
