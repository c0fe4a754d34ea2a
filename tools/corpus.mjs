#!/usr/bin/env node
// What the library and the real programs make of configurations of others, `npm run corpus -- FOLDER...`: rule files and PrometheusRules, of which
// promtool judges, configurations of Alertmanager, of which amtool does, and jobs of prometheus.yml. Prints where the two differ, and the counts;
// exits with 1 where they differ in a way that is not meant: the library refuses secrets in clear, and what surely does nothing.
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import YAML from 'yaml';
import library from '../lib/index.ts';

const tool = (name) => spawnSync(process.execPath, [path.join(import.meta.dirname, 'get.mjs'), name], { encoding: 'utf8' }).stdout.trim();
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'corpus-'));

/** Ends of the names of files that may hold a configuration. */
const NAMES = /[.](ya?ml|rules|json)$/;
/** Messages about what the library refuses on purpose, and the programs take. */
const MEANT = /holds a secret|URL with a password|is never notified|is not mounted|refers to (a )?group|drops everything|not a scheme|which nothing|is not an absolute URL/;

function* filesBelow(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      yield* filesBelow(at);
    } else if (entry.isFile() && NAMES.test(entry.name)) {
      yield at;
    }
  }
}

/** The message of the error that a call throws, or undefined. */
function refusal(call) {
  try {
    call();
    return undefined;
  } catch (error) {
    return error.message.split('\n')[0];
  }
}

/** What a program says of a text that it refuses, or undefined. */
function refusalBy(program, args, text) {
  const file = path.join(scratch, 'file.yml');
  fs.writeFileSync(file, text);
  const { status, stdout, stderr } = spawnSync(program, [...args, file], { encoding: 'utf8' });
  return status === 0 ? undefined : `${stdout}${stderr}`.split('\n').filter((line) => /error|fail|invalid/i.test(line)).join(' ').slice(0, 200) || 'refused';
}

/** A mapping without one of its keys. */
function without(mapping, key) {
  return Object.fromEntries(Object.entries(mapping).filter(([name]) => name !== key));
}

const promtool = tool('promtool');
const amtool = tool('amtool');

/** Kinds of configurations: whether a document is one, what is judged of it, and both judges. */
const KINDS = {
  'rule files': {
    parts: (document) => (Array.isArray(document.groups) && document.groups.some((group) => Array.isArray(group?.rules)) ? [document] : []),
    library: (part) => library.RuleSet.fromText(YAML.stringify(part)),
    program: (part) => refusalBy(promtool, ['check', 'rules', '--lint=none'], YAML.stringify(part)),
  },
  'PrometheusRules': {
    parts: (document) => (document.kind === 'PrometheusRule' && Array.isArray(document.spec?.groups) ? [document] : []),
    library: (part) => library.RuleSet.fromText(YAML.stringify(part)),
    program: (part) => {
      const groups = part.spec.groups.map((group) => without(group, 'partial_response_strategy'));
      return refusalBy(promtool, ['check', 'rules', '--lint=none'], YAML.stringify({ groups }));
    },
  },
  'configurations of Alertmanager': {
    parts: (document) => (document.route !== undefined && Array.isArray(document.receivers) ? [document] : []),
    // templates lie beside the file
    library: (part) => library.AlertRouting.raw(YAML.stringify(without(part, 'templates'))),
    program: (part) => refusalBy(amtool, ['check-config'], YAML.stringify(without(part, 'templates'))),
  },
  'scrape jobs': {
    parts: (document) => (Array.isArray(document.scrape_configs) ? document.scrape_configs.filter((job) => typeof job?.job_name === 'string') : []),
    library: (part) => library.ScrapeJob.raw(part.job_name, part),
    program: (part) => refusalBy(promtool, ['check', 'config', '--syntax-only'], YAML.stringify({ scrape_configs: [part] })),
  },
};

const folders = process.argv.slice(2);
if (folders.length === 0) {
  console.error('name folders with rule files, configurations of Alertmanager or of Prometheus: npm run corpus -- FOLDER...');
  process.exit(1);
}
const counts = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, { judged: 0, taken: 0, alike: 0, meant: 0, differ: 0 }]));
const seen = new Set();
let unread = 0;
for (const file of folders.flatMap((folder) => [...filesBelow(folder)])) {
  const text = fs.readFileSync(file, 'utf8');
  if (!/groups|receivers|scrape_configs/.test(text)) {
    continue;
  }
  const documents = YAML.parseAllDocuments(text, { merge: true });
  if (documents.some(({ errors }) => errors.length > 0)) {
    unread += 1;
    continue;
  }
  for (const document of documents.map((one) => one.toJS({ maxAliasCount: -1 }))) {
    for (const [kind, { parts, library: judge, program }] of Object.entries(KINDS)) {
      for (const part of typeof document === 'object' && document !== null ? parts(document) : []) {
        const key = kind + JSON.stringify(part);
        if (seen.has(key)) {
          continue;
        }
        seen.add(key);
        const [ours, theirs] = [refusal(() => judge(part)), program(part)];
        const count = counts[kind];
        count.judged += 1;
        count.taken += ours === undefined;
        const outcome = (ours === undefined) === (theirs === undefined) ? 'alike' : theirs === undefined && MEANT.test(ours) ? 'meant' : 'differ';
        count[outcome] += 1;
        if (outcome === 'differ') {
          console.log(`${file}: ${kind}: the library ${ours === undefined ? 'takes it' : `says: ${ours}`}; the program ${theirs === undefined ? 'takes it' : `says: ${theirs}`}`);
        }
      }
    }
  }
}
fs.rmSync(scratch, { recursive: true });
console.table(counts);
console.log(`${unread} files are no YAML and were left out; what was there twice was judged once`);
process.exit(Object.values(counts).some(({ differ }) => differ > 0) ? 1 : 0);
