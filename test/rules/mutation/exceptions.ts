import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { Subject } from './judge';

/** Changes of rules that no test has to notice. */
interface Exception {
  /** Why they change nothing that counts. */
  readonly reason: string;
  /** By the component and the title of the rule the changes, as they are printed. */
  readonly rules: { readonly [rule: string]: readonly string[] };
}

let listed: readonly Exception[] | undefined;

/** The listed exceptions. */
function exceptions(): readonly Exception[] {
  listed ??= parse(readFileSync(path.join(__dirname, 'exceptions.yaml'), 'utf8')) as readonly Exception[];
  return listed;
}

/** Name of a rule in the list. */
export function ruleName({ component, title }: Pick<Subject, 'component' | 'title'>): string {
  return `${component}: ${title}`;
}

/** Throws when the list has a rule that is none of these. */
export function checkExceptions(subjects: readonly Subject[]): void {
  const names = subjects.map(ruleName);
  const unknown = exceptions().flatMap(({ rules }) => Object.keys(rules)).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new Error(`test/rules/mutation/exceptions.yaml: there is no rule '${unknown}' any more; take it out`);
  }
}

/** The changes of a rule that no test has to notice. */
export function exceptionsOf(subject: Subject): string[] {
  return exceptions().flatMap(({ rules }) => rules[ruleName(subject)] ?? []);
}
