/** Why a regular expression is refused. */
class Refusal extends Error {}

/** Facts about a part of a regular expression. */
interface Part {
  /** Whether it matches the empty string. */
  readonly empty: boolean;
  /** The largest product of nested repeat counts within it. */
  readonly repeats: number;
}

const ONE: Part = { empty: false, repeats: 1 };
const MAX_REPEAT = 1000;
const MAX_DEPTH = 1000;

const POSIX_CLASSES: ReadonlySet<string> = new Set([
  'alnum', 'alpha', 'ascii', 'blank', 'cntrl', 'digit', 'graph', 'lower', 'print', 'punct', 'space', 'upper', 'word', 'xdigit',
]);
const REPEAT = /(?:[*+?]|\{(0|[1-9]\d*)(,(0|[1-9]\d*)?)?\})\??/y;
const NAMED_GROUP = /\(\?P?<([^>]*)>/y;
const GROUP_FLAGS = /\(\?([imsU]*(?:-[imsU]+)?)([:)])/y;
const CLASS_ESCAPE = /\\[dDsSwW]/y;
const PROPERTY = /\\[pP](?:\{([^}]*)\}|([^]))/uy;
const POSIX = /\[:(\^?)([^]*?):\]/y;
const ESCAPE = /\\(?:[1-7][0-7]{1,2}|0[0-7]{0,2}|x\{([0-9A-Fa-f]+)\}|x[0-9A-Fa-f]{2}|[afnrtv]|[^A-Za-z0-9\u0080-\uffff])/y;
const ASSERTION = /\\[AbBz]|[$^]/y;
const LITERAL = /[^\\^$.|?*+()[\]{}]+/y;
const QUOTED = /\\Q([^]*?)(?:\\E|$)/y;

/**
 * RE2's grammar as far as it decides whether an expression is valid and whether it matches the empty string.
 * @see https://github.com/google/re2/wiki/Syntax
 */
class Pattern {
  private at = 0;

  public constructor(private readonly text: string) {}

  public matchesEmpty(): boolean {
    const whole = this.alternatives(0);
    if (this.at < this.text.length) {
      throw new Refusal('unexpected )');
    }
    return whole.empty;
  }

  private alternatives(depth: number): Part {
    if (depth > MAX_DEPTH) {
      throw new Refusal('nests too deeply');
    }
    let all = this.sequence(depth);
    while (this.text[this.at] === '|') {
      this.at++;
      const next = this.sequence(depth);
      all = { empty: all.empty || next.empty, repeats: Math.max(all.repeats, next.repeats) };
    }
    return all;
  }

  private sequence(depth: number): Part {
    const parts: Part[] = [];
    let repeated = false;
    while (this.at < this.text.length && !'|)'.includes(this.text[this.at])) {
      const repeat = this.match(REPEAT);
      if (repeat !== undefined) {
        const last = parts.pop();
        if (last === undefined || repeated) {
          throw new Refusal(`${last === undefined ? 'nothing to repeat' : 'repetition of a repetition'} at '${repeat[0]}'`);
        }
        parts.push(Pattern.repeated(last, repeat));
        repeated = true;
      } else {
        parts.push(...this.atom(depth));
        repeated = false;
      }
    }
    return { empty: parts.every((part) => part.empty), repeats: Math.max(1, ...parts.map((part) => part.repeats)) };
  }

  private static repeated(part: Part, [text, least, range, most]: readonly (string | undefined)[]): Part {
    if (least === undefined) {
      return { empty: part.empty || !String(text).startsWith('+'), repeats: part.repeats };
    }
    const min = Number(least);
    const max = range === undefined ? min : most === undefined ? Infinity : Number(most);
    const count = max === Infinity ? min : max;
    if (min > MAX_REPEAT || count > MAX_REPEAT || min > max) {
      throw new Refusal(`invalid repeat count '${text ?? ''}'`);
    }
    const repeats = max === 0 ? 1 : Math.max(1, count) * part.repeats;
    if (count >= 2 && repeats > MAX_REPEAT) {
      throw new Refusal(`more than ${MAX_REPEAT} repetitions at '${text ?? ''}'`);
    }
    return { empty: min === 0 || part.empty, repeats };
  }

  /** The next things, of which the last can be repeated; none for flags. */
  private atom(depth: number): readonly Part[] {
    const literal = this.match(LITERAL);
    if (literal !== undefined) {
      return Array.from(literal[0], () => ONE);
    }
    const character = this.text[this.at];
    if (character === '(') {
      return this.group(depth);
    }
    if (character === '[') {
      this.characterClass();
      return [ONE];
    }
    const assertion = this.match(ASSERTION);
    if (assertion !== undefined) {
      return [{ empty: assertion[0] !== '\\b', repeats: 1 }];
    }
    const quoted = this.match(QUOTED);
    if (quoted !== undefined) {
      return Array.from(quoted[1], () => ONE);
    }
    if (character !== '\\') {
      this.at += String.fromCodePoint(this.text.codePointAt(this.at) ?? 0).length;
    } else if (!this.classEscape()) {
      this.escape();
    }
    return [ONE];
  }

