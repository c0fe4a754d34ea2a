import { Problem } from './problem';
import { escapedCode, scanEscape } from './scan';
import { Token } from './token';

const HEXADECIMAL = /^0[xX](?:_?[0-9a-fA-F]+)+$/;
const DIGITS = '\\d+(?:_\\d+)*';
const DECIMAL = new RegExp(`^(?:${DIGITS}(?:\\.(?:${DIGITS})?)?|\\.${DIGITS})(?:[eE][+-]?${DIGITS})?$`);
const MAX_INTEGER = 2n ** 63n - 1n;

/** The value of a number as Go reads it; a leading 0 means octal where it can. */
export function numberValue(token: Token): number {
  const text = token.text;
  if (/^(?:inf|nan)$/i.test(text)) {
    return text.toLowerCase() === 'inf' ? Infinity : NaN;
  }
  const bare = text.replaceAll('_', '');
  if (HEXADECIMAL.test(text)) {
    const value = BigInt(bare);
    if (value <= MAX_INTEGER) {
      return Number(value);
    }
    throw new Problem(`number '${text}' is out of range`, token.from);
  }
  if (!DECIMAL.test(text)) {
    throw new Problem(`'${text}' is not a number`, token.from);
  }
  if (/^0[0-7]+$/.test(bare)) {
    return parseInt(bare, 8);
  }
  const value = Number(bare);
  if (!Number.isFinite(value)) {
    throw new Problem(`number '${text}' is out of range`, token.from);
  }
  return value;
}

const SECOND = 1_000_000_000n;
const UNITS: ReadonlyArray<readonly [string, bigint]> = [
  ['y', 365n * 86_400n * SECOND], ['w', 7n * 86_400n * SECOND], ['d', 86_400n * SECOND],
  ['h', 3_600n * SECOND], ['m', 60n * SECOND], ['s', SECOND], ['ms', 1_000_000n],
];

/** Seconds of a duration such as `1h30m`: units from the largest to the smallest, each once. */
export function durationValue(token: Token): number {
  let nanoseconds = 0n;
  let last = -1;
  for (const [, amount, unit] of token.text.matchAll(/(\d*)(\D+)/g)) {
    const place = UNITS.findIndex(([name]) => name === unit);
    if (amount === '' || place <= last) {
      throw new Problem(`'${token.text}' is not a duration: whole numbers of y, w, d, h, m, s, ms, in this order`, token.from);
    }
    last = place;
    nanoseconds += BigInt(amount) * UNITS[place][1];
  }
  if (nanoseconds > MAX_INTEGER) {
    throw new Problem(`duration '${token.text}' is out of range, Prometheus counts up to 292 years`, token.from);
  }
  return Number(nanoseconds) / 1e9;
}

/** Value of a string literal, and whether it is UTF-8: escapes like `\xff` can write bytes that are not. */
export interface StringValue {
  readonly text: string;
  readonly utf8: boolean;
}

const SIMPLE_ESCAPES: ReadonlyMap<string, number> = new Map([
  ['a', 7], ['b', 8], ['f', 12], ['n', 10], ['r', 13], ['t', 9], ['v', 11],
]);

function escapedBytes(escape: string): Buffer {
  const code = escapedCode(escape);
  if (code !== undefined && !/^\\[uU]/.test(escape)) {
    return Buffer.from([code]);
  }
  return Buffer.from(String.fromCodePoint(code ?? SIMPLE_ESCAPES.get(escape[1]) ?? escape.charCodeAt(1)), 'utf8');
}

/** Value of a string literal, escapes resolved. */
export function stringValue(token: Token): StringValue {
  const quote = token.text[0];
  const inner = token.text.slice(1, -1);
  if (quote === '`' || !inner.includes('\\')) {
    return { text: inner, utf8: true };
  }
  const parts: Buffer[] = [];
  let start = 0;
  for (let at = inner.indexOf('\\'); at !== -1; at = inner.indexOf('\\', start)) {
    const escape = scanEscape(inner, at, quote);
    parts.push(Buffer.from(inner.slice(start, at), 'utf8'), escapedBytes(escape));
    start = at + escape.length;
  }
  parts.push(Buffer.from(inner.slice(start), 'utf8'));
  const bytes = Buffer.concat(parts);
  const text = bytes.toString('utf8');
  return { text, utf8: Buffer.from(text, 'utf8').equals(bytes) };
}
