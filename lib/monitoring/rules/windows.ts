import { Duration } from 'cdk8s';
import { Rule } from './rule';
import { RuleSet } from './rule-set';
import { rewritten, trustedGroup } from './trusted';
import { parsePromDuration, promDuration } from '../../units';

/** A range of an expression, or a window that a text names. */
const WINDOW = /\[(\d+[smhd])\]/g;

/** Scrapes within the shortest window: a rate takes two, and one may fail on each side. */
const SCRAPES = 4;

/** Time between two scrapes for which the windows of the library's rules are made, in milliseconds: the shortest is four times as long. */
export const USUAL_INTERVAL = 30_000;

/**
 * Rules of the library whose windows hold enough scrapes, and say so in their texts; rules of others as they are.
 * @param intervalOf time between two scrapes of the series of a rule, in milliseconds
 */
export function withWindowsFor(rules: RuleSet, intervalOf: (rule: Rule) => number): RuleSet {
  const groups = rules.groups.map((group) => {
    const widened = group.rules.map((rule) => withWindows(rule, intervalOf(rule) * SCRAPES));
    return widened.every((rule, i) => rule === group.rules[i]) ? group : trustedGroup({ ...group._props(), rules: widened });
  });
  return groups.every((group, i) => group === rules.groups[i]) ? rules : RuleSet.of(...groups);
}

function withWindows(rule: Rule, least: number): Rule {
  const isShort = (window: string) => (parsePromDuration(window)?.toMilliseconds() ?? Infinity) < least;
  return [...rule.expr.matchAll(WINDOW)].some(([, window]) => isShort(window))
    ? rewritten(rule, (text) => text.replace(WINDOW, (written, window: string) => (isShort(window) ? `[${promDuration(Duration.millis(least))}]` : written)))
    : rule;
}
