import { Problem } from './problem';

const UNIT = /[smhdwy]s?(?:\d+[smhdw]s?)*/y;
const DECIMAL = '0123456789';
const HEXADECIMAL = '0123456789abcdefABCDEF';

interface Scanned {
  readonly kind: 'number' | 'duration';
  readonly end: number;
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /\w/.test(character);
}

/** End of a number, or the place where it turned out to be none (perhaps a duration); surplus digits are reported later. */
function scanDigits(input: string, from: number): { readonly end: number; readonly ok: boolean } {
  let at = from;
  const is = (set: string): boolean => at < input.length && set.includes(input[at]);
  const take = (set: string): boolean => {
    const found = is(set);
    at += found ? 1 : 0;
    return found;
  };
  const prefixed = input[at] === '0' && (input[at + 1] === 'x' || input[at + 1] === 'X');
  const digits = prefixed ? HEXADECIMAL : DECIMAL;
  if (prefixed) {
    at += 2;
    take('_');
  } else {
    take('0');
  }
  take('.');
  take(digits);
  let dot = false;
  let exponent = false;
  while (is(`${digits}._eE`)) {
    if ((dot && is('.')) || (exponent && is('eE'))) {
      return { end: at + 1, ok: false };
    }
    if (take('.')) {
      dot = true;
      if (take('_.') || prefixed) {
        return { end: at, ok: false };
      }
    } else if (take('eE')) {
      exponent = true;
      take('+-');
      if (take('._eE') || at >= input.length) {
        return { end: at, ok: false };
      }
    } else if (take('_')) {
      if (take('._eE') || at >= input.length) {
        return { end: at, ok: false };
      }
    } else {
      while (take(digits)) {
        // all digits of a run
      }
    }
  }
  return { end: at, ok: !isWordCharacter(input[at]) };
}

/** End of the number or duration that begins here. */
export function scanNumber(input: string, from: number): Scanned {
  const { end, ok } = scanDigits(input, from);
  if (ok) {
    return { kind: 'number', end };
  }
  UNIT.lastIndex = end;
  const unit = UNIT.exec(input);
  if (unit === null || isWordCharacter(input[UNIT.lastIndex])) {
    const word = /^[\w.]*/.exec(input.slice(from))?.[0] ?? '';
    throw new Problem(`'${word}' is neither a number nor a duration such as 1h30m`, from);
  }
  return { kind: 'duration', end: UNIT.lastIndex };
}

const ESCAPE = /\\(?:[abfnrtv\\]|[0-7]{3}|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})/y;

/** The code point of an escape sequence with digits, undefined for the others. */
export function escapedCode(escape: string): number | undefined {
  const digits = /^\\(?:[xuU]([0-9A-Fa-f]+)|([0-7]{3}))$/.exec(escape);
  if (digits === null) {
    return undefined;
  }
  return digits[1] === undefined ? parseInt(digits[2], 8) : parseInt(digits[1], 16);
}

/** The escape sequence at a backslash; throws where Prometheus knows none. */
export function scanEscape(input: string, at: number, quote: string): string {
  if (input[at + 1] === quote) {
    return `\\${quote}`;
  }
  ESCAPE.lastIndex = at;
  const escape = ESCAPE.exec(input)?.[0];
  if (escape === undefined) {
    throw new Problem(`unknown escape sequence '${input.slice(at, at + 2)}' in a string, a backslash is written \\\\`, at);
  }
  const code = escapedCode(escape);
  const limit = /^\\[uU]/.test(escape) ? 0x10ffff : 255;
  if (code !== undefined && (code > limit || (code >= 0xd800 && code < 0xe000))) {
    throw new Problem(`escape sequence '${escape}' is no Unicode character`, at);
  }
  return escape;
}

/** End of the string that begins here: after its closing quote. */
export function scanString(input: string, from: number): number {
  const quote = input[from];
  for (let at = from + 1; at < input.length; at++) {
    const character = input[at];
    if (character === quote) {
      return at + 1;
    }
    if (character === '\n' && quote !== '`') {
      break;
    }
    if (character === '\\' && quote !== '`') {
      at += scanEscape(input, at, quote).length - 1;
    } else if (character === '\ufffd' || !isWellFormed(input, at)) {
      throw new Problem('invalid UTF-8 in a string', at);
    } else if (character >= '\ud800' && character < '\udc00') {
      at++;
    }
  }
  throw new Problem(`unterminated string, expected ${quote}`, from);
}

/** Whether the UTF-16 unit here is a character, or the first half of one. */
function isWellFormed(input: string, at: number): boolean {
  const code = input.codePointAt(at) ?? 0;
  return code < 0xd800 || code >= 0xe000;
}
