import { spawn } from 'node:child_process';
import { Mutant } from './mutants';
import { inTempDirAsync, writeFiles } from '../../files';
import { promtool } from '../../tools';

/** A rule of the library with the tests that have to notice changes of it. */
export interface Subject {
  /** The rule in words: its name, and its severity or its labels. */
  readonly title: string;
  readonly component: string;
  readonly group: string;
  /** As it stands in a rule file. */
  readonly rule: object;
  /** The cases of its tests. */
  readonly cases: readonly object[];
  readonly mutants: readonly Mutant[];
  /** Tests, those first that notice most. */
  readonly stages: readonly Stage[];
  /** Whether mutants beside it would be seen by it, because it is about alerts. */
  readonly alone: boolean;
}

/** Mutants by name; undefined is the rule as it is. */
export type Alive = ReadonlyMap<string, Mutant | undefined>;

/** Makes the files of tests, with mutants beside each other, each under the name of the rule and its own. */
export type Stage = (alive: Alive) => readonly Trial[];

/** A rule file, and a test file of promtool but for what is the same in all. */
export interface Trial {
  readonly rules: object;
  readonly test: object;
}

/** The rule as it is, which no test may fail. */
const UNCHANGED = 'unchanged';

interface Verdict {
  /** Names that a test fails. */
  readonly failed: ReadonlySet<string>;
  /** Names of rules that cannot be evaluated: this ends the test, also for those beside them. */
  readonly broken: ReadonlySet<string>;
}

/** The mutants that no test notices. */
export async function survivors(subject: Subject): Promise<Mutant[]> {
  const batches = subject.alone ? subject.mutants.map((mutant) => [mutant]) : [subject.mutants];
  const found: Mutant[] = [];
  for (const batch of batches) {
    found.push(...await survivorsOf(subject, batch));
  }
  return found;
}

async function survivorsOf({ title, stages }: Subject, mutants: readonly Mutant[]): Promise<Mutant[]> {
  const alive = new Map<string, Mutant | undefined>([[UNCHANGED, undefined], ...mutants.map((mutant, i) => [`${i}`, mutant] as const)]);
  for (const stage of stages) {
    while (alive.size > 1) {
      const { failed, broken } = await runTrials(title, stage(alive));
      if (failed.has(UNCHANGED)) {
        throw new Error(`${title}: its tests fail without a change, run: npx jest test/rules`);
      }
      [...failed, ...broken].forEach((name) => alive.delete(name));
      if (broken.size === 0) {
        break;
      }
    }
  }
  return [...alive.values()].filter((mutant) => mutant !== undefined);
}

function names(output: string, pattern: RegExp): Set<string> {
  return new Set([...output.matchAll(pattern)].map(([, name]) => name));
}

async function runTrials(title: string, trials: readonly Trial[]): Promise<Verdict> {
  if (trials.length === 0) {
    return { failed: new Set(), broken: new Set() };
  }
  const { status, output } = await inTempDirAsync((dir) => {
    trials.forEach(({ rules, test }, i) => writeFiles(dir, {
      [`rules-${i}.yaml`]: JSON.stringify(rules), [`test-${i}.yaml`]: JSON.stringify({ rule_files: [`rules-${i}.yaml`], ...test }),
    }));
    return run(promtool(), ['test', 'rules', ...trials.map((_, i) => `test-${i}.yaml`)], dir);
  });
  const failed = names(output, /^ +(?:alertname: \S+?|expr: "[^{]*\{__name__=\\"\S+?)__(\w+)(?:, time:|\\")/gm);
  const broken = names(output, /^ +rule: \S+?__(\w+), time:/gm);
  if ((status === 0) !== (failed.size + broken.size === 0)) {
    throw new Error(`${title}: promtool ended with ${status}:\n${output.slice(0, 4000)}`);
  }
  return { failed, broken };
}

function run(program: string, args: readonly string[], cwd: string): Promise<{ status: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, output: Buffer.concat(chunks).toString('utf8') }));
  });
}
