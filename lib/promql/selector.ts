import { Node } from './grammar';
import { stringValue, StringValue } from './literals';
import { Problem } from './problem';
import { Token } from './token';
import { judgeRegex } from '../re2';

/** Operator of a label matcher. */
export type MatchOperator = '=' | '!=' | '=~' | '!~';

/** A label matcher of a selector; the metric's name is one of `__name__`. */
export interface Matcher {
  readonly label: string;
  readonly operator: MatchOperator;
  readonly value: string;
}

/** A vector selector of an expression. */
export interface Selector {
  /** The metric it names outside braces, or in them by `"name"` or `__name__="name"`; undefined when it names none, or only by a pattern. */
  readonly metric?: string;
  /** Matchers in braces, in their order, including one of the metric's name. */
  readonly matchers: readonly Matcher[];
}

const NAME = '__name__';

const OPERATORS: ReadonlyMap<string, MatchOperator> = new Map([['=', '='], ['!=', '!='], ['=~', '=~'], ['!~', '!~']]);

/** The name in quotes or without. */
function labelOf(token: Token): string {
  return token.kind === 'string' ? stringValue(token).text : token.text;
}

/** Whether the matcher lets through a series that has not the label; throws on a regular expression that RE2 refuses. */
function matchesEmpty(operator: MatchOperator, { text, utf8 }: StringValue, token: Token): boolean {
  if (operator === '=' || operator === '!=') {
    return (text === '') === (operator === '=');
  }
  // Without special characters Prometheus compares strings, whatever bytes they have.
  const isPlain = text !== '' && !/[\\.+*?()|[\]{}^$]/.test(text);
  const verdict = utf8 || isPlain ? judgeRegex(text) : { matchesEmpty: false, refusal: 'invalid UTF-8' };
  if (verdict.refusal !== undefined) {
    throw new Problem(`${token.text} is not a regular expression (RE2): ${verdict.refusal}`, token.from);
  }
  return verdict.matchesEmpty === (operator === '=~');
}

interface Judged extends Matcher {
  readonly empty: boolean;
}

function matcher(node: Node): Judged {
  const name = labelOf(node.token);
  if (node.children.length < 2) {
    return { label: NAME, operator: '=', value: name, empty: name === '' };
  }
  // The grammar lets no other through.
  const operator = OPERATORS.get(node.children[1].token.kind) ?? '=';
  const valueToken = node.children[2].token;
  const value = stringValue(valueToken);
  return { label: name, operator, value: value.text, empty: matchesEmpty(operator, value, valueToken) };
}

/**
 * A vector selector, checked: its metric named once, at least one matcher that needs something, or every series would be selected.
 * `mayBeEmpty` is for the second argument of `info`.
 */
export function selectorOf(node: Node, mayBeEmpty = false): Selector {
  const outside = node.children.find((child) => child.name === 'Identifier')?.token.text;
  const judged = node.children.filter((child) => child.name === 'LabelMatchers').flatMap((list) => list.children.map(matcher));
  const named = judged.find(({ label }) => label === NAME);
  if (outside !== undefined && named !== undefined) {
    throw new Problem(`the metric's name must not be set twice: '${outside}' and '${named.value}'`, node.token.from);
  }
  if (outside === undefined && !mayBeEmpty && judged.every(({ empty }) => empty)) {
    throw new Problem('a selector needs at least one matcher that does not match the empty string, or it selects every series', node.token.from);
  }
  const matchers = judged.map(({ label, operator, value }) => ({ label, operator, value }));
  const metric = outside ?? namesIn(matchers)[0];
  return metric === undefined ? { matchers } : { metric, matchers };
}

function namesIn(matchers: readonly Matcher[]): readonly string[] {
  return matchers.filter(({ label, operator, value }) => label === NAME && operator === '=' && value !== '').map(({ value }) => value);
}

/** The names of metrics that a selector names; several only where it contradicts itself. */
export function metricNames({ metric, matchers }: Selector): readonly string[] {
  return metric === undefined ? [] : [metric, ...namesIn(matchers)];
}
