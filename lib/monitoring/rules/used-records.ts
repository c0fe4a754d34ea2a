import { RecordingRule } from './recording-rule';
import { recordSame } from './repeated-records';
import { Rule } from './rule';
import { RuleSet } from './rule-set';
import { isTrusted, trustedGroup } from './trusted';

/** Names of series that recording rules yield, by custom with colons. To parse the expressions would take longer than all the rest. */
const RECORDED = /[A-Za-z_:][\w:]*:[\w:]*/g;

function isOptional(rule: Rule): rule is RecordingRule {
  return rule instanceof RecordingRule && rule._isOptional;
}

/** Names in the expressions of rules that may be those of recorded series. */
export function recordedNames(rules: readonly Rule[]): string[] {
  return rules.flatMap(({ expr }) => expr.includes(':') ? expr.match(RECORDED) ?? [] : []);
}

/** Names of the optional records that other rules use, directly or through records that are used. */
function usedNames(rules: readonly Rule[]): ReadonlySet<string> {
  const optional = new Map<string, Rule[]>();
  rules.filter(isOptional).forEach((rule) => optional.set(rule.record, [...optional.get(rule.record) ?? [], rule]));
  const used = new Set<string>();
  const pending = recordedNames(rules.filter((rule) => !isOptional(rule)));
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const records = optional.get(name);
    if (records !== undefined && !used.has(name)) {
      used.add(name);
      pending.push(...recordedNames(records));
    }
  }
  return used;
}

/**
 * The sets, in their order, without the optional records that no rule of any of them uses, or that a rule of a user records. Groups that lose their
 * last rule are left out.
 */
export function withUsedRecords(sets: readonly RuleSet[]): RuleSet[] {
  const all = sets.flatMap((set) => set.groups).flatMap((group) => group.rules);
  const used = usedNames(all);
  const own = all.flatMap((rule) => (rule instanceof RecordingRule && !isTrusted(rule) ? rule : []));
  const isUnused = (rule: Rule) => isOptional(rule) && (!used.has(rule.record) || own.some((one) => recordSame(one, rule)));
  return sets.map((set) => RuleSet.of(...set.groups.flatMap((group) => {
    const rules = group.rules.filter((rule) => !isUnused(rule));
    return rules.length === 0 ? [] : [rules.length === group.rules.length ? group : trustedGroup({ ...group._props(), rules })];
  })));
}
