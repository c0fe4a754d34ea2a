import { binaryType, FILL_MODIFIERS, groupingLabels } from './binary';
import { Durations, secondsOf } from './duration';
import { Node, syntaxTree } from './grammar';
import { tokenize } from './lexer';
import { stringValue } from './literals';
import { argumentsOf, Modifiers, operandsOf, targetOf } from './modifiers';
import { Problem } from './problem';
import { Selector, selectorOf } from './selector';
import { experimentalFunction, signatureOf } from './signatures';
import { EXPERIMENTAL_AGGREGATORS, Token } from './token';
import { PromQlFunction, ValueType } from '../upstream';

/** Experimental features that an expression may use. */
export interface Features {
  readonly experimentalFunctions: boolean;
  readonly extendedRangeSelectors: boolean;
  readonly binaryFillModifiers: boolean;
}

/** Type and metrics of a valid expression. */
export interface Analysis {
  readonly type: ValueType;
  readonly selectors: readonly Selector[];
  /** Functions, aggregations and features of Prometheus that older versions lack, or that are experiments, by name. */
  readonly needs: ReadonlySet<string>;
  /** The syntax tree. */
  readonly tree: Node;
}

const PARAMETER: ReadonlyMap<string, ValueType> = new Map([
  ['topk', 'scalar'], ['bottomk', 'scalar'], ['limitk', 'scalar'], ['limit_ratio', 'scalar'], ['quantile', 'scalar'], ['count_values', 'string'],
]);

const TYPE_NAMES: ReadonlyMap<ValueType, string> = new Map([['vector', 'instant vector'], ['matrix', 'range vector']]);

/** Type of a value as messages spell it. */
export function typeName(type: ValueType): string {
  return TYPE_NAMES.get(type) ?? type;
}

/**
 * Type checking, and the rules of Prometheus's parser that are beyond a grammar.
 * @see https://github.com/prometheus/prometheus/blob/main/promql/parser/parse.go
 */
class Checker {
  public readonly selectors: Selector[] = [];
  public readonly needs = new Set<string>();
  private readonly durations: Durations;
  private readonly modifiers: Modifiers;

  public constructor(private readonly features: Features) {
    this.durations = new Durations(this.needs);
    this.modifiers = new Modifiers(this.durations, this.needs, features.extendedRangeSelectors);
  }

  public type(node: Node): ValueType {
    switch (node.name) {
      case 'NumberDurationLiteral':
        return 'scalar';
      case 'StringLiteral':
        return 'string';
      case 'ParenExpr':
        return this.type(operandsOf(node)[0]);
      case 'VectorSelector':
        this.selectors.push(selectorOf(node));
        return 'vector';
      case 'UnaryExpr':
        return this.unary(node);
      case 'BinaryExpr':
        return this.binary(node);
      case 'AggregateExpr':
        return this.aggregate(node);
      case 'FunctionCall':
        return this.call(node);
      case 'MatrixSelector':
        return this.range(node);
      case 'SubqueryExpr':
        return this.subquery(node);
      default:
        return this.modified(node);
    }
  }

  private unary(node: Node): ValueType {
    const type = this.type(operandsOf(node)[0]);
    if (type !== 'scalar' && type !== 'vector') {
      throw new Problem(`a sign is allowed before scalars and instant vectors, not before a ${typeName(type)}`, node.token.from);
    }
    return type;
  }

  private binary(node: Node): ValueType {
    const [left, right] = operandsOf(node);
    if (node.children.some(({ name }) => name === 'FillModifier')) {
      this.needs.add(FILL_MODIFIERS);
    }
    return binaryType(node, this.type(left), this.type(right), this.features.binaryFillModifiers);
  }

