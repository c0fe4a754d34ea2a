import { Node } from './grammar';
import { durationValue, numberValue } from './literals';
import { Problem } from './problem';
import { Token } from './token';

/** The feature of arithmetic on durations, before it was a part of PromQL. */
const ARITHMETIC = 'promql-duration-expr';

/** Seconds that a time.Duration of Go can hold. */
const MAX_SECONDS = 2 ** 63 / 1e9;

/** Seconds of a number or duration token. */
export function secondsOf(token: Token): number {
  return token.kind === 'duration' ? durationValue(token) : numberValue(token);
}

/** Value of a range, step or offset: seconds, or `computed` when Prometheus evaluates it with the query. */
export type DurationValue = number | 'computed';

function isOperand(node: Node): boolean {
  return node.name === 'DurationExpr' || node.name === 'OffsetDurationExpr';
}

/** Durations of an expression: literals, and arithmetic on them, which is noted in `needs`. */
export class Durations {
  public constructor(private readonly needs: Set<string>) {}

  public value(node: Node, afterOffset = false): DurationValue {
    const operands = node.children.filter(isOperand);
    const first = node.children[0];
    switch (first.name) {
      case 'NumberDurationLiteralInDurationContext':
        return this.literal(first);
      case 'UnaryOp':
        return this.signed(first, operands[0], afterOffset);
      case 'DurationStep':
      case 'DurationRange':
      case 'DurationMinOf':
      case 'DurationMaxOf':
        this.needs.add(ARITHMETIC);
        operands.forEach((operand) => this.value(operand));
        return 'computed';
      default:
        return operands.length === 1 ? this.parenthesized(node, operands[0]) : this.binary(node, operands);
    }
  }

  /** A range or a step, which must be longer than nothing. */
  public positive(node: Node): void {
    const value = this.value(node);
    if (value !== 'computed' && !(value > 0)) {
      throw new Problem('a duration in brackets must be greater than 0', node.token.from);
    }
  }

  private literal(node: Node): number {
    const seconds = secondsOf(node.token);
    if (seconds > MAX_SECONDS) {
      throw new Problem(`duration '${node.token.text}' is out of range, Prometheus counts up to 292 years`, node.token.from);
    }
    return seconds;
  }

  private signed(sign: Node, operand: Node, afterOffset: boolean): DurationValue {
    const paren = operand.children.length === 1 && isOperand(operand.children[0]);
    // offset -(5m) needs no feature, unlike offset (5m) and [-(5m)].
    const value = afterOffset && paren && operand.written ? this.value(operand.children[0]) : this.value(operand);
    return value !== 'computed' && sign.token.kind === '-' ? -value : value;
  }

  private parenthesized(node: Node, inner: Node): DurationValue {
    if (node.written) {
      this.needs.add(ARITHMETIC);
    }
    return this.value(inner);
  }

  private binary(node: Node, operands: readonly Node[]): DurationValue {
    this.needs.add(ARITHMETIC);
    const [, right] = operands.map((operand) => this.value(operand));
    const operator = node.children[1].token;
    if (right === 0 && (operator.kind === '/' || operator.kind === '%')) {
      throw new Problem('division of a duration by zero', operator.from);
    }
    return 'computed';
  }
}
