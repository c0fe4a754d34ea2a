import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ApiType, build, readJson, root } from './support';

interface Packed {
  readonly size: number;
  readonly bundled: readonly string[];
  readonly files: readonly { readonly path: string }[];
}

/** Milliseconds of CPU of a process that evaluates `script`: the least of some, so that a busy machine does not count. */
function cpu(script: string): number {
  const runs = Array.from({ length: 5 }, () => execFileSync(
    process.execPath,
    ['-e', `${script}; const { user, system } = process.cpuUsage(); console.log((user + system) / 1000)`],
    { cwd: root, encoding: 'utf8' },
  ));
  return Math.min(...runs.map(Number));
}

/** What a process prints as JSON that evaluates `script`. */
function evaluate(script: string, ...flags: string[]) {
  return JSON.parse(execFileSync(process.execPath, [...flags, '-e', script], { cwd: root, encoding: 'utf8' }));
}

/** Names with a value of `all`, which `script` makes. */
function namesOf(script: string, ...flags: string[]): string[] {
  return evaluate(`${script}; console.log(JSON.stringify(Object.keys(all).filter((name) => all[name] !== undefined)))`, ...flags);
}

describe('the package', () => {
  let packed: Packed;
  let own: readonly string[];

  beforeAll(() => {
    build();
    const [first]: Packed[] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'],
    }));
    packed = first;
    own = first.files.map((file) => file.path).filter((file) => !file.startsWith('node_modules/'));
  }, 300_000);

  test('is smaller than 3 MB', () => {
    expect(packed.size).toBeLessThan(3_000_000);
  });

  test('holds the library, its assembly and what describes it', () => {
    expect(own).toEqual(expect.arrayContaining(['.jsii', 'LICENSE', 'README.md', 'build/bundle.js', 'build/compiled/lib/index.d.ts', 'package.json']));
  });

  test('holds nothing else: no sources, tests, source maps, tools', () => {
    const shipped = /^([.]jsii|[.]warnings[.]jsii[.]js|LICENSE|README[.]md|package[.]json|build\/bundle[.]([a-z-]+[.])?js|build\/compiled\/(lib\/.*[.]d[.]ts|imports\/.*[.](js|d[.]ts))|lib\/.*[.]json|crds\/.*)$/;
    expect(own.filter((file) => !shipped.test(file))).toEqual([]);
    expect(own.filter((file) => /[.](test|spec)[.]|[.]map$|__snapshots__/.test(file))).toEqual([]);
  });

  test('has a source for each file that jsii wrote', () => {
    const written = own.filter((file) => file.startsWith('build/compiled/')).map((file) => file.slice('build/compiled/'.length));
    expect(written.length).toBeGreaterThan(100);
    expect(written.filter((file) => !fs.existsSync(path.join(root, file.replace(/([.]js|[.]d[.]ts)$/, '.ts'))))).toEqual([]);
  });

  test('carries no source map within its files', () => {
    const code = own.filter((file) => file.endsWith('.js'));
    expect(code.filter((file) => fs.readFileSync(path.join(root, file), 'utf8').includes('sourceMappingURL='))).toEqual([]);
  });

  test('carries no path of the machine that built it', () => {
    expect(own.filter((file) => fs.readFileSync(path.join(root, file), 'utf8').includes(root))).toEqual([]);
  });

  test('bundles everything that its dependencies need', () => {
    const files = new Set(packed.files.map((file) => file.path));
    const manifests = [...files].filter((file) => /node_modules\/(@[^/]+\/)?[^/]+\/package[.]json$/.test(file));
    const missing = manifests.flatMap((file) => {
      const folder = path.posix.dirname(file);
      const { dependencies = {} } = readJson<{ dependencies?: Record<string, string> }>(file);
      return Object.keys(dependencies)
        .filter((needed) => ![`${folder}/`, ''].some((above) => files.has(`${above}node_modules/${needed}/package.json`)))
        .map((needed) => `${folder} needs ${needed}`);
    });
    expect(missing).toEqual([]);
    const { bundledDependencies } = readJson<{ bundledDependencies: string[] }>('package.json');
    expect(packed.bundled).toEqual(expect.arrayContaining(bundledDependencies));
  });

  test('exports its entry, its types, its assembly and its manifest', () => {
    const { exports } = readJson<{ exports: Record<string, string | Record<string, string>> }>('package.json');
    const targets = Object.entries(exports).flatMap(([name, target]) => (
      typeof target === 'string' ? [[name, target]] : Object.values(target).map((file) => [name, file])
    ));
    // The file of deprecation warnings exists only when jsii is told to write it.
    const needed = targets.filter(([name]) => name !== './.warnings.jsii.js').map(([, file]) => path.posix.normalize(file));
    expect(own).toEqual(expect.arrayContaining(needed));
    expect(Object.keys(exports)).toEqual(expect.arrayContaining(['.', './package.json', './.jsii']));
  });

  test('loads in less than 150 ms of CPU beyond what it builds on', () => {
    const base = 'require("cdk8s"); require("cdk8s-plus-27")';
    expect(cpu(`${base}; require("cdk8s-prometheus")`) - cpu(base)).toBeLessThan(150);
  }, 60_000);

  test('names all its classes and enums, to either kind of module, each with a value', () => {
    const { types } = readJson<{ types: Record<string, ApiType> }>('.jsii');
    const named = Object.values(types).filter(({ kind }) => kind !== 'interface').map(({ name }) => name);
    expect(named.length).toBeGreaterThan(50);

    expect(namesOf(`const all = require('cdk8s-prometheus')`)).toEqual(expect.arrayContaining(named));
    expect(namesOf(`import * as all from 'cdk8s-prometheus'`, '--input-type=module')).toEqual(expect.arrayContaining(named));
  });

  test.each(['.', 'examples/annotated-apps'])('lets the app in %s run by the command of its cdk8s.yaml', (folder) => {
    const [, command] = /^app: (.*)$/m.exec(fs.readFileSync(path.join(root, folder, 'cdk8s.yaml'), 'utf8'))!;
    const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'app-'));
    try {
      execFileSync('sh', ['-c', command], { cwd: path.join(root, folder), env: { ...process.env, CDK8S_OUTDIR: outdir } });
      expect(fs.readdirSync(outdir).length).toBeGreaterThan(0);
    } finally {
      fs.rmSync(outdir, { recursive: true });
    }
  }, 60_000);

  test('is read as ASCII, and calls a class that names itself by its name', () => {
    const bundles = own.filter((file) => file.startsWith('build/bundle.'));
    expect(bundles.length).toBeGreaterThan(2);
    expect(bundles.filter((file) => /[^\0-\x7f]/.test(fs.readFileSync(path.join(root, file), 'utf8')))).toEqual([]);
    expect(evaluate(`const { ScrapeJob } = require('cdk8s-prometheus'); console.log(JSON.stringify(ScrapeJob.name));`)).toBe('ScrapeJob');
  });

  test('reads one small file of its own when it is required, and of each other what is used', () => {
    const { required, plain, operated, ruled } = evaluate(`
      const files = () => Object.keys(require.cache).filter((file) => /[/]build[/]/.test(file) && !file.includes('node_modules'));
      const library = require('cdk8s-prometheus');
      const { App, Chart } = require('cdk8s');
      const required = files();
      const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
      new library.PrometheusServer(chart, 'plain');
      const plain = files();
      new library.OperatedPrometheus(chart, 'operated');
      const operated = files();
      new library.RecordingRule({ record: 'a:b', expr: 'sum(b)' });
      console.log(JSON.stringify({ required, plain, operated, ruled: files() }));
    `);
    const built = (...files: string[]) => files.map((file) => path.join(root, 'build', file));
    expect(required).toEqual(built('bundle.js'));
    expect(fs.statSync(required[0]).size).toBeLessThan(50_000);
    expect(plain).toEqual(built('bundle.js', 'bundle.core.js'));
    expect(operated).toEqual(expect.arrayContaining(built('bundle.operator.js', 'compiled/imports/prometheus.js')));
    expect(operated).not.toEqual(expect.arrayContaining(built('bundle.grafana.js')));
    expect(operated).not.toContain(built('bundle.rest.js')[0]);
    expect(ruled).toEqual([...operated, ...built('bundle.rest.js')]);
  });

  test('documents every public type and member', () => {
    const { types } = readJson<{ types: Record<string, ApiType> }>('.jsii');
    const undocumented = Object.values(types).flatMap((type) => {
      const members = [...type.members ?? [], ...type.properties ?? [], ...type.methods ?? []];
      // What overrides or implements a documented member inherits its text.
      const silent = members.filter((member) => member.docs?.summary === undefined && member.overrides === undefined);
      return [...type.docs?.summary === undefined ? [type.fqn] : [], ...silent.map((member) => `${type.fqn}.${member.name}`)];
    });
    expect(undocumented).toEqual([]);
  });
});
