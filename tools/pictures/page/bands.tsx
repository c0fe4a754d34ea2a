import type { GrafanaTheme2, TimeRange } from '@grafana/data';
import { AxisPlacement, ScaleDirection, ScaleDistribution, ScaleOrientation } from '@grafana/schema';
import { UPlotChart, UPlotConfigBuilder } from '@grafana/ui';
import { useMemo } from 'react';

/** A part of a line, between two times in milliseconds. */
export interface Segment {
  /** Number of its line, from below. */
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly color: string;
}

interface BandsProps {
  /** Names of the lines, from below. */
  readonly lines: readonly string[];
  readonly segments: readonly Segment[];
  /** Whether names are those of the upper edges of the lines, as for buckets, and not of their middle. */
  readonly edges: boolean;
  /** Share of the height of a line that is filled. */
  readonly fill: number;
  readonly width: number;
  readonly height: number;
  readonly timeRange: TimeRange;
  readonly theme: GrafanaTheme2;
}

/** Lines of coloured segments over time, on Grafana's axes: it publishes these, not its heatmap and its state timeline. */
export function Bands({ width, height, ...of }: BandsProps) {
  const config = useMemo(() => configOf(of), []);
  const times = [of.timeRange.from.valueOf(), of.timeRange.to.valueOf()];
  return <UPlotChart data={[times, [null, null]]} width={width} height={height} config={config} />;
}

/** Pixels for the longest name. */
const sizeOf = (names: readonly string[]): number => Math.min(300, 24 + 7 * Math.max(...names.map(({ length }) => length)));

function configOf({ lines, segments, edges, fill, timeRange, theme }: Omit<BandsProps, 'width' | 'height'>): UPlotConfigBuilder {
  const config = new UPlotConfigBuilder('utc');
  const offset = edges ? 1 : 0.5;
  config.addScale({
    scaleKey: 'x', isTime: true, orientation: ScaleOrientation.Horizontal, direction: ScaleDirection.Right,
    range: () => [timeRange.from.valueOf(), timeRange.to.valueOf()],
  });
  config.addScale({
    scaleKey: 'y', isTime: false, orientation: ScaleOrientation.Vertical, direction: ScaleDirection.Up, distribution: ScaleDistribution.Linear,
    range: () => [0, lines.length],
  });
  config.addAxis({ scaleKey: 'x', isTime: true, placement: AxisPlacement.Bottom, theme, timeZone: 'utc', grid: { show: false } });
  config.addAxis({
    scaleKey: 'y', placement: AxisPlacement.Left, theme, size: sizeOf(lines), grid: { show: false }, ticks: { show: false },
    splits: () => lines.map((_, line) => line + offset),
    values: (_plot: unknown, splits: number[]) => splits.map((split) => lines[split - offset]),
  });
  config.addSeries({ scaleKey: 'y', pathBuilder: () => null, theme, show: true });
  config.addHook('drawClear', (plot) => {
    segments.forEach(({ line, from, to, color }) => {
      const [left, right] = [plot.valToPos(from, 'x', true), plot.valToPos(to, 'x', true)];
      const [top, bottom] = [plot.valToPos(line + (1 + fill) / 2, 'y', true), plot.valToPos(line + (1 - fill) / 2, 'y', true)];
      plot.ctx.fillStyle = color;
      plot.ctx.fillRect(left, top, right - left - 1, bottom - top - 1);
    });
  });
  return config;
}
