import { AlertingRule, AlertingRuleProps } from './alerting-rule';
import { RecordingRule, RecordingRuleProps } from './recording-rule';
import { Rule } from './rule';
import { RuleGroup, RuleGroupProps } from './rule-group';
import { Runbooks } from './runbooks';
import { withValues } from './text-values';

/** A changed copy of a rule that was checked: not checked again. */
class CheckedAlertingRule extends AlertingRule {
  protected override _checkProps(): void {
    // of their types
  }

  protected override _check(): void {
    // proven elsewhere
  }
}

/** A rule that tests have proven. Its texts name times by their place, see `withValues`; its runbook is that of the project unless one is set. */
class TrustedAlertingRule extends CheckedAlertingRule {
  public override get annotations(): { [name: string]: string } {
    const texts = Object.fromEntries(Object.entries(super.annotations).map(([name, text]) => [name, withValues(text, this.for)]));
    return this._hasRunbook ? texts : { ...texts, runbook_url: Runbooks.PROJECT._urlOf(this.alert) };
  }

  /** Whether its runbook is set, be it to none. @internal */
  public get _hasRunbook(): boolean {
    return this._props().runbookUrl !== undefined;
  }
}

class TrustedRecordingRule extends RecordingRule {
  protected override _checkProps(): void {
    // of their types
  }

  protected override _check(): void {
    // proven elsewhere
  }
}

/** A record that `withUsedRecords` may leave out. */
class OptionalRecordingRule extends TrustedRecordingRule {
  public override readonly _isOptional = true;
}

class TrustedRuleGroup extends RuleGroup {
  protected override _checkProps(): void {
    // of their types
  }

  protected override _check(): readonly string[] {
    return [];
  }
}

/** An alerting rule of the library's own: nothing is parsed. In its texts, ` for [for]` is the holding time, and `[5m]` a window in words. */
export function trustedAlert(props: AlertingRuleProps): AlertingRule {
  return new TrustedAlertingRule(props);
}

/** A changed copy of an alerting rule, nothing of which is parsed. */
export function changedAlert(rule: AlertingRule, props: AlertingRuleProps): AlertingRule {
  return rule instanceof TrustedAlertingRule ? new TrustedAlertingRule(props) : new CheckedAlertingRule(props);
}

/** A recording rule of the library's own: nothing is parsed. */
export function trustedRecord(props: RecordingRuleProps): RecordingRule {
  return new TrustedRecordingRule(props);
}

/** A recording rule of the library's own that exists only where something uses it, or all are wanted: nothing is parsed. */
export function optionalRecord(props: RecordingRuleProps): RecordingRule {
  return new OptionalRecordingRule(props);
}

/** A rule of the library's own with its expression and texts rewritten; a rule of others as it is. */
export function rewritten(rule: Rule, rewrite: (text: string) => string): Rule {
  if (rule instanceof TrustedAlertingRule) {
    const { summary, description, ...props } = rule._props();
    return trustedAlert({ ...props, expr: rewrite(props.expr), summary: rewrite(summary), description: rewrite(description) });
  }
  if (rule instanceof TrustedRecordingRule) {
    const props = { record: rule.record, expr: rewrite(rule.expr), labels: rule.labels };
    return rule._isOptional ? optionalRecord(props) : trustedRecord(props);
  }
  return rule;
}

/** A rule of the library's own with its runbook, unless that is set; a rule of others as it is. */
export function withRunbook(rule: Rule, runbooks: Runbooks): Rule {
  return rule instanceof TrustedAlertingRule && !rule._hasRunbook
    ? trustedAlert({ ...rule._props(), runbookUrl: runbooks._urlOf(rule.alert) })
    : rule;
}

/** Whether a rule is one of the library's own. */
export function isTrusted(rule: Rule): boolean {
  return rule instanceof TrustedAlertingRule || rule instanceof TrustedRecordingRule;
}

/** A group of the library's own, or a changed copy of a checked one: nothing is compared. */
export function trustedGroup(props: RuleGroupProps): RuleGroup {
  return new TrustedRuleGroup(props);
}
