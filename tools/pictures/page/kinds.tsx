import type { GrafanaTheme2, TimeRange } from '@grafana/data';
import { LegendDisplayMode, TableCellHeight, type VizLegendOptions } from '@grafana/schema';
import { TimeSeries, type UPlotConfigBuilder } from '@grafana/ui';
import { TableNG } from '@grafana/ui/unstable';
import { Bands } from './bands';
import { member } from './enums';
import type { Prepared } from './fields';
import { heatmapOf } from './heatmap';
import { type Mark, Marks } from './marks';
import { Bars, Gauges, Stats } from './reduced';
import { timelineOf } from './timeline';
import type { Options, Panel } from '../../../dashboards/grafana/json';

interface KindProps {
  readonly panel: Panel;
  readonly data: Prepared;
  readonly theme: GrafanaTheme2;
  readonly timeRange: TimeRange;
  readonly marks: readonly Mark[];
  /** Milliseconds between two points. */
  readonly step: number;
  readonly width: number;
  readonly height: number;
}

function legendOf({ displayMode = 'list', ...legend }: Options['timeseries']['legend']): VizLegendOptions {
  return { ...legend, displayMode: member(LegendDisplayMode, displayMode) };
}

/** A panel without its frame, drawn by its kind. */
export function Kind({ panel, data, ...shared }: KindProps) {
  const { theme, timeRange, marks, step, width, height } = shared;
  switch (panel.type) {
    case 'timeseries':
      return (
        <TimeSeries frames={data.frames} width={width} height={height} timeRange={timeRange} timeZone="utc" legend={legendOf(panel.options.legend)} options={panel.options}>
          {(config: UPlotConfigBuilder) => <Marks config={config} marks={marks} theme={theme} />}
        </TimeSeries>
      );
    case 'stat':
      return <Stats options={panel.options} data={data} {...shared} />;
    case 'gauge':
      return <Gauges options={panel.options} data={data} {...shared} />;
    case 'bargauge':
      return <Bars options={panel.options} data={data} {...shared} />;
    case 'table':
      return (
        <TableNG
          data={data.frames[0]} fieldConfig={data.fieldConfig} width={width} height={height} timeRange={timeRange} noHeader={!panel.options.showHeader}
          sortBy={panel.options.sortBy} cellHeight={member(TableCellHeight, panel.options.cellHeight ?? 'sm')} enableVirtualization={false}
        />
      );
    case 'heatmap':
      return <Bands {...heatmapOf(data.frames, panel.options.yAxis.unit, theme)} edges fill={1} {...shared} />;
    case 'state-timeline':
      return <Bands {...timelineOf(data.frames, step)} edges={false} fill={panel.options.rowHeight} {...shared} />;
  }
}
