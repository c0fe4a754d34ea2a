import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { OperatorFeature } from '../../lib';
import { NEWEST_PROMETHEUS, PROMETHEUS_FEATURES } from '../../lib/generated/prometheus';
import { PROMQL_OPTIONS } from '../../lib/operator/prometheus/promql-features';
import { PROGRAMS, Program, upstreamImage } from '../../lib/versions';
import * as names from '../generated/names.json';
import { Loose, outputOf } from '../manifests';

const root = path.join(__dirname, '..', '..');
const programs = Object.entries(PROGRAMS);
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');

describe('what npm run versions writes', () => {
  test('is of the versions that are deployed', () => {
    const deployed = programs.filter(([name]) => Object.hasOwn(names.versions, name)).map(([name, { version }]) => [name, version]);
    expect(Object.fromEntries(deployed)).toEqual(names.versions);
    expect(PROGRAMS.prometheus.version).toMatch(new RegExp(`^v${NEWEST_PROMETHEUS}\\.\\d+$`));
  });

  test('builds the images that are deployed, but for the admission webhook, Grafana and InfluxDB 2', () => {
    const built = read('test/e2e/cluster/images.tsv').split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split('\t')[1]);
    // Grafana has a web page in it that is built by other means, InfluxDB 2 needs a C compiler: tools/influxdb/build-2.
    const others = programs.filter(([name]) => !['admissionWebhook', 'grafana', 'influxDb2'].includes(name));
    expect(built.sort()).toEqual(others.map(([, program]) => upstreamImage(program)).sort());
  });
});

test('versions that are deployed are spelled where npm run versions writes them, and nowhere else', () => {
  // lists, also those of npm run metrics, tables, and the pages that are made of docstrings
  const written = /^(README[.]md|lib\/versions[.]ts|(.+\/)?generated\/.+|test\/e2e\/cluster\/.+|test\/rules\/metrics\/.+|docs\/api\/.+)$/;
  const files = execFileSync('git', ['ls-files', 'lib', 'test', 'examples', 'docs', 'bench', 'CONTRIBUTING.md'], { cwd: root, encoding: 'utf8' })
    .split('\n').filter((file) => file !== '' && !written.test(file) && fs.existsSync(path.join(root, file)));
  const versions = [...new Set(programs.map(([, { version }]) => version.slice(1).replaceAll('.', '\\.')))];
  const spelled = new RegExp(`(?<![\\w.])v?(${versions.join('|')})(?![.\\w])`);
  expect(files.flatMap((file) => read(file).split('\n').filter((line) => spelled.test(line)).map((line) => `${file}: ${line.trim()}`))).toEqual([]);
});

test('the types that judge dashboards are those of the Grafana that is deployed', () => {
  const { devDependencies } = JSON.parse(read('package.json'));
  expect(`v${devDependencies['@grafana/schema']}`).toBe(PROGRAMS.grafana.version);
});

describe('what is written by hand', () => {
  const examples = fs.readdirSync(path.join(root, 'examples')).filter((name) => fs.existsSync(path.join(root, 'examples', name, 'main.ts')));
  const apps = ['main', ...examples.map((name) => `examples/${name}/main`)];

  test.each(apps)('%s starts the programs with flags that they know', (app) => {
    const containers: Loose[] = outputOf(path.join(root, app)).objects
      .flatMap(({ spec }) => [...spec?.template?.spec?.initContainers ?? [], ...spec?.template?.spec?.containers ?? []]);
    const flags = (name: string): readonly string[] => Object.entries(names.flags).find(([program]) => program === name)?.[1] ?? [];
    const unknown = containers.flatMap(({ image, command = [], args = [] }) => {
      const [name] = programs.find(([, program]) => image.startsWith(`${program.image}:`)) ?? [];
      return name === undefined ? [] : [...command, ...args]
        .map((arg: string) => /^--?([^=]+)/.exec(arg)?.[1])
        .filter((flag): flag is string => flag !== undefined && ![flag, flag.replace(/^no-/, '')].some((one) => flags(name).includes(one)))
        .map((flag) => `${name} --${flag}`);
    });
    expect(unknown).toEqual([]);
  });

  test('are features that the operator and its webhook know', () => {
    expect(Object.values<string>(OperatorFeature).filter((feature) => !names.prometheusOperatorFeatures.includes(feature))).toEqual([]);
    expect([...PROMQL_OPTIONS.keys()].filter((feature) => !Object.hasOwn(PROMETHEUS_FEATURES, feature))).toEqual([]);
    expect([...PROMQL_OPTIONS.values()].filter((option) => !names.admissionWebhookPromqlOptions.includes(option))).toEqual([]);
  });

  test('are programs whose flags are known, but for those whose settings are no flags', () => {
    const known: readonly string[] = Object.keys(names.flags);
    expect(programs.map(([name]) => name).filter((name) => !known.includes(name))).toEqual(['grafana', 'influxDb', 'influxDb2', 'bento', 'telegraf'] satisfies Program[]);
  });
});
