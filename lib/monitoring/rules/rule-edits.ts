import { AlertingRule, AlertingRuleProps } from './alerting-rule';
import { RecordingRule } from './recording-rule';
import { Rule } from './rule';
import { RuleEdit } from './rule-edit';
import { RuleGroup } from './rule-group';
import { changedAlert, trustedGroup } from './trusted';
import { didYouMean, quoteList } from '../../text';

/** Part of a `RuleSet` that edits are checked against. */
interface RuleGroups {
  readonly groups: readonly RuleGroup[];
}

/** The group after the edits, the same one when none is about it; without rules when all were dropped. */
export function adjustedGroup(group: RuleGroup, edits: readonly RuleEdit[]): RuleGroup {
  const rules = group.rules;
  const adjusted = rules.flatMap((rule) => adjustedRule(rule, edits));
  const same = adjusted.length === rules.length && adjusted.every((rule, i) => rule === rules[i]);
  return same ? group : trustedGroup({ ...group._props(), rules: adjusted });
}

function adjustedRule(rule: Rule, edits: readonly RuleEdit[]): Rule[] {
  if (rule instanceof RecordingRule) {
    return edits.some((edit) => edit._verb === 'without' && edit._means(rule.record, undefined)) ? [] : [rule];
  }
  if (!(rule instanceof AlertingRule)) {
    return [rule];
  }
  const meant = edits.filter((edit) => edit._means(rule.alert, rule.severity));
  if (meant.length === 0) {
    return [rule];
  }
  let props: AlertingRuleProps | undefined = rule._props();
  for (const edit of meant) {
    props = props === undefined ? undefined : edit._apply(props);
  }
  return props === undefined ? [] : [changedAlert(rule, props)];
}

/**
 * Problems of edits, judged against all rules of a Prometheus: for the `node.addValidation` of a backend. Edits that name no alert
 * come with the nearest name. Pure.
 */
export function unknownEdits(edits: readonly RuleEdit[], allSets: readonly RuleGroups[]): string[] {
  if (edits.length === 0) {
    return [];
  }
  const severities = new Map<string, Set<string>>();
  const rules = allSets.flatMap((set) => set.groups.flatMap((group) => group.rules));
  for (const rule of rules.filter((each) => each instanceof AlertingRule)) {
    const known = severities.get(rule.alert) ?? new Set<string>();
    severities.set(rule.alert, known.add(rule.severity?.value ?? ''));
  }
  const records = rules.flatMap((rule) => (rule instanceof RecordingRule ? rule.record : []));
  return edits.flatMap((edit) => {
    const ofRecord = records.includes(edit.alert) && !severities.has(edit.alert);
    return (ofRecord ? recordProblem(edit) : editProblem(edit, severities, records)) ?? [];
  });
}

function recordProblem(edit: RuleEdit): string | undefined {
  return edit._verb === 'without' && edit.where === undefined ? undefined
    : `RuleEdit.${edit._verb}('${edit.alert}'): '${edit.alert}' is a recording rule, which can only be left out; use RuleEdit.without('${edit.alert}')`;
}

function editProblem(
  edit: RuleEdit, severities: ReadonlyMap<string, ReadonlySet<string>>, records: readonly string[],
): string | undefined {
  const call = `RuleEdit.${edit._verb}('${edit.alert}')`;
  const found = severities.get(edit.alert);
  if (found === undefined) {
    const near = didYouMean(edit.alert, [...severities.keys(), ...edit._verb === 'without' ? records : []]);
    return `${call}: no rule of this Prometheus has the alert '${edit.alert}'${near === '' ? ', monitor what it belongs to or drop the edit' : near}`;
  }
  const all = quoteList([...found].sort());
  if (edit.where !== undefined && !found.has(edit.where.value)) {
    return `${call}: alert '${edit.alert}' does not stand with severity '${edit.where.value}', it has ${all}`;
  }
  if (edit._verb === 'severity' && edit.where === undefined && found.size > 1) {
    return `${call}: alert '${edit.alert}' exists with the severities ${all}, and all would become '${edit._said}'; choose one by { where: … }`;
  }
  return undefined;
}
