#!/usr/bin/env node
// Writes crds/, imports/ and lib/generated/resource-defaults.ts, `npm run crds`: controller-gen makes the custom resource definitions from the Go
// types of the operator that lib/versions.ts names, cdk8s import makes the L1 of the kinds that lib/operator writes. Without the descriptions, and
// only without them, the definitions are what the operator's release holds; this is compared here. With `--check` nothing is written, and it exits
// with 1 when what is committed differs. Needs Go 1.26 or newer.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';

const root = path.join(import.meta.dirname, '..');
const module = path.join(import.meta.dirname, 'crds');
const operator = 'github.com/prometheus-operator/prometheus-operator';
const types = `${operator}/pkg/apis/monitoring`;

/** The kinds whose L1 is in use; all ten definitions are shipped. */
const imported = ['Alertmanager', 'PodMonitor', 'Probe', 'Prometheus', 'PrometheusAgent', 'PrometheusRule', 'ScrapeConfig', 'ServiceMonitor'];

function go(...args) {
  return execFileSync('go', args, {
    cwd: module, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 26, env: { ...process.env, GOFLAGS: '', GOWORK: 'off' },
  });
}

/** The version of the operator, with its v. */
function pinned() {
  const found = fs.readFileSync(path.join(root, 'lib', 'versions.ts'), 'utf8').match(/^  prometheusOperator: '([^']+)'/m);
  if (!found) {
    throw new Error('lib/versions.ts names no version of prometheusOperator');
  }
  return found[1];
}

/** Holds that the Go types are those of the pinned version; unless it only checks, it makes them so. */
function pinTypes(version, isCheck) {
  const [, required] = fs.readFileSync(path.join(module, 'go.mod'), 'utf8').match(new RegExp(`${types} (\\S+)`)) ?? [];
  if (required === version) {
    return;
  }
  if (isCheck) {
    throw new Error(`tools/crds/go.mod requires ${types} ${required}, lib/versions.ts names ${version}: run npm run crds`);
  }
  go('get', `${types}@${version}`);
  go('mod', 'tidy');
}

/** The YAML files of a folder by the name of their definition, parsed. */
function definitionsIn(folder) {
  return new Map(fs.readdirSync(folder).sort().map((file) => {
    const definition = parse(fs.readFileSync(path.join(folder, file), 'utf8'));
    return [definition.metadata.name, definition];
  }));
}

/** Definitions without descriptions, marked with the operator's version as its release marks them. */
function generated(version, scratch) {
  // What would make the definitions too large for the annotation of `kubectl apply` is their descriptions.
  go(
    'tool', 'controller-gen', 'crd:crdVersions=v1,maxDescLen=0', `paths=${types}/v1`, `paths=${types}/v1alpha1`, `output:crd:dir=${scratch}`,
  );
  const definitions = definitionsIn(scratch);
  for (const { metadata } of definitions.values()) {
    metadata.annotations['operator.prometheus.io/version'] = version.slice(1);
  }
  return definitions;
}

/** The definitions of the operator's release. */
function released(version) {
  const { Dir: folder } = JSON.parse(go('mod', 'download', '-json', `${operator}@${version}`));
  return definitionsIn(path.join(folder, 'example', 'prometheus-operator-crd'));
}

/** A schema without its descriptions; a property that is called description is no text and stays. */
function undescribed(schema) {
  if (Array.isArray(schema)) {
    return schema.map(undescribed);
  }
  if (typeof schema !== 'object' || schema === null) {
    return schema;
  }
  return Object.fromEntries(Object.entries(schema)
    .filter(([key, value]) => key !== 'description' || typeof value !== 'string')
    .map(([key, value]) => [key, undescribed(value)]));
}

function undescribedDefinition(definition) {
  const versions = definition.spec.versions.map((version) => ({ ...version, schema: undescribed(version.schema) }));
  return { ...definition, spec: { ...definition.spec, versions } };
}

/** Paths at which two values differ. */
function differences(ours, theirs, at = '') {
  if (isDeepStrictEqual(ours, theirs)) {
    return [];
  }
  if ([ours, theirs].some((value) => typeof value !== 'object' || value === null) || Array.isArray(ours) !== Array.isArray(theirs)) {
    return [`${at}: ${JSON.stringify(ours)?.slice(0, 80)} here, ${JSON.stringify(theirs)?.slice(0, 80)} in the release`];
  }
  return [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].flatMap((key) => differences(ours[key], theirs[key], `${at}/${key}`));
}

function compare(ours, theirs) {
  const plain = (definitions) => Object.fromEntries([...definitions].map(([name, one]) => [name, undescribedDefinition(one)]));
  const found = differences(plain(ours), plain(theirs));
  if (found.length > 0) {
    throw new Error(`the definitions are not those of the operator's release:\n  ${found.slice(0, 20).join('\n  ')}`);
  }
}

/** Keys in the order in which cdk8s writes them. */
function sorted(value) {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]))
    : value;
}

/** `PodMonitor` as `pod-monitor`. */
const kebab = (kind) => kind.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();