  private aggregate(node: Node): ValueType {
    const operator = node.token;
    if (EXPERIMENTAL_AGGREGATORS.has(operator.kind)) {
      if (!this.features.experimentalFunctions) {
        throw experimentalFunction(operator);
      }
      this.needs.add(operator.kind);
    }
    node.children.filter(({ name }) => name === 'AggregateModifier')
      .flatMap(({ children }) => children.filter(({ name }) => name === 'GroupingLabels'))
      .forEach(groupingLabels);
    const parameter = PARAMETER.get(operator.kind);
    const expected: readonly ValueType[] = parameter === undefined ? ['vector'] : [parameter, 'vector'];
    const args = argumentsOf(node);
    if (args.length !== expected.length) {
      const count = `${expected.length} argument${expected.length === 1 ? '' : 's'}`;
      throw new Problem(`'${operator.text}' takes ${count} (${expected.map(typeName).join(', ')}), got ${args.length}`, operator.from);
    }
    args.forEach((arg, i) => this.expect(arg, expected[i], operator));
    return 'vector';
  }

  private call(node: Node): ValueType {
    const signature = signatureOf(node.token, this.features.experimentalFunctions);
    if (signature.since !== undefined || signature.stable !== undefined || signature.experimental) {
      this.needs.add(node.token.text);
    }
    const args = argumentsOf(node);
    Checker.arity(signature, args.length, node.token);
    args.forEach((arg, i) => {
      const expected = signature.args[Math.min(i, signature.args.length - 1)];
      if (node.token.text === 'info' && i === 1) {
        this.infoLabels(arg);
      } else {
        this.expect(arg, expected, node.token);
      }
    });
    return signature.returns;
  }

  private static arity({ args, variadic = 0 }: PromQlFunction, got: number, token: Token): void {
    const least = args.length - (variadic === 0 ? 0 : 1);
    const most = variadic < 0 ? Infinity : least + variadic;
    if (got < least || got > most) {
      const range = least === most ? least : most === Infinity ? `at least ${least}` : `${least} to ${most}`;
      throw new Problem(`'${token.text}' takes ${range} argument${range === 1 ? '' : 's'}, got ${got}`, token.from);
    }
  }

  private expect(arg: Node, expected: ValueType, caller: Token): void {
    const type = this.type(arg);
    if (type !== expected) {
      const hint = expected === 'matrix' && type === 'vector' ? ', such as foo[5m]' : '';
      throw new Problem(`'${caller.text}' expects ${typeName(expected)}${hint}, got ${typeName(type)}`, arg.token.from);
    }
  }

  /** The second argument of `info` only selects labels, be they of any metric. */
  private infoLabels(arg: Node): void {
    const { base, behindOperator } = targetOf(arg);
    const selector = base.name === 'VectorSelector' && !behindOperator ? selectorOf(base, true) : undefined;
    if (selector === undefined || base.children[0].name === 'Identifier') {
      throw new Problem("'info' expects label matchers in braces without a metric as its second argument", arg.token.from);
    }
    this.modifiers.check(arg);
    this.selectors.push(selector);
  }

  private range(node: Node): ValueType {
    const [selector, duration] = node.children;
    this.modifiers.checkRanged(selector, duration.token.from);
    this.durations.positive(duration);
    this.type(selector);
    return 'matrix';
  }

  private subquery(node: Node): ValueType {
    const [inner, ...durations] = node.children;
    if (targetOf(inner).behindOperator) {
      throw new Problem('operators take scalars and instant vectors, for a subquery of the whole put it in parentheses', durations[0].token.from);
    }
    const type = this.type(inner);
    if (type !== 'vector') {
      throw new Problem(`a subquery is allowed on an instant vector only, not on a ${typeName(type)}`, durations[0].token.from);
    }
    durations.forEach((duration) => this.durations.positive(duration));
    return 'matrix';
  }

  private modified(node: Node): ValueType {
    this.modifiers.check(node);
    return this.type(node.children[0]);
  }
}

/** Checks every literal of an expression. */
function checkLiteral(token: Token): void {
  if (token.kind === 'number' || token.kind === 'duration') {
    secondsOf(token);
  } else if (token.kind === 'string') {
    stringValue(token);
  }
}

/** Type and selectors of an expression; throws a Problem when it is not valid. */
export function analyze(expr: string, features: Features): Analysis {
  const tokens = tokenize(expr);
  tokens.forEach(checkLiteral);
  const checker = new Checker(features);
  const tree = syntaxTree(tokens, expr.length);
  const type = checker.type(tree);
  return { type, selectors: checker.selectors, needs: checker.needs, tree };
}
