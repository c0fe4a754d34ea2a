// Lets promtool, whose path is the argument, judge the configuration and the rules among the manifests in dist.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Yaml } from 'cdk8s';

const [promtool] = process.argv.slice(2);
const manifests = fs.readdirSync('dist').flatMap((file) => Yaml.load(path.join('dist', file)));
const files = manifests.filter(({ kind }) => kind === 'ConfigMap').flatMap(({ data }) => Object.entries(data ?? {}));
const configurations = files.filter(([name]) => name === 'prometheus.yml');
const rules = files.filter(([, text]) => /^groups:/m.test(text));
if (configurations.length !== 1 || rules.length === 0) {
  throw new Error(`found ${configurations.length} prometheus.yml and ${rules.length} rule files among ${manifests.length} manifests`);
}

function judge(command, [name, text], ...flags) {
  fs.writeFileSync(name, text);
  execFileSync(promtool, ['check', command, ...flags, name], { stdio: 'inherit' });
}

// The files that it names exist in the Pod only.
configurations.forEach((file) => judge('config', file, '--syntax-only'));
rules.forEach((file) => judge('rules', file));
