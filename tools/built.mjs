#!/usr/bin/env node
// Exits with 0 when what jsii wrote is up to date with what it was written from, else with 1.
// `--forget`, at the start of a build, removes it: what was written from a source that is gone must not be packed.
// `--remember`, at the end of a build, notes what it was written from.
import * as fs from 'node:fs';
import * as path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const note = path.join(root, 'build', 'built.json');
const outputs = ['.jsii', 'build/compiled', 'build/bundle.js', 'build/bundle.core.js'];
const inputs = ['lib', 'imports', 'examples', 'main.ts', 'README.md', 'package.json', 'package-lock.json'];

function* files(name) {
  const file = path.join(root, name);
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (stat?.isDirectory()) {
    for (const entry of fs.readdirSync(file).sort()) {
      if (entry !== 'dist' && entry !== 'node_modules') {
        yield* files(`${name}/${entry}`);
      }
    }
  } else if (stat !== undefined && (/[.](json|md)$/.test(name) || (name.endsWith('.ts') && !name.endsWith('.d.ts')))) {
    yield { name, changed: stat.mtimeMs, size: stat.size };
  }
}

const now = inputs.flatMap((input) => [...files(input)]);

if (process.argv.includes('--forget')) {
  [note, ...outputs.map((output) => path.join(root, output))].forEach((file) => fs.rmSync(file, { recursive: true, force: true }));
} else if (process.argv.includes('--remember')) {
  // jsii writes tsconfig.json first: a file that changed later may not be in what it wrote.
  const started = fs.statSync(path.join(root, 'tsconfig.json')).mtimeMs;
  if (now.every(({ changed }) => changed <= started)) {
    fs.mkdirSync(path.dirname(note), { recursive: true });
    fs.writeFileSync(note, JSON.stringify(now));
  }
} else {
  const isThere = outputs.every((output) => fs.existsSync(path.join(root, output)));
  const isSame = fs.existsSync(note) && fs.readFileSync(note, 'utf8') === JSON.stringify(now);
  process.exitCode = isThere && isSame ? 0 : 1;
}
