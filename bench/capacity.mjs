#!/usr/bin/env node
// Memory of a series, CPU and disk of a sample, bytes of a sample that is sent: `npm run bench:capacity -- --prometheus FILE` runs that Prometheus on
// the loopback and has it scrape a synthetic cluster. The costs in lib/monitoring/capacity are its figures.
//
// Time passes --speed times as fast: scrapes, blocks and compactions alike, so that a block has as many samples of a series as one of two hours.
// It runs for --minutes; memory is steady after two blocks. --write v1 or v2 sends all samples on, --agent does nothing else.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { serveCluster } from './targets.mjs';

const { values: options } = parseArgs({ options: {
  prometheus: { type: 'string', default: 'prometheus' },
  pods: { type: 'string', default: '500' },
  minutes: { type: 'string', default: '45' },
  speed: { type: 'string', default: '10' },
  port: { type: 'string', default: '29190' },
  write: { type: 'string' },
  agent: { type: 'boolean', default: false },
} });
const speed = Number(options.speed);
const INTERVAL_SECONDS = 30;
const BLOCK_SECONDS = 7200;
const LARGEST_BLOCK_SECONDS = 31 * 86_400;
const SECONDS_BETWEEN_READS = 5;
const MIB = 1024 ** 2;

const cluster = await serveCluster(Number(options.pods));
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-capacity-'));
const data = path.join(dir, 'data');
const log = path.join(dir, 'log');

function writeConfiguration() {
  const interval = `${(INTERVAL_SECONDS * 1000) / speed}ms`;
  const message = options.write === 'v2' ? { protobuf_message: 'io.prometheus.write.v2.Request' } : {};
  const file = path.join(dir, 'prometheus.yml');
  fs.writeFileSync(file, stringify({
    global: { scrape_interval: interval, scrape_timeout: interval },
    scrape_configs: [{ job_name: 'cluster', honor_labels: true, static_configs: cluster.staticConfigs }],
    remote_write: options.write === undefined ? undefined : [{ url: cluster.writeUrl, ...message }],
  }));
  return file;
}

const storage = options.agent
  ? [`agent.path=${data}`, `agent.wal-truncate-frequency=${BLOCK_SECONDS / speed}s`]
  : [`tsdb.path=${data}`, `tsdb.min-block-duration=${BLOCK_SECONDS / speed}s`, `tsdb.max-block-duration=${LARGEST_BLOCK_SECONDS / speed}s`];
const prometheus = spawn(options.prometheus, [
  `--config.file=${writeConfiguration()}`,
  `--web.listen-address=127.0.0.1:${options.port}`,
  ...(options.agent ? ['--agent'] : []),
  ...storage.map((setting) => `--storage.${setting}`),
], { stdio: ['ignore', 'ignore', fs.openSync(log, 'w')] });

/** Metrics of the Prometheus: values by name, summed over labels. */
async function metrics() {
  const answer = await fetch(`http://127.0.0.1:${options.port}/metrics`);
  const sums = {};
  for (const line of (await answer.text()).split('\n').filter((text) => text !== '' && !text.startsWith('#'))) {
    const [, name, value] = /^(\w+)(?:\{.*\})? (\S+)$/.exec(line) ?? [];
    sums[name] = (sums[name] ?? 0) + Number(value);
  }
  return sums;
}

function sizeOf(folder) {
  const files = fs.existsSync(folder) ? fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()) : [];
  // some are gone by now
  return files.reduce((sum, { parentPath, name }) => sum + (fs.statSync(path.join(parentPath, name), { throwIfNoEntry: false })?.size ?? 0), 0);
}

function blocks() {
  return fs.readdirSync(data).filter((name) => fs.existsSync(path.join(data, name, 'meta.json'))).map((name) => {
    const { stats, minTime, maxTime } = JSON.parse(fs.readFileSync(path.join(data, name, 'meta.json'), 'utf8'));
    const index = fs.statSync(path.join(data, name, 'index')).size;
    const bytesOfSample = sizeOf(path.join(data, name)) / stats.numSamples;
    return { hours: ((maxTime - minTime) * speed) / 3_600_000, bytesOfSample, indexOfSeries: index / stats.numSeries };
  });
}

const samplesOf = (read) => read.prometheus_tsdb_head_samples_appended_total ?? read.prometheus_agent_samples_appended_total;
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Reads its metrics until the time is over: those of the time when the series were made, and all since. */
async function watch() {
  const reads = [];
  let wal = 0;
  const end = Date.now() + Number(options.minutes) * 60_000;
  while (Date.now() < end) {
    await sleep(SECONDS_BETWEEN_READS * 1000);
    if (prometheus.exitCode !== null) {
      throw new Error(`Prometheus has ended: ${fs.readFileSync(log, 'utf8').slice(-2000)}`);
    }
    const read = await metrics();
    if (samplesOf(read) > cluster.series * 10) {
      reads.push(read);
    }
    wal = Math.max(wal, sizeOf(path.join(data, 'wal')) + sizeOf(path.join(data, 'chunks_head')));
  }
  return { reads, wal };
}

function report({ reads, wal }) {
  const [first, last] = [reads[0], reads[reads.length - 1]];
  const grown = (name) => (last[name] ?? 0) - (first[name] ?? 0);
  const samples = samplesOf(last) - samplesOf(first);
  const series = last.prometheus_tsdb_head_series ?? last.prometheus_agent_active_series;
  const steady = (name) => reads.slice(Math.floor(reads.length / 2)).map((read) => read[name] / MIB);
  const [resident, heap] = [steady('process_resident_memory_bytes'), steady('go_memstats_heap_inuse_bytes')];
  const sent = grown('prometheus_remote_storage_samples_total');
  const sending = options.write === undefined ? '' : `, remote write ${options.write}`;
  console.log(`${options.agent ? 'agent' : 'server'}${sending}: ${series} series, ${samples} samples`);
  console.log(`  resident memory ${mean(resident).toFixed(0)} MiB, at most ${Math.max(...resident).toFixed(0)}; heap ${mean(heap).toFixed(0)} MiB`);
  console.log(`  CPU ${((grown('process_cpu_seconds_total') * 1e6) / samples).toFixed(2)} microseconds a sample`);
  console.log(`  write-ahead log and head on disk at most ${(wal / MIB).toFixed(0)} MiB, of all samples ${(wal / samplesOf(last)).toFixed(1)} bytes each`);
  if (!options.agent) {
    blocks().forEach(({ hours, bytesOfSample, indexOfSeries }) => {
      console.log(`  block of ${hours.toFixed(1)} hours: ${bytesOfSample.toFixed(2)} bytes a sample, of its index ${indexOfSeries.toFixed(0)} bytes a series`);
    });
  }
  if (sent > 0) {
    const failed = grown('prometheus_remote_storage_samples_failed_total');
    console.log(`  sent ${sent} samples, ${failed} failed, ${(grown('prometheus_remote_storage_bytes_total') / sent).toFixed(1)} bytes each`);
  }
}

try {
  report(await watch());
} finally {
  if (prometheus.exitCode === null) {
    const ended = once(prometheus, 'exit');
    prometheus.kill('SIGTERM');
    await ended;
  }
  cluster.close();
  fs.rmSync(dir, { recursive: true, force: true });
}
process.exit();
