/** Edit distance between two words, for suggestions. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length];
}

/** The candidate most like `name`, or undefined when none is near enough to be a slip of the pen, which is one of at most so many letters. */
export function nearest(name: string, candidates: readonly string[], letters: number = Math.max(2, Math.floor(name.length / 3))): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, d: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((x, y) => x.d - y.d);
  const best = ranked[0];
  return best !== undefined && best.d <= letters ? best.candidate : undefined;
}

/** `, did you mean 'x'?` when a candidate is near, else an empty string. */
export function didYouMean(name: string, candidates: readonly string[]): string {
  const near = nearest(name, candidates);
  return near === undefined ? '' : `, did you mean '${near}'?`;
}

/** `'a', 'b' and 'c'`; `none` for an empty list. */
export function quoteList(items: readonly string[]): string {
  if (items.length === 0) {
    return 'none';
  }
  const quoted = items.map((item) => `'${item}'`);
  return quoted.length === 1 ? quoted[0] : `${quoted.slice(0, -1).join(', ')} and ${quoted[quoted.length - 1]}`;
}

/** A character by its code point, `U+200B`. */
export function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A text in which what nobody sees is named by its code point. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, codeOf);
}

/** A value as a message shows it. */
export function shown(value: unknown): string {
  switch (typeof value) {
    case 'string': return `'${value}'`;
    case 'function': return 'a function';
    case 'object': return value === null ? 'null' : Array.isArray(value) ? 'a list' : Object.getPrototypeOf(value) === Object.prototype ? 'a mapping' : 'an object';
    default: return String(value);
  }
}

/** The path of a URL without a slash at its end; empty without one. */
export function urlPath(url: string | undefined): string {
  return url === undefined ? '' : new URL(url).pathname.replace(/\/+$/, '');
}
