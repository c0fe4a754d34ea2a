#!/usr/bin/env node
// Writes docs/api, `npm run docs`: a page for each area of the public API, from the assembly that jsii wrote, and an index of them. An area
// is a folder of lib. With `--check` nothing is written, and it exits with 1 when what is committed differs.
import * as fs from 'node:fs';
import * as path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const target = path.join(root, 'docs', 'api');
const assembly = JSON.parse(fs.readFileSync(path.join(root, '.jsii'), 'utf8'));
const types = Object.values(assembly.types);

/** Floors of which each folder is an area of its own. */
const split = ['components', 'monitoring'];

/** Areas in the order of the index, with their titles. Others follow, called as their folders. */
const titles = {
  'stack': 'The whole stack',
  'server': 'Prometheus and Alertmanager servers',
  'operator': 'The Prometheus Operator',
  'backend': 'Options of both backends',
  'grafana': 'Dashboards in Grafana',
  'long-term': 'Long-term storage',
  'metrics-api': 'Metrics APIs of Kubernetes',
  'monitoring': 'Monitoring, and the interfaces of Prometheus and Alertmanager',
  'monitoring/scrape': 'Scrape jobs',
  'monitoring/http': 'HTTP clients and servers',
  'monitoring/rules': 'Rules',
  'monitoring/routing': 'Alert routing',
  'monitoring/integrations': 'Receiver integrations',
  'components': 'Options of all components',
  'components/apiserver': 'API server',
  'components/blackbox': 'Blackbox exporter',
  'components/control-plane': 'Scheduler and controller manager',
  'components/coredns': 'CoreDNS',
  'components/etcd': 'etcd',
  'components/general': 'General rules',
  'components/kube-proxy': 'kube-proxy',
  'components/kube-state': 'kube-state-metrics',
  'components/kubelet': 'Kubelet',
  'components/node': 'Node exporter',
  'components/alertmanager': 'Alertmanager rules',
  'components/operator': 'Prometheus Operator rules',
  'components/prometheus': 'Prometheus rules',
  'kubernetes': 'Kubernetes helpers',
  'promql': 'PromQL expressions',
  'common': 'Common values',
};

const compare = (a, b) => (a < b ? -1 : Number(a > b));
const byName = (a, b) => compare(a.name, b.name);

/** The area of a type: `server`, `components/etcd`. */
function areaOf(type) {
  const folders = path.posix.dirname(type.locationInModule.filename).split('/').slice(1);
  return split.includes(folders[0]) && folders.length > 1 ? `${folders[0]}/${folders.at(-1)}` : folders[0] ?? 'common';
}

/** The path of the page of an area, from docs/api. */
const pageOf = (area) => (Object.values(areas).some((other) => other.startsWith(`${area}/`)) ? `${area}/README.md` : `${area}.md`);

const named = Object.fromEntries(types.map((type) => [type.name, type]));
const areas = Object.fromEntries(types.map((type) => [type.name, areaOf(type)]));

/** The address of a type, seen from the page of an area. */
function linkTo(name, from) {
  const page = areas[name] === from ? '' : path.posix.relative(path.posix.dirname(pageOf(from)), pageOf(areas[name]));
  return `${page}#${name.toLowerCase()}`;
}

/** The name of a type, a link where it is one of this library. */
function reference(fqn, from) {
  const name = fqn.slice(fqn.indexOf('.') + 1);
  return assembly.types[fqn] === undefined ? `\`${name}\`` : `[\`${name}\`](${linkTo(name, from)})`;
}

/** A type as it is written in TypeScript, of Markdown. */
function spelled(type, from) {
  if (type.primitive !== undefined) {
    return `\`${type.primitive === 'json' ? 'object' : type.primitive}\``;
  }
  if (type.collection !== undefined) {
    const element = spelled(type.collection.elementtype, from);
    return (type.collection.kind === 'array' ? `${element}\`[]\`` : `\`{ [key: string]: \`${element}\` }\``).replaceAll('``', '');
  }
  return reference(type.fqn, from);
}

