import { analyze, Analysis, Features } from './check';
import { explain, Problem } from './problem';
import { Node } from './grammar';
import { lacksLabel, usesAbsent } from './result-labels';
import { metricNames, Selector } from './selector';
import { EXTENDED_RANGE_SELECTORS } from './modifiers';
import { PROMETHEUS_FEATURES } from '../generated/prometheus';
import { ValueType } from '../upstream';
import { checkArguments } from '../arguments';

/**
 * Type of the value of an expression.
 * @see https://prometheus.io/docs/prometheus/latest/querying/basics/#expression-language-data-types
 */
export enum PromQlValueType {
  /** One number. */
  SCALAR = 'scalar',
  /** Series with one sample each, all of one time. */
  INSTANT_VECTOR = 'instant vector',
  /** Series with a range of samples each. */
  RANGE_VECTOR = 'range vector',
  /** A string, which Prometheus can show but not use in a rule. */
  STRING = 'string',
}

/**
 * Experiments of PromQL that an expression may use. Each must be enabled in the Prometheus that evaluates it, too.
 * @see https://prometheus.io/docs/prometheus/latest/feature_flags/
 */
export interface PromQlOptions {
  /**
   * Experimental functions and aggregations such as `mad_over_time`, `info` or `limitk`: feature flag `promql-experimental-functions`.
   * @default false
   */
  readonly experimentalFunctions?: boolean;

  /**
   * The modifiers `anchored` and `smoothed`: feature flag `promql-extended-range-selectors`, before Prometheus 3.16.
   * @default - true if the default version of Prometheus needs no feature flag for them
   */
  readonly extendedRangeSelectors?: boolean;

  /**
   * The modifiers `fill`, `fill_left` and `fill_right` of binary operators: feature flag `promql-binop-fill-modifiers`.
   * @default false
   */
  readonly binaryFillModifiers?: boolean;
}

/** A PromQL expression that Prometheus accepts, with what can be said of it without evaluating it. Made by `PromQl.parse`. */
export class PromQlExpression {
  /** @internal */
  public static _of(expr: string, analysis: Analysis): PromQlExpression {
    return new PromQlExpression(expr, analysis);
  }

  /** The expression as it was written. */
  public readonly expr: string;

  /** Type of its value. */
  public readonly valueType: PromQlValueType;

  /**
   * Names of the metrics that it selects, sorted, each once: those named by `foo`, `{"foo"}` or `{__name__="foo"}`. A selector that
   * names its metric only by a pattern, as in `{__name__=~"foo|bar"}`, or not at all, as in `{job="x"}`, adds no name.
   */
  public readonly metrics: string[];

  /** Its vector selectors, in the order in which they stand. @internal */
  public readonly _selectors: readonly Selector[];

  /** Functions, aggregations and features of Prometheus in use that older versions lack, or that are experiments, by name. @internal */
  public readonly _needs: readonly string[];

  private readonly tree: Node;

  private constructor(expr: string, analysis: Analysis) {
    this.expr = expr;
    this.valueType = publicType(analysis.type);
    this.metrics = [...new Set(analysis.selectors.flatMap(metricNames))].sort();
    this._selectors = analysis.selectors;
    this._needs = [...analysis.needs];
    this.tree = analysis.tree;
  }

  /** Whether no series of the result can have a label; false where that depends on the series. @internal */
  public _lacksLabel(label: string): boolean {
    return lacksLabel(this.tree, label);
  }

  /** Whether it is a selector of series and nothing else: no range, no `offset` or `@`, no parentheses. @internal */
  public get _isSelector(): boolean {
    return this.tree.name === 'VectorSelector';
  }

  /** Whether it calls `absent` or `absent_over_time`. @internal */
  public _usesAbsent(): boolean {
    return usesAbsent(this.tree);
  }
}

function publicType(type: ValueType): PromQlValueType {
  switch (type) {
    case 'scalar':
      return PromQlValueType.SCALAR;
    case 'matrix':
      return PromQlValueType.RANGE_VECTOR;
    case 'string':
      return PromQlValueType.STRING;
    default:
      return PromQlValueType.INSTANT_VECTOR;
  }
}

function featuresOf(options: PromQlOptions): Features {
  return {
    experimentalFunctions: options.experimentalFunctions ?? false,
    extendedRangeSelectors: options.extendedRangeSelectors ?? PROMETHEUS_FEATURES[EXTENDED_RANGE_SELECTORS].noOp !== undefined,
    binaryFillModifiers: options.binaryFillModifiers ?? false,
  };
}

/**
 * Prometheus's query language: accepts what `promtool` of the default version of Prometheus accepts, and rejects what it rejects.
 * @see https://prometheus.io/docs/prometheus/latest/querying/basics/
 */
export class PromQl {
  /**
   * Parses and type-checks an expression.
   * Throws an error that says what is wrong, with the line concerned and a caret under the place, unless Prometheus accepts it.
   * @param expr the expression, of one line or several
   * @param options experiments that it may use
   */
  public static parse(expr: string, options: PromQlOptions = {}): PromQlExpression {
    checkArguments('PromQl.parse', { expr, options });
    try {
      return PromQlExpression._of(expr, analyze(expr, featuresOf(options)));
    } catch (error) {
      throw error instanceof Problem ? new Error(explain(expr, error)) : error;
    }
  }

  private constructor() {}
}
