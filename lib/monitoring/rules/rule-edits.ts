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
  const adjusted = rules.flatMap((rule) => adjustedRule(rule, group.name, edits));
  const same = adjusted.length === rules.length && adjusted.every((rule, i) => rule === rules[i]);
  return same ? group : trustedGroup({ ...group._props(), rules: adjusted });
}

function adjustedRule(rule: Rule, group: string, edits: readonly RuleEdit[]): Rule[] {
  if (rule instanceof RecordingRule) {
    return edits.some((edit) => edit._verb === 'without' && edit._means(rule.record, undefined, group)) ? [] : [rule];
  }
  if (!(rule instanceof AlertingRule)) {
    return [rule];
  }
  const meant = edits.filter((edit) => edit._means(rule.alert, rule.severity, group));
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
  const groups = allSets.flatMap((set) => set.groups);
  const named: readonly Named[] = groups.flatMap((group) => group.rules.flatMap((rule): Named[] => (
    rule instanceof AlertingRule ? [{ name: rule.alert, group: group.name, severity: rule.severity?.value ?? '' }]
      : rule instanceof RecordingRule ? [{ name: rule.record, group: group.name }] : [])));
  return edits.flatMap((edit, i) => leftOutProblem(edit, edits.slice(0, i), named) ?? editProblem(edit, named) ?? []);
}

/** A rule as edits find it; an alert has a severity, which may be empty. */
interface Named {
  readonly name: string;
  readonly group: string;
  readonly severity?: string;
}

/** The problem of an edit that is to change what one before it leaves out, if it is all that the edit is about. */
function leftOutProblem(edit: RuleEdit, earlier: readonly RuleEdit[], all: readonly Named[]): string | undefined {
  const means = (one: RuleEdit, { name, group, severity }: Named) => (
    one._names(name, group) && (one.where === undefined || one.where.value === severity));
  const meant = edit._verb === 'without' ? [] : all.filter((rule) => means(edit, rule));
  return meant.length > 0 && earlier.some((other) => other._verb === 'without' && meant.every((rule) => means(other, rule)))
    ? `RuleEdit.${edit._verb}('${edit.alert}'): an edit before it leaves alert '${edit.alert}' out, so there is nothing to change; drop one of the two`
    : undefined;
}

function editProblem(edit: RuleEdit, all: readonly Named[]): string | undefined {
  const call = `RuleEdit.${edit._verb}('${edit.alert}')`;
  const meant = all.filter(({ name, group }) => edit._names(name, group));
  const alerts = meant.filter(({ severity }) => severity !== undefined);
  if (meant.length === 0) {
    return `${call}: ${unknownName(edit, all)}`;
  }
  if (alerts.length === 0) {
    return edit._verb === 'without' && edit.where === undefined ? undefined
      : `${call}: '${edit.alert}' is a recording rule, which can only be left out; use RuleEdit.without('${edit.alert}')`;
  }
  const severities = (of: readonly Named[]) => quoteList([...new Set(of.map(({ severity = '' }) => severity))].sort());
  if (edit.where !== undefined && !alerts.some(({ severity }) => severity === edit.where?.value)) {
    return `${call}: alert '${edit.alert}' does not have severity '${edit.where.value}', it has ${severities(alerts)}`;
  }
  const twice = alerts.find(({ name, severity }) => alerts.some((other) => other.name === name && other.severity !== severity));
  if (edit._verb === 'severity' && edit.where === undefined && twice !== undefined) {
    const found = severities(alerts.filter(({ name }) => name === twice.name));
    return `${call}: alert '${twice.name}' exists with the severities ${found}, and all would become '${edit._said}'; choose one by { where: … }`;
  }
  return undefined;
}

function unknownName(edit: RuleEdit, all: readonly Named[]): string {
  if (edit.group !== undefined && !all.some(({ group }) => edit._names(edit.alert, group))) {
    return `no rule group of this Prometheus is called '${edit.group}'${didYouMean(edit.group, all.map(({ group }) => group)) || ', leave it out or name one that exists'}`;
  }
  const names = [...new Set(all.filter(({ severity }) => severity !== undefined || edit._verb === 'without').map(({ name }) => name))];
  if (edit.group !== undefined && names.some((name) => edit._names(name, edit.group ?? ''))) {
    return `alert '${edit.alert}' is not in group '${edit.group}', but in ${quoteList([...new Set(all.filter(({ name }) => name === edit.alert).map(({ group }) => group))])}`;
  }
  const inGroup = edit.group === undefined ? '' : ` in group '${edit.group}'`;
  return `no rule of this Prometheus has the alert '${edit.alert}'${inGroup}${didYouMean(edit.alert, names) || ', monitor what it belongs to or drop the edit'}`;
}
