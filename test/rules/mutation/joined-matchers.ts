import { groupingLabels, matchingOf } from '../../../lib/promql/binary';
import { Node } from '../../../lib/promql/grammar';
import { stringValue } from '../../../lib/promql/literals';
import { argumentsOf, operandsOf } from '../../../lib/promql/modifiers';
import { Matcher, selectorOf } from '../../../lib/promql/selector';

/** A matcher as text, such as `job="node"`. */
export function spelled({ label, operator, value }: Matcher): string {
  return `${label}${operator}"${value}"`;
}

const DROPPING = new Set(['absent', 'absent_over_time', 'scalar', 'vector', 'time']);

/** Whether the result of a function or an aggregation has the label of the series that it is made of. */
function keeps(node: Node, label: string): boolean {
  if (node.name === 'AggregateExpr') {
    const modifier = node.children.find(({ name }) => name === 'AggregateModifier')?.children ?? [];
    const listed = modifier.filter(({ name }) => name === 'GroupingLabels').flatMap(groupingLabels).includes(label);
    return listed !== modifier.some(({ name }) => name === 'Without');
  }
  if (node.name !== 'FunctionCall') {
    return true;
  }
  const name = node.token.text;
  const replaced = /^label_(replace|join)$/.test(name) ? stringValue(argumentsOf(node)[1].token).text : name === 'histogram_quantile' ? 'le' : undefined;
  return !DROPPING.has(name) && label !== replaced;
}

/** Whether series of both sides of an operator meet only if they have the same value of the label. */
function joins(node: Node, label: string): boolean {
  const { on, labels } = matchingOf(node);
  return labels.includes(label) === on;
}

const union = (...all: ReadonlyArray<readonly Matcher[]>): Matcher[] => all.flat();

const has = (all: readonly Matcher[], one: Matcher): boolean => all.some((each) => spelled(each) === spelled(one));

/** Matchers that hold for each series of a result. */
function guaranteed(node: Node): Matcher[] {
  switch (node.name) {
    case 'VectorSelector':
      return selectorOf(node).matchers.filter(({ label }) => label !== '__name__');
    case 'FunctionCall':
    case 'AggregateExpr':
      return argumentsOf(node).flatMap(guaranteed).filter(({ label }) => keeps(node, label));
    case 'BinaryExpr':
      return guaranteedByBoth(node);
    default:
      return operandsOf(node).flatMap(guaranteed);
  }
}

function guaranteedByBoth(node: Node): Matcher[] {
  const [left, right] = operandsOf(node).map(guaranteed);
  const met = (all: readonly Matcher[]) => all.filter(({ label }) => joins(node, label));
  switch (node.children[1].token.kind) {
    case 'and':
      return union(left, met(right));
    case 'unless':
      return left;
    case 'or':
      return left.filter((each) => has(right, each));
    default:
      return union(met(left), met(right));
  }
}

/** A selector, and its matchers that a join with other selectors of the expression implies: without them nothing changes. */
export interface Joined {
  readonly selector: Node;
  readonly implied: readonly Matcher[];
}

/** All selectors of an expression. */
export function joinedSelectors(node: Node, implied: readonly Matcher[] = []): Joined[] {
  switch (node.name) {
    case 'VectorSelector':
      return [{ selector: node, implied }];
    case 'FunctionCall':
    case 'AggregateExpr':
      return argumentsOf(node).flatMap((arg) => joinedSelectors(arg, implied.filter(({ label }) => keeps(node, label))));
    case 'BinaryExpr':
      return joinedOperands(node, implied);
    default:
      return operandsOf(node).flatMap((operand) => joinedSelectors(operand, implied));
  }
}

function joinedOperands(node: Node, implied: readonly Matcher[]): Joined[] {
  const [left, right] = operandsOf(node);
  const met = (all: readonly Matcher[]) => all.filter(({ label }) => joins(node, label));
  const outer = met(implied);
  switch (node.children[1].token.kind) {
    case 'and':
      return [...joinedSelectors(left, union(implied, met(guaranteed(right)))), ...joinedSelectors(right, union(outer, met(guaranteed(left))))];
    case 'unless':
      return [...joinedSelectors(left, implied), ...joinedSelectors(right, union(outer, met(guaranteed(left))))];
    case 'or':
      return [left, right].flatMap((operand) => joinedSelectors(operand, outer));
    default:
      return [
        ...joinedSelectors(left, union(outer, met(guaranteed(right)))),
        ...joinedSelectors(right, union(outer, met(guaranteed(left)))),
      ];
  }
}
