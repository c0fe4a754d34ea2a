import { groupingLabels, matchingOf } from './binary';
import { Node } from './grammar';
import { stringValue } from './literals';
import { argumentsOf, operandsOf } from './modifiers';
import { selectorOf } from './selector';
import { CHOOSING_AGGREGATORS } from './token';

/** Whether no series of the result of a valid expression can have a label; false where that depends on the series. */
export function lacksLabel(node: Node, label: string): boolean {
  switch (node.name) {
    case 'VectorSelector':
      return selectorOf(node, true).matchers.some((matcher) => matcher.label === label && matcher.operator === '=' && matcher.value === '');
    case 'AggregateExpr':
      return aggregateLacks(node, label);
    case 'FunctionCall':
      return callLacks(node, label);
    case 'BinaryExpr':
      return binaryLacks(node, label);
    case 'StringLiteral':
      // It may name a label that a function adds.
      return stringValue(node.token).text !== label;
    default:
      // Numbers have no operands, and no labels.
      return operandsOf(node).every((operand) => lacksLabel(operand, label));
  }
}

function aggregateLacks(node: Node, label: string): boolean {
  const args = argumentsOf(node);
  const inner = args.every((arg) => lacksLabel(arg, label));
  if (node.token.kind === 'count_values' && !lacksLabel(args[0], label)) {
    return false;
  }
  if (CHOOSING_AGGREGATORS.has(node.token.kind)) {
    return inner;
  }
  const modifier = node.children.find(({ name }) => name === 'AggregateModifier')?.children ?? [];
  const listed = modifier.filter(({ name }) => name === 'GroupingLabels').flatMap(groupingLabels).includes(label);
  return inner || listed === modifier.some(({ name }) => name === 'Without');
}

function callLacks(node: Node, label: string): boolean {
  const args = argumentsOf(node);
  switch (node.token.text) {
    case 'absent':
    case 'absent_over_time':
      return !labelsOfAbsence(args[0]).includes(label);
    case 'scalar':
      return true;
    case 'info':
      return false;
    default:
      return args.every((arg) => lacksLabel(arg, label));
  }
}

/** Labels of what is absent: those that a selector, in parentheses or ranged, requires to have one value. */
function labelsOfAbsence(node: Node): readonly string[] {
  if (node.name === 'VectorSelector') {
    return selectorOf(node).matchers.filter(({ operator, value }) => operator === '=' && value !== '').map(({ label }) => label);
  }
  return ['AggregateExpr', 'BinaryExpr', 'FunctionCall', 'SubqueryExpr', 'UnaryExpr'].includes(node.name) ? [] : operandsOf(node).flatMap(labelsOfAbsence);
}

function binaryLacks(node: Node, label: string): boolean {
  const [left, right] = operandsOf(node);
  const kind = node.children[1].token.kind;
  const [leftLacks, rightLacks] = [lacksLabel(left, label), lacksLabel(right, label)];
  if (kind === 'and' || kind === 'unless') {
    return leftLacks;
  }
  if (kind === 'or') {
    return leftLacks && rightLacks;
  }
  const { on, labels, many: manySide, include } = matchingOf(node);
  if (manySide !== undefined) {
    const [many, one] = manySide === 'left' ? [leftLacks, rightLacks] : [rightLacks, leftLacks];
    return include.includes(label) ? one : many;
  }
  return (leftLacks && rightLacks) || labels.includes(label) !== on;
}

/** Whether an expression calls `absent` or `absent_over_time`. */
export function usesAbsent(node: Node): boolean {
  return (node.name === 'FunctionCall' && ['absent', 'absent_over_time'].includes(node.token.text))
    || (node.name === 'FunctionCall' || node.name === 'AggregateExpr' ? argumentsOf(node) : operandsOf(node)).some(usesAbsent);
}
