import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vm from 'node:vm';
import * as cdk8s from 'cdk8s';
import { Construct } from 'constructs';
import * as ts from 'typescript';
import * as library from '../lib';
import { CapacityPlan, RemoteWriteProtocol } from '../lib';
import { PROGRAMS, upstreamImage } from '../lib/versions';
import { find, identity, Loose, Manifest, outputOf } from './manifests';

const root = path.join(__dirname, '..');
const readme = fs.readFileSync(path.join(root, 'README.md'), 'utf8');
const manual = fs.readFileSync(path.join(root, 'docs/manual.md'), 'utf8');
const patching = fs.readFileSync(path.join(root, 'docs/patching.md'), 'utf8');
const { objects } = outputOf(path.join(root, 'main'));
const opened = outputOf(path.join(root, 'examples/opened-cluster/main')).objects;

/** ConfigMaps of dashboards, of which the manual says what they are called. */
const DASHBOARD = /^grafana-dashboard-/;
/** ConfigMaps of rules, of which there are as many as are needed. */
const RULES = /^prometheus-rules-\d+$/;

/** The cells of each row of a Markdown table that begins with these heads. */
function rowsOf(text: string, ...heads: string[]): string[][] {
  const cells = (line: string) => line.split('|').slice(1, -1).map((cell) => cell.trim());
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith('|') && cells(line).join() === heads.join());
  const rows = lines.slice(start + 2);
  return rows.slice(0, rows.findIndex((line) => !line.startsWith('|'))).map(cells);
}

describe('README.md', () => {
  test('lists every construct', () => {
    const constructs = Object.entries(library).filter(([, value]) => typeof value === 'function' && value.prototype instanceof Construct).map(([name]) => name);
    expect(rowsOf(readme, 'construct', 'what it is').flatMap(([names]) => names.split(', ')).sort()).toEqual(constructs.map((name) => `\`${name}\``).sort());
  });

  test('lists only values that there are', () => {
    const named = rowsOf(readme, 'value', 'what it says').flatMap(([names]) => names.split(', ')).map((name) => name.replaceAll('`', ''));
    expect(named.filter((name) => !Object.hasOwn(library, name))).toEqual([]);
  });

  test('lists the versions that are deployed', () => {
    const listed = rowsOf(readme, 'program', 'image', 'version').map(([, image, version]) => `${image}:${version}`);
    expect(listed.sort()).toEqual(Object.values(PROGRAMS).map(upstreamImage).sort());
  });

  test('tells the resources that Prometheus asks for', () => {
    const { requests, limits } = find(objects, 'Deployment', 'prometheus').spec.template.spec.containers[0].resources;
    const [, told] = rowsOf(readme, '', 'default').find(([name]) => name === '`capacity`')!;
    expect(told).toBe(`100 000 series: requests ${requests.cpu} CPU and ${requests.memory.replace('Mi', ' MiB')}, limit ${limits.memory.replace('Mi', ' MiB')}`);
  });

  test('lists every example', () => {
    const listed = rowsOf(readme, 'example', 'shows').map(([link]) => /\]\(examples\/([^/]+)\/main[.]ts\)/.exec(link)?.[1]);
    const folders = fs.readdirSync(path.join(root, 'examples')).filter((name) => fs.existsSync(path.join(root, 'examples', name, 'main.ts')));
    expect(listed.sort()).toEqual(folders.sort());
  });
});

