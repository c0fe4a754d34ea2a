import { isJsonMap } from './json';
import { regexSentence } from './regex';
import { didYouMean, quoteList, shown } from './text';
import { rangeProblem, timeOfDayProblem, timeZoneProblem } from './time-values';
import { parsePromDuration } from './units';
import { Setting, SettingKind } from './upstream';

/** What is wrong with a value that is no list and no mapping of settings, or undefined. */
export function valueProblem(value: unknown, { is, oneOf, fold, holds }: Setting): string | undefined {
  const read = is === undefined ? undefined : KINDS[is];
  if (read !== undefined) {
    return read(value);
  }
  if (holds === 'anything') {
    return undefined;
  }
  if (!isScalar(value)) {
    return `${shown(value)} is not a text; write one`;
  }
  return oneOf === undefined ? undefined : choiceProblem(String(value), oneOf, fold === true);
}

function choiceProblem(text: string, choices: readonly string[], fold: boolean): string | undefined {
  return choices.includes(fold ? text.toLowerCase() : text)
    ? undefined
    : `'${text}' is not one of the values that there are${didYouMean(text, choices) || ';'} use ${quoteList(choices)}`;
}

type Scalar = string | number | boolean;

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** A check of a text; numbers and truth values are read as text. */
function ofText(problem: (text: string) => string | undefined): (value: unknown) => string | undefined {
  return (value) => (isScalar(value) ? problem(String(value)) : `${shown(value)} is not a text; write one`);
}

/** Texts that say yes or no in YAML 1.1, which Go reads. */
export const TRUTH: { readonly [text: string]: boolean } = Object.fromEntries([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'].map((text) => [text, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'].map((text) => [text, false] as const),
]);

function bool(value: unknown): string | undefined {
  return typeof value === 'boolean' ? undefined : `${shown(value)} is not true or false; write ${String(value) in TRUTH ? TRUTH[String(value)] : 'one of the two'}, without quotes`;
}

function number(value: unknown): string | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? undefined : `${shown(value)} is not a number; write it without quotes and without a unit`;
}

function int(value: unknown): string | undefined {
  return number(value) ?? (Number.isInteger(value) ? undefined : `${shown(value)} is not a whole number; round it`);
}

function count(value: unknown): string | undefined {
  return int(value) ?? (Number(value) < 0 ? `${shown(value)} is below 0; write a whole number from 0 up` : undefined);
}

function duration(value: unknown): string | undefined {
  if (isScalar(value) && parsePromDuration(String(value)) !== undefined) {
    return undefined;
  }
  return `${shown(value)} is not a duration; write it with its unit, as '${typeof value === 'number' && value > 0 ? value : 30}s'`;
}

/** Go reads a number without a unit as nanoseconds, which nobody means. */
function time(value: unknown): string | undefined {
  if (value === 0 || value === '0' || (typeof value === 'string' && /^[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(value))) {
    return undefined;
  }
  return `${shown(value)} is not a duration of hours, minutes and seconds; write it with its unit, as '${typeof value === 'number' && value > 0 ? value : 30}s'`;
}

function size(text: string): string | undefined {
  return text === '0' || /^[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:[KMGTPE]i?B|B))+$/.test(text) ? undefined : `'${text}' is not a size; write it with its unit, as '10MB'`;
}

function url(text: string): string | undefined {
  return text === '' || /^[a-z][a-z0-9+.-]*:\/\/[^/]/i.test(text) && (text.includes('{{') || URL.canParse(text))
    ? undefined
    : `'${text}' is not an absolute URL; write it as 'https://host:port/path'`;
}

function hostPort(text: string): string | undefined {
  return /^(?:\[[^\]]+\]|[^:]*):[^:]+$/.test(text) ? undefined : `'${text}' is not host:port; write it as 'host.example.org:25'`;
}

function regex(text: string): string | undefined {
  return regexSentence(text);
}

/** A check of a mapping, each of whose values is checked, except for nothing if there may be. */
function mapping(check: (value: unknown) => string | undefined, mayBeNothing: boolean = true): (value: unknown) => string | undefined {
  return (value) => {
    if (!isJsonMap(value)) {
      return `${shown(value)} is not a mapping; write it as { name: 'value' }`;
    }
    const wrong = Object.entries(value).find(([, item]) => !(mayBeNothing && (item === null || item === undefined)) && check(item) !== undefined);
    return wrong === undefined ? undefined : `'${wrong[0]}': ${check(wrong[1])}`;
  };
}

function textList(value: unknown): string | undefined {
  if (!Array.isArray(value)) {
    return `${shown(value)} is not a list; write it as [${shown(value)}]`;
  }
  return value.every((item) => item === null || isScalar(item)) ? undefined : 'it is not a list of texts; write texts';
}

/** A matcher: name, operator and value, which may be quoted. */
const MATCHER = /^\s*("(?:[^"\\]|\\.)*"|[^\s!=~"'`{},]+)\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*"|[^"]*?)\s*$/s;

/** What is wrong with a text of matchers, several of which are told apart by commas outside of quotes. */
function matchersProblem(text: string): string | undefined {
  const inner = text.trim().replace(/^\{(.*)\}$/s, '$1').replace(/,\s*$/, '');
  const parts = inner.match(/(?:"(?:[^"\\]|\\.)*"|[^",])+/gs) ?? [];
  for (const part of parts) {
    const [, , operator, value = ''] = MATCHER.exec(part) ?? [];
    if (operator === undefined) {
      return `'${part.trim()}' is not a matcher; write it as 'severity="critical"'`;
    }
    const says = operator.endsWith('~') ? regexSentence(value.replace(/^"(.*)"$/s, '$1').replace(/\\(["\\])/g, '$1')) : undefined;
    if (says !== undefined) {
      return says;
    }
  }
  return undefined;
}

function matchers(value: unknown): string | undefined {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return textList(value) ?? items.map((item) => matchersProblem(String(item))).find((problem) => problem !== undefined);
}

const KINDS: { readonly [kind in SettingKind]: (value: unknown) => string | undefined } = {
  any: () => undefined,
  text: ofText(() => undefined),
  bool,
  int,
  count,
  float: number,
  duration,
  time,
  size: ofText(size),
  url: ofText(url),
  hostPort: ofText(hostPort),
  regex: ofText(regex),
  regexes: mapping(ofText(regex), false),
  matchers,
  labelName: ofText((text) => (text === '' ? 'it is empty; name a label' : undefined)),
  mapping: mapping(() => undefined),
  texts: mapping(ofText(() => undefined)),
  textLists: mapping(textList),
  logLevel: ofText((text) => choiceProblem(text, ['debug', 'info', 'warn', 'error'], true)),
  nameValidation: ofText((text) => choiceProblem(text, ['', 'utf8', 'legacy'], false)),
  timeOfDay: timeOfDayProblem,
  timeZone: ofText(timeZoneProblem),
  weekdays: ofText((text) => rangeProblem('weekdays', text)),
  daysOfMonth: ofText((text) => rangeProblem('daysOfMonth', text)),
  months: ofText((text) => rangeProblem('months', text)),
  years: ofText((text) => rangeProblem('years', text)),
};
