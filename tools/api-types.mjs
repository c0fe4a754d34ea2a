#!/usr/bin/env node
// Writes lib/generated/api-types.ts, `npm run api-types`: the types of what the public API takes, by which arguments and props are checked when
// an app of plain JavaScript, or a variable that is not set, passes something else. Read in the sources by syntax tree; nothing is run. With
// `--check` nothing is written, and it exits with 1 when what is committed differs.
import * as fs from 'node:fs';
import * as path from 'node:path';
import ts from 'typescript';

const root = path.join(import.meta.dirname, '..');
const target = path.join(root, 'lib', 'generated', 'api-types.ts');

const cache = new Map();

function sourceOf(file) {
  if (!cache.has(file)) {
    cache.set(file, ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
  }
  return cache.get(file);
}

const isInternal = (node) => /@internal\b/.test(ts.getLeadingCommentRanges(node.getSourceFile().text, node.pos)
  ?.map(({ pos, end }) => node.getSourceFile().text.slice(pos, end)).at(-1) ?? '');

/** Declarations that a file exports, by name, followed through barrels. */
function exportsOf(file) {
  const source = sourceOf(file);
  const found = new Map();
  for (const statement of source.statements) {
    if (ts.isExportDeclaration(statement)) {
      const from = path.join(path.dirname(file), statement.moduleSpecifier.text);
      const all = exportsOf(fs.existsSync(`${from}.ts`) ? `${from}.ts` : path.join(from, 'index.ts'));
      const names = statement.exportClause?.elements.map(({ name }) => name.text) ?? [...all.keys()];
      names.filter((name) => all.has(name)).forEach((name) => found.set(name, all.get(name)));
    } else if (statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) && statement.name !== undefined) {
      found.set(statement.name.text, statement);
    }
  }
  return found;
}

const api = exportsOf(path.join(root, 'lib', 'index.ts'));

/** Whether a declaration is of props: an interface that is not implemented. */
const isStruct = (node) => node !== undefined && ts.isInterfaceDeclaration(node) && !/^I[A-Z]/.test(node.name.text);

const PRIMITIVES = new Map([
  [ts.SyntaxKind.StringKeyword, 'string'], [ts.SyntaxKind.NumberKeyword, 'number'], [ts.SyntaxKind.BooleanKeyword, 'boolean'],
  [ts.SyntaxKind.AnyKeyword, 'any'], [ts.SyntaxKind.UnknownKeyword, 'any'],
]);

/** A type as the table has it: `[]` before a list, `{}` before a mapping. */
function spelled(type) {
  if (PRIMITIVES.has(type.kind)) {
    return PRIMITIVES.get(type.kind);
  }
  if (ts.isArrayTypeNode(type)) {
    return `[]${spelled(type.elementType)}`;
  }
  if (ts.isTypeOperatorNode(type) || ts.isParenthesizedTypeNode(type)) {
    return spelled(type.type);
  }
  if (ts.isTypeLiteralNode(type) && type.members.length === 1 && ts.isIndexSignatureDeclaration(type.members[0])) {
    return `{}${spelled(type.members[0].type)}`;
  }
  if (ts.isTypeReferenceNode(type)) {
    return ts.isQualifiedName(type.typeName) ? 'object' : type.typeName.text;
  }
  throw new Error(`${type.getSourceFile().fileName}: type '${type.getText()}' is none that jsii takes`);
}

/** The parameters of a method or a constructor, without the scope and the id of a construct. */
function parameters({ parameters: all }) {
  const own = all[0]?.name.text === 'scope' ? all.slice(all[1]?.name.text === 'id' ? 2 : 1) : all;
  return Object.fromEntries(own.map((parameter) => {
    const isOptional = parameter.questionToken !== undefined || parameter.initializer !== undefined;
    return [parameter.name.text, `${isOptional ? '?' : ''}${spelled(parameter.type)}`];
  }));
}

const isPublic = (member) => !member.modifiers?.some(({ kind }) => [ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword].includes(kind))
  && !isInternal(member) && !member.name?.getText().startsWith('_');

/** What is called of a class or an interface, by name, with its parameters. */
function doors(name, node) {
  const isAbstract = node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword) ?? false;
  return node.members.filter(isPublic).flatMap((member) => {
    if (ts.isConstructorDeclaration(member)) {
      return isAbstract ? [] : [[name, parameters(member)]];
    }
    return ts.isMethodDeclaration(member) || ts.isMethodSignature(member) ? [[`${name}.${member.name.getText()}`, parameters(member)]] : [];
  }).filter(([, taken]) => Object.keys(taken).length > 0);
}

