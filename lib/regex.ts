import { judgeRegex } from './re2';
import { visible } from './text';

/** Syntax of other regular expression engines that RE2 rejects. */
const UNSUPPORTED: ReadonlyArray<readonly [RegExp, string]> = [
  [/\(\?<?[=!]/, 'look-around'],
  [/\\[1-9]/, 'back-reference'],
];

/** Words, alternatives and any characters, as most selections of metrics are: valid without a look at the grammar. */
const SIMPLE = /^(?:[\w:|]|[.][*+]?)*$/;

/** The regular expression of exactly this text. */
export function escapeRegex(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
}

/** Writes for JavaScript what RE2 writes otherwise. */
function toJavaScript(pattern: string): string {
  return pattern
    .replace(/\\Q(.*?)(?:\\E|$)/gs, (_, text: string) => escapeRegex(text))
    .replace(/\(\?P?<\w+>/g, '(')
    .replace(/\(\?[imsU-]+\)/g, '')
    .replace(/\(\?[imsU-]+:/g, '(?:')
    .replace(/\[:(\^?)(\w+):\]/g, (_, not: string, name: string) => posix(name, not !== ''))
    .replace(/\\A|\\z/g, '');
}

const POSIX: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z', alpha: 'A-Za-z', blank: '\\t ', digit: '0-9', lower: 'a-z', space: '\\s', upper: 'A-Z', word: '\\w', xdigit: '0-9A-Fa-f',
};

/** The class within brackets; one that JavaScript cannot say there is taken for any character. */
function posix(name: string, not: boolean): string {
  return not ? '\\s\\S' : POSIX[name] ?? '\\s\\S';
}

/**
 * Why a regular expression of Prometheus (RE2 syntax) is not valid, or undefined when it is.
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function regexProblem(pattern: string): string | undefined {
  if (SIMPLE.test(pattern)) {
    return undefined;
  }
  const { refusal } = judgeRegex(pattern);
  const unsupported = refusal === undefined ? undefined : UNSUPPORTED.find(([found]) => found.test(pattern));
  return unsupported === undefined ? refusal : `RE2 knows no ${unsupported[1]}`;
}

/** Number of groups of a regular expression that capture. */
export function captureGroups(pattern: string): number {
  return pattern.replace(/\\Q[\s\S]*?(\\E|$)|\\[\s\S]|\[\^?\]?([^\]\\]|\\[\s\S])*\]/g, '').match(/\((?!\?)|\(\?P?</g)?.length ?? 0;
}

/** A sentence on a text that is no regular expression of Prometheus, or undefined where it is one. */
export function regexSentence(pattern: string): string | undefined {
  const problem = regexProblem(pattern);
  return problem === undefined ? undefined : `'${visible(pattern)}' is not a regular expression (RE2), ${problem}; ${problem.startsWith('RE2 knows no')
    ? 'write it without one'
    : 'put a backslash before characters that stand for themselves'}`;
}

/** Throws unless `pattern` is a regular expression that Prometheus takes. */
export function checkRegex(pattern: string, where: string): void {
  const says = regexSentence(pattern);
  if (says !== undefined) {
    throw new Error(`${where}: ${says}`);
  }
}

/** Whether the fully anchored regular expression matches `text`; `unknown` where JavaScript cannot say it as RE2 does. */
export function matchesAnchored(pattern: string, text: string, unknown: boolean = false): boolean {
  const flags = /^\(\?i\)/.test(pattern) ? 'i' : '';
  const unicode = /\\[pP]|\\x\{/.test(pattern) ? 'u' : '';
  try {
    return new RegExp(`^(?:${toJavaScript(pattern).replace(/\\([pP])([A-Z])/g, '\\$1{$2}').replace(/\\x\{/g, '\\u{')})$`, `${flags}s${unicode}`).test(text);
  } catch {
    return unknown;
  }
}
