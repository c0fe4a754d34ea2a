import type { Labels } from './prometheus-api';
import { parse } from './kubectl';

/** Samples by series and time stamp in milliseconds, `{…} 1764291600000`. Values that are not finite are left out, since not every store has them. */
export type Samples = ReadonlyMap<string, number>;

/** A span of time in seconds since 1970, without its beginning. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Labels that a Prometheus adds to what it sends, and stores to what they keep. */
const ADDED = ['prometheus', 'prometheus_replica', 'receive', 'receive_replica', 'tenant_id'];

type Point = readonly [milliseconds: number, value: number];

function collected(series: Iterable<readonly [Labels, readonly Point[]]>, { start, end }: Span): Samples {
  const found = new Map<string, number>();
  for (const [labels, points] of series) {
    const name = JSON.stringify(Object.entries(labels).filter(([label, value]) => value !== '' && !ADDED.includes(label)).sort());
    for (const [at, value] of points) {
      if (Number.isFinite(value) && at > start * 1000 && at <= end * 1000) {
        found.set(`${name} ${at}`, value);
      }
    }
  }
  return found;
}

/** The path by which a Prometheus tells its samples, of the metrics that a regular expression matches. */
export function prometheusPath({ start, end }: Span, metrics: string = '.+'): string {
  return `/api/v1/query?query=${encodeURIComponent(`{__name__=~"${metrics}"}[${end - start}s]`)}&time=${end}`;
}

/** The samples in the answer of a Prometheus. */
export function prometheusSamples(answer: string, span: Span): Samples {
  const { data: { result } } = parse<{ data: { result: Array<{ metric: Labels; values: Array<[number, string]> }> } }>(answer);
  return collected(result.map(({ metric, values }) => [
    metric, values.map(([seconds, value]) => [Math.round(seconds * 1000), value === '' ? NaN : Number(value)] as const),
  ] as const), span);
}

/** The path by which a VictoriaMetrics tells its samples. */
export function victoriaMetricsPath({ start, end }: Span): string {
  return `/api/v1/export?match[]=${encodeURIComponent('{__name__!=""}')}&start=${start}&end=${end}`;
}

/** The samples in the answer of a VictoriaMetrics, a series a line. */
export function victoriaMetricsSamples(answer: string, span: Span): Samples {
  const lines = answer.split('\n').filter((line) => line !== '');
  return collected(lines.map((line) => {
    const { metric, values, timestamps } = parse<{ metric: Labels; values: Array<number | null | string>; timestamps: number[] }>(line);
    return [metric, timestamps.map((at, i) => [at, typeof values[i] === 'number' ? values[i] : NaN] as const)] as const;
  }), span);
}

/** The path by which an InfluxDB tells its samples. */
export function influxDbPath({ start, end }: Span, database: string = 'prometheus'): string {
  const statement = `SELECT value FROM /.*/ WHERE time > ${start}s AND time <= ${end}s GROUP BY *`;
  return `/query?db=${database}&epoch=ms&q=${encodeURIComponent(statement)}`;
}

/** The samples in the answer of an InfluxDB. */
export function influxDbSamples(answer: string, span: Span): Samples {
  const { results: [{ series = [] }] } = parse<{ results: Array<{ series?: Array<{ name: string; tags: Labels; values: Point[] }> }> }>(answer);
  return collected(series.map(({ name, tags, values }) => [{ __name__: name, ...tags }, values] as const), span);
}

/** Samples as a gateway writes them to OpenTSDB, which allows few characters in names and values of labels. */
export function inOpenTsdb(samples: Samples): Samples {
  return new Map([...samples].map(([key, value]) => {
    const end = key.lastIndexOf(' ');
    const labels = parse<Array<[string, string]>>(key.slice(0, end));
    const spelled = labels.map((pair) => pair.map((text) => text.replace(/[^-_./a-zA-Z0-9]/g, '_')));
    return [`${JSON.stringify(spelled)}${key.slice(end)}`, value];
  }));
}

/** How many samples differ, with some of them. */
export interface Difference {
  readonly missing: number;
  readonly foreign: number;
  readonly changed: number;
  readonly some: readonly string[];
}

/** Share by which VictoriaMetrics may change a value: it keeps twelve digits of what is no short decimal. */
export const TWELVE_DIGITS = 1e-11;

/** Samples that one of the two lacks, and those whose values differ by more than a share of them. */
export function difference(expected: Samples, found: Samples, share = 0): Difference {
  const missing = [...expected.keys()].filter((key) => !found.has(key));
  const foreign = [...found.keys()].filter((key) => !expected.has(key));
  const changed = [...expected].filter(([key, value]) => found.has(key) && Math.abs(found.get(key)! - value) > Math.abs(value) * share);
  const some = [
    ...missing.slice(0, 5).map((key) => `missing: ${key}`),
    ...foreign.slice(0, 5).map((key) => `foreign: ${key}`),
    ...changed.slice(0, 5).map(([key, value]) => `${value} became ${found.get(key)}: ${key}`),
  ];
  return { missing: missing.length, foreign: foreign.length, changed: changed.length, some };
}

/** No difference. */
export const NONE: Difference = { missing: 0, foreign: 0, changed: 0, some: [] };
