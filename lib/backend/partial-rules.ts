import { RuleSet } from '../monitoring';
import { PromQlExpression } from '../promql';
import { parsedRule } from '../promql/rule';
import { quoteList } from '../text';

/** Names of the jobs that an expression asks, of those of its selectors that name one. */
function jobsOf({ _selectors: selectors }: PromQlExpression): Set<string> {
  const ofJob = selectors.flatMap(({ matchers }) => matchers.filter(({ label, operator }) => label === 'job' && !operator.startsWith('!')));
  return new Set(ofJob.map(({ value }) => value));
}

function named(names: readonly string[], one: string, several: string): string {
  return `${quoteList(names)} ${names.length === 1 ? one : several}`;
}

/**
 * Says which alerts no shard can judge as they are written: those that join the series of several jobs, whose targets are in different shards, and,
 * of rules that the app adds, those that ask whether series are there at all.
 */
export function partialRulesNotes(rules: RuleSet, { areOwn }: { readonly areOwn: boolean }): string[] {
  const all = rules.groups.flatMap((group) => group._alertingRules());
  const alerts = all.map(({ alert, expr }) => ({ alert, expr: parsedRule(expr) }));
  const names = (are: (expr: PromQlExpression) => boolean) => [...new Set(alerts.filter(({ expr }) => are(expr)).map(({ alert }) => alert))];
  const joining = names((expr) => jobsOf(expr).size > 1);
  const absent = areOwn ? names((expr) => expr._usesAbsent()) : [];
  const wayOut = "evaluate such rules on the samples of all shards, or keep the targets in all of them by '__tmp_disable_sharding'";
  return [
    ...(joining.length === 0 ? [] : [`${named(joining, 'joins', 'join')} the series of several jobs, and a shard has those of its own targets only; ${wayOut}`]),
    ...(absent.length === 0 ? [] : [`${named(absent, 'fires', 'fire')} in each shard that lacks the target; ${wayOut}`]),
  ];
}
