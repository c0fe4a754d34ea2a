import { execFileSync } from 'node:child_process';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { Subject } from './judge';

/** File of a commit; empty where it has none. */
function fileAt(commit: string, file: string): string {
  const tracked = execFileSync('git', ['ls-tree', '--name-only', commit, '--', file], { encoding: 'utf8' });
  return tracked === '' ? '' : execFileSync('git', ['show', `${commit}:${file}`], { encoding: 'utf8', maxBuffer: 1 << 26 });
}

/** Expressions, holding times and labels of the rules of a component, as the snapshot of `rules.test.ts` has them at a commit. */
function rulesAt(snapshot: string, component: string): unknown[] {
  const [, text = ''] = new RegExp(`exports\\[\`${component} the rule file is as reviewed 1\`\\] = \`\\n"?([\\s\\S]*?)"?\\n\`;`).exec(snapshot) ?? [];
  const { groups = [] } = parse(text.replaceAll('\\\\', '\\').replaceAll('\\`', '`')) ?? {};
  return groups.flatMap(({ rules }: { readonly rules: readonly object[] }) => rules.map(ofInterest));
}

function ofInterest(rule: object): object {
  return Object.fromEntries(Object.entries(rule).filter(([key]) => key !== 'annotations'));
}

/** The rules that are not in a commit as they are now, or with other cases. */
export function changedSince(commit: string, all: readonly Subject[]): Subject[] {
  const snapshot = fileAt(commit, 'test/rules/__snapshots__/rules.test.ts.snap');
  const before = new Map<string, { readonly rules: readonly unknown[]; readonly cases: readonly unknown[] }>();
  return all.filter(({ component, rule, cases }) => {
    const then = before.get(component) ?? {
      rules: rulesAt(snapshot, component),
      cases: ['cases', 'records'].flatMap((folder) => parse(fileAt(commit, `test/rules/${folder}/${component}.yaml`)) ?? []),
    };
    before.set(component, then);
    return !then.rules.some((other) => isDeepStrictEqual(other, ofInterest(rule)))
      || cases.some((each) => !then.cases.some((other) => isDeepStrictEqual(other, each)));
  });
}
