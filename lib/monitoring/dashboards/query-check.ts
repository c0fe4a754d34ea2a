import { DashboardQuery } from './queries';
import { checkVariable, QUERY_GLOBALS } from './reference-check';
import { Reference, referencesIn, withReplaced } from './references';
import { Variable } from './variables';
import { PromQl, PromQlExpression } from '../../promql';
import { ALL_EXPERIMENTS } from '../../promql/rule';
import { parsePromDuration } from '../../units';

/** Combinations of values that are tried for the variables of one query. */
const TRIES = 100;

/**
 * Parses a query with its variables filled in. Throws, with the place of the query, where it uses a variable that the dashboard does not define, or
 * is no PromQL whatever values the variables have.
 */
export function checkDashboardQuery({ where, expr }: DashboardQuery, variables: readonly Variable[]): PromQlExpression {
  const references = referencesIn(expr);
  const names = variables.map(({ name }) => name);
  references.forEach(({ name }) => checkVariable(where, name, names, QUERY_GLOBALS));
  const choices = new Map(references.map((reference) => [keyOf(reference), candidates(reference, variables, expr)]));
  let failure: unknown;
  for (const values of combinations([...choices].map(([key, list]) => list.map((value): [string, string] => [key, value])))) {
    try {
      return PromQl.parse(withReplaced(expr, (reference) => values.get(keyOf(reference)) ?? ''), ALL_EXPERIMENTS);
    } catch (error) {
      failure ??= error;
    }
  }
  throw new Error(`${where}: ${failure instanceof Error ? failure.message : String(failure)}`);
}

function keyOf({ name, place }: Reference): string {
  return `${place} ${name}`;
}

/** Values that a variable may have where it stands, the most likely first. */
function candidates({ name, place }: Reference, variables: readonly Variable[], expr: string): string[] {
  const value = variables.find((variable) => variable.name === name)?.value;
  if (place === 'text') {
    // Grafana escapes a value for the text that it is put into.
    return [(value ?? 'x').replace(/[\\"'`]/g, '\\$&')];
  }
  if (/^__(interval|range)_(ms|s)$/.test(name)) {
    return ['60'];
  }
  if (name.startsWith('__')) {
    return ['1m', '60'];
  }
  const known = value === undefined || (place === 'range' && parsePromDuration(value) === undefined && !/^\d+$/.test(value)) ? [] : [value];
  const assumed = place === 'range' ? ['5m', '5'] : /\b(by|on|without|ignoring|group_left|group_right)\b/.test(expr) ? ['x', '5', '5m'] : ['5', 'x', '5m'];
  return [...known, ...assumed];
}

/** One value of each list, in all combinations. */
function* combinations(lists: readonly (readonly [string, string])[][]): Generator<ReadonlyMap<string, string>> {
  const all = lists.reduce((product, { length }) => product * length, 1);
  for (let i = 0; i < Math.min(all, TRIES); i++) {
    let rest = i;
    yield new Map(lists.map((list) => {
      const chosen = list[rest % list.length];
      rest = Math.floor(rest / list.length);
      return chosen;
    }));
  }
}