/** Text of docstrings as Markdown: a name in backticks is a link, and nothing but code has an angle bracket. */
function prose(text, from, self) {
  return text.split(/(`[^`]*`)/).map((part) => {
    const [, name] = /^`(\w+)([.]\w+)?`$/.exec(part) ?? [];
    if (name !== undefined && name !== self && Object.hasOwn(named, name)) {
      return `[${part}](${linkTo(name, from)})`;
    }
    return part.startsWith('`') ? part : part.replaceAll('<', '&lt;');
  }).join('');
}

/** What a docstring says: its summary and, in the same line or below, the rest. */
function said({ docs = {} }, joint) {
  const { summary, remarks } = docs;
  const throws = docs.custom?.throws === undefined ? [] : [`Throws ${docs.custom.throws.replace(/^(if|when) /, 'when ')}`];
  const deprecated = docs.deprecated === undefined ? [] : [`Deprecated: ${docs.deprecated}`];
  const isCut = summary !== undefined && remarks !== undefined && !/[.!?:]$/.test(summary);
  return [...isCut ? [`${summary} ${remarks}`] : [summary, remarks], ...throws, ...deprecated].filter(Boolean).join(joint);
}

/** The same in one line, of a list or a table. */
function line(documented, from, self) {
  const text = said(documented, ' ').replaceAll(/\n+- /g, '<br>- ').replaceAll(/\n{2,}/g, '<br>').replaceAll('\n', ' ');
  return [prose(text, from, self), ...seen(documented)].join(' ').trim();
}

function seen({ docs = {} }) {
  return docs.see === undefined ? [] : [`[See](${docs.see}).`];
}

function table(head, rows) {
  const row = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return rows.length === 0 ? [] : [row(head), row(head.map(() => '---')), ...rows.map(row), ''];
}

/** A method as one item of a list, its parameters below. */
function method({ name, parameters = [], returns, isStatic, ...rest }, from, self) {
  const written = parameters.map(({ name: parameter, type, optional, variadic }) => {
    const list = variadic ? '`[]`' : '';
    return `\`${variadic ? '...' : ''}${parameter}${optional ? '?' : ''}: \`${spelled(type, from)}${list}`;
  }).join('`, `');
  const signature = `\`${isStatic ? `${self}.` : ''}${name}(\`${written}\`)\``.replaceAll('``', '');
  const result = returns === undefined || isStatic ? '' : `: ${spelled(returns.type, from)}${returns.optional ? ' or `undefined`' : ''}`;
  const text = line(rest, from, self);
  return [
    `- ${signature}${result}${text === '' ? '' : `<br>${text}`}`,
    ...parameters.filter(({ docs }) => docs !== undefined).map((parameter) => `  - \`${parameter.name}\`: ${line(parameter, from, self)}`),
  ];
}

function methods(title, members, from, self) {
  return members.length === 0 ? [] : [title, '', ...members.flatMap((member) => method(member, from, self)), ''];
}

/** Members that say something of their own; what only does what it overrides is documented there. */
function ownMembers(members = []) {
  const trivial = ['toString', 'with', 'isConstruct'];
  const isOwn = ({ overrides, docs }) => overrides === undefined || docs?.summary !== undefined;
  return members.filter((member) => !trivial.includes(member.name) && isOwn(member)).sort(byName);
}

/** All that a type of this library builds on, nearest first. */
function ancestors({ base, interfaces = [] }) {
  const above = [base, ...interfaces].filter((fqn) => fqn !== undefined && assembly.types[fqn] !== undefined).map((fqn) => assembly.types[fqn]);
  return [...new Set([...above, ...above.flatMap(ancestors)])];
}

