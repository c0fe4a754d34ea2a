import { PromQl, PromQlExpression, PromQlOptions, PromQlValueType } from './promql';
import { explain, Problem } from './problem';

/** Every experiment, for an expression that is judged later, by the features of the Prometheus that gets it. */
export const ALL_EXPERIMENTS: Required<PromQlOptions> = { experimentalFunctions: true, extendedRangeSelectors: true, binaryFillModifiers: true };

/**
 * Parses an expression of a rule, which must give an instant vector or a scalar: promtool lets others pass and Prometheus then fails
 * each evaluation. It may use every experiment: the features of the Prometheus that gets the rule judge those. `where` begins the message, such
 * as `alerting rule 'Down'`.
 */
export function requireInstant(expr: string, where: string): PromQlExpression {
  const parsed = parseAt(expr, where);
  if (parsed.valueType === PromQlValueType.SCALAR || parsed.valueType === PromQlValueType.INSTANT_VECTOR) {
    return parsed;
  }
  const wayOut = parsed.valueType === PromQlValueType.RANGE_VECTOR ? ', put it in a function such as rate() or max_over_time()' : '';
  throw new Error(`${where}: ${explain(expr, new Problem(
    `a rule needs an instant vector or a scalar, this is a ${parsed.valueType}${wayOut}`, expr.search(/\S/),
  ))}`);
}

/** An expression that has been checked as one of a rule. */
export function parsedRule(expr: string): PromQlExpression {
  return PromQl.parse(expr, ALL_EXPERIMENTS);
}

/** Parses a selector of series, which has no range, no `offset` or `@` and no parentheses. `where` begins the message. */
export function requireSelector(expr: string, where: string): PromQlExpression {
  const parsed = parseAt(expr, where, {});
  if (!parsed._isSelector) {
    throw new Error(`${where}: ${explain(expr, new Problem('this is no selector of series alone; record what is computed by a rule, and select that', expr.search(/\S/)))}`);
  }
  return parsed;
}

/** Parses an expression; `where` begins the message. */
export function parseAt(expr: string, where: string, options: PromQlOptions = ALL_EXPERIMENTS): PromQlExpression {
  try {
    return PromQl.parse(expr, options);
  } catch (error) {
    throw error instanceof Error ? new Error(`${where}: ${error.message}`) : error;
  }
}
