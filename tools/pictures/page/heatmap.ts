import { type DataFrame, formattedValueToString, getValueFormat, type GrafanaTheme2 } from '@grafana/data';
import { interpolateBlues } from 'd3-scale-chromatic';
import type { Segment } from './bands';

interface Bucket {
  readonly le: number;
  readonly values: ReadonlyMap<number, number>;
}

/** Bounds of buckets from below, and a segment for each bucket and time that has observations. */
export function heatmapOf(frames: readonly DataFrame[], unit: string | undefined, theme: GrafanaTheme2): { lines: string[]; segments: Segment[] } {
  const buckets = frames.map(bucketOf).sort((a, b) => a.le - b.le);
  const times = [...new Set(buckets.flatMap(({ values }) => [...values.keys()]))].sort((a, b) => a - b);
  const step = times.length > 1 ? Math.min(...times.slice(1).map((time, i) => time - times[i])) : 15_000;
  // Buckets hold what is in those below them too.
  const cells = buckets.flatMap(({ values }, line) => times.map((time) => (
    { line, time, count: (values.get(time) ?? 0) - (buckets[line - 1]?.values.get(time) ?? 0) }
  ))).filter(({ count }) => count > 1e-9);
  const most = Math.max(...cells.map(({ count }) => count));
  const format = getValueFormat(unit);
  return {
    lines: buckets.map(({ le }) => (le === Infinity ? '+Inf' : formattedValueToString(format(le)))),
    segments: cells.map(({ line, time, count }) => ({ line, from: time - step, to: time, color: colorOf(Math.sqrt(count / most), theme) })),
  };
}

function bucketOf({ fields: [time, value] }: DataFrame): Bucket {
  const le = value.labels?.le ?? '+Inf';
  const numbers = new Map<number, number>(time.values.map((at, i) => [at, value.values[i] ?? 0]));
  return { le: le === '+Inf' ? Infinity : Number(le), values: numbers };
}

/** Of 64 steps, as Grafana has them: on dark ground the lightest is the most. */
function colorOf(share: number, theme: GrafanaTheme2): string {
  const step = Math.round(share * 63) / 63;
  return interpolateBlues(theme.isDark ? 1 - step : step);
}