  private group(depth: number): readonly Part[] {
    const named = this.match(NAMED_GROUP);
    if (named !== undefined) {
      if (!/^\w+$/.test(named[1])) {
        throw new Refusal(`invalid group name '${named[1]}'`);
      }
    } else if (this.text[this.at + 1] === '?') {
      const flags = this.match(GROUP_FLAGS);
      if (flags === undefined) {
        throw new Refusal(`RE2 knows no '${this.text.slice(this.at, this.at + 3)}', such as look-around`);
      }
      if (flags[2] === ')') {
        return [];
      }
    } else {
      this.at++;
    }
    const inner = this.alternatives(depth + 1);
    if (this.text[this.at] !== ')') {
      throw new Refusal('missing )');
    }
    this.at++;
    return [inner];
  }

  private characterClass(): void {
    this.at += this.text[this.at + 1] === '^' ? 2 : 1;
    for (let first = true; first || this.text[this.at] !== ']'; first = false) {
      const posix = this.match(POSIX);
      if (posix !== undefined) {
        if (!POSIX_CLASSES.has(posix[2])) {
          throw new Refusal(`unknown character class '${posix[0]}'`);
        }
      } else if (!this.classEscape()) {
        const low = this.classCharacter();
        if (this.text[this.at] === '-' && this.at + 1 < this.text.length && this.text[this.at + 1] !== ']') {
          this.at++;
          if (this.classCharacter() < low) {
            throw new Refusal('a character range runs backwards');
          }
        }
      }
    }
    this.at++;
  }

  private classCharacter(): number {
    if (this.at >= this.text.length) {
      throw new Refusal('missing ]');
    }
    if (this.text[this.at] === '\\') {
      return this.escape();
    }
    const code = this.text.codePointAt(this.at) ?? 0;
    this.at += String.fromCodePoint(code).length;
    return code;
  }

  private classEscape(): boolean {
    if (this.match(CLASS_ESCAPE) !== undefined) {
      return true;
    }
    const property = this.match(PROPERTY);
    if (property === undefined) {
      return false;
    }
    const name = (property[1] ?? property[2]).replace(/^\^/, '');
    if (!isUnicodeClass(name)) {
      throw new Refusal(`unknown Unicode class '${name}'`);
    }
    return true;
  }

  private escape(): number {
    const from = this.at;
    const escape = this.match(ESCAPE);
    const code = escape === undefined ? -1 : escapedCharacter(escape[0], escape[1]);
    if (code < 0 || code > 0x10ffff) {
      throw new Refusal(from + 1 === this.text.length ? 'trailing backslash' : `unknown escape '${this.text.slice(from, from + 2)}'`);
    }
    return code;
  }

  private match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) {
      return undefined;
    }
    this.at = pattern.lastIndex;
    return found;
  }
}

const CONTROL: ReadonlyMap<string, number> = new Map([['a', 7], ['f', 12], ['n', 10], ['r', 13], ['t', 9], ['v', 11]]);

function escapedCharacter(escape: string, braced: string | undefined): number {
  if (escape[1] === 'x') {
    return parseInt(braced ?? escape.slice(2), 16);
  }
  return /\d/.test(escape[1]) ? parseInt(escape.slice(1), 8) : CONTROL.get(escape[1]) ?? escape.charCodeAt(1);
}

/** Scripts with a name as short as the abbreviations that JavaScript knows and RE2 does not. */
const SHORT_SCRIPTS: ReadonlySet<string> = new Set(['Ahom', 'Cham', 'Kawi', 'Lisu', 'Thai', 'Toto']);

/** Whether RE2 knows a general category or script, written exactly so. */
function isUnicodeClass(name: string): boolean {
  const property = /^[A-Z][A-Za-z]?$/.test(name) && name !== 'Yi' ? `gc=${name}` : `sc=${name}`;
  if (name === 'Any' || (name.length === 4 && !SHORT_SCRIPTS.has(name))) {
    return name === 'Any';
  }
  try {
    return /^\w+$/.test(name) && new RegExp(`\\p{${property}}`, 'u').unicode;
  } catch {
    return false;
  }
}

/** Whether a regular expression, fully anchored as Prometheus does, matches the empty string, and why it is refused if it is. */
export interface RegexVerdict {
  readonly matchesEmpty: boolean;
  readonly refusal?: string;
}

/** Whether RE2 accepts a regular expression, and whether that matches the empty string. */
export function judgeRegex(pattern: string): RegexVerdict {
  try {
    return { matchesEmpty: new Pattern(pattern).matchesEmpty() };
  } catch (error) {
    if (error instanceof Refusal) {
      return { matchesEmpty: false, refusal: error.message };
    }
    throw error;
  }
}
