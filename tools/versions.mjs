#!/usr/bin/env node
// Moves the programs that the library deploys to other versions, and writes what follows from a version, `npm run versions`:
//   npm run versions                                        every program to the newest release that the Go module proxy or npm serves
//   npm run versions -- prometheus 3.16.0 alertmanager ...  these, each to a version or to the newest
//   npm run versions -- --keep                              none: what follows is written anew
//   npm run versions -- --check                             none, and nothing is written: exits with 1 where a file is not what would be
// Needs Go 1.26 or newer; what it reads are the sources of the releases.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { clusterTables } from './versions/cluster.mjs';
import { facts } from './versions/facts.mjs';
import { lists } from './versions/lists.mjs';
import { modules } from './versions/modules.mjs';
import { grafanaTypes, grammar } from './versions/packages.mjs';
import { programs, released } from './versions/programs.mjs';
import { isServed, newest, numbersOf } from './versions/releases.mjs';

const root = path.join(import.meta.dirname, '..');
const TABLE = 'lib/versions.ts';

const read = (file) => (fs.existsSync(path.join(root, file)) ? fs.readFileSync(path.join(root, file), 'utf8') : undefined);

/** The line of a program in lib/versions.ts. */
const versionLine = (name) => new RegExp(`(?<=^  ${name}: ')v[^']+(?=',$)`, 'm');

/** Versions by program, as lib/versions.ts has them. */
function current() {
  return Object.fromEntries(Object.keys(programs).map((name) => {
    const found = versionLine(name).exec(read(TABLE));
    if (found === null) {
      throw new Error(`${TABLE} names no version of ${name}`);
    }
    return [name, found[0]];
  }));
}

/** Image and tag by image, as lib/versions.ts has them. */
function deployed(versions) {
  const image = (name) => new RegExp(`^  ${name}: \\{ image: '([^']+)'`, 'm').exec(read(TABLE))[1];
  return Object.fromEntries([
    ...Object.entries(programs).map(([name, { tagOf }]) => [name, { image: image(name), tag: tagOf?.(versions[name]) ?? versions[name] }]),
    ...Object.entries(released).map(([name, { with: program }]) => [name, { image: image(name), tag: versions[program] }]),
  ]);
}

function versionsText(versions) {
  return Object.entries(versions).reduce((text, [name, version]) => text.replace(versionLine(name), version), read(TABLE));
}

/** README.md with the table of programs as they are deployed. */
function readmeText(images) {
  const titles = Object.entries(programs).flatMap(([name, { title }]) => [
    [name, title], ...Object.entries(released).filter(([, one]) => one.with === name).map(([other, one]) => [other, one.title]),
  ]);
  const rows = titles.map(([name, title]) => `| ${title} | ${images[name].image} | ${images[name].tag} |\n`);
  const text = read('README.md');
  const table = /(?<=^\| program \| image \| version \|\n\|---\|---\|---\|\n)(\|.*\n)+/m;
  if (!table.test(text)) {
    throw new Error('README.md has no table of programs');
  }
  return text.replace(table, rows.join(''));
}

/** The versions that the arguments ask for. */
async function asked(args, now) {
  if (args.length === 0) {
    const found = await Promise.all(Object.keys(programs).map(async (name) => [name, await newest(programs[name], now[name])]));
    return Object.fromEntries(found);
  }
  const wanted = { ...now };
  for (let i = 0; i < args.length; i += 1) {
    const name = args[i];
    if (!Object.hasOwn(programs, name)) {
      throw new Error(`unknown program '${name}', known are ${Object.keys(programs).join(', ')}`);
    }
    if (/^v?\d/.test(args[i + 1] ?? '')) {
      i += 1;
      wanted[name] = `v${args[i].replace(/^v/, '')}`;
      numbersOf(wanted[name]);
      if (!await isServed(programs[name], wanted[name])) {
        const { title, module, also = [], package: published } = programs[name];
        throw new Error(published === undefined
          ? `${title} ${wanted[name]} cannot be built: not all of its modules are served (${[module, ...also].join(', ')})`
          : `${title} ${wanted[name]} is not released: npm has no ${published} of this version`);
      }
    } else {
      wanted[name] = await newest(programs[name], now[name]);
    }
  }
  return wanted;
}

/** What every file that follows from the versions should hold. */
async function generate(versions) {
  const images = deployed(versions);
  return new Map([
    [TABLE, versionsText(versions)],
    ['README.md', readmeText(images)],
    ...lists(await facts(versions)),
    ...clusterTables(versions, images),
    ...modules(versions),
  ]);
}

function write(file, text) {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  fs.writeFileSync(path.join(root, file), text);
}

async function main(args) {
  const isCheck = args.includes('--check');
  const now = current();
  const versions = isCheck || args.includes('--keep') ? now : await asked(args, now);
  const files = await generate(versions);
  const stale = [...files].filter(([file, text]) => read(file) !== text).map(([file]) => file);
  if (isCheck) {
    if (stale.length > 0) {
      throw new Error(`not what their generator writes, run npm run versions -- --keep: ${stale.join(', ')}`);
    }
    console.log(`${files.size} files are as the versions in ${TABLE} want them`);
    return;
  }
  stale.forEach((file) => write(file, files.get(file)));
  for (const [name, { title }] of Object.entries(programs)) {
    console.log(`${title} ${now[name] === versions[name] ? now[name] : `${now[name]} -> ${versions[name]}`}`);
  }
  console.log(stale.length === 0 ? 'no file changed' : `written: ${stale.join(', ')}`);
  const npm = (...rest) => execFileSync('npm', rest, { cwd: root, stdio: 'inherit' });
  if (now.prometheus !== versions.prometheus) {
    grammar(versions.prometheus, npm);
  }
  grafanaTypes(versions.grafana, npm);
  if (now.prometheusOperator !== versions.prometheusOperator) {
    npm('run', 'crds', '--silent');
  }
}

const args = process.argv.slice(2);
const options = args.filter((arg) => arg.startsWith('-'));
const unknown = options.find((option) => !['--check', '--keep'].includes(option));
try {
  if (unknown !== undefined || (options.length > 0 && args.length > 1)) {
    throw new Error(`unknown arguments '${args.join(' ')}', known are programs with or without a version, or alone --check or --keep`);
  }
  await main(args);
} catch (error) {
  console.error(error.syscall === 'spawn go' ? 'Go 1.26 or newer is needed, and no go is on PATH' : error.message);
  process.exit(1);
}