/** The names of inherited members, each once, with a link to the type that documents them. */
function inherited(type, from) {
  const known = new Set([...type.properties ?? [], ...type.methods ?? []].map(({ name }) => name));
  return ancestors(type).flatMap((ancestor) => {
    const members = ownMembers([...ancestor.properties ?? [], ...ancestor.methods ?? []])
      .filter((member) => !member.static && !known.has(member.name));
    members.forEach(({ name }) => known.add(name));
    return members.length === 0 ? [] : [`Inherited from ${reference(ancestor.fqn, from)}: ${members.map(({ name }) => `\`${name}\``).join(', ')}.`, ''];
  });
}

/** What implements an interface. */
function implementations(type, from) {
  const found = types.filter((other) => other.kind === 'class' && other.interfaces?.includes(type.fqn)).sort(byName);
  return found.length === 0 ? [] : [`Implemented by ${found.map(({ fqn }) => reference(fqn, from)).join(', ')}.`, ''];
}

function heading(type, from) {
  const above = [type.base, ...type.interfaces ?? []].filter((fqn) => fqn !== undefined).map((fqn) => reference(fqn, from));
  const kind = type.datatype ? 'Props' : { class: type.abstract ? 'Abstract class' : 'Class', interface: 'Interface', enum: 'Enum' }[type.kind];
  return [
    `## ${type.name}`, '',
    `*${kind}${above.length === 0 ? '' : `, extends ${above.join(', ')}`}*`, '',
    ...[prose(said(type, '\n\n'), from, type.name), type.docs?.see === undefined ? '' : `See <${type.docs.see}>.`]
      .filter((text) => text !== '').flatMap((text) => [text, '']),
    ...type.docs?.example === undefined ? [] : ['```ts', type.docs.example, '```', ''],
  ];
}

/** Props, the required ones first. */
function props(type, from) {
  const own = ownMembers(type.properties);
  const ordered = [...own.filter(({ optional }) => !optional), ...own.filter(({ optional }) => optional)];
  return table(['prop', 'type', 'default', 'description'], ordered.map((prop) => [
    `\`${prop.name}\``,
    spelled(prop.type, from),
    prop.optional ? prose((prop.docs?.default ?? 'none').replace(/^- /, '').replaceAll('\n', ' '), from, type.name) : '**required**',
    line(prop, from, type.name),
  ]));
}

/** Properties as a table: their names, types and texts. */
function properties(title, members, from, self) {
  return members.length === 0 ? [] : [title, '', ...table(['property', 'type', 'description'], members.map((property) => [
    `\`${property.static ? `${self}.` : ''}${property.name}\``,
    `${spelled(property.type, from)}${property.optional ? ' or `undefined`' : ''}`,
    line(property, from, self),
  ]))];
}

function section(type, from) {
  if (type.kind === 'enum') {
    const rows = type.members.map((member) => [`\`${type.name}.${member.name}\``, line(member, from, type.name)]);
    return [...heading(type, from), ...table(['value', 'description'], rows)];
  }
  if (type.datatype) {
    return [...heading(type, from), ...props(type, from), ...inherited(type, from)];
  }
  const [own, owned] = [ownMembers(type.properties), ownMembers(type.methods).map((member) => ({ ...member, isStatic: member.static }))];
  const constructors = type.initializer === undefined || type.abstract ? [] : [{ ...type.initializer, name: `new ${type.name}` }];
  return [
    ...heading(type, from),
    ...methods('**Made by**', [...constructors, ...owned.filter(({ isStatic }) => isStatic)], from, type.name),
    ...properties('**Constants**', own.filter((member) => member.static), from, type.name),
    ...methods('**Methods**', owned.filter(({ isStatic }) => !isStatic), from, type.name),
    ...properties('**Properties**', own.filter((member) => !member.static), from, type.name),
    ...inherited(type, from),
    ...type.kind === 'interface' ? implementations(type, from) : [],
  ];
}

/** Fully qualified names of the types that a type mentions. */
function mentioned(type) {
  const spelledOut = (one) => (one === undefined ? [] : one.collection === undefined ? [one.fqn] : spelledOut(one.collection.elementtype));
  const members = [...type.initializer === undefined ? [] : [type.initializer], ...type.methods ?? []];
  return [
    ...members.flatMap(({ parameters = [] }) => parameters.flatMap((parameter) => spelledOut(parameter.type))),
    ...(type.properties ?? []).flatMap((property) => spelledOut(property.type)),
  ];
}

