import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';

/** Why a file cannot be read, and what to do, by the code of the error. */
const REASONS: { readonly [code: string]: string } = {
  ENOENT: 'as there is none; write its path from the working directory, or from the source file by path.join(__dirname, …)',
  ENOTDIR: 'as a part of its path is a file; write its path from the working directory, or from the source file by path.join(__dirname, …)',
  EISDIR: 'as it is a folder; name a file in it',
  EACCES: 'as its permissions forbid it; let the user read it who runs the synth',
};

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}

/** The text of a file. Throws when it cannot be read, or is not UTF-8. */
export function readText(path: string, where: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const code = codeOf(error);
    throw new Error(`${where}: the file cannot be read, ${REASONS[code] ?? `by error ${code} of the system; make it readable`}`, { cause: error });
  }
  if (!isUtf8(bytes)) {
    throw new Error(`${where}: the file is not UTF-8; save it as UTF-8`);
  }
  return bytes.toString('utf8');
}