/** A way to make an instance of a class, as messages say it. */
function making(name, node) {
  const statics = node.members.filter((member) => isPublic(member) && member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword));
  const made = statics.map((member) => `${name}.${member.name.getText()}${ts.isMethodDeclaration(member) ? '()' : ''}`);
  return made.length === 0 ? `new ${name}()` : made.slice(0, 3).join(' or ');
}

function propsOf(node) {
  return Object.fromEntries(node.members.filter(ts.isPropertySignature).map((member) => (
    [member.name.getText(), `${member.questionToken === undefined ? '' : '?'}${spelled(member.type)}`]
  )));
}

const basesOf = (node) => node.heritageClauses?.flatMap(({ types }) => types.map(({ expression }) => expression.getText())) ?? [];

/** The structs that a struct inherits from, and itself, nearest last. */
const lineage = (name) => [...basesOf(api.get(name)).filter((base) => api.has(base)).flatMap(lineage), name];

function enumValues(node) {
  return node.members.map(({ initializer }) => initializer.text);
}

const quote = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const keyOf = (name) => (/^\w+$/.test(name) ? name : quote(name));
const mapping = (object) => Object.keys(object).length === 0 ? '{}' : `{ ${Object.entries(object).map(([name, value]) => `${name}: ${quote(value)}`).join(', ')} }`;

function generate() {
  const isCalled = (node) => (ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node) && !isStruct(node)) && !isInternal(node);
  const callable = [...api].filter(([, node]) => isCalled(node)).sort(([a], [b]) => (a < b ? -1 : 1));
  const called = callable.flatMap(([name, node]) => doors(name, node));
  const mentioned = new Set();
  const mention = (types) => Object.values(types).forEach((type) => {
    const name = type.replace(/^\?/, '').replace(/^(\[\]|\{\})*/, '');
    if (!mentioned.has(name)) {
      mentioned.add(name);
      if (isStruct(api.get(name))) {
        lineage(name).forEach((each) => {
          mentioned.add(each);
          mention(propsOf(api.get(each)));
        });
      }
    }
  });
  called.forEach(([, types]) => mention(types));
  const names = [...mentioned].sort();
  const structs = names.filter((name) => isStruct(api.get(name)));
  const enums = names.filter((name) => api.has(name) && ts.isEnumDeclaration(api.get(name)));
  const made = names.filter((name) => api.has(name) && ts.isClassDeclaration(api.get(name)));
  return [
    '// Types of what the public API takes.',
    '// Written by `npm run api-types`, see CONTRIBUTING.md; not to be edited.',
    '',
    '/** Names with their types: `?` before what may be left out, `[]` before a list, `{}` before a mapping. */',
    'export interface Types {',
    '  readonly [name: string]: string;',
    '}',
    '',
    '/** Parameters of constructors and methods. */',
    'export const DOORS: { readonly [door: string]: Types } = {',
    ...called.map(([name, types]) => `  ${keyOf(name)}: ${mapping(types)},`),
    '};',
    '',
    '/** Props, without those that they inherit. */',
    'export const STRUCTS: { readonly [struct: string]: Types } = {',
    ...structs.map((name) => `  ${name}: ${mapping(propsOf(api.get(name)))},`),
    '};',
    '',
    '/** Structs that inherit props, with all that they inherit from. */',
    'export const LINEAGE: { readonly [struct: string]: readonly string[] } = {',
    ...structs.filter((name) => lineage(name).length > 1).map((name) => `  ${name}: [${lineage(name).slice(0, -1).map(quote).join(', ')}],`),
    '};',
    '',
    '/** Values of enums. */',
    'export const ENUMS: { readonly [name: string]: readonly string[] } = {',
    ...enums.map((name) => `  ${name}: [${enumValues(api.get(name)).map(quote).join(', ')}],`),
    '};',
    '',
    '/** Ways to make a value of a class. */',
    'export const MADE_BY: Types = {',
    ...made.map((name) => `  ${name}: ${quote(making(name, api.get(name)))},`),
    '};',
    '',
  ].join('\n');
}

const args = process.argv.slice(2);
if (args.some((arg) => arg !== '--check')) {
  console.error(`unknown argument '${args.find((arg) => arg !== '--check')}', known is --check`);
  process.exit(2);
}
const text = generate();
const isSame = fs.existsSync(target) && fs.readFileSync(target, 'utf8') === text;
if (args.includes('--check')) {
  if (!isSame) {
    console.error('lib/generated/api-types.ts is not what the sources say, run npm run api-types');
    process.exit(1);
  }
} else if (!isSame) {
  fs.writeFileSync(target, text);
}
