import { AlertingRule, AlertingRuleProps } from './alerting-rule';
import { RecordingRule, RecordingRuleProps } from './recording-rule';
import { RuleGroup, RuleGroupProps } from './rule-group';

/** A rule that tests have proven, or a changed copy of one that was checked: not checked again. */
class TrustedAlertingRule extends AlertingRule {
  protected override _check(): void {
    // proven elsewhere
  }
}

class TrustedRecordingRule extends RecordingRule {
  protected override _check(): void {
    // proven elsewhere
  }
}

class OptionalRecordingRule extends TrustedRecordingRule {
  public override readonly _isOptional = true;
}

class TrustedRuleGroup extends RuleGroup {
  protected override _check(): readonly string[] {
    return [];
  }
}

/** An alerting rule of the library's own, or a changed copy of a checked one: nothing is parsed. */
export function trustedAlert(props: AlertingRuleProps): AlertingRule {
  return new TrustedAlertingRule(props);
}

/** A recording rule of the library's own: nothing is parsed. */
export function trustedRecord(props: RecordingRuleProps): RecordingRule {
  return new TrustedRecordingRule(props);
}

/** A recording rule of the library's own that exists only where something uses it, or all are wanted: nothing is parsed. */
export function optionalRecord(props: RecordingRuleProps): RecordingRule {
  return new OptionalRecordingRule(props);
}

/** A group of the library's own, or a changed copy of a checked one: nothing is compared. */
export function trustedGroup(props: RuleGroupProps): RuleGroup {
  return new TrustedRuleGroup(props);
}