/** Types of a page: each class, interfaces and then props and enums behind what mentions them first. */
function ordered(members) {
  const placed = new Set();
  const place = (type) => {
    if (type !== undefined && !placed.has(type) && members.includes(type)) {
      placed.add(type);
      mentioned(type).map((fqn) => assembly.types[fqn]).filter((other) => other?.datatype || other?.kind === 'enum').forEach(place);
    }
  };
  const rank = (type) => (type.kind === 'class' ? 0 : type.kind === 'interface' && !type.datatype ? 1 : 2);
  [...members].sort((a, b) => rank(a) - rank(b) || byName(a, b)).forEach(place);
  return [...placed];
}

const summary = (type, from) => prose(said({ docs: { summary: type.docs?.summary?.replace(/;$/, '.') } }, '').replaceAll('\n', ' '), from, type.name);
const titleOf = (area) => titles[area] ?? area.split('/').at(-1).replaceAll('-', ' ').replace(/^[a-z]/, (letter) => letter.toUpperCase());
const notice = '<!-- Written by npm run docs. -->';

function page(area, members) {
  const list = ordered(members);
  const index = path.posix.relative(path.posix.dirname(pageOf(area)), 'README.md');
  return [
    notice, '', `# ${titleOf(area)}`, '', `[All areas](${index})`, '',
    ...list.map((type) => `- [\`${type.name}\`](#${type.name.toLowerCase()}): ${summary(type, area)}`), '',
    ...list.flatMap((type) => section(type, area)),
  ].join('\n').trimEnd();
}

/** The text of every page, by its path from docs/api. */
function generate() {
  const order = Object.keys(titles);
  const place = (area) => (order.includes(area) ? order.indexOf(area) : order.length);
  const all = [...new Set(Object.values(areas))].sort((a, b) => place(a) - place(b) || compare(a, b));
  const membersOf = (area) => types.filter((type) => areas[type.name] === area);
  const index = [
    notice, '', '# API', '',
    'Every public type of `cdk8s-prometheus`, by area. Classes and functions of `cdk8s`, `cdk8s-plus-27` and `constructs` are documented there.', '',
    ...all.flatMap((area) => [
      `## [${titleOf(area)}](${pageOf(area)})`, '',
      ...ordered(membersOf(area)).map((type) => `- [\`${type.name}\`](${pageOf(area)}#${type.name.toLowerCase()}): ${summary(type, 'README')}`), '',
    ]),
  ].join('\n').trimEnd();
  return new Map([['README.md', `${index}\n`], ...all.map((area) => [pageOf(area), `${page(area, membersOf(area))}\n`])]);
}

function main(isCheck) {
  const pages = generate();
  const there = fs.existsSync(target) ? fs.readdirSync(target, { recursive: true, withFileTypes: true }) : [];
  const committed = there.filter((entry) => entry.isFile()).map((entry) => path.relative(target, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
  const read = (file) => (committed.includes(file) ? fs.readFileSync(path.join(target, file), 'utf8') : undefined);
  const stale = [...new Set([...pages.keys(), ...committed])].filter((file) => pages.get(file) !== read(file)).sort();
  if (isCheck && stale.length > 0) {
    throw new Error(`docs/api is not what the docstrings say, run npm run docs: ${stale.join(', ')}`);
  }
  for (const file of stale) {
    fs.rmSync(path.join(target, file), { force: true });
    if (pages.has(file)) {
      fs.mkdirSync(path.dirname(path.join(target, file)), { recursive: true });
      fs.writeFileSync(path.join(target, file), pages.get(file));
    }
  }
  console.log(`${pages.size} pages in docs/api, ${stale.length} of them ${stale.length === 0 ? 'changed' : 'written anew'}`);
}

const args = process.argv.slice(2);
if (args.some((arg) => arg !== '--check')) {
  console.error(`unknown argument '${args.find((arg) => arg !== '--check')}', known is --check`);
  process.exit(2);
}
try {
  main(args.includes('--check'));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
