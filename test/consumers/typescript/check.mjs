// Lets promtool, whose path is the argument, judge the configuration and the rules among the manifests in dist, of both backends.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Yaml } from 'cdk8s';

const [promtool] = process.argv.slice(2);
const manifests = fs.readdirSync('dist').flatMap((file) => Yaml.load(path.join('dist', file)));
const files = manifests.filter(({ kind }) => kind === 'ConfigMap').flatMap(({ data }) => Object.entries(data ?? {}));
const operated = manifests.filter(({ kind }) => kind === 'PrometheusRule').map(({ metadata, spec }) => [`${metadata.name}.yaml`, Yaml.stringify(spec)]);
const kinds = manifests.map(({ kind }) => kind);
const configurations = files.filter(([name]) => name === 'prometheus.yml');
const rules = files.filter(([, text]) => /^groups:/m.test(text));
if (configurations.length !== 2 || rules.length === 0 || operated.length === 0) {
  throw new Error(`found ${configurations.length} prometheus.yml, ${rules.length} rule files and ${operated.length} PrometheusRules among ${manifests.length} manifests`);
}
const missing = ['CustomResourceDefinition', 'Prometheus', 'ServiceMonitor'].filter((kind) => !kinds.includes(kind));
if (missing.length > 0) {
  throw new Error(`found no ${missing.join(', ')} among the manifests`);
}

function judge(command, [name, text], ...flags) {
  fs.writeFileSync(name, text);
  execFileSync(promtool, ['check', command, ...flags, name], { stdio: 'inherit' });
}

// The files that it names exist in the Pod only.
configurations.forEach((file) => judge('config', file, '--syntax-only'));
[...rules, ...operated].forEach((file) => judge('rules', file));
