import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { inTempDir } from '../files';

const root = path.join(__dirname, '..', '..');

interface Cruise {
  readonly summary: { readonly violations: readonly { readonly from: string; readonly to: string; readonly rule: { readonly name: string } }[] };
}

/** Importing file, imported file, and the rules that forbid it. */
type Row = readonly [string, string, readonly string[]];

const rows: readonly Row[] = [
  // down a floor, within a folder, from the ground
  ['lib/stack/a.ts', 'lib/promql/a.ts', []],
  ['lib/server/a.ts', 'lib/components/node/a.ts', []],
  ['lib/server/a.ts', 'lib/backend/a.ts', []],
  ['lib/backend/b.ts', 'lib/server/a.ts', ['floor-of-backend']],
  ['lib/server/b.ts', 'lib/server/a.ts', []],
  ['lib/promql/b.ts', 'lib/text.ts', []],
  ['lib/components/node/b.ts', 'lib/components/shared.ts', []],
  ['lib/monitoring/prometheus.ts', 'lib/monitoring/rules/a.ts', []],
  ['lib/operator/b.ts', 'imports/monitoring.coreos.com.ts', []],
  ['lib/index.ts', 'lib/stack/a.ts', []],
  // up a floor
  ['lib/promql/c.ts', 'lib/monitoring/prometheus.ts', ['floor-of-promql']],
  ['lib/monitoring/rules/c.ts', 'lib/server/a.ts', ['floor-of-monitoring']],
  ['lib/components/etcd/c.ts', 'lib/stack/a.ts', ['floor-of-components']],
  ['lib/server/c.ts', 'lib/grafana/a.ts', ['floor-of-server']],
  ['lib/grafana/c.ts', 'lib/index.ts', ['floor-of-grafana']],
  ['lib/regex.ts', 'lib/kubernetes/a.ts', ['ground-floor']],
  // along a floor
  ['lib/kubernetes/c.ts', 'lib/promql/a.ts', ['floor-of-kubernetes']],
  ['lib/operator/c.ts', 'lib/server/a.ts', ['floor-of-operator']],
  ['lib/metrics-api/c.ts', 'lib/long-term/a.ts', ['floor-of-metrics-api']],
  ['lib/monitoring/scrape/c.ts', 'lib/monitoring/rules/a.ts', ['parts-of-monitoring']],
  ['lib/monitoring/routing/c.ts', 'lib/monitoring/index.ts', ['parts-of-monitoring']],
  ['lib/monitoring/routing/d.ts', 'lib/monitoring/http/a.ts', []],
  ['lib/monitoring/http/c.ts', 'lib/monitoring/scrape/a.ts', ['http-of-monitoring']],
  ['lib/components/kubelet/c.ts', 'lib/components/node/a.ts', ['one-folder-per-component']],
  ['lib/components/apiserver/c.ts', 'lib/components/index.ts', ['one-folder-per-component']],
  // out of the library
  ['lib/server/d.ts', 'test/helper.ts', ['outside-of-lib']],
  ['lib/server/e.ts', 'imports/monitoring.coreos.com.ts', ['custom-resources']],
  // out of what the package declares
  ['lib/server/h.ts', 'node_modules/cdk8s', []],
  ['lib/server/i.ts', 'node_modules/yaml', []],
  ['lib/server/j.ts', 'node_modules/jest', ['undeclared']],
  // nowhere, in circles, or where no floor is
  ['lib/server/f.ts', 'lib/server/missing.ts', ['unresolvable']],
  ['lib/promql/left.ts', 'lib/promql/right.ts', ['cycle']],
  ['lib/promql/right.ts', 'lib/promql/left.ts', []], // a cycle is told once
  ['lib/stack/g.ts', 'lib/attic/a.ts', ['floor-of-stack', 'folder-without-floor']],
];

function write(tree: string, file: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
  fs.writeFileSync(path.join(tree, file), text);
}

/** What `from` writes to import `to`. */
function specifier(from: string, to: string): string {
  const relative = path.relative(path.dirname(from), to).replace(/[.]ts$/, '');
  return to.startsWith('node_modules/') ? path.basename(to) : relative.startsWith('.') ? relative : `./${relative}`;
}

/** Runs the lint of the repository over a tree of these imports alone. */
function cruise(tree: string): Cruise {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      '--config', path.join(root, '.dependency-cruiser.cjs'), '--output-type', 'json', 'lib',
    ],
    { cwd: tree, encoding: 'utf8' },
  );
  if (!stdout.startsWith('{')) {
    throw new Error(stderr);
  }
  return JSON.parse(stdout);
}

test('imports go down the floors of lib, and nowhere else', () => {
  inTempDir((tree) => {
    const importing = new Set(rows.map(([from]) => from));
    rows
      .filter(([, to]) => to.endsWith('.ts') && !importing.has(to) && !to.endsWith('/missing.ts'))
      .forEach(([, to]) => write(tree, to, 'export const a = 1;\n'));
    rows.forEach(([from, to]) => write(tree, from, `export * from '${specifier(from, to)}';\n`));
    ['tsconfig.dev.json', 'package.json'].forEach((file) => fs.copyFileSync(path.join(root, file), path.join(tree, file)));
    fs.symlinkSync(path.join(root, 'node_modules'), path.join(tree, 'node_modules'));

    const { violations } = cruise(tree).summary;

    const found = rows.map(([from, to]): Row => {
      const rules = violations.filter((violation) => violation.from === from).map(({ rule }) => rule.name);
      return [from, to, [...new Set(rules)].sort()];
    });
    expect(found).toEqual(rows);
  });
});
