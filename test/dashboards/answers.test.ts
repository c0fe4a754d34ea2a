import { stringify } from 'yaml';
import { ANSWERED, answerTest, readAnswerCases } from './answers';
import { COMMITTED } from './support';
import { inTempDir, writeFiles } from '../files';
import { promtool, verdict } from '../tools';

test.each(ANSWERED)('%s shows what was worked out by hand', (uid) => {
  const { json } = COMMITTED.find((dashboard) => dashboard.json.uid === uid)!;
  const { status, output } = inTempDir((dir) => {
    writeFiles(dir, { 'test.yaml': stringify({ evaluation_interval: '1m', fuzzy_compare: true, tests: readAnswerCases(uid).map((each) => answerTest(json, each)) }) });
    return verdict(promtool(), ['test', 'rules', 'test.yaml'], dir);
  });
  expect(output.replace(/^ *(SUCCESS|(Unit Testing|Processing test file): .*)?\n/gm, '')).toBe('');
  expect(status).toBe(0);
});
