// Packages of npm in step with the programs: the grammar of PromQL, which Prometheus does not publish with all of its releases, and the types of
// Grafana's dashboards, which Grafana does.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { programs } from './programs.mjs';
import { compare } from './releases.mjs';

const root = path.join(import.meta.dirname, '..', '..');
const GRAMMAR = '@prometheus-io/lezer-promql';

/** Installs a package in a version, if it is another than the one in use. */
function install(name, wanted, npm) {
  const file = path.join(root, 'package.json');
  const text = fs.readFileSync(file, 'utf8');
  const { dependencies, devDependencies } = JSON.parse(text);
  const used = dependencies[name] ?? devDependencies[name];
  if (used !== wanted) {
    console.log(`${name} ${used} -> ${wanted}`);
    // `npm install NAME` would say bundledDependencies once more, in npm's other spelling
    fs.writeFileSync(file, text.replace(`"${name}": "${used}"`, `"${name}": "${wanted}"`));
    npm('install', '--no-audit', '--no-fund');
  }
}

/** The newest grammar that is no newer than Prometheus. */
export function grammar(prometheus, npm) {
  const limit = programs.prometheus.moduleOf(prometheus);
  const published = JSON.parse(execFileSync('npm', ['view', GRAMMAR, 'versions', '--json'], { cwd: root, encoding: 'utf8' }));
  const fitting = published.filter((version) => /^0\.3\d\d\.\d+$/.test(version)).map((version) => `v${version}`)
    .filter((version) => compare(version, limit) <= 0).sort(compare);
  const wanted = fitting.at(-1)?.slice(1);
  if (wanted !== undefined) {
    install(GRAMMAR, wanted, npm);
  }
}

/** The types of the Grafana that is deployed. */
export function grafanaTypes(grafana, npm) {
  install(programs.grafana.package, grafana.slice(1), npm);
}
