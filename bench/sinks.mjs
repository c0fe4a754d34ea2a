#!/usr/bin/env node
// CPU time of a sample that is written to a store, and that a gateway delivers to a sink, beside that of a Prometheus which is written to:
// `npm run bench:sinks`. Stores are --prometheus, --victoria-metrics, --influxd and --thanos, by default those of PATH; what is missing is left out.
// Sinks answer at once and store nothing, but for Kafka: --kafka HOST:PORT is a broker that makes topics. Linux alone.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as http from 'node:http';
import { createRequire } from 'node:module';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { requests } from './write-requests.mjs';

const { values: options } = parseArgs({ options: {
  'prometheus': { type: 'string', default: 'prometheus' },
  'victoria-metrics': { type: 'string', default: 'victoria-metrics' },
  'influxd': { type: 'string', default: 'influxd' },
  'thanos': { type: 'string', default: 'thanos' },
  'kafka': { type: 'string' },
  'requests': { type: 'string', default: '200' },
  'only': { type: 'string', default: '' },
} });
const SERIES = 2000;
const AT_A_TIME = 4;
const WARM_UP = 10;
const PORT = 29_400;
const TICKS_PER_SECOND = 100;
const root = path.join(import.meta.dirname, '..');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-sinks-'));
const requestAt = requests(SERIES);
const tool = (name) => execFileSync(process.execPath, [path.join(root, 'tools', 'get.mjs'), name], { encoding: 'utf8' }).trim();
let time = Date.now() - 3_600_000;

/** A sink that says that all is well. */
const sink = http.createServer((request, response) => {
  request.resume().on('end', () => response.writeHead(200).end(request.url === '/api/put?details' ? '{}' : '{"errors":false,"items":[]}'));
});
sink.listen(0, '127.0.0.1');
await once(sink, 'listening');
const sinkUrl = `http://127.0.0.1:${sink.address().port}`;

