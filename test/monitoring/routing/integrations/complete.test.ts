import * as fs from 'node:fs';
import * as path from 'node:path';
import { Integration } from '../../../../lib/monitoring/routing';
import { textProblem } from '../../../../lib/texts';

const file = 'test/monitoring/routing/integrations/integrations.test.ts';
const tests = fs.readFileSync(path.join(__dirname, 'integrations.test.ts'), 'utf8').split(/^test(?=[(.])/m);

/** Names of the static factories of Integration. */
const factories = Object.entries(Object.getOwnPropertyDescriptors(Integration)).filter(([, { value }]) => typeof value === 'function').map(([name]) => name)
  .filter((name) => name !== 'prototype' && !name.startsWith('_'));

test('there are factories', () => {
  expect(factories).toEqual(expect.arrayContaining(['webhook', 'slack', 'custom']));
});

test('every factory of Integration has a test of all its props', () => {
  const tested = (name: string) => tests.some((text) => (
    /^\('[^']*: all the props/.test(text) && /props: Required</.test(text) && new RegExp(`Integration[.]${name}\\((?:'\\w+', )?props\\)`).test(text)
  ));
  expect(factories.filter((name) => !tested(name)).map((name) => (
    `add "test('${name}: all the props')" to ${file}, whose props are Required<…Props> and go to Integration.${name}(props)`
  ))).toEqual([]);
});

test('every factory of Integration is judged by amtool, in one receiver', () => {
  const all = tests.find((text) => text.startsWith("('a receiver notifies all its integrations'")) ?? '';
  expect(factories.filter((name) => !all.includes(`Integration.${name}(`)).map((name) => (
    `add Integration.${name}(…) to "a receiver notifies all its integrations" of ${file}`
  ))).toEqual([]);
});

test('integrations that are critical are those that Alertmanager has', () => {
  expect(['webhook', 'slack', 'jira'].map((kind) => textProblem(kind, 'criticalIntegrations', 'AlertmanagerRuleOptions'))).toEqual([undefined, undefined, undefined]);
  expect(textProblem('pagerdutty', 'criticalIntegrations', 'AlertmanagerRuleOptions'))
    .toMatch(/^'pagerdutty' is not an integration of Alertmanager, did you mean 'pagerduty'\? use one of 'discord', /);
});
