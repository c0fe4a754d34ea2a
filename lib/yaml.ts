import type { Document, DocumentOptions, ParseOptions, SchemaOptions } from 'yaml';
import { packageRequire } from './package-folder';

/** What may mean something in YAML. Of what is left, all is plain. */
const SPECIAL = /^(?![a-z])|[^ -~]|: | #|[ :]$|^(?:null|true|false|yes|no|on|off|y|n|e[-+]?\d+)$/i;

/** What begins, ends or interrupts a text without quotes. */
const INDICATOR = /^[\s\-?:,[\]{}#&*!|=>'"%@`]|[\s:]$|:\s|\s#/;

/** Texts without quotes that YAML 1.1 or 1.2 takes for something else: nothing, truth, numbers also by 60, dates, merges. */
const OTHER_TYPE = new RegExp(`^(?:${[
  '~|null|Null|NULL|<<|true|True|TRUE|false|False|FALSE|y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF',
  '[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)',
  '[-+]?(?:[0-9][0-9_]*)?(?:\\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?',
  '[-+]?[0-9_]+(?::[0-9_]+)+(?:\\.[0-9_]*)?',
  '[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)',
  '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|[ \\t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]*)?(?:[ \\t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?)?',
].join('|')})$`);

/** What only quotes can hold: controls, line and paragraph separators, halves of pairs. */
const UNPRINTABLE = /[\0-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\\0', '\x07': '\\a', '\b': '\\b', '\t': '\\t', '\n': '\\n', '\v': '\\v', '\f': '\\f', '\r': '\\r', '\x1b': '\\e', '"': '\\"', '\\': '\\\\',
  '\x85': '\\N', '\xa0': '\\_', '\u2028': '\\L', '\u2029': '\\P',
};

function escaped(char: string): string {
  const code = char.charCodeAt(0).toString(16).toUpperCase();
  return ESCAPES[char] ?? (code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`);
}

/** A text in double quotes, with an escape for whatever only quotes can hold. */
export function quotedText(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&').replace(UNPRINTABLE, escaped)}"`;
}

function onOneLine(text: string): string {
  return !SPECIAL.test(text) || !(text === '' || INDICATOR.test(text) || text.search(UNPRINTABLE) >= 0 || OTHER_TYPE.test(text)) ? text : quotedText(text);
}

/** A text that is written as a literal block even if it has one line: a program may put anything in place of a variable in it. */
export class LiteralText {
  constructor(public readonly text: string) {}
}

/** A text of several lines as they are. */
function lines(text: string, indent: string, mayBeginWithSpace: boolean = /^\n* /.test(text)): string {
  const indentation = mayBeginWithSpace ? '2' : '';
  const chomping = !text.endsWith('\n') ? '-' : text.endsWith('\n\n') || text === '\n' ? '+' : '';
  return `|${indentation}${chomping}\n${text.replace(/\n$/, '').replace(/^(?=.)/gm, indent)}`;
}

function scalar(value: unknown, indent: string): string {
  if (typeof value === 'string') {
    const hasLines = value.includes('\n') && /\S/.test(value) && value.replaceAll('\n', '').search(UNPRINTABLE) < 0;
    return hasLines ? lines(value, indent) : onOneLine(value);
  }
  return String(value);
}

/** The lines of a value below `indent`, the first of which is not indented; what is undefined is left out. */
function block(value: unknown, indent: string): string {
  if (value instanceof LiteralText) {
    return lines(value.text, indent, true);
  }
  if (typeof value !== 'object' || value === null) {
    return scalar(value, indent);
  }
  const next = `${indent}  `;
  if (Array.isArray(value)) {
    return value.length === 0 ? '[]' : value.map((item) => `- ${block(item ?? null, next)}`).join(`\n${indent}`);
  }
  let text = '';
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) {
      text += `${text === '' ? '' : `\n${indent}`}${onOneLine(key)}:${isBlock(item) ? `\n${next}` : ' '}${block(item, next)}`;
    }
  }
  return text === '' ? '{}' : text;
}

/** Whether a value begins on a line of its own. */
function isBlock(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || value instanceof LiteralText) {
    return false;
  }
  return Array.isArray(value) ? value.length > 0 : Object.values(value).some((item) => item !== undefined);
}

/**
 * A configuration as text, as js-yaml writes it, but for a few more quotes. No loop of it is one that V8 takes the time to optimize, as it does with
 * those of js-yaml: that was a fifth of what a synth takes.
 */
export function yamlText(data: object): string {
  return `${block(data, '')}\n`;
}

type Options = ParseOptions & DocumentOptions & SchemaOptions;

/** The parser, loaded when the first document is parsed, since most apps parse none. */
function parser(): typeof import('yaml') {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- require is untyped, and an import would load it at once
  return packageRequire('yaml');
}

/** Parses a document. */
export function parseYaml(text: string, options: Options): Document.Parsed {
  return parser().parseDocument(text, options);
}

/** Parses all documents of a text, of which there may be none. */
export function parseYamlStream(text: string, options: Options): readonly Document.Parsed[] {
  return [...parser().parseAllDocuments(text, options)];
}
