import { stringify } from 'yaml';
import { CATALOGUES } from './catalogues';
import { COMMUNITY_RECORDS, OUR_RECORDS } from './community-records';
import { isProven, readRecordCases, recordFile, recordTests, recordingRules } from './records';
import { inTempDir, writeFiles } from '../files';
import { promtool, verdict } from '../tools';

const WITH_RECORDS = Object.entries(CATALOGUES).filter(([, rules]) => recordingRules(rules).length > 0);
const OURS = WITH_RECORDS.flatMap(([, rules]) => recordingRules(rules));

/** Name of a rule, and the labels that it adds. */
const title = (record: string, labels: { readonly [name: string]: string }) => [record, ...Object.entries(labels).map((label) => label.join('=')).sort()].join(' ');

test('each recording rule of the community is there with its labels, and each other one is explained', () => {
  const ours = OURS.map(({ record, labels }) => title(record, labels));
  const theirs = COMMUNITY_RECORDS.map(({ record, labels }) => title(record, labels));
  expect(theirs.filter((each) => !ours.includes(each))).toEqual([]);
  expect(new Set(COMMUNITY_RECORDS.map(({ record }) => record)).size).toBe(65);
  const others = OURS.filter(({ record, labels }) => !theirs.includes(title(record, labels))).map(({ record }) => record);
  expect([...new Set(others)].sort()).toEqual(Object.keys(OUR_RECORDS).sort());
});

describe.each(WITH_RECORDS)('%s', (component, rules) => {
  const cases = readRecordCases(component);

  test('every recording rule has a case that says what it yields', () => {
    expect(recordingRules(rules).filter((rule) => !isProven(rule, cases)).map((rule) => rule._identity())).toEqual([]);
  });

  test('every recording rule yields what was worked out by hand, and nothing else', () => {
    const { status, output } = inTempDir((dir) => {
      const file = recordFile(rules);
      writeFiles(dir, {
        'rules.yaml': stringify(file),
        'test.yaml': stringify({
          rule_files: ['rules.yaml'], evaluation_interval: '1m', group_eval_order: file.groups.map(({ name }) => name), fuzzy_compare: true,
          tests: cases.flatMap(recordTests),
        }),
      });
      return verdict(promtool(), ['test', 'rules', 'test.yaml'], dir);
    });
    expect(output.replace(/^ *(SUCCESS|(Unit Testing|Processing test file): .*)?\n/gm, '')).toBe('');
    expect(status).toBe(0);
  });
});
