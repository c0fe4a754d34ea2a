#!/usr/bin/env node
// Writes build/bundle.js, which is what an app runs: all that jsii wrote in one file, since Node.js takes longer to find hundreds of files
// than to run them. A part of it is run when the first of its names is used; the large classes of imports/ stay files of their own and
// are read just as late.
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

/** A module with these names, each of which runs the file that makes it when it is first used. */
function later(pairs) {
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
    return `later(() => require(${JSON.stringify(`${written(file)}.js`)}), ${JSON.stringify(names)});`;
  }).join('\n')}
  `;
}

const parts = {
  name: 'parts',
  setup({ onResolve, onLoad }) {
    onLoad({ filter: /[\\/]lib[\\/](.+[\\/])?index[.]js$/ }, ({ path: file }) => ({ contents: later(origins(sourceOf(file))) }));

    onResolve({ filter: /[\\/]imports[\\/]/ }, ({ path: name, resolveDir, namespace }) => {
      const file = path.relative(build, path.resolve(resolveDir, name)).split(path.sep).join('/');
      return namespace === 'later' ? { path: `./${file}.js`, external: true } : { path: `./${file}`, namespace: 'later' };
    });
    // Most of the library uses no more than its types.
    onResolve({ filter: /^cdk8s-plus-27$/ }, ({ path: name, namespace }) => namespace === 'later' ? { path: name, external: true } : { path: name, namespace: 'later' });
    onLoad({ filter: /./, namespace: 'later' }, ({ path: file }) => ({
      contents: `module.exports = new Proxy({}, { get: (_, name) => require('${file}')[name] });`, resolveDir: build,
    }));
  },
};

const names = origins(path.join(lib, 'index')).map(([name]) => name);
const { outputFiles: [bundle] } = await esbuild.build({
  absWorkingDir: root,
  entryPoints: [`${written(path.join(lib, 'index'))}.js`],
  outfile: path.join(build, 'bundle.js'),
  write: false,
  bundle: true,
  platform: 'node',
  packages: 'external',
  resolveExtensions: ['.js', '.json'],
  footer: { js: `
// Never run: here Node.js finds the names that an import of an ECMAScript module may ask for.
0 && (module.exports = { ${names.join(', ')} });` },
  legalComments: 'none',
  minifyWhitespace: true, // a fifth less for Node.js to read
  lineLimit: 160,
  plugins: [parts],
  logLevel: 'warning',
});

// esbuild calls a class _Name that names itself, and messages show names of classes. A text of ASCII alone takes half of the memory.
const renamed = new Set(Array.from(bundle.text.matchAll(/\b(\w+)=class _\1\b/g), ([, name]) => `_${name}`));
fs.writeFileSync(bundle.path, bundle.text
  .replace(/\b_\w+/g, (name) => renamed.has(name) ? name.slice(1) : name)
  .replace(/[^\0-\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`));
