import { parsedRule } from '../../promql/rule';

/** A rule as it is written in a rule file. @internal */
export interface RuleData {
  readonly [key: string]: string | { readonly [key: string]: string };
}

/**
 * One rule of a group: an `AlertingRule` or a `RecordingRule`. Immutable.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/
 */
export abstract class Rule {
  /** The PromQL expression that is evaluated each time. */
  public abstract readonly expr: string;

  /** The labels that the rule adds to what it yields; of an alerting rule, with its severity. */
  public abstract readonly labels: { [name: string]: string };

  /**
   * Functions, aggregations and features of Prometheus that the expression needs, and older versions lack or that are experiments, by name.
   * @internal
   */
  public _needs: readonly string[] = [];

  /** The kind and the name, for messages: `alerting rule 'X'`. @internal */
  public abstract _title(): string;

  /** The rule as plain data of a rule file. @internal */
  public abstract _toData(): RuleData;

  /** Equal for two rules of one name with the same labels. @internal */
  public _identity(): string {
    const labels = Object.entries(this.labels).sort(([a], [b]) => (a < b ? -1 : 1));
    return JSON.stringify([this._title(), labels]);
  }

  /** The metrics that the expression uses, found when asked. @internal */
  public _metrics(): string[] {
    return [...parsedRule(this.expr).metrics];
  }
}
