#!/usr/bin/env node
// CPU time that Prometheus takes for all rules of the stack, without recording rules, with those that exist by default, and with all:
// `npm run bench:rules`. tools/rulecost evaluates them with Prometheus's engine over an hour of a synthetic cluster; --pods N,N names its sizes,
// --rules FILE another file of rules to compare. Recorded series are minutes old, so sums over days of them are cheaper than they will be.
import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { clusterSeries } from './cluster-series.mjs';

const { values: options } = parseArgs({ options: { pods: { type: 'string', default: '500,5000' }, rules: { type: 'string' } } });
const root = path.join(import.meta.dirname, '..');
const printed = (script, ...args) => execFileSync(process.execPath, [script, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
const rulecost = printed(path.join(root, 'tools', 'get.mjs'), 'rulecost').trim();

const withoutRecords = (groups) => groups
  .map((group) => ({ ...group, rules: group.rules.filter(({ record }) => record === undefined) }))
  .filter(({ rules }) => rules.length > 0);

/** Prints the cost of the rules of each file in a cluster of so many Pods. */
function measure(pods, cases) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-rules-'));
  try {
    const input = path.join(dir, 'series');
    const lines = fs.openSync(input, 'w');
    let count = 0;
    for (const { name, labels, value, step } of clusterSeries(pods)) {
      fs.writeSync(lines, `${JSON.stringify({ labels: { __name__: name, ...labels }, value, step })}\n`);
      count += 1;
    }
    fs.closeSync(lines);
    const { status, stdout, stderr } = spawnSync(rulecost, Object.values(cases), { stdio: [fs.openSync(input), 'pipe', 'pipe'], encoding: 'utf8' });
    if (status !== 0) {
      throw new Error(`rulecost failed: ${stderr}`);
    }
    console.log(`\n${pods} Pods on ${Math.ceil(pods / 20)} nodes, ${count} series that rules use`);
    JSON.parse(stdout).forEach(({ cpuMilliseconds, recorded, dearest }, i) => {
      const [name] = Object.entries(cases)[i];
      console.log(`  ${name}: ${cpuMilliseconds.toFixed(0)} ms of CPU every 30 s, ${(cpuMilliseconds / 300).toFixed(1)}% of a core; ${recorded} recorded series`);
      console.log(`    dearest: ${dearest.join(', ')}`);
    });
  } finally {
    fs.rmSync(dir, { recursive: true, force: true });
  }
}

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-rules-'));
try {
  const { used, community } = JSON.parse(printed(path.join(import.meta.dirname, 'apps', 'rules.cjs')));
  const sets = { 'no recording rules': withoutRecords(used), 'those by default': used, 'all of the community': community };
  const cases = Object.fromEntries(Object.entries(sets).map(([name, groups], i) => {
    const file = path.join(scratch, `${i}.yaml`);
    fs.writeFileSync(file, stringify({ groups }));
    const rules = groups.flatMap((group) => group.rules);
    const records = rules.filter(({ record }) => record !== undefined).length;
    return [`${name} (${rules.length - records} alerting, ${records} recording)`, file];
  }));
  console.log(`Prometheus ${/rulecost-([\d.]+)-/.exec(rulecost)[1]}, ${os.cpus()[0]?.model ?? 'unknown CPU'}, means of 10 evaluations`);
  options.pods.split(',').map(Number).forEach((pods) => measure(pods, options.rules === undefined ? cases : { ...cases, [options.rules]: path.resolve(options.rules) }));
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
