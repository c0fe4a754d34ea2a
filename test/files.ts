import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** Gives a new folder to `use`, and removes it when that ends. */
export function inTempDir<T>(use: (dir: string) => T): T {
  const dir = newFolder();
  try {
    return use(dir);
  } finally {
    fs.rmSync(dir, { recursive: true });
  }
}

/** The same for what takes its time. */
export async function inTempDirAsync<T>(use: (dir: string) => Promise<T>): Promise<T> {
  const dir = newFolder();
  try {
    return await use(dir);
  } finally {
    fs.rmSync(dir, { recursive: true });
  }
}

/** Writes files into a folder, by their path in it. */
export function writeFiles(dir: string, files: { readonly [file: string]: string }): void {
  Object.entries(files).forEach(([name, text]) => {
    const file = path.join(dir, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  });
}

/** Writes files into a folder as the kubelet mounts a ConfigMap: each is in a hidden folder, and a link into that. */
export function mountFiles(dir: string, files: { readonly [file: string]: string }): void {
  const version = '..2026_01_01_00_00_00.1';
  writeFiles(path.join(dir, version), files);
  fs.symlinkSync(version, path.join(dir, '..data'));
  Object.keys(files).forEach((file) => fs.symlinkSync(path.join('..data', file), path.join(dir, file)));
}

function newFolder(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-prometheus-'));
}
