#!/usr/bin/env node
// Writes build/bundle.js, which is what an app runs, and beside it what that reads when the first of its names is used: all that jsii wrote
// in few files, since Node.js takes longer to find hundreds of files than to run them, and only what is used, since it takes as long to read
// a file as to run it. Each module in them is run when the first of its names is used. The large classes of imports/ stay files of their own.
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import * as esbuild from 'esbuild';
import ts from 'typescript';

const root = path.join(import.meta.dirname, '..');
const lib = path.join(root, 'lib');
const build = path.join(root, 'build');
const compiled = path.join(build, 'compiled');
const require = createRequire(import.meta.url);

/** Folders of lib, from the highest floor down, that many apps need nothing of: each is a file of its own. All below them is one. */
const PARTS = ['stack', 'long-term', 'metrics-api', 'grafana', 'operator'];
const CORE = 'core';

/** The part that has what jsii wrote for a source. */
function partOf(source) {
  const [folder] = path.relative(lib, source).split(path.sep);
  return source === path.join(lib, 'index') ? 'index' : PARTS.includes(folder) ? folder : CORE;
}

/** Names of the files beside build/bundle.js. */
const fileOf = (part) => `bundle.${part}.js`;

/** How a part names one of its modules to the others. */
const keyOf = (source) => path.relative(lib, source).split(path.sep).join('/');

/** What jsii wrote for a source, both without their ending. */
const written = (source) => path.join(compiled, path.relative(root, source));

/** The source, without its ending, for which jsii wrote a file. */
const sourceOf = (file) => path.join(root, path.relative(compiled, file)).slice(0, -'.js'.length);

/** The `export … from '…'` of a barrel: the file without its ending, and the names, or none for all of them. */
function reExports(barrel) {
  const source = ts.createSourceFile(barrel, fs.readFileSync(barrel, 'utf8'), ts.ScriptTarget.Latest);
  return source.statements.map((statement) => {
    if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier === undefined) {
      throw new Error(`${path.relative(root, barrel)}: a barrel only re-exports, got '${statement.getText(source)}'`);
    }
    const file = path.join(path.dirname(barrel), statement.moduleSpecifier.text);
    return {
      file: fs.existsSync(`${file}.ts`) ? file : path.join(file, 'index'),
      names: statement.exportClause?.elements.map(({ name }) => name.text),
    };
  });
}

/** Pairs of a name that a file exports and the file that makes it; both without what types alone are. */
function origins(file) {
  if (path.basename(file) !== 'index') {
    return Object.keys(require(`${written(file)}.js`)).map((name) => [name, file]);
  }
  return reExports(`${file}.ts`).flatMap(({ file: from, names }) => origins(from).filter(([name]) => names?.includes(name) ?? true));
}

/** By part, the modules that other parts ask for. */
const asked = new Map([...PARTS, CORE].map((part) => [part, new Set()]));
const bundled = new Set();

/** JavaScript that takes a module from another part. */
function taken(source) {
  const part = partOf(source);
  if (bundled.has(part)) {
    throw new Error(`${keyOf(source)} is asked for by a part that is below ${part}: see PARTS`);
  }
  asked.get(part).add(source);
  return `require('./${fileOf(part)}')[${JSON.stringify(keyOf(source))}]`;
}

/** A module with these names, each of which runs the file that makes it when it is first used. */
function later(pairs, part) {
  const files = [...new Set(pairs.map(([, file]) => file))];
  return `
    Object.defineProperty(exports, '__esModule', { value: true });
    const later = (load, names) => names.forEach((name) => Object.defineProperty(exports, name, {
      configurable: true,
      enumerable: true,
      get: () => {
        const value = load()[name];
        Object.defineProperty(exports, name, { enumerable: true, value });
        return value;
      },
    }));
    ${files.map((file) => {
    const names = pairs.filter(([, from]) => from === file).map(([name]) => name);
    const load = partOf(file) === part ? `require(${JSON.stringify(`${written(file)}.js`)})` : taken(file);
    return `later(() => ${load}, ${JSON.stringify(names)});`;
  }).join('\n')}
  `;
}

/** What is read when the first of its names is used; Node.js keeps it by the name that it was asked for. */
const whenUsed = (load) => ({ contents: `let it; module.exports = new Proxy({}, { get: (_, name) => (it ??= ${load})[name] });`, resolveDir: build });

