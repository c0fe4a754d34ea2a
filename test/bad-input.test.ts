import { ALERTING } from './bad-input/alerting';
import { CONSTRUCTS } from './bad-input/constructs';
import { CONTRADICTIONS } from './bad-input/contradictions';
import { EXISTING_PROMETHEUS } from './bad-input/existing-prometheus';
import { OPERATED_ALERTMANAGER } from './bad-input/operated-alertmanager';
import { OPERATED_PROMETHEUS } from './bad-input/operated-prometheus';
import { PODS } from './bad-input/pods';
import { RULES_AND_ROUTING } from './bad-input/rules-and-routing';
import { SCRAPING } from './bad-input/scraping';
import { METRICS_APIS } from './bad-input/metrics-apis';
import { Mistake, prometheus, synthesize } from './bad-input/support';
import { WORKLOADS } from './bad-input/workloads';

const MISTAKES: Mistake[] = [
  ...SCRAPING, ...RULES_AND_ROUTING, ...WORKLOADS, ...PODS, ...ALERTING, ...OPERATED_ALERTMANAGER, ...OPERATED_PROMETHEUS, ...EXISTING_PROMETHEUS,
  ...CONSTRUCTS, ...METRICS_APIS, ...CONTRADICTIONS,
];

test('an app without a mistake writes its files', () => {
  expect(synthesize((chart) => prometheus(chart))).toEqual({ message: '', files: expect.arrayContaining(['shop.k8s.yaml']) });
});

test('there are many mistakes, and none twice', () => {
  expect(MISTAKES.length).toBeGreaterThanOrEqual(60);
  expect(new Set(MISTAKES.map(({ mistake }) => mistake)).size).toBe(MISTAKES.length);
});

test.each(MISTAKES)('$mistake', ({ place, value, wayOut, app }) => {
  const { message, files } = synthesize(app);
  expect(message).toContain(place);
  expect(message).toContain(value);
  expect(message).toContain(wayOut);
  // cdk8s says where already, in brackets.
  expect(message).not.toMatch(/\[(\S+)\] \1: /);
  expect(files).toEqual([]);
});
