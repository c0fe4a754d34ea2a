#!/usr/bin/env node
// Writes build/bundle.js, which is what an app runs, and beside it what that reads when the first of its names is used: all that jsii wrote
// in few files, since Node.js takes longer to find hundreds of files than to run them, and only what is used, since it takes as long to read
// a file as to run it. Each module in them is run when the first of its names is used. The large classes of imports/ stay files of their own.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as os from 'node:os';
import * as path from 'node:path';
import * as esbuild from 'esbuild';
import ts from 'typescript';

const root = path.join(import.meta.dirname, '..');
const lib = path.join(root, 'lib');
const build = path.join(root, 'build');
const compiled = path.join(build, 'compiled');
const require = createRequire(import.meta.url);

/** Folders of lib that many apps need nothing of: each is a file of its own. */
const FOLDERS = ['stack', 'long-term', 'metrics-api', 'grafana', 'operator'];
/** All else that the apps of `USUAL` run, and what they do not. */
const [CORE, REST] = ['core', 'rest'];

/** Apps of examples/ that run what most apps do, on either backend. */
const USUAL = ['opened-cluster', 'operator'];

/** Modules that these run; none as long as that is unknown. */
let used = new Set();
const isMeasured = () => used.size > 0;

/** The part that has what jsii wrote for a source. */
function partOf(source) {
  const [folder] = path.relative(lib, source).split(path.sep);
  return source === path.join(lib, 'index') ? 'index' : FOLDERS.includes(folder) ? folder : used.has(keyOf(source)) || !isMeasured() ? CORE : REST;
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
const asked = new Map();

/** JavaScript that takes a module from another part. */
function taken(source) {
  const part = partOf(source);
  asked.set(part, (asked.get(part) ?? new Set()).add(source));
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

/** The source, without its ending, of a module that another one names; undefined outside of the library. */
function importedFrom(file, name) {
  const target = path.resolve(path.dirname(file), name);
  const found = [`${target}.js`, path.join(target, 'index.js')].find((each) => each.startsWith(path.join(compiled, 'lib') + path.sep) && fs.existsSync(each));
  return found === undefined ? undefined : sourceOf(found);
}

/** Whether a module takes another one when it is first used: one of another file than the core, and one that is seldom used. */
function isLater(file, name) {
  const source = importedFrom(file, name);
  return source === undefined
    ? name === 'cdk8s-plus-27' || name.includes('/imports/')
    : !used.has(keyOf(source)) || ![partOf(sourceOf(file)), CORE].includes(partOf(source));
}

/** What jsii wrote, with a function in the place of each module that is not run before it is used. */
function withLaterImports(file) {
  const later = [];
  const text = fs.readFileSync(file, 'utf8').replace(/^(const (\w+_\d+) =) (require\("([^"]+)"\);)$/gm, (line, declaration, variable, load, name) => {
    if (!isLater(file, name)) {
      return line;
    }
    later.push(variable);
    return `${declaration} () => ${load}`;
  });
  const variables = `\\b(${later.join('|')})(?=\\.)`;
  return later.length === 0 ? text : text.replace(new RegExp(`\\bnew (${variables}[\\w.]+)`, 'g'), 'new ($1)').replace(new RegExp(variables, 'g'), '$1()');
}

const inParts = (part) => ({
  name: 'parts',
  setup({ onResolve, onLoad }) {
    onLoad({ filter: /[\\/]compiled[\\/]lib[\\/].+[.]js$/ }, ({ path: file }) => {
      const source = sourceOf(file);
      const note = isMeasured() ? '' : `(globalThis.usedModules ??= []).push(${JSON.stringify(keyOf(source))});`;
      return { contents: `${note}${path.basename(source) === 'index' ? later(origins(source), part) : withLaterImports(file)}` };
    });

    onResolve({ filter: /^[.][/]bundle[.]/ }, ({ path: name }) => ({ path: name, external: true }));
    onResolve({ filter: /^[.]/ }, ({ path: name, importer, kind }) => {
      const source = kind === 'entry-point' ? undefined : importedFrom(importer, name);
      // Generated lists have no state: each folder has those that it uses.
      const isHere = source === undefined || partOf(source) === part || (FOLDERS.includes(part) && keyOf(source).startsWith('generated/'));
      return isHere ? undefined : { path: keyOf(source), namespace: 'other-part' };
    });
    onLoad({ filter: /./, namespace: 'other-part' }, ({ path: key }) => ({ contents: `module.exports = ${taken(path.join(lib, key))};`, resolveDir: build }));
    onResolve({ filter: /[\\/]imports[\\/]/ }, ({ path: name, importer }) => {
      const file = path.relative(build, path.resolve(path.dirname(importer), name)).split(path.sep).join('/');
      return { path: `./${file}.js`, external: true };
    });
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

const names = origins(path.join(lib, 'index')).map(([name]) => name);

/** Writes all files, each with what the others have asked it for so far. */
async function bundleAll() {
  await bundle('index', 'bundle.js', { entryPoints: [`${written(path.join(lib, 'index'))}.js`] }, `
// Never run: here Node.js finds the names that an import of an ECMAScript module may ask for.
0 && (module.exports = { ${names.join(', ')} });`);
  for (const part of [...FOLDERS, CORE, REST].filter((each) => asked.has(each))) {
    const members = Array.from(asked.get(part), (source) => `get ${JSON.stringify(keyOf(source))}() { return require(${JSON.stringify(`${written(source)}.js`)}); }`);
    await bundle(part, fileOf(part), { stdin: { contents: `module.exports = { ${members.join(', ')} };`, resolveDir: build } });
  }
}

/** Modules that an app runs. */
function usedBy(example) {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-prometheus-'));
  const main = path.join(compiled, 'examples', example, 'main.js');
  const program = `require(${JSON.stringify(main)}); fs.writeFileSync(${JSON.stringify(path.join(outdir, 'used'))}, JSON.stringify(usedModules))`;
  execFileSync(process.execPath, ['--eval', program], { cwd: root, env: { ...process.env, CDK8S_OUTDIR: outdir } });
  const modules = JSON.parse(fs.readFileSync(path.join(outdir, 'used'), 'utf8'));
  fs.rmSync(outdir, { recursive: true });
  return modules;
}

fs.readdirSync(build).filter((file) => file.startsWith('bundle.')).forEach((file) => fs.rmSync(path.join(build, file)));
await bundleAll();
used = new Set(USUAL.flatMap(usedBy));
asked.clear();
// What the core and the rest ask of each other is known when both have been bundled.
await bundleAll();
await bundleAll();
