/**
 * A word of an expression. `kind` is `identifier`, `metric` (an identifier with a colon), `number`, `duration`, `string`, a keyword
 * in lower case, or the sign itself.
 */
export interface Token {
  readonly kind: string;
  readonly text: string;
  /** Index of its first character in the expression. */
  readonly from: number;
}

/** Aggregation operators; those of the second list are experimental. */
export const AGGREGATORS: ReadonlySet<string> = new Set([
  'sum', 'avg', 'count', 'min', 'max', 'group', 'stddev', 'stdvar', 'topk', 'bottomk', 'count_values', 'quantile', 'limitk', 'limit_ratio',
]);
/** Aggregators that need an experimental feature. */
export const EXPERIMENTAL_AGGREGATORS: ReadonlySet<string> = new Set(['limitk', 'limit_ratio']);

/** Aggregation operators that choose among series and leave their labels as they are. */
export const CHOOSING_AGGREGATORS: ReadonlySet<string> = new Set(['topk', 'bottomk', 'limitk', 'limit_ratio']);

/** Words that are functions of durations within brackets and after `offset`. */
export const DURATION_WORDS: ReadonlySet<string> = new Set(['step', 'range', 'max_of', 'min_of']);

/** Keywords that name a function when a parenthesis follows. */
export const FUNCTION_WORDS: ReadonlySet<string> = new Set(['start', 'end', ...DURATION_WORDS]);

/** Keywords that fill in missing series of a binary operation. */
export const FILL_WORDS: ReadonlySet<string> = new Set(['fill', 'fill_left', 'fill_right']);

/** Every keyword, in lower case; the lexer knows them in any case. */
export const KEYWORDS: ReadonlySet<string> = new Set([
  'and', 'or', 'unless', 'atan2', ...AGGREGATORS,
  'offset', 'smoothed', 'anchored', 'by', 'without', 'on', 'ignoring', 'group_left', 'group_right', 'bool', ...FILL_WORDS, ...FUNCTION_WORDS,
]);

/** Keywords that cannot be the name of a metric outside braces. */
const NEVER_A_METRIC: ReadonlySet<string> = new Set(['atan2', 'on', 'ignoring', 'group_left', 'group_right', 'bool']);

/** Whether a token can be the name of a metric. */
export function mayBeMetric(kind: string): boolean {
  return kind === 'identifier' || kind === 'metric' || (KEYWORDS.has(kind) && !NEVER_A_METRIC.has(kind));
}

/** Whether a word may stand as a label in `by (…)`, `on (…)` and the like. */
export function mayBeLabel(kind: string): boolean {
  return kind === 'identifier' || kind === 'metric' || (KEYWORDS.has(kind) && kind !== 'without');
}

/** A token as messages name it. */
export function describeToken(token: Token | undefined): string {
  if (token === undefined) {
    return 'end of the expression';
  }
  const text = token.text.length > 40 ? `${token.text.slice(0, 40)}...` : token.text;
  if (token.kind === 'string') {
    return `string ${text}`;
  }
  return ['identifier', 'metric', 'number', 'duration'].includes(token.kind) ? `${token.kind} '${text}'` : `'${text}'`;
}
