import { Spelling, snakeCase } from './data';
import { ACCOUNT_DIR } from '../kubernetes/api-access';
import { Program } from '../kubernetes/mount-paths';

/** Settings that lose a word of the custom resources' when they name a file. */
const FILE_SETTINGS: { readonly [key: string]: string } = { keySecret: 'key' };

/** The key under which a setting names a file; that of a path has one already. */
function fileKey(key: string): string {
  return key.endsWith('Path') ? snakeCase(key) : `${FILE_SETTINGS[key] ?? snakeCase(key)}_file`;
}

/** Spelling of a program's configuration: snake case, and a leaf as the file that holds it, `ca_file`. */
export function fileSpelling(program: Program, accountDir: string = ACCOUNT_DIR): Spelling {
  return {
    key: snakeCase,
    leaf: (key, leaf) => ({ [fileKey(key)]: leaf.file(program, accountDir) }),
  };
}
