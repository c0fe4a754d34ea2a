import * as fs from 'node:fs';
import * as path from 'node:path';
import { Integration, Receiver } from '../../../../lib/monitoring/routing';

const file = 'test/monitoring/routing/integrations/integrations.test.ts';
const tests = fs.readFileSync(path.join(__dirname, 'integrations.test.ts'), 'utf8').split(/^test(?=[(.])/m);

/** Names of the static factories of a class. */
function factories(of: typeof Integration | typeof Receiver): string[] {
  return Object.entries(Object.getOwnPropertyDescriptors(of)).filter(([, { value }]) => typeof value === 'function').map(([name]) => name)
    .filter((name) => name !== 'prototype' && !name.startsWith('_'));
}

const integrations = factories(Integration);

test('there are factories', () => {
  expect(integrations).toEqual(expect.arrayContaining(['webhook', 'slack', 'custom']));
});

test('every factory of Integration has a test of all its props', () => {
  const tested = (name: string) => tests.some((text) => (
    /^\('[^']*: all the props/.test(text) && /props: Required</.test(text) && new RegExp(`Integration[.]${name}\\((?:'\\w+', )?props\\)`).test(text)
  ));
  expect(integrations.filter((name) => !tested(name)).map((name) => (
    `add "test('${name.toLowerCase()}: all the props')" to ${file}, whose props are Required<…Props> and go to Integration.${name}(props)`
  ))).toEqual([]);
});

test('every factory of Integration is one of Receiver too, and is judged by amtool', () => {
  const receivers = factories(Receiver);
  const all = tests.find((text) => text.startsWith("('each factory of Receiver")) ?? '';
  expect(integrations.filter((name) => !receivers.includes(name)).map((name) => `add ${name} to lib/monitoring/routing/receiver.ts`)).toEqual([]);
  expect(integrations.filter((name) => !all.includes(`Receiver.${name}(`)).map((name) => (
    `add Receiver.${name}(…) to "each factory of Receiver makes a receiver with one integration" of ${file}`
  ))).toEqual([]);
});
