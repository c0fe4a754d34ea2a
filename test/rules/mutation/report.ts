import { ruleName } from './exceptions';
import { Subject } from './judge';
import { KINDS, Mutant } from './mutants';

/** Share of the changes that have to be noticed, in percent. */
const GOAL = 95;

/** A rule that was judged. */
export interface Outcome {
  readonly subject: Subject;
  /** Mutants that no test noticed. */
  readonly alive: readonly Mutant[];
  /** Changes that no test has to notice. */
  readonly exceptions: readonly string[];
  /** Why it could not be judged. */
  readonly failure?: string;
}

interface Count {
  made: number;
  noticed: number;
}

/** Exceptions that are none: the change is noticed, or is not made any more. */
function staleExceptions(outcomes: readonly Outcome[]): string[] {
  return outcomes.flatMap(({ subject, alive, exceptions }) => exceptions
    .filter((change) => alive.every((mutant) => mutant.change !== change))
    .map((change) => `${ruleName(subject)}: ${change}`));
}

function percent({ made, noticed }: Count): string {
  return made === 0 ? '-' : `${(100 * noticed / made).toFixed(1)}%`;
}

function counted(outcomes: readonly Outcome[], kind?: string): Count {
  const count: Count = { made: 0, noticed: 0 };
  for (const { subject, alive, exceptions } of outcomes) {
    const mutants = subject.mutants.filter((mutant) => (kind === undefined || mutant.kind === kind) && !exceptions.includes(mutant.change));
    count.made += mutants.length;
    count.noticed += mutants.filter((mutant) => !alive.includes(mutant)).length;
  }
  return count;
}

function table(rows: ReadonlyArray<readonly string[]>): string {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows.map((row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ').trimEnd()).join('\n');
}

/** What was noticed, as text, and whether it is enough. */
export function report(outcomes: readonly Outcome[]): { readonly text: string; readonly isGood: boolean } {
  const names = [...new Set(outcomes.map(({ subject }) => subject.group))];
  const groups = names.map((name) => ({ name, of: outcomes.filter(({ subject }) => subject.group === name) }));
  const line = (name: string, of: readonly Outcome[]): string[] => {
    const total = counted(of);
    return [name, `${of.length}`, `${total.noticed}`, `${total.made}`, percent(total), ...KINDS.map((kind) => percent(counted(of, kind)))];
  };
  const failures = outcomes.flatMap(({ failure = [] }) => failure);
  const survivors = outcomes.filter(({ failure }) => failure === undefined).flatMap(({ subject, alive, exceptions }) => alive
    .filter(({ change }) => !exceptions.includes(change))
    .map(({ kind, change }) => `${subject.group}  ${ruleName(subject)}: ${kind}: ${change}`));
  const stale = staleExceptions(outcomes);
  const total = counted(outcomes);
  const text = [
    ...(survivors.length === 0 ? [] : ['Changes that no test notices:', ...survivors, '']),
    table([['group', 'rules', 'noticed', 'of', '', ...KINDS], ...groups.map(({ name, of }) => line(name, of)), line('all', outcomes)]),
    ...(failures.length === 0 ? [] : ['', 'Not judged:', ...failures]),
    ...(stale.length === 0 ? [] : ['', 'No exceptions any more, take them out of test/rules/mutation/exceptions.yaml:', ...stale]),
    '',
  ].join('\n');
  return { text, isGood: stale.length + failures.length === 0 && (total.made === 0 || 100 * total.noticed / total.made >= GOAL) };
}