/** The L1 of one kind. */
function l1(file, scratch) {
  const cli = path.join(root, 'node_modules', 'cdk8s-cli', 'bin', 'cdk8s');
  execFileSync(
    process.execPath,
    [cli, 'import', `l1:=${file}`, '--language', 'typescript', '--output', scratch, '--no-save', '--check-upgrade=false'],
    { cwd: scratch, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const [written, ...others] = fs.readdirSync(scratch).filter((name) => name.endsWith('.ts'));
  if (written === undefined || others.length > 0) {
    throw new Error(`cdk8s import of ${file} wrote ${[written, ...others].join(', ')}, not one module`);
  }
  const text = fs.readFileSync(path.join(scratch, written), 'utf8');
  fs.rmSync(path.join(scratch, written));
  return text;
}

/**
 * The defaults of a schema that the API server writes into lists and mappings which are compared as a whole, by path: the fields that they are of,
 * with their values. References by name are left out, which are always given.
 */
function defaultsIn(schema, at = [], isWhole = false) {
  const { properties = {}, items } = schema;
  const inside = isWhole || schema['x-kubernetes-map-type'] === 'atomic';
  const own = Object.entries(properties).filter(([name, { default: value }]) => inside && value !== undefined && name !== 'name');
  return [
    ...(own.length === 0 ? [] : [[at.join('.'), Object.fromEntries(own.map(([name, property]) => [name, property.default]))]]),
    ...Object.entries(properties).flatMap(([name, property]) => defaultsIn(property, [...at, name], inside)),
    ...(items === undefined ? [] : defaultsIn(items, [...at.slice(0, -1), `${at.at(-1)}[]`], inside || schema['x-kubernetes-list-type'] !== 'map')),
  ];
}

/** A value as the linter wants it in TypeScript. */
function literal(value, indent = '') {
  if (typeof value !== 'object') {
    return typeof value === 'string' ? `'${value}'` : String(value);
  }
  const key = (name) => (/^\w+$/.test(name) ? name : `'${name}'`);
  const entries = Object.entries(value).map(([name, item]) => `${key(name)}: ${literal(item, `${indent}  `)}`);
  return Object.values(value).some((item) => typeof item === 'object')
    ? `{\n${entries.map((entry) => `${indent}  ${entry},\n`).join('')}${indent}}`
    : `{ ${entries.join(', ')} }`;
}

/** The module with the defaults of the kinds whose L1 is in use. */
function defaultsModule(definitions) {
  const used = [...definitions.values()].filter(({ spec }) => imported.includes(spec.names.kind));
  const ofKinds = used.map(({ spec: { names, versions: [{ schema }] } }) => (
    [names.kind, Object.fromEntries(defaultsIn(schema.openAPIV3Schema))]
  )).filter(([, defaults]) => Object.keys(defaults).length > 0).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    "// Defaults that the definitions of the operator's resources have in lists, which are compared as a whole. Written by `npm run crds`, see",
    '// CONTRIBUTING.md; not to be edited.',
    '/** Fields with their values, by kind and by path. */',
    'export const RESOURCE_DEFAULTS: { readonly [kind: string]: { readonly [path: string]: Record<string, string | boolean> } | undefined } = '
      + `${literal(Object.fromEntries(ofKinds))};\n`,
  ].join('\n');
}

const DEFAULTS_FILE = 'lib/generated/resource-defaults.ts';

/** The text of every file, by its path in the repository. */
function generate(version) {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'crds-'));
  try {
    const definitions = generated(version, scratch);
    compare(definitions, released(version));
    const files = new Map([[DEFAULTS_FILE, defaultsModule(definitions)]]);
    for (const definition of definitions.values()) {
      const { group, names } = definition.spec;
      const file = `${group}_${names.plural}.json`;
      files.set(`crds/${file}`, `${JSON.stringify(sorted(definition), null, 1)}\n`);
      if (imported.includes(names.kind)) {
        fs.writeFileSync(path.join(scratch, file), files.get(`crds/${file}`));
        files.set(`imports/${kebab(names.kind)}.ts`, l1(path.join(scratch, file), scratch));
      }
    }
    return files;
  } finally {
    fs.rmSync(scratch, { recursive: true });
  }
}

/** Files that are written. */
function committed() {
  return ['crds', 'imports']
    .flatMap((folder) => (fs.existsSync(path.join(root, folder)) ? fs.readdirSync(path.join(root, folder)).map((file) => `${folder}/${file}`) : []));
}

function main(isCheck) {
  const version = pinned();
  pinTypes(version, isCheck);
  const files = generate(version);
  const read = (file) => (fs.existsSync(path.join(root, file)) ? fs.readFileSync(path.join(root, file), 'utf8') : undefined);
  const stale = [...new Set([...files.keys(), ...committed()])].filter((file) => files.get(file) !== read(file)).sort();
  if (isCheck && stale.length > 0) {
    throw new Error(`not what their generators write, run npm run crds: ${stale.join(', ')}`);
  }
  for (const file of stale) {
    fs.rmSync(path.join(root, file), { force: true });
    if (files.has(file)) {
      fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      fs.writeFileSync(path.join(root, file), files.get(file));
    }
  }
  console.log(`${files.size} files of the operator ${version}, ${stale.length} of them ${stale.length === 0 ? 'changed' : 'written anew'}`);
}

const args = process.argv.slice(2);
if (args.some((arg) => arg !== '--check')) {
  console.error(`unknown argument '${args.find((arg) => arg !== '--check')}', known is --check`);
  process.exit(2);
}
try {
  main(args.includes('--check'));
} catch (error) {
  console.error(error.syscall === 'spawnSync go' ? 'Go 1.26 or newer is needed, and no go is on PATH' : error.message);
  process.exit(1);
}
