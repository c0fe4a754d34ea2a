import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { FOLDER, knownMetrics, labelsOf, optionsByAlert, Page, PAGES, queriesOf, queryProblem, SECTIONS } from './pages';
import { METRICS } from './metrics';
import { inChart } from '../charts';
import { alertingRules } from '../rules/cases';
import { CATALOGUES } from '../rules/catalogues';
import { COMPONENTS, isComponentMetric } from '../../lib/components/catalogue';
import { durationWords } from '../../lib/monitoring/rules/text-values';
import { indexPage } from '../../tools/runbooks/index-page';

const ALERTS = new Set(Object.values(CATALOGUES).flatMap((rules) => rules.alertNames));
const known = new Set([...knownMetrics(), ...METRICS]);
/** What the default selections of the components leave out. */
const DROPS = inChart((chart) => Object.values(COMPONENTS)
  .flatMap((component) => ('construct' in component ? new component.construct(chart, component.part).monitoring.jobs ?? [] : []))
  .flatMap(({ endpoints }) => endpoints)
  .map(({ metrics }) => (metric: string) => metrics.dropsMetric(metric)));
const options = optionsByAlert(ALERTS);

/** Problems of pages, each after the name of its page. */
function problems(of: (page: Page) => readonly string[]): string[] {
  return PAGES.flatMap((page) => of(page).map((problem) => `${page.alert}.md: ${problem}`));
}

test('each alert has a page', () => {
  const there = PAGES.map(({ alert }) => alert);
  expect([...ALERTS].filter((alert) => !there.includes(alert)).map((alert) => `write docs/runbooks/${alert}.md`)).toEqual([]);
});

test('each page is about an alert', () => {
  expect(PAGES.map(({ alert }) => alert).filter((alert) => !ALERTS.has(alert))).toEqual([]);
});

test('each page has the name of its alert as title and then its sections, none of them empty', () => {
  const lines = (page: Page) => page.text.replace(/^```[^]*?^```$/gm, '').split('\n').filter((line) => line.startsWith('#'));
  const wanted = (page: Page) => [`# ${page.alert}`, ...SECTIONS.map((section) => `## ${section}`)];
  expect(problems((page) => (lines(page).join() === wanted(page).join() ? [] : [`has the headings ${lines(page).join(', ')}`]))).toEqual([]);
  expect(problems(({ text }) => text.split(/^#.*$/m).slice(2).flatMap((section, i) => (section.trim() === '' ? [`${SECTIONS[i]} is empty`] : [])))).toEqual([]);
});

test('each page is of 15 to 45 lines that can be read as text', () => {
  expect(problems(({ text }) => {
    const lines = text.trimEnd().split('\n');
    return [
      ...(lines.length < 15 || lines.length > 45 ? [`has ${lines.length} lines`] : []),
      ...lines.filter((line) => line.length > 200).map((line) => `has a line of ${line.length} characters: ${line}`),
    ];
  })).toEqual([]);
});

test('each page has a command or a query, and no block is empty', () => {
  expect(problems(({ blocks }) => (blocks.some(({ language }) => ['sh', 'promql'].includes(language)) ? [] : ['has no command and no query']))).toEqual([]);
  expect(problems(({ blocks }) => blocks.flatMap(({ language, text }) => [
    ...(['sh', 'promql', 'ts', 'yaml'].includes(language) ? [] : [`has a block of language '${language}'`]),
    ...(text.trim() === '' ? ['has an empty block'] : []),
    ...(language === 'sh' && !/^[a-z]\S* \S/m.test(text) ? [`has a block without a command: ${text}`] : []),
  ]))).toEqual([]);
});

test('each command is one that a shell understands', () => {
  const commands = PAGES.flatMap(({ alert, blocks }) => blocks.filter(({ language }) => language === 'sh').map(({ text }) => `: ${alert}.md\n${text}`));
  // A label in angle brackets would be a redirection.
  const { status, stderr } = spawnSync('bash', ['-n'], { input: commands.join('').replaceAll(/<(\w+)>/g, '$1'), encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

test('each query is PromQL, of metrics that are known to be exposed', () => {
  expect(problems((page) => queriesOf(page).flatMap((query) => {
    const problem = queryProblem(query, known);
    return problem === undefined ? [] : [`${query}: ${problem}`];
  }))).toEqual([]);
  expect(METRICS.filter((metric) => !isComponentMetric(metric) || DROPS.some((drops) => drops(metric)))).toEqual([]);
  expect(METRICS.filter((metric) => !PAGES.some((page) => queriesOf(page).some((query) => query.includes(metric))))).toEqual([]);
});

test('what is to be filled in is a label of the alert', () => {
  expect(problems((page) => {
    const labels = labelsOf(page.alert);
    const code = [...page.blocks.map(({ text }) => text), ...page.text.match(/`[^`\n]+`/g) ?? []];
    return code.flatMap((text) => [...text.matchAll(/<([a-zA-Z_]+)>/g)]).flatMap(([, name]) => (labels.has(name) ? [] : [`<${name}> is no label of the alert`]));
  })).toEqual([]);
});

test('each page names the options of its alert', () => {
  expect(problems(({ alert, text }) => [...options.get(alert) ?? []].filter((option) => !text.includes(`\`${option}\``)).map((option) => `lacks \`${option}\``))).toEqual([]);
});

test('each page names the holding times of its alert', () => {
  const rules = Object.values(CATALOGUES).flatMap(alertingRules);
  expect(problems(({ alert, text }) => {
    const meaning = text.slice(0, text.indexOf('## Impact')).replaceAll('\n', ' ');
    const holds = rules.filter((rule) => rule.alert === alert).flatMap((rule) => (rule.for === undefined ? [] : [durationWords(rule.for)]));
    return holds.filter((hold) => !meaning.includes(hold)).map((hold) => `does not say that it holds for ${hold}`);
  })).toEqual([]);
});

test('the index lists the alerts; else run `npm run runbooks`', () => {
  expect(fs.readFileSync(path.join(FOLDER, 'README.md'), 'utf8')).toBe(indexPage());
});

test('a wrong query is noticed', () => {
  expect(queryProblem('sum(rate(up[5m]', known)).toContain('unexpected end');
  expect(queryProblem('node_lod1 > 1', known)).toBe('no component is known to expose node_lod1');
  expect(queryProblem('node_load1 > 1', known)).toBeUndefined();
});
