import * as fs from 'node:fs';
import * as path from 'node:path';
import { Construct } from 'constructs';
import * as components from '../../lib/components';
import { Component, COMPONENTS, isComponentMetric } from '../../lib/components/catalogue';
import { RecordingRule } from '../../lib/monitoring';

const root = path.join(__dirname, '..', '..');
const read = (...parts: string[]) => fs.readFileSync(path.join(root, ...parts), 'utf8');
const all: Array<[string, Component]> = Object.entries(COMPONENTS);

/** Files below a folder. */
function filesIn(folder: string): string[] {
  return fs.readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).map((file) => `${folder}/${file}`);
}

const constructs = Object.entries(components)
  .flatMap(([name, value]) => (typeof value === 'function' && value.prototype instanceof Construct ? [name] : []));

test('every construct of lib/components is in the catalogue', () => {
  const listed = all.flatMap(([, { construct }]) => construct?.name ?? []);
  expect(constructs.filter((name) => !listed.includes(name)).map((name) => `add ${name} to COMPONENTS of lib/components/catalogue.ts`)).toEqual([]);
  expect(listed.filter((name) => !constructs.includes(name)).map((name) => `export ${name} from lib/components/index.ts`)).toEqual([]);
});

test('every set of rules of lib/components is in the catalogue', () => {
  const catalogue = read('lib/components/catalogue.ts');
  const unlisted = filesIn('lib/components').filter((file) => file.split('/').length > 3).flatMap((file) => (
    [...read(file).matchAll(/^export function (\w+)\([^]*?\): RuleSet \{$/gm)].map(([, name]) => ({ file, name }))
  )).filter(({ name }) => !catalogue.includes(name));
  expect(unlisted.map(({ file, name }) => `add ${name} of ${file} to COMPONENTS of lib/components/catalogue.ts`)).toEqual([]);
});

test('every options struct of rules is exported', () => {
  const index = read('lib/components/index.ts');
  const hidden = filesIn('lib/components').flatMap((file) => (
    [...read(file).matchAll(/^export interface (\w+RuleOptions) /gm)].map(([, name]) => ({ file: file.replace('lib/components', '.').replace(/[.]ts$/, ''), name }))
  )).filter(({ file, name }) => !index.includes(`export * from '${file}'`) && !index.includes(`export type { ${name} } from '${file}'`));
  expect(hidden.map(({ file, name }) => `add "export type { ${name} } from '${file}'" to lib/components/index.ts`)).toEqual([]);
});

test('every construct has a test of all its props', () => {
  const tests = filesIn('test/components').map((file) => read(file)).join('\n');
  const untested = constructs.filter((name) => !tests.includes(`new ${name}(`) && !tests.includes(`Monitor: ${name},`));
  expect(untested.map((name) => `test ${name} in test/components, with props typed Required<${name}Props>`)).toEqual([]);
  const props = filesIn('lib/components').flatMap((file) => [...read(file).matchAll(/^export interface (\w+(?:Monitor|Exporter|DaemonSet|Metrics)Props) /gm)]);
  const partial = props.map(([, name]) => name).filter((name) => !new RegExp(`Required<(Omit<)?${name}\\b`).test(tests));
  expect(partial.map((name) => `add a test with props typed Required<${name}> to test/components`)).toEqual([]);
});

test.each(all)('%s has cases for the tests of its rules', (name) => {
  expect(fs.existsSync(path.join(root, 'test/rules/cases', `${name}.yaml`)) ? undefined : `write test/rules/cases/${name}.yaml`).toBeUndefined();
});

test.each(all)('%s: the metrics that its rules use are known', (_, { rules }) => {
  const set = rules();
  const recorded = set.groups.flatMap((group) => group.rules).flatMap((rule) => (rule instanceof RecordingRule ? [rule.record] : []));
  const used = set._metrics().filter((metric) => !recorded.includes(metric) && !/^(up|ALERTS)$/.test(metric));
  expect(used.filter((metric) => !isComponentMetric(metric))).toEqual([]);
});

test('metrics are known by whole words', () => {
  expect(['node_load1', 'go_goroutines', 'process_cpu_seconds_total', 'kube_pod_info'].filter((metric) => !isComponentMetric(metric))).toEqual([]);
  expect(['nodes_total', 'mysql_up', 'my_node_load1', 'shop_requests_total', 'http_requests_total'].filter(isComponentMetric)).toEqual([]);
});

test('the facts that a construct knows are no options of its rules', () => {
  const facts = /\breadonly (jobName|configReloader|alertmanagers|kubeletService|shards|systemd)\?/;
  const found = filesIn('lib/components').flatMap((file) => (
    [...read(file).matchAll(/^export interface (\w+RuleOptions) \{[^]*?^\}/gm)].filter(([text]) => facts.test(text)).map(([, name]) => `${name} of ${file}`)
  ));
  expect(found).toEqual([]);
});
