// What promtool says of each expression in corpus.json.
//   node test/promql/corpus.mjs check <promtool>
//     prints where promtool says otherwise than the corpus
//   node test/promql/corpus.mjs record <promtool> [<older promtool>]
//     writes the corpus anew, with the expressions that come from stdin, a JSON string per line
// An entry has the value type of the expression or 'invalid', under `experimental` the same with the feature flags below where that
// differs, and `recent` where a Prometheus before that of lib/versions.ts says otherwise (found with older promtools, and kept).
import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const file = path.join(import.meta.dirname, 'corpus.json');
const names = JSON.parse(fs.readFileSync(path.join(import.meta.dirname, '..', 'generated', 'names.json'), 'utf8'));
const features = ['promql-experimental-functions', 'promql-extended-range-selectors'];

/** An expression that is valid only around one of this type. */
const around = {
  'scalar': (expr) => `vector((\n${expr}\n))`,
  'instant vector': (expr) => `abs((\n${expr}\n))`,
  'range vector': (expr) => `rate((\n${expr}\n))`,
  'string': (expr) => `label_replace(up, "a", (\n${expr}\n), "", "")`,
};

/** Which of the expressions promtool refuses, by their index. */
function refused(promtool, expressions, experimental) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'corpus-'));
  try {
    const rules = path.join(folder, 'rules.json');
    fs.writeFileSync(rules, JSON.stringify({ groups: [{ name: 'g', rules: expressions.map((expr, i) => ({ record: `r${i}`, expr })) }] }));
    const flags = experimental ? [`--enable-feature=${features.join(',')}`] : [];
    const { stdout, stderr, error } = spawnSync(promtool, [...flags, 'check', 'rules', '--lint=none', rules], { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (error) {
      throw error;
    }
    const found = [...`${stdout}${stderr}`.matchAll(/group "g", rule (\d+), "r\d+"/g)].map(([, number]) => Number(number) - 1);
    if (found.length === 0 && !stdout.includes('SUCCESS')) {
      throw new Error(`promtool judged nothing: ${stdout}${stderr}`);
    }
    return new Set(found);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** The type of each expression, or 'invalid', in one run of promtool. */
function judge(promtool, expressions, experimental) {
  const types = Object.keys(around);
  const tried = expressions.flatMap((expr) => [expr, ...types.map((type) => around[type](expr))]);
  const bad = refused(promtool, tried, experimental);
  return expressions.map((expr, i) => {
    const at = i * (types.length + 1);
    if (bad.has(at)) {
      return 'invalid';
    }
    const fitting = types.filter((_, j) => !bad.has(at + 1 + j));
    if (fitting.length !== 1) {
      throw new Error(`promtool takes ${JSON.stringify(expr)} for ${fitting.length} types`);
    }
    return fitting[0];
  });
}

function judged(promtool, expressions) {
  const plain = judge(promtool, expressions, false);
  const experimental = judge(promtool, expressions, true);
  return expressions.map((expr, i) => ({ expr, type: plain[i], ...(experimental[i] !== plain[i] && { experimental: experimental[i] }) }));
}

function same(a, b) {
  return a.type === b.type && a.experimental === b.experimental;
}

const [task, promtool, older] = process.argv.slice(2);
const corpus = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : [];
if (task === 'check') {
  const [, major, minor] = execFileSync(promtool, ['--version'], { encoding: 'utf8' }).match(/version (\d+)\.(\d+)/);
  const [, newestMajor, newestMinor] = names.versions.prometheus.match(/v(\d+)\.(\d+)/);
  const isRecent = Number(major) * 1000 + Number(minor) >= Number(newestMajor) * 1000 + Number(newestMinor);
  const known = corpus.filter(({ recent }) => isRecent || !recent);
  judged(promtool, known.map(({ expr }) => expr)).forEach((said, i) => {
    if (!same(said, known[i])) {
      console.log(`promtool ${major}.${minor}: ${JSON.stringify(said)}, corpus: ${JSON.stringify(known[i])}`);
    }
  });
} else if (task === 'record') {
  const more = process.stdin.isTTY ? [] : fs.readFileSync(0, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));
  const expressions = [...new Set([...corpus.map(({ expr }) => expr), ...more])];
  const now = judged(promtool, expressions);
  const before = older === undefined ? [] : judged(older, expressions);
  const wasRecent = new Set(corpus.filter(({ recent }) => recent).map(({ expr }) => expr));
  const entries = now.map((entry, i) => ({
    ...entry, ...((wasRecent.has(entry.expr) || (older !== undefined && !same(entry, before[i]))) && { recent: true }),
  }));
  fs.writeFileSync(file, `[\n${entries.map((entry) => JSON.stringify(entry)).join(',\n')}\n]\n`);
} else {
  throw new Error('say check or record, see the top of this file');
}
