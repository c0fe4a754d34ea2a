import { IConstruct } from 'constructs';
import { componentRules } from './component-rules';
import { note } from '../kubernetes/notes';
import { AlertingRule, RecordingRule, Rule, RuleSet } from '../monitoring/rules';
import { trustedGroup } from '../monitoring/rules/trusted';
import { recordedNames } from '../monitoring/rules/used-records';

/**
 * The rules that find their series; the others are left out, and those that use what they record. A note on the construct says which and why.
 * @param hasSeries whether all series in an expression are there
 */
export function servedRules(construct: IConstruct, rules: RuleSet, hasSeries: (expr: string) => boolean, reason: string): RuleSet {
  const all = rules.groups.flatMap((group) => group.rules);
  const kept = servedAmong(all, all.filter(({ expr }) => hasSeries(expr)));
  if (kept.length === all.length) {
    return rules;
  }
  const isKept = (rule: Rule) => kept.includes(rule);
  const leftOut = all.filter((rule) => !isKept(rule)).map(nameOf);
  note(construct, `rules are left out, because ${reason}: ${[...new Set(leftOut)].join(', ')}`);
  return componentRules(...rules.groups.map((group) => trustedGroup({ ...group._props(), rules: group.rules.filter(isKept) })));
}

/** The rules of those that are kept that use no record which is not. */
function servedAmong(all: readonly Rule[], kept: readonly Rule[]): readonly Rule[] {
  const records = (rules: readonly Rule[]) => new Set(rules.filter((rule) => rule instanceof RecordingRule).map(nameOf));
  const [known, recorded] = [records(all), records(kept)];
  const served = kept.filter((rule) => recordedNames([rule]).every((name) => !known.has(name) || recorded.has(name)));
  return served.length === kept.length ? kept : servedAmong(all, served);
}

function nameOf(rule: Rule): string {
  return rule instanceof AlertingRule ? rule.alert : rule instanceof RecordingRule ? rule.record : rule.expr;
}
