// Targets that expose the series of a synthetic cluster with values that move as those of a real one, and a store that accepts remote writes.
import * as http from 'node:http';
import { gzipSync } from 'node:zlib';
import { clusterSeries } from './cluster-series.mjs';

/** Share of counters that count nothing for hours, such as errors, and of series that never change at all. */
const IDLE_COUNTERS = 0.5;
const MOVING_GAUGES = /bytes|load|_rss|_cache|avail|free/;

/** A generator of numbers from 0 to 1, the same in each run. */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const next = random(42);
const exponential = () => -Math.log(1 - next());

/** The function that moves the value of a series by a scrape. */
function motion({ name, step }) {
  if (step === undefined) {
    return MOVING_GAUGES.test(name) ? (value) => Math.max(0, value + Math.round((next() - 0.5) * 100) * 4096) : (value) => value;
  }
  if (next() < IDLE_COUNTERS) {
    return (value) => value;
  }
  return name.endsWith('_seconds_total') ? (value) => value + exponential() * step : (value) => value + Math.round(exponential() * step);
}

const text = (labels) => Object.entries(labels).filter(([, value]) => value !== '').map(([label, value]) => `${label}="${value}"`).join(',');

/** Serves the series of a cluster of so many Pods, a path for each of its targets, and accepts remote writes at /write. */
export async function serveCluster(pods) {
  const targets = new Map();
  let count = 0;
  for (const series of clusterSeries(pods)) {
    const { name, labels: { job, instance, metrics_path: path = '', ...labels }, value } = series;
    if (name === 'up') {
      continue;
    }
    const key = `${job} ${instance} ${path}`;
    const target = targets.get(key) ?? { job, instance, path, lines: [] };
    targets.set(key, target);
    target.lines.push({ begin: `${name}{${text(labels)}} `, value, move: motion(series) });
    count += 1;
  }
  const all = [...targets.values()];
  const server = http.createServer((request, response) => {
    if (request.url === '/write') {
      request.resume().on('end', () => response.writeHead(204, { 'X-Prometheus-Remote-Write-Samples-Written': '2000' }).end());
      return;
    }
    const { lines } = all[Number(request.url.slice(1))];
    const body = lines.map((line) => {
      line.value = line.move(line.value);
      return `${line.begin}${line.value}\n`;
    }).join('');
    response.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4', 'Content-Encoding': 'gzip' }).end(gzipSync(body, { level: 1 }));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `127.0.0.1:${server.address().port}`;
  return {
    series: count,
    writeUrl: `http://${address}/write`,
    staticConfigs: all.map(({ job, instance, path }, i) => ({
      targets: [address], labels: { job, instance, __metrics_path__: `/${i}`, ...(path === '' ? {} : { metrics_path: path }) },
    })),
    close: () => server.close(),
  };
}
