import { Durations, secondsOf } from './duration';
import { Node } from './grammar';
import { Problem } from './problem';

/** The feature of `anchored` and `smoothed`, before they were a part of PromQL. */
export const EXTENDED_RANGE_SELECTORS = 'promql-extended-range-selectors';

const MODIFIERS: ReadonlySet<string> = new Set(['OffsetExpr', 'StepInvariantExpr', 'AnchoredExpr', 'SmoothedExpr']);

/** Names of the nodes that are expressions. */
const EXPRESSIONS: ReadonlySet<string> = new Set([
  'AggregateExpr', 'BinaryExpr', 'FunctionCall', 'MatrixSelector', 'NumberDurationLiteral', 'ParenExpr', 'StringLiteral', 'SubqueryExpr',
  'UnaryExpr', 'VectorSelector', ...MODIFIERS,
]);

/** Expressions among the children of a node. */
export function operandsOf(node: Node): readonly Node[] {
  return node.children.filter((child) => EXPRESSIONS.has(child.name));
}

/** Arguments of a function or an aggregation. */
export function argumentsOf(node: Node): readonly Node[] {
  return node.children.filter(({ name }) => name === 'FunctionCallBody').flatMap(operandsOf);
}

/** The expression that a modifier or bracket after `node` applies to. */
interface Target {
  readonly base: Node;
  /** Modifiers between, from the inside out. */
  readonly modifiers: readonly Node[];
  /** Whether a binary or unary operator is between; the grammar lets it bind tighter than Prometheus does. */
  readonly behindOperator: boolean;
}

/** Expression that a modifier or bracket applies to. */
export function targetOf(node: Node): Target {
  const modifiers: Node[] = [];
  let behindOperator = false;
  let base = node;
  while (MODIFIERS.has(base.name) || base.name === 'BinaryExpr' || base.name === 'UnaryExpr') {
    if (MODIFIERS.has(base.name)) {
      modifiers.unshift(base);
    } else {
      behindOperator = true;
    }
    base = operandsOf(base)[base.name === 'BinaryExpr' ? 1 : 0];
  }
  return { base, modifiers, behindOperator };
}

/** Modifiers of a selector or subquery so far. */
interface Said {
  /** An offset of 0 counts for nothing. */
  offset: 'nothing' | 'fixed' | 'computed';
  at: 'nothing' | 'time' | 'word';
  readonly edges: Set<string>;
}

/** The rules of `offset`, `@`, `anchored` and `smoothed`: behind a selector or subquery only, and each once. */
export class Modifiers {
  public constructor(private readonly durations: Durations, private readonly needs: Set<string>, private readonly extendedRangeSelectors: boolean) {}

  /** Checks the modifiers of an expression that ends with one. */
  public check(node: Node): void {
    this.said(node);
  }

  /** Checks the operand of a range: a selector without offset and time. */
  public checkRanged(node: Node, bracket: number): void {
    const { base, behindOperator } = targetOf(node);
    if (base.name === 'VectorSelector' && behindOperator) {
      throw new Problem('operators take scalars and instant vectors, not a range vector', bracket);
    }
    if (base.name !== 'VectorSelector') {
      throw new Problem('a range is allowed only directly behind a selector, for other expressions write a subquery such as [5m:1m]', bracket);
    }
    const said = this.said(node);
    if (said.offset !== 'nothing' || said.at !== 'nothing') {
      throw new Problem(`${said.offset !== 'nothing' ? 'offset' : '@'} must stand behind the range, not before it`, bracket);
    }
  }

  private said(node: Node): Said {
    const { base, modifiers } = targetOf(node);
    const selects = base.name === 'VectorSelector' || base.name === 'SubqueryExpr' || base.name === 'MatrixSelector';
    const said: Said = base.name === 'MatrixSelector' ? { ...this.said(base.children[0]) } : { offset: 'nothing', at: 'nothing', edges: new Set() };
    for (const modifier of modifiers) {
      const word = modifier.children[1].token;
      if (modifier.name === 'AnchoredExpr' || modifier.name === 'SmoothedExpr') {
        this.edge(modifier, base, said);
      } else if (!selects) {
        throw new Problem(`'${word.text}' is allowed only directly behind a selector, a range or a subquery`, word.from);
      } else if (modifier.name === 'OffsetExpr') {
        this.offset(modifier, said);
      } else {
        Modifiers.at(modifier, said);
      }
    }
    return said;
  }

  private offset(modifier: Node, said: Said): void {
    const value = this.durations.value(modifier.children[2], true);
    if (said.offset !== 'nothing') {
      throw new Problem('offset is set twice', modifier.children[1].token.from);
    }
    if (value === 'computed') {
      said.offset = 'computed';
    } else if (Math.round(value * 1e9) !== 0) {
      said.offset = 'fixed';
    }
  }

  private static at(modifier: Node, said: Said): void {
    const [, sign, value] = modifier.children;
    if (said.at !== 'nothing') {
      throw new Problem('@ is set twice', sign.token.from);
    }
    said.at = value.name === 'AtModifierPreprocessors' ? 'word' : 'time';
    const number = value.last;
    if (said.at === 'time' && !(secondsOf(number) < 2 ** 63)) {
      throw new Problem(`@ takes seconds since 1970, '${number.text}' is out of bounds`, number.from);
    }
  }

  private edge(modifier: Node, base: Node, said: Said): void {
    const word = modifier.children[1].token;
    if (!this.extendedRangeSelectors) {
      throw new Problem(
        `'${word.text}' is experimental: enable extendedRangeSelectors here and ${EXTENDED_RANGE_SELECTORS} in Prometheus`, word.from,
      );
    }
    this.needs.add(EXTENDED_RANGE_SELECTORS);
    if (base.name !== 'VectorSelector' && base.name !== 'MatrixSelector') {
      throw new Problem(`'${word.text}' is allowed only directly behind a selector or a range`, word.from);
    }
    said.edges.add(word.kind);
    if (said.edges.size > 1) {
      throw new Problem('anchored and smoothed cannot be used together', word.from);
    }
  }
}
