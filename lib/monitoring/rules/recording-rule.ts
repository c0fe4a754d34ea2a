import { Rule, RuleData } from './rule';
import { checkExpr, checkLabels, copyOfMap } from './rule-checks';
import { checkMetricName } from '../../checks';
import { checkArguments, labelOf } from '../../arguments';

/**
 * A series that is computed from others.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/
 */
export interface RecordingRuleProps {
  /** The name of the metric that the result is stored under, by custom `level:metric:operations`; any text in UTF-8 without braces. */
  readonly record: string;

  /** The PromQL expression whose result is stored. Must be an instant vector or a scalar. */
  readonly expr: string;

  /**
   * Labels that the stored series get. Names are any text in UTF-8.
   * @default - those of the result
   */
  readonly labels?: { readonly [name: string]: string };
}

/**
 * A query whose result is stored as a series of its own. Immutable.
 *
 * Throws when the expression is not PromQL of a fit type or a name is not valid.
 * @see https://prometheus.io/docs/practices/rules/
 */
export class RecordingRule extends Rule {
  /** The name of the metric. */
  public readonly record: string;

  /** The PromQL expression whose result is stored. */
  public readonly expr: string;

  /** Whether the rule exists only where another uses its series, or where all recording rules are wanted. @internal */
  public readonly _isOptional: boolean = false;

  private readonly extraLabels: { readonly [name: string]: string };

  constructor(props: RecordingRuleProps) {
    super();
    this._checkProps(props);
    this.record = props.record;
    this.expr = props.expr;
    this.extraLabels = copyOfMap(props.labels, () => `${this._title()}: labels`);
    this._check();
  }

  /** The labels that the stored series get beyond those of the result. */
  public get labels(): { [name: string]: string } {
    return { ...this.extraLabels };
  }

  /** @internal */
  public _title(): string {
    return `recording rule '${this.record}'`;
  }

  /** @internal */
  public _toData(): RuleData {
    return { record: this.record, expr: this.expr, ...(Object.keys(this.extraLabels).length === 0 ? {} : { labels: this.labels }) };
  }

  /** Throws unless the props are of their types; those that the library gives do not come here. @internal */
  protected _checkProps(props: RecordingRuleProps): void {
    checkArguments('RecordingRule', { props }, labelOf('recording rule', props, 'record'));
  }

  /** Throws when something is wrong; rules that are proven elsewhere do not come here. @internal */
  protected _check(): void {
    checkMetricName(this.record, 'recording rule: record');
    checkLabels(this._title(), this.extraLabels);
    this._needs = checkExpr(this._title(), this.expr);
  }
}
