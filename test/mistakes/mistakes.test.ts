import { CLIENTS } from './clients';
import { CONTRADICTIONS } from './contradictions';
import { FLAGS } from './flags';
import { KUBERNETES_VALUES } from './kubernetes-values';
import { LATE_VALUES } from './late-values';
import { MESSAGES } from './messages';
import { NUMBERS } from './numbers';
import { PLAIN_JAVASCRIPT } from './plain-javascript';
import { PROBES } from './probes';
import { PROMQL_OF_OPTIONS } from './promql-of-options';
import { RAW_CONFIGURATION } from './raw-configuration';
import { SELECTIONS } from './selections';
import { SHARED_THINGS } from './shared-things';
import { TEMPLATES } from './templates';
import { App, Chart } from 'cdk8s';
import { NodeCollector } from '../../lib';
import { Mistake, Outcome, synthesize } from '../bad-input/support';
import { nodes } from './support';

/** Mistakes of users, by kind: each is told where it is made, with the value and a way out, and nothing is written. */
const KINDS: ReadonlyArray<readonly [string, readonly Mistake[]]> = [
  ['PromQL of options', PROMQL_OF_OPTIONS],
  ['numbers', NUMBERS],
  ['values of Kubernetes', KUBERNETES_VALUES],
  ['shared things', SHARED_THINGS],
  ['raw configuration', RAW_CONFIGURATION],
  ['templates', TEMPLATES],
  ['flags', FLAGS],
  ['clients', CLIENTS],
  ['selections', SELECTIONS],
  ['contradictions', CONTRADICTIONS],
  ['probes', PROBES],
  ['plain JavaScript', PLAIN_JAVASCRIPT],
  ['late values', LATE_VALUES],
  ['messages', MESSAGES],
];

const named = KINDS.flatMap(([kind, mistakes]) => mistakes.map((mistake) => ({ name: `${kind}: ${mistake.mistake}`, ...mistake })));

/** What a message lacks, and files that were written. */
function faults({ place, value, wayOut }: Mistake, { message, files }: Outcome): string[] {
  const lacking = [place, value, wayOut].filter((text) => !message.includes(text)).map((text) => `no ${text} in: ${message}`);
  return [...lacking, ...(/\[(\S+)\] \1: /.test(message) ? [`a place twice: ${message}`] : []), ...files];
}

test('every mistake has a name of its own', () => {
  const names = named.map(({ name }) => name);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

test.each(named)('$name', ({ app, ...mistake }) => {
  expect(faults({ app, ...mistake }, synthesize(app))).toEqual([]);
});

test('the rules of a collector that is disabled are left out, with a note', () => {
  const chart = new Chart(new App(), 'shop');
  nodes(chart, { disabledCollectors: [NodeCollector.CPU] });
  const notes = chart.node.findAll().flatMap((construct) => construct.node.metadata.map(({ data }) => `${data}`));
  expect(notes.filter((text) => text.includes('NodeCPUHighUsage') && text.includes('disabled'))).toHaveLength(1);
});
