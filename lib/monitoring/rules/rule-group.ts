import { Duration } from 'cdk8s';
import { AlertingRule } from './alerting-rule';
import { Rule, RuleData } from './rule';
import { checkLabels, copyOfMap } from './rule-checks';
import { promDuration } from '../../units';
import { checkArguments, labelOf } from '../../arguments';

/**
 * Rules that are evaluated together, one after the other.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/#rule_group
 */
export interface RuleGroupProps {
  /** The name of the group. */
  readonly name: string;

  /** The rules, alerting and recording mixed, in the order of their evaluation. At least one. */
  readonly rules: Rule[];

  /**
   * Evaluation interval of the rules.
   * @default - the evaluation interval of the Prometheus
   */
  readonly interval?: Duration;

  /**
   * The most series or alerts that one rule may yield; beyond it the evaluation fails. 0 is no limit.
   * @default 0
   */
  readonly limit?: number;

  /**
   * Query offset: the rules are evaluated that far back in time, for samples that come late.
   * @default - the offset of the Prometheus
   */
  readonly queryOffset?: Duration;

  /**
   * Labels that each rule adds; those of a rule itself take precedence.
   * @default - none
   */
  readonly labels?: { readonly [name: string]: string };
}

/** A rule group as it is written in a rule file. @internal */
export interface RuleGroupData {
  readonly name: string;
  readonly interval?: string;
  readonly query_offset?: string;
  readonly limit?: number;
  readonly labels?: { readonly [name: string]: string };
  readonly rules: readonly RuleData[];
}

/**
 * A named group of rules. Immutable.
 *
 * Throws when the group is empty, when a rule exists twice, or when a setting is out of range. Two rules of one name and with the same labels may
 * differ in their expressions, as where each yields other series.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/#rule_group
 */
export class RuleGroup {
  /** The name of the group. */
  public readonly name: string;

  /** Evaluation interval of the rules. */
  public readonly interval?: Duration;

  /** The most series or alerts that one rule may yield. */
  public readonly limit?: number;

  /** Query offset. */
  public readonly queryOffset?: Duration;

  /** What is odd, and Prometheus accepts. @internal */
  public readonly _notes: readonly string[];

  private readonly members: readonly Rule[];
  private readonly sharedLabels: { readonly [name: string]: string };

  constructor(props: RuleGroupProps) {
    this._checkProps(props);
    this.name = props.name;
    this.interval = props.interval;
    this.limit = props.limit;
    this.queryOffset = props.queryOffset;
    this.members = [...props.rules];
    this.sharedLabels = copyOfMap(props.labels, () => `rule group '${props.name}': labels`);
    this._notes = this._check();
  }

  /** The rules in the order of their evaluation. */
  public get rules(): Rule[] {
    return [...this.members];
  }

  /** The labels that each rule adds. */
  public get labels(): { [name: string]: string } {
    return { ...this.sharedLabels };
  }

  /** The alerting rules among them. @internal */
  public _alertingRules(): AlertingRule[] {
    return this.members.filter((rule) => rule instanceof AlertingRule);
  }

  /** Props of a changed copy. @internal */
  public _props(): RuleGroupProps {
    return {
      name: this.name, rules: this.rules, interval: this.interval, limit: this.limit, queryOffset: this.queryOffset, labels: this.labels,
    };
  }

  /** @internal */
  public _toData(): RuleGroupData {
    return {
      name: this.name,
      ...(this.interval === undefined ? {} : { interval: promDuration(this.interval) }),
      ...(this.queryOffset === undefined ? {} : { query_offset: promDuration(this.queryOffset) }),
      ...(this.limit === undefined || this.limit === 0 ? {} : { limit: this.limit }),
      ...(Object.keys(this.sharedLabels).length === 0 ? {} : { labels: this.labels }),
      rules: this.members.map((rule) => rule._toData()),
    };
  }

  /** Throws unless the props are of their types; those that the library gives do not come here. @internal */
  protected _checkProps(props: RuleGroupProps): void {
    checkArguments('RuleGroup', { props }, labelOf('rule group', props));
  }

  /** What is odd. Throws when something is wrong; groups that are proven elsewhere do not come here. @internal */
  protected _check(): readonly string[] {
    if (this.name.trim() === '') {
      throw new Error('rule group: name is empty; every group needs a name');
    }
    const where = `rule group '${this.name}'`;
    if (this.members.length === 0) {
      throw new Error(`${where}: has no rules; give at least one, or leave the group out`);
    }
    if (this.interval !== undefined && this.interval.toMilliseconds({ integral: false }) < 1) {
      throw new Error(`${where}: interval is 0; give a longer one, or leave it out for the evaluation interval of the Prometheus`);
    }
    if (this.limit !== undefined && (!Number.isInteger(this.limit) || this.limit < 0)) {
      throw new Error(`${where}: limit ${this.limit} is not a whole number; give one, 0 for no limit`);
    }
    checkLabels(where, this.sharedLabels, { alertname: 'it is the name of each alert' });
    return this._repeated(where);
  }

  /** Notes on rules of one name with the same labels. Throws when their expressions are the same too. */
  private _repeated(where: string): readonly string[] {
    const expressions = new Map<string, string[]>();
    const notes = new Set<string>();
    for (const rule of this.members) {
      const identity = rule._identity();
      const others = expressions.get(identity) ?? [];
      if (others.includes(rule.expr)) {
        throw new Error(`${where}: ${rule._title()} exists twice with the same labels and the same expression; take one out, or give it another name, label or severity`);
      }
      if (others.length > 0) {
        notes.add(`${where}: ${rule._title()} exists several times with the same labels; no two may yield the same series at one time`);
      }
      expressions.set(identity, [...others, rule.expr]);
    }
    return [...notes];
  }
}
