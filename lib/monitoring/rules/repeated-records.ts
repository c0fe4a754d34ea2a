import { RecordingRule } from './recording-rule';
import { parsedRule } from '../../promql/rule';
import { Matcher, Selector } from '../../promql/selector';

/** Whether two rules record the same series: by name and labels, of series that both read. */
export function recordSame(one: RecordingRule, other: RecordingRule): boolean {
  return one.record === other.record && one._identity() === other._identity() && readSame(one.expr, other.expr);
}

function readSame(one: string, other: string): boolean {
  const others = parsedRule(other)._selectors;
  return parsedRule(one)._selectors.some((selector) => others.some((of) => mayMeet(selector, of)));
}

/** Whether some series may be selected by both. */
function mayMeet(one: Selector, other: Selector): boolean {
  const areApart = (matcher: Matcher) => other.matchers.some(({ label, operator, value }) => (
    label === matcher.label && operator === '=' && matcher.operator === '=' && value !== matcher.value));
  return one.metric !== undefined && one.metric === other.metric && !one.matchers.some(areApart);
}
