/**
 * How many changes of the rules their tests notice, `npm run test:mutate-rules -- [--since REF] [GROUP...]`: the groups or components named, with
 * `--since` only the rules that differ from those of a commit, or whose cases do.
 */
import * as os from 'node:os';
import { changedSince } from './changed-rules';
import { checkExceptions, exceptionsOf } from './exceptions';
import { Outcome, report } from './report';
import { subjects } from './subjects';
import { survivors, Subject } from './judge';

interface Wanted {
  readonly since?: string;
  readonly groups: readonly string[];
}

function wanted(args: readonly string[]): Wanted {
  const at = args.indexOf('--since');
  return at === -1 ? { groups: args } : { since: args[at + 1] ?? 'HEAD', groups: [...args.slice(0, at), ...args.slice(at + 2)] };
}

function chosen({ since, groups }: Wanted): Subject[] {
  const all = subjects();
  checkExceptions(all);
  const unknown = groups.find((name) => all.every(({ component, group }) => name !== component && name !== group));
  if (unknown !== undefined) {
    throw new Error(`no group or component is called '${unknown}'; there are ${[...new Set(all.flatMap(({ component, group }) => [component, group]))].join(', ')}`);
  }
  const named = all.filter(({ component, group }) => groups.length === 0 || groups.includes(component) || groups.includes(group));
  return since === undefined ? named : changedSince(since, named);
}

/** Judges rules, two at a time, for promtool itself uses one core. */
async function judge(all: readonly Subject[]): Promise<Outcome[]> {
  const outcomes = new Map<Subject, Outcome>();
  const waiting = [...all];
  const worker = async (): Promise<void> => {
    for (let subject = waiting.shift(); subject !== undefined; subject = waiting.shift()) {
      const exceptions = exceptionsOf(subject);
      outcomes.set(subject, await survivors(subject).then(
        (alive) => ({ subject, alive, exceptions }),
        (failure: unknown) => ({ subject, alive: subject.mutants, exceptions, failure: String(failure) }),
      ));
      process.stderr.write(`${outcomes.size} of ${all.length} rules: ${subject.group}, ${subject.title}\n`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, os.availableParallelism()) }, worker));
  return all.map((subject) => outcomes.get(subject)).filter((outcome) => outcome !== undefined);
}

async function main(): Promise<void> {
  const { text, isGood } = report(await judge(chosen(wanted(process.argv.slice(2)))));
  process.stdout.write(text);
  process.exitCode = isGood ? 0 : 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
