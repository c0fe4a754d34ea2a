import { Manifest } from './manifest';
import { quoteList } from '../text';
import { checkArguments } from '../arguments';

/** Operator of a label expression. */
export enum LabelOperator {
  /** The label has one of the values. */
  IN = 'In',
  /** The label has none of the values, or is missing. */
  NOT_IN = 'NotIn',
  /** The label is there, with any value. */
  EXISTS = 'Exists',
  /** The label is missing. */
  DOES_NOT_EXIST = 'DoesNotExist',
}

/**
 * Condition on a label of a Kubernetes object, as `matchExpressions` of a selector has it.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#set-based-requirement
 */
export class LabelExpression {
  /** The label has one of the values. Throws when none is given. */
  public static in(key: string, ...values: string[]): LabelExpression {
    checkArguments('LabelExpression.in', { key, values });
    return new LabelExpression(LabelOperator.IN, key, values);
  }

  /** The label has none of the values, or is missing. Throws when none is given. */
  public static notIn(key: string, ...values: string[]): LabelExpression {
    checkArguments('LabelExpression.notIn', { key, values });
    return new LabelExpression(LabelOperator.NOT_IN, key, values);
  }

  /** The label is there, with any value. */
  public static exists(key: string): LabelExpression {
    checkArguments('LabelExpression.exists', { key });
    return new LabelExpression(LabelOperator.EXISTS, key);
  }

  /** The label is missing. */
  public static doesNotExist(key: string): LabelExpression {
    checkArguments('LabelExpression.doesNotExist', { key });
    return new LabelExpression(LabelOperator.DOES_NOT_EXIST, key);
  }

  /** The expressions of a selector. Throws, with `where`, when one has an operator that does not exist. @internal */
  public static _ofManifest(where: string, expressions: Manifest): LabelExpression[] {
    return expressions.items.map((expression) => {
      const operator = Object.values(LabelOperator).find((known) => known === expression.at('operator').text);
      if (operator === undefined) {
        throw new Error(`${where}: an expression has the operator '${expression.at('operator').text}'; use ${quoteList(Object.values(LabelOperator))}`);
      }
      return new LabelExpression(operator, expression.at('key').text ?? '', expression.at('values').texts);
    });
  }

  private readonly _values: readonly string[];

  private constructor(
    /** Operator. */
    public readonly operator: LabelOperator,
    /** Key of the label. */
    public readonly key: string,
    values: readonly string[] = [],
  ) {
    const where = `LabelExpression ${operator} '${key}'`;
    if (values.length === 0 && (operator === LabelOperator.IN || operator === LabelOperator.NOT_IN)) {
      throw new Error(`${where}: no value is named; name some, or use LabelExpression.exists() or doesNotExist()`);
    }
    this._values = [...new Set(values)];
  }

  /** Values of `In` and `NotIn`; otherwise none. */
  public get values(): string[] {
    return [...this._values];
  }

  /** Whether an object with these labels meets it. @internal */
  public _matches(labels: Readonly<Record<string, string>>): boolean {
    const value: string | undefined = labels[this.key];
    switch (this.operator) {
      case LabelOperator.IN: return value !== undefined && this._values.includes(value);
      case LabelOperator.NOT_IN: return value === undefined || !this._values.includes(value);
      case LabelOperator.EXISTS: return value !== undefined;
      case LabelOperator.DOES_NOT_EXIST: return value === undefined;
    }
  }

  /** As messages show it. @internal */
  public _show(): string {
    switch (this.operator) {
      case LabelOperator.IN: return `${this.key} in (${this._values.join(', ')})`;
      case LabelOperator.NOT_IN: return `${this.key} notin (${this._values.join(', ')})`;
      case LabelOperator.EXISTS: return this.key;
      case LabelOperator.DOES_NOT_EXIST: return `!${this.key}`;
    }
  }
}