describe('docs/manual.md', () => {
  test('lists the names of all objects, and which of them the reference app lacks', () => {
    const groups = new Map<string, string[]>();
    opened.filter(({ metadata }) => !DASHBOARD.test(metadata.name) && !RULES.test(metadata.name)).forEach(({ kind, metadata }: Manifest) => {
      const key = `${kind} ${metadata.namespace ?? ''}`;
      groups.set(key, [...groups.get(key) ?? [], metadata.name]);
    });
    const rows = [...groups].map(([key, names]) => [...key.split(' '), names.sort().map((name) => `\`${name}\``).join(', ')]);
    expect(rowsOf(manual, 'kind', 'namespace', 'names')).toEqual(rows.sort());
    const ofOpened = /^(etcd|kube-controller-manager|kube-proxy|kube-scheduler)$/;
    const isOfBoth = ({ metadata }: Manifest) => !ofOpened.test(metadata.name) && !DASHBOARD.test(metadata.name) && !RULES.test(metadata.name);
    const others = (app: readonly Manifest[]) => app.filter(isOfBoth).map(identity);
    expect(objects.map(identity).filter((name) => ofOpened.test(name))).toEqual([]);
    expect(others(objects)).toEqual(others(opened));
  });

  test('computes the capacity of clusters as plans do', () => {
    const number = (text: string) => Number(text.replace(/\s/g, ''));
    const spaced = (count: number) => (count < 10_000 ? `${count}` : `${count}`.replace(/\B(?=(\d{3})+$)/g, ' '));
    const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB/s`;
    const rows = rowsOf(manual, 'nodes', 'Pods', 'kube-state-metrics', 'series', 'samples/s', 'shards', 'memory', 'CPU', 'claim', 'a remote write, v1, v2');
    expect(rows).toHaveLength(3);
    rows.forEach(([nodes, pods, kubeStateShards, ...told]) => {
      const plan = CapacityPlan.forCluster({ nodes: number(nodes), pods: number(pods), kubeStateShards: number(kubeStateShards) });
      expect(told).toEqual([
        spaced(plan.series), spaced(Math.round(plan.samplesPerSecond)), `${plan.shards}`, `${plan.memoryRequest.toMebibytes()} MiB`, plan.cpuRequest.amount,
        `${plan.claimSize.toGibibytes()} GiB`,
        `${megabytes(plan.remoteWriteBytesPerSecond())}, ${megabytes(plan.remoteWriteBytesPerSecond(RemoteWriteProtocol.V2))}`,
      ]);
    });
  });

  test('tells the program of Grafana where the settings are, without which it changes another database', () => {
    const made = (props: Partial<library.GrafanaProps>) => {
      const chart = new cdk8s.Chart(cdk8s.Testing.app(), 'test', { namespace: 'kube-ops' });
      const adminPassword = library.SecretKey.fromSecretName(chart, 'admin', 'password');
      return new library.Grafana(chart, 'grafana', { adminPassword, prometheus: new library.PrometheusServer(chart, 'prometheus'), ...props }).workload;
    };
    const { kind, spec: { template } }: Loose = made({}).toJson();
    const [settings] = template.spec.containers[0].env.filter(({ name }: Loose) => name === 'GF_PATHS_CONFIG');
    const commands = manual.split('\n').filter((line) => line.includes('grafana cli'));
    expect(commands.filter((line) => !line.includes(`--config ${settings.value} admin`))).toEqual([]);
    expect([commands.length, kind]).toEqual([1, 'Deployment']);
    expect(made({ storage: library.DataStorage.volumeClaimTemplate() }).kind).toBe('StatefulSet');
  });

  test('has all headings in its table of contents', () => {
    const [contents] = manual.split('\n## ');
    const listed = [...contents.matchAll(/\[([^\]]+)\]\(#/g)].map(([, title]) => title);
    expect(listed.sort()).toEqual([...manual.matchAll(/^##+ (.+)$/gm)].map(([, title]) => title).sort());
  });

  test('tells each thing that Prometheus is granted', () => {
    const granted: Loose[] = opened.filter(({ kind, metadata }) => /^(Cluster)?Role$/.test(kind) && metadata.name === 'kube-ops-prometheus')
      .flatMap(({ rules }: Loose) => rules);
    const told = rowsOf(manual, 'granted', 'where', 'for').map(([grant]) => grant.replaceAll('`', ''));
    const wanted = granted.flatMap(({ resources = [], nonResourceURLs = [], verbs }) => (
      [...resources, ...nonResourceURLs].map((what) => `${verbs.join(', ')} ${what}`)
    ));
    expect([...new Set(wanted)].sort()).toEqual(told.sort());
  });

  test.each([['the manual', manual, 5], ['the page on patches', patching, 4]])('%s has snippets that compile', (_, page, more) => {
    const snippets = [...page.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, snippet]) => snippet);
    const text = [
      "import { ApiObject, App, Chart, Duration, Include, JsonPatch, Size } from 'cdk8s';",
      "import { ConfigMap, Secret } from 'cdk8s-plus-27';",
      `import { ${Object.keys(library).join(', ')} } from 'cdk8s-prometheus';`,
      'declare const app: App;',
      'declare const chart: Chart;',
      'declare const prometheus: PrometheusServer;',
      ...snippets.map((snippet, i) => `export function snippet${i}(): void {\n${snippet}}`),
    ].join('\n');
    expect(snippets.length).toBeGreaterThan(more);
    expect(problemsOf(text)).toEqual([]);
  }, 60_000);
});