const inParts = (part) => ({
  name: 'parts',
  setup({ onResolve, onLoad }) {
    onLoad({ filter: /[\\/]lib[\\/](.+[\\/])?index[.]js$/ }, ({ path: file }) => ({ contents: later(origins(sourceOf(file)), part) }));

    onResolve({ filter: /^[.][/]bundle[.]/ }, ({ path: name }) => ({ path: name, external: true }));
    // The core is there whoever asks for it; another part may not be needed.
    onResolve({ filter: /^[.]/ }, ({ path: name, resolveDir, kind, namespace }) => {
      const file = path.resolve(resolveDir, name);
      if (namespace !== 'file' || kind === 'entry-point' || !file.startsWith(path.join(compiled, 'lib') + path.sep)) {
        return undefined;
      }
      const found = [`${file}.js`, path.join(file, 'index.js')].find((each) => fs.existsSync(each));
      const source = found === undefined ? file : sourceOf(found);
      // Generated lists have no state: each part has those that it uses.
      return partOf(source) === part || keyOf(source).startsWith('generated/') ? undefined : { path: keyOf(source), namespace: 'other-part' };
    });
    onLoad({ filter: /./, namespace: 'other-part' }, ({ path: key }) => {
      const source = path.join(lib, key);
      return partOf(source) === CORE ? { contents: `module.exports = ${taken(source)};`, resolveDir: build } : whenUsed(taken(source));
    });
    onResolve({ filter: /[\\/]imports[\\/]/ }, ({ path: name, resolveDir, namespace }) => {
      const file = path.relative(build, path.resolve(resolveDir, name)).split(path.sep).join('/');
      return namespace === 'later' ? { path: `./${file}.js`, external: true } : { path: `./${file}`, namespace: 'later' };
    });
    // Most of the library uses no more than its types.
    onResolve({ filter: /^cdk8s-plus-27$/ }, ({ path: name, namespace }) => namespace === 'later' ? { path: name, external: true } : { path: name, namespace: 'later' });
    onLoad({ filter: /./, namespace: 'later' }, ({ path: file }) => whenUsed(`require('${file}')`));
  },
});

/** esbuild calls a class _Name that names itself, and messages show names of classes. */
function namedAsWritten(text) {
  const renamed = new Set(Array.from(text.matchAll(/\b(\w+)=class _\1\b/g), ([, name]) => `_${name}`));
  return text.replace(/\b_\w+/g, (name) => renamed.has(name) ? name.slice(1) : name);
}

/**
 * With the functions that modules are put in brackets, by which V8 sees that they are called soon: it compiles them while it reads them, instead of
 * reading them twice.
 */
function compiledAtOnce(text) {
  const begin = /(__commonJS\(\{"[^"]+")(\([\w, ]*\)\{)/g;
  const end = /\}\}\);(?=var require_|module\.exports=|module\n?\.exports=|export default )/g;
  const [begins, ends] = [begin, end].map((each) => text.match(each)?.length ?? 0);
  if (begins !== ends) {
    throw new Error(`${begins} modules begin and ${ends} end in what esbuild wrote: see compiledAtOnce`);
  }
  return text.replace(begin, '$1:(function$2').replace(end, '})});');
}

/** A text of ASCII alone takes half of the memory. */
const asciiAlone = (text) => text.replace(/[^\0-\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Writes a file of build/, of what `entry` has. */
async function bundle(part, file, entry, footer = '') {
  const { outputFiles: [{ text }] } = await esbuild.build({
    absWorkingDir: root,
    ...entry,
    outfile: path.join(build, file),
    write: false,
    bundle: true,
    platform: 'node',
    packages: 'external',
    resolveExtensions: ['.js', '.json'],
    footer: { js: footer },
    legalComments: 'none',
    minifyWhitespace: true, // a fifth less for Node.js to read
    lineLimit: 160,
    plugins: [inParts(part)],
    logLevel: 'warning',
  });
  fs.writeFileSync(path.join(build, file), asciiAlone(compiledAtOnce(namedAsWritten(text))));
}

fs.readdirSync(build).filter((file) => file.startsWith('bundle.')).forEach((file) => fs.rmSync(path.join(build, file)));
const names = origins(path.join(lib, 'index')).map(([name]) => name);
await bundle('index', 'bundle.js', { entryPoints: [`${written(path.join(lib, 'index'))}.js`] }, `
// Never run: here Node.js finds the names that an import of an ECMAScript module may ask for.
0 && (module.exports = { ${names.join(', ')} });`);
// From the highest down, so that it is known what others ask of each.
for (const [part, sources] of asked) {
  bundled.add(part);
  const members = Array.from(sources, (source) => `get ${JSON.stringify(keyOf(source))}() { return require(${JSON.stringify(`${written(source)}.js`)}); }`);
  await bundle(part, fileOf(part), { stdin: { contents: `module.exports = { ${members.join(', ')} };`, resolveDir: build } });
}
