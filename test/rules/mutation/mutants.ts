import { joinedSelectors, spelled } from './joined-matchers';
import { groupingLabels } from '../../../lib/promql/binary';
import { analyze } from '../../../lib/promql/check';
import { Node } from '../../../lib/promql/grammar';
import { operandsOf } from '../../../lib/promql/modifiers';
import { Problem } from '../../../lib/promql/problem';
import { ALL_EXPERIMENTS } from '../../../lib/promql/rule';
import { selectorOf } from '../../../lib/promql/selector';
import { parsePromDuration } from '../../../lib/units';

/** Kinds of changes that tests of a rule have to notice. */
export const KINDS = ['comparison', 'number', 'matcher', 'grouping', 'arm', 'range', 'for'] as const;

type Kind = typeof KINDS[number];

/** A rule with one change. */
export interface Mutant {
  readonly kind: Kind;
  /** The change in words; two of a rule never have the same. */
  readonly change: string;
  readonly expr: string;
  /** Its holding time; undefined without one. */
  readonly hold?: string;
}

/** A change of the text of an expression. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

interface Change {
  readonly kind: Kind;
  readonly change: string;
  readonly edits: readonly Edit[];
}

const FLIPPED: ReadonlyMap<string, string> = new Map([['>', '<'], ['<', '>'], ['>=', '<='], ['<=', '>='], ['==', '!='], ['!=', '==']]);

const end = ({ last }: Node): number => last.from + last.text.length;

const replaced = (node: Node, text: string): Edit => ({ from: node.token.from, to: end(node), text });

function all(node: Node): Node[] {
  return [node, ...node.children.flatMap(all)];
}

/** A list, within its brackets, without one of its elements. */
function without(list: Node, element: Node, expr: string): Edit {
  const others = list.children.filter((each) => each !== element).map((each) => expr.slice(each.token.from, end(each)));
  return { from: list.children[0].token.from, to: end(list.children[list.children.length - 1]), text: others.join(', ') };
}

function edited(expr: string, edits: readonly Edit[]): string {
  return edits.toSorted((a, b) => b.from - a.from).reduce((text, edit) => text.slice(0, edit.from) + edit.text + text.slice(edit.to), expr);
}

function comparisons(node: Node): Change[] {
  const operator = node.children[1];
  const flipped = node.name === 'BinaryExpr' ? FLIPPED.get(operator.token.kind) : undefined;
  return flipped === undefined ? [] : [{ kind: 'comparison', change: `${operator.token.text} to ${flipped}`, edits: [replaced(operator, flipped)] }];
}

function numbers(node: Node): Change[] {
  const value = node.name === 'NumberDurationLiteral' && node.token.kind === 'number' ? Number(node.token.text) : 0;
  return value === 0 ? [] : [10, 0.1].map((factor) => (
    { kind: 'number', change: `${node.token.text} ${factor === 10 ? 'times' : 'over'} 10`, edits: [replaced(node, `${Number((value * factor).toPrecision(12))}`)] }
  ));
}

function ranges(node: Node): Change[] {
  const window = node.name === 'MatrixSelector' || node.name === 'SubqueryExpr' ? node.children[1] : undefined;
  const milliseconds = window === undefined ? undefined : parsePromDuration(window.token.text)?.toMilliseconds();
  return window === undefined || milliseconds === undefined ? [] : [4, 0.25].map((factor) => (
    { kind: 'range', change: `[${window.token.text}] ${factor === 4 ? 'times' : 'over'} 4`, edits: [replaced(window, `${Math.round(milliseconds * factor)}ms`)] }
  ));
}

function groupings(node: Node, expr: string): Change[] {
  return node.name !== 'GroupingLabels' ? [] : node.children.map((label, i) => (
    { kind: 'grouping', change: `without ${groupingLabels(node)[i]} of (${groupingLabels(node).join(', ')})`, edits: [without(node, label, expr)] }
  ));
}

function arms(node: Node): Change[] {
  const operator = node.name === 'BinaryExpr' ? node.children[1].token.kind : '';
  const [left, right] = operandsOf(node);
  const dropped = operator === 'and' || operator === 'or' ? ['left', 'right'] : operator === 'unless' ? ['right'] : [];
  return dropped.map((side) => ({
    kind: 'arm', change: `without the ${side} of ${operator}`,
    edits: [side === 'left' ? { from: node.token.from, to: right.token.from, text: '' } : { from: end(left), to: end(node), text: '' }],
  }));
}

/** Each matcher away from each selector; where a join with others implies it, which keeps what it selects, from all of them at once. */
function matchers(tree: Node, expr: string): Change[] {
  const each = joinedSelectors(tree).flatMap(({ selector, implied }) => {
    const { metric = '', matchers: listed } = selectorOf(selector);
    const list = selector.children.find(({ name }) => name === 'LabelMatchers');
    return list === undefined ? [] : listed.map((matcher, i) => (
      { metric, matcher: spelled(matcher), edit: without(list, list.children[i], expr), isImplied: implied.map(spelled).includes(spelled(matcher)) }
    ));
  });
  const everywhere = [...new Set(each.filter(({ isImplied }) => isImplied).map(({ matcher }) => matcher))];
  return [
    ...each.filter(({ isImplied }) => !isImplied).map(({ metric, matcher, edit }): Change => (
      { kind: 'matcher', change: `${metric} without ${matcher}`, edits: [edit] }
    )),
    ...everywhere.map((matcher): Change => ({
      kind: 'matcher', change: `no ${matcher} anywhere`,
      edits: each.filter((other) => other.matcher === matcher).map(({ edit }) => edit),
    })),
  ];
}

function isValid(expr: string): boolean {
  try {
    analyze(expr, ALL_EXPERIMENTS);
    return true;
  } catch (error) {
    if (error instanceof Problem) {
      return false;
    }
    throw error;
  }
}

function holding(expr: string, hold: string): Mutant[] {
  const milliseconds = parsePromDuration(hold)?.toMilliseconds() ?? 0;
  return [
    { kind: 'for', change: `for ${hold} times 2`, expr, hold: `${milliseconds * 2}ms` },
    { kind: 'for', change: `for ${hold} to 0`, expr, hold: '0s' },
  ];
}

/** All changes of a rule, each made on its parsed expression. */
export function mutantsOf(expr: string, hold?: string): Mutant[] {
  const { tree } = analyze(expr, ALL_EXPERIMENTS);
  const changes = [
    ...all(tree).flatMap((node) => [comparisons, numbers, groupings, arms, ranges].flatMap((kind) => kind(node, expr))),
    ...matchers(tree, expr),
  ];
  const made: Mutant[] = changes.map(({ kind, change, edits }) => ({ kind, change, expr: edited(expr, edits), hold }));
  const seen = new Map<string, number>();
  return [...made.filter((mutant) => isValid(mutant.expr)), ...(hold === undefined ? [] : holding(expr, hold))].map((mutant) => {
    const count = (seen.get(mutant.change) ?? 0) + 1;
    seen.set(mutant.change, count);
    return count === 1 ? mutant : { ...mutant, change: `${mutant.change} (${count})` };
  });
}