test('docs/patching.md has patches that apply', () => {
  [...patching.matchAll(/^```ts\n([^]*?)^```$/gm)].forEach(([, snippet]) => {
    const app = cdk8s.Testing.app();
    const [chart, other] = ['chart', 'other'].map((name) => new cdk8s.Chart(app, name, { namespace: name }));
    const prometheus = new library.PrometheusServer(other, 'prometheus');
    vm.runInNewContext(ts.transpile(snippet, { target: ts.ScriptTarget.ES2022 }), { ...cdk8s, ...library, chart, prometheus });
    expect([chart, other].flatMap((each) => cdk8s.Testing.synth(each)).length).toBeGreaterThan(0);
  });
});

const apiPages = fs.readdirSync(path.join(root, 'docs/api'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md'));
const runbooks = fs.readdirSync(path.join(root, 'docs/runbooks'));

describe.each([
  'README.md', 'CONTRIBUTING.md', 'docs/manual.md', 'docs/patching.md', 'test/e2e/README.md', ...apiPages.map((page) => `docs/api/${page}`),
  ...runbooks.map((page) => `docs/runbooks/${page}`),
])('%s', (file) => {
  const text = fs.readFileSync(path.join(root, file), 'utf8');

  test('has no link that leads nowhere', () => {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link).filter((link) => !link.startsWith('https://'));
    const broken = links.filter((link) => {
      const [target, anchor] = link.split('#');
      const linked = target === '' ? path.join(root, file) : path.join(root, path.dirname(file), target);
      return !fs.existsSync(linked) || (anchor !== undefined && !anchorsOf(fs.readFileSync(linked, 'utf8')).includes(anchor));
    });
    expect(broken).toEqual([]);
  });

  test('names no script that package.json lacks', () => {
    const { scripts } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
    const named = [...text.matchAll(/npm run ([a-z0-9:-]+)/g)].map(([, script]) => script);
    expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  });
});

/** What links within a Markdown file lead to. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading.toLowerCase().replaceAll(/[^a-z0-9 -]/g, '').replaceAll(' ', '-'));
}

/** What the compiler says of a file in the root of the repository. */
function problemsOf(text: string): string[] {
  const file = path.join(root, 'snippets.ts');
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.dev.json'), (name) => fs.readFileSync(name, 'utf8'));
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, root);
  const base = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...base,
    fileExists: (name) => name === file || base.fileExists(name),
    getSourceFile: (name, ...rest) => (name === file ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2023) : base.getSourceFile(name, ...rest)),
  };
  const program = ts.createProgram({ rootNames: [file], options: { ...options, noUnusedLocals: false }, host });
  const source = program.getSourceFile(file);
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
    .map(({ messageText, start }) => `${text.slice(start, start === undefined ? 0 : start + 60)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
}
