// The grammar of PromQL, a package of npm that Prometheus publishes with its releases, not with all of them.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { programs } from './programs.mjs';
import { compare } from './releases.mjs';

const root = path.join(import.meta.dirname, '..', '..');
const NAME = '@prometheus-io/lezer-promql';

/** Installs the newest grammar that is no newer than Prometheus, if it is another than the one in use. */
export function grammar(prometheus, npm) {
  const limit = programs.prometheus.moduleOf(prometheus);
  const published = JSON.parse(execFileSync('npm', ['view', NAME, 'versions', '--json'], { cwd: root, encoding: 'utf8' }));
  const fitting = published.filter((version) => /^0\.3\d\d\.\d+$/.test(version)).map((version) => `v${version}`)
    .filter((version) => compare(version, limit) <= 0).sort(compare);
  const wanted = fitting.at(-1)?.slice(1);
  const file = path.join(root, 'package.json');
  const text = fs.readFileSync(file, 'utf8');
  const used = JSON.parse(text).dependencies[NAME];
  if (wanted !== undefined && used !== wanted) {
    console.log(`${NAME} ${used} -> ${wanted}`);
    // `npm install NAME` would say bundledDependencies once more, in npm's other spelling
    fs.writeFileSync(file, text.replace(`"${NAME}": "${used}"`, `"${NAME}": "${wanted}"`));
    npm('install', '--no-audit', '--no-fund');
  }
}
