import { Node } from './grammar';
import { stringValue } from './literals';
import { Problem } from './problem';
import { Token } from './token';
import { ValueType } from '../upstream';

/** The feature of `fill`, `fill_left` and `fill_right`. */
export const FILL_MODIFIERS = 'promql-binop-fill-modifiers';

const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);
const SETS: ReadonlySet<string> = new Set(['and', 'or', 'unless']);

/** The labels of `by (…)`, `on (…)` and the like. */
export function groupingLabels(node: Node): readonly string[] {
  return node.children.map(({ token }) => groupingLabel(token));
}

function groupingLabel(token: Token): string {
  if (token.kind !== 'string') {
    return token.text;
  }
  const { text, utf8 } = stringValue(token);
  if (text === '' || !utf8) {
    throw new Problem(`${token.text} is not a label name`, token.from);
  }
  return text;
}

/** Matching of two vectors. */
interface Matching {
  /** Whether `labels` are those of `on`, else of `ignoring`. */
  readonly on: boolean;
  readonly labels: readonly string[];
  /** Side with several series of a match. */
  readonly many?: 'left' | 'right';
  readonly include: readonly string[];
}

/** The matching that a binary operator is written with. */
export function matchingOf(node: Node): Matching {
  const clause = node.children.find(({ name }) => name === 'MatchingModifierClause')?.children ?? [];
  const has = (part: string) => clause.some(({ name }) => name === part);
  const lists = clause.filter(({ name }) => name === 'GroupingLabels').map(groupingLabels);
  return {
    on: has('On'),
    labels: lists[0] ?? [],
    many: has('GroupLeft') ? 'left' : has('GroupRight') ? 'right' : undefined,
    include: lists[1] ?? [],
  };
}

function isOperandType(type: ValueType): boolean {
  return type === 'scalar' || type === 'vector';
}

/** The rules of a binary operator between operands of these types; gives the type of the result. */
export function binaryType(node: Node, left: ValueType, right: ValueType, fillModifiers: boolean): ValueType {
  const operator = node.children[1].token;
  const kind = operator.kind;
  const fail = (message: string): never => {
    throw new Problem(message, operator.from);
  };
  const matching = matchingOf(node);
  const fills = node.children.some(({ name }) => name === 'FillModifier');
  const bool = node.children.some(({ name }) => name === 'BoolModifier');
  if (fills && !fillModifiers) {
    fail(`fill modifiers are experimental: enable binaryFillModifiers here and ${FILL_MODIFIERS} in Prometheus`);
  }
  const wrong = [left, right].find((type) => !isOperandType(type));
  if (wrong !== undefined) {
    fail(`'${operator.text}' takes scalars and instant vectors, not a ${wrong === 'matrix' ? 'range vector' : wrong}`);
  }
  if (bool && !COMPARISONS.has(kind)) {
    fail(`bool is allowed behind comparisons only, not behind '${operator.text}'`);
  }
  if (COMPARISONS.has(kind) && !bool && left === 'scalar' && right === 'scalar') {
    fail(`a comparison of scalars needs bool: '${operator.text} bool'`);
  }
  const both = matching.labels.find((label) => matching.on && matching.include.includes(label));
  if (both !== undefined) {
    fail(`label '${both}' must not stand in on and in group_left or group_right at once`);
  }
  if (left === 'scalar' || right === 'scalar') {
    if (SETS.has(kind)) {
      fail(`'${operator.text}' is allowed between instant vectors only`);
    }
    if (matching.labels.length > 0 || fills) {
      fail(`${fills ? 'fill' : 'on and ignoring'} can be used between instant vectors only`);
    }
  } else if (SETS.has(kind) && (matching.many !== undefined || fills)) {
    fail(`${fills ? 'fill is' : 'group_left and group_right are'} not allowed with '${operator.text}'`);
  }
  return left === 'scalar' && right === 'scalar' ? 'scalar' : 'vector';
}
