import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

export const root = path.join(__dirname, '..', '..');

interface Docs {
  readonly docs?: { readonly summary?: string };
}

interface ApiMember extends Docs {
  readonly name: string;
  readonly overrides?: string;
}

export interface ApiType extends Docs {
  readonly fqn: string;
  readonly kind: string;
  readonly name: string;
  readonly datatype?: boolean;
  readonly members?: readonly ApiMember[];
  readonly properties?: readonly ApiMember[];
  readonly methods?: readonly ApiMember[];
}

export function readJson<T>(file: string): T {
  return JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'));
}

/** Builds what is not built yet, or no longer what the sources say. */
export function build(): void {
  if (spawnSync(process.execPath, [path.join(root, 'tools', 'built.mjs')]).status !== 0) {
    const { status, stdout } = spawnSync('npm', ['run', 'build', '--silent'], { cwd: root, encoding: 'utf8' });
    if (status !== 0) {
      throw new Error(`the package does not build:\n${stdout}`);
    }
  }
}
