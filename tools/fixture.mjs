#!/usr/bin/env node
// Writes rosetta/default.ts-fixture, what surrounds the snippets of README.md and of docstrings when they are compiled: everything that
// the library exports, and the chart, Prometheus and Alertmanager that a snippet may take for granted. A snippet with imports of its own
// says `nofixture` (in Markdown: ```ts nofixture).
import * as fs from 'node:fs';
import * as path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const { name, types } = JSON.parse(fs.readFileSync(path.join(root, '.jsii'), 'utf8'));
const exported = Object.keys(types).map((fqn) => fqn.slice(name.length + 1)).filter((type) => !type.includes('.')).sort();
const given = { prometheus: 'PrometheusServer', alertmanager: 'AlertmanagerServer' };
const surroundings = Object.entries(given)
  .filter(([, type]) => exported.includes(type))
  .map(([variable, type]) => `declare const ${variable}: ${type};`);

const text = `// Written by tools/fixture.mjs.
import { ApiObject, App, Chart, Duration, Size } from 'cdk8s';
import { ConfigMap, Secret, Service, ServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
${exported.map((type) => `  ${type},\n`).join('')}} from '${name}';

declare const app: App;
declare const chart: Chart;
${surroundings.join('\n')}

function snippet() {
  /// here
}
`;
fs.mkdirSync(path.join(root, 'rosetta'), { recursive: true });
fs.writeFileSync(path.join(root, 'rosetta', 'default.ts-fixture'), text);