/** The files of a gateway as the library makes them, for this machine. */
function gatewayFiles(name, sinkOf, buffered) {
  const lib = createRequire(import.meta.url)(path.join(root, 'build', 'bundle.js'));
  const { Chart, Duration, Testing } = createRequire(import.meta.url)('cdk8s');
  const { Secret } = createRequire(import.meta.url)('cdk8s-plus-27');
  const chart = new Chart(Testing.app(), 'bench', { namespace: 'bench' });
  const token = lib.SecretKey.of(Secret.fromSecretName(chart, 'secret', 'sink'), 'token');
  const delivery = buffered ? lib.Delivery.buffered(Duration.minutes(10)) : undefined;
  const { configMap } = new lib.SinkGateway(chart, 'gateway', { sink: sinkOf(lib.Sink, token), delivery });
  const folder = path.join(dir, name.replace(/\W+/g, '-'));
  for (const place of ['config', 'credentials', 'secrets/sink']) {
    fs.mkdirSync(path.join(folder, place), { recursive: true });
  }
  fs.writeFileSync(path.join(folder, 'credentials', 'token'), 'x');
  fs.writeFileSync(path.join(folder, 'secrets', 'sink', 'token'), 'x');
  for (const [file, content] of Object.entries(configMap.toJson().data)) {
    const here = content.replaceAll('/etc/sink-gateway', folder).replace(/(?<=[ "/]):4195/, `127.0.0.1:${PORT}`).replace(/(?<="):9273/, `127.0.0.1:${PORT + 1}`);
    fs.writeFileSync(path.join(folder, 'config', file), here);
  }
  return path.join(folder, 'config');
}

const data = (name) => path.join(dir, `data-${name}`);
const at = `127.0.0.1:${PORT}`;
const STORES = {
  'Prometheus': {
    command: [options.prometheus, '--web.enable-remote-write-receiver', `--web.listen-address=${at}`, `--storage.tsdb.path=${data('prometheus')}`, `--config.file=${path.join(dir, 'prometheus.yml')}`],
    write: '/api/v1/write', ready: '/-/ready',
  },
  'VictoriaMetrics': { command: [options['victoria-metrics'], `-httpListenAddr=${at}`, `-storageDataPath=${data('vm')}`], write: '/api/v1/write', ready: '/health' },
  'InfluxDB 1.x': {
    command: [options.influxd, '-config', '/dev/null'], write: '/api/v1/prom/write?db=bench', ready: '/ping',
    env: {
      INFLUXDB_META_DIR: data('influx/meta'), INFLUXDB_DATA_DIR: data('influx/data'), INFLUXDB_DATA_WAL_DIR: data('influx/wal'), INFLUXDB_DATA_INDEX_VERSION: 'tsi1',
      INFLUXDB_HTTP_BIND_ADDRESS: at, INFLUXDB_BIND_ADDRESS: `127.0.0.1:${PORT + 2}`, INFLUXDB_REPORTING_DISABLED: 'true', INFLUXDB_HTTP_LOG_ENABLED: 'false',
    },
    prepare: () => fetch(`http://${at}/query?q=CREATE+DATABASE+bench`, { method: 'POST' }),
  },
  'Thanos Receive': {
    command: [
      options.thanos, 'receive', `--tsdb.path=${data('thanos')}`, `--remote-write.address=${at}`, `--http-address=127.0.0.1:${PORT + 1}`, `--grpc-address=127.0.0.1:${PORT + 2}`,
      '--label=receive="bench"', '--tsdb.out-of-order.time-window=1h',
    ],
    write: '/api/v1/receive', ready: '/-/ready', readyPort: PORT + 1,
  },
};
const SINKS = {
  'OpenSearch': [(of) => of.openSearch({ url: sinkUrl }), true],
  'InfluxDB 2 and 3': [(of, token) => of.influxDb({ url: sinkUrl, bucket: 'bench', token }), true],
  'OpenTSDB': [(of) => of.openTsdb({ url: sinkUrl }), false],
  ...(options.kafka === undefined ? {} : { Kafka: [(of) => of.kafka({ brokers: [options.kafka], topic: `bench-${process.pid}` }), true] }),
};

function gateways() {
  return Object.fromEntries(Object.entries(SINKS).flatMap(([name, [sinkOf, canBuffer]]) => [
    [`Gateway to ${name}`, () => ({
      command: [tool('gateway'), '-c', path.join(gatewayFiles(name, sinkOf, false), 'bento.yaml')], write: '/api/v1/write', ready: '/ping',
    })],
    ...(canBuffer ? [[`Gateway to ${name}, buffered`, () => ({
      command: [tool('telegraf'), '--config', path.join(gatewayFiles(`${name} buffered`, sinkOf, true), 'telegraf.conf'), '--strict-env-handling', '--unprotected'],
      write: '/api/v1/write', ready: '/metrics', readyPort: PORT + 1, delivered,
    })]] : []),
  ]));
}

/** Samples that a gateway has delivered from its buffer. */
async function delivered() {
  const answer = await (await fetch(`http://127.0.0.1:${PORT + 1}/metrics`)).text();
  const line = answer.split('\n').find((each) => each.startsWith('internal_write_buffer_size{') && each.includes('alias="sink"'));
  return line !== undefined && Number(line.split(' ').at(-1)) === 0;
}

/** Seconds of CPU that a process has taken. */
function cpuOf(pid) {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Sends a request, again where it is answered by 5xx, as Prometheus does. */
async function sendOne(url, body, tries = 10) {
  const headers = { 'Content-Type': 'application/x-protobuf', 'Content-Encoding': 'snappy', 'X-Prometheus-Remote-Write-Version': '0.1.0' };
  const answer = await fetch(url, { method: 'POST', headers, body });
  const text = await answer.text();
  if (answer.status >= 500 && tries > 1) {
    await sleep(500);
    await sendOne(url, body, tries - 1);
  } else if (!answer.ok) {
    throw new Error(`${url} answers ${answer.status}: ${text.trim().slice(0, 300)}`);
  }
}

async function send(url, count) {
  let left = count;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      time += 15_000;
      await sendOne(url, requestAt(time));
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
}

/** Waits until something holds; a program that ends meanwhile is an error. */
async function until(child, holds) {
  while (!await holds().catch(() => false)) {
    if (child.exitCode !== null || child.pid === undefined) {
      throw new Error(`${child.spawnfile} has ended with ${child.exitCode}`);
    }
    await sleep(200);
  }
}

/** Milliseconds of CPU for a sample. */
async function measure({ command: [program, ...args], write, ready, readyPort = PORT, env, prepare, delivered: isDelivered }) {
  const child = spawn(program, args, { stdio: 'ignore', env: { ...process.env, ...env } });
  child.on('error', () => undefined);
  try {
    await until(child, async () => (await fetch(`http://127.0.0.1:${readyPort}${ready}`)).ok);
    await prepare?.();
    await send(`http://${at}${write}`, WARM_UP);
    const before = cpuOf(child.pid);
    await send(`http://${at}${write}`, Number(options.requests));
    if (isDelivered !== undefined) {
      // its own metrics are as old as that
      await sleep(16_000);
      await until(child, isDelivered);
    }
    return ((cpuOf(child.pid) - before) * 1000) / (Number(options.requests) * SERIES);
  } finally {
    if (child.exitCode === null && child.pid !== undefined) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }
}

fs.writeFileSync(path.join(dir, 'prometheus.yml'), 'storage: {tsdb: {out_of_order_time_window: 1h}}\n');
try {
  let plain;
  for (const [name, target] of Object.entries({ ...STORES, ...gateways() }).filter(([each]) => each === 'Prometheus' || each.includes(options.only))) {
    try {
      const cost = await measure(typeof target === 'function' ? target() : target);
      plain ??= cost;
      console.log(`${name.padEnd(40)} ${cost.toFixed(4)} ms of CPU a sample, ${(cost / plain).toFixed(1)} x Prometheus, ${Math.round(1000 / cost)} samples a second and core`);
    } catch (error) {
      console.log(`${name.padEnd(40)} left out: ${error.message}`);
    }
  }
  console.log(`${os.cpus().length} CPUs, load ${os.loadavg()[0].toFixed(1)}, ${options.requests} requests of ${SERIES} series with ten labels`);
} finally {
  sink.close();
  sink.closeAllConnections();
  fs.rmSync(dir, { recursive: true, force: true });
}
