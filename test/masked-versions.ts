import { PROGRAMS } from '../lib/versions';

const VERSIONS = [...new Set(Object.values(PROGRAMS).map(({ version }) => version.slice(1)))];
const PATTERN = new RegExp(`(?<![\\w.])(v?)(?:${VERSIONS.map((version) => version.replaceAll('.', '\\.')).join('|')})(?![.\\w])`, 'g');

/** A text without the versions of the programs that the library deploys. */
export function masked(text: string): string {
  return text.replace(PATTERN, '$1<version>');
}

/** Jest's hook: a snapshot says `<version>` for the version of a program, so that none changes with it. */
export function test(value: unknown): boolean {
  return typeof value === 'string' && masked(value) !== value;
}

/** Jest's hook: prints the text as it would be printed without this. */
export function serialize<C, R>(value: string, config: C, indentation: string, depth: number, refs: R,
  printer: (value: string, config: C, indentation: string, depth: number, refs: R) => string): string {
  return printer(masked(value), config, indentation, depth, refs);
}
