/** What RE2 knows and JavaScript writes otherwise, and what RE2 refuses. */
const UNSUPPORTED: ReadonlyArray<readonly [RegExp, string]> = [
  [/\(\?<?[=!]/, 'look-around'],
  [/\\[1-9]/, 'a back-reference'],
];

function toJavaScript(pattern: string): string {
  return pattern
    .replace(/\(\?P?<([A-Za-z_]\w*)>/g, '(?<$1>')
    .replace(/\(\?[imsU-]+\)/g, '')
    .replace(/\(\?[imsU-]+:/g, '(?:')
    .replace(/\[\[:\^?[a-z]+:\]\]/g, '[a-z]')
    .replace(/\[:\^?[a-z]+:\]/g, 'a-z')
    .replace(/\\[pP](?:\{\^?\w+\}|[A-Z])/g, 'a')
    .replace(/\\Q(.*?)(?:\\E|$)/gs, (_, text: string) => text.replace(/\W/g, 'a'))
    .replace(/\\[Az]/g, '')
    .replace(/\\x\{[0-9A-Fa-f]+\}/g, 'a');
}

/**
 * Why a regular expression of Prometheus (RE2 syntax) is not valid, or undefined when it is.
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function regexProblem(pattern: string): string | undefined {
  const bare = pattern.replace(/\\\\/g, '');
  const unsupported = UNSUPPORTED.find(([found]) => found.test(bare));
  if (unsupported !== undefined) {
    return `RE2 knows no ${unsupported[1].replace(/^an? /, '')}`;
  }
  try {
    new RegExp(toJavaScript(pattern));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '').toLowerCase() : String(error);
  }
}

/** Throws unless `pattern` is a regular expression that Prometheus takes. */
export function checkRegex(pattern: string, where: string): void {
  const problem = regexProblem(pattern);
  if (problem !== undefined) {
    throw new Error(`${where}: '${pattern}' is not a regular expression (RE2): ${problem}`);
  }
}

/** Whether the fully anchored regular expression matches `text`; flags and classes beyond JavaScript's are approximated. */
export function matchesAnchored(pattern: string, text: string): boolean {
  const flags = /^\(\?i\)/.test(pattern) ? 'i' : '';
  return new RegExp(`^(?:${toJavaScript(pattern)})$`, `${flags}s`).test(text);
}
