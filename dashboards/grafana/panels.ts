import { atEnd, colored, Common, DATASOURCE, defaults, override, overTime, Query } from './fields';
import type { Fields, Override, Unit, Unplaced } from './json';

/** A panel without a place. */
export interface Sized {
  width: number;
  height: number;
  panel: Unplaced;
}

/** Fields of a graph. */
type Lines = Fields['timeseries'];

const LAST = { calcs: ['lastNotNull' as const], fields: '', values: false as const };

interface Stat extends Common {
  query: string;
  /** Name of each value, where the query gives several. */
  legend?: string;
  /** Leaves the course over time out of the background. */
  course?: false;
}

/** One number, large, with its recent course behind it. */
export function stat(title: string, of: Stat): Sized {
  const { query, legend = '', course = true } = of;
  return {
    width: of.width ?? 4,
    height: of.height ?? 4,
    panel: {
      type: 'stat', title, description: of.description, datasource: DATASOURCE,
      options: {
        colorMode: 'value', graphMode: course ? 'area' : 'none', justifyMode: 'auto', textMode: 'auto', orientation: 'auto', wideLayout: true,
        showPercentChange: false, percentChangeColorMode: 'standard', reduceOptions: LAST,
      },
      fieldConfig: { defaults: { ...defaults(of), custom: {} }, overrides: [] },
      targets: [(course ? overTime : atEnd)({ expr: query, legend }, 0)],
    },
  };
}

/** One share of a whole as an arc. */
export function gauge(title: string, of: Common & { query: string; legend?: string }): Sized {
  return {
    width: of.width ?? 6,
    height: of.height ?? 8,
    panel: {
      type: 'gauge', title, description: of.description, datasource: DATASOURCE,
      options: {
        shape: 'gauge', orientation: 'auto', reduceOptions: LAST, showThresholdLabels: false, showThresholdMarkers: true, sizing: 'auto', minVizWidth: 75,
        minVizHeight: 75, barShape: 'flat', barWidthFactor: 0.4, effects: {}, segmentCount: 1, segmentSpacing: 0.3, sparkline: false, textMode: 'auto',
      },
      fieldConfig: { defaults: { ...defaults(of), custom: {} }, overrides: [] },
      targets: [atEnd({ expr: of.query, legend: of.legend ?? '' }, 0)],
    },
  };
}

/** A bar for each series, the longest first where the query sorts them. */
export function barGauge(title: string, of: Common & Query): Sized {
  return {
    width: of.width ?? 12,
    height: of.height ?? 8,
    panel: {
      type: 'bargauge', title, description: of.description, datasource: DATASOURCE,
      options: {
        displayMode: 'basic', orientation: 'horizontal', valueMode: 'color', namePlacement: 'left', showUnfilled: true, sizing: 'auto', minVizWidth: 8,
        minVizHeight: 16, maxVizHeight: 300, legend: { showLegend: false, displayMode: 'list', placement: 'bottom', calcs: [] }, reduceOptions: LAST,
      },
      fieldConfig: { defaults: { ...defaults({ base: of.thresholds === undefined ? 'blue' : 'green', ...of }), custom: {} }, overrides: [] },
      targets: [atEnd(of, 0)],
    },
  };
}

interface TimeSeries extends Common {
  queries: Query[];
  /** Areas on top of each other, which together are a whole. */
  stacked?: true;
  /** Bars, for what is counted. */
  bars?: true;
  overrides?: Override<Lines>[];
}

/** Lines over time; stacked ones are areas. Thresholds are dashed lines, and the colour of a line means nothing. */
export function timeSeries(title: string, of: TimeSeries): Sized {
  const { stacked = false, bars = false, width = 12 } = of;
  const wide = width >= 12;
  return {
    width,
    height: of.height ?? 8,
    panel: {
      type: 'timeseries', title, description: of.description, datasource: DATASOURCE,
      options: {
        legend: {
          showLegend: true, displayMode: wide ? 'table' : 'list', placement: wide ? 'right' : 'bottom', calcs: wide ? ['lastNotNull', 'max'] : [],
          ...(wide ? { sortBy: 'Max', sortDesc: true } : {}),
        },
        tooltip: { mode: 'multi', sort: 'desc', hideZeros: false },
      },
      fieldConfig: {
        defaults: {
          ...defaults({ min: 0, ...of }, { mode: 'palette-classic' }),
          custom: {
            drawStyle: bars ? 'bars' : 'line', lineInterpolation: 'linear', lineWidth: stacked || bars ? 0 : 1, fillOpacity: stacked || bars ? 70 : 8,
            gradientMode: 'none', showPoints: 'never', pointSize: 5, spanNulls: false, axisPlacement: 'auto', axisLabel: '', axisColorMode: 'text',
            axisBorderShow: false, axisCenteredZero: false, scaleDistribution: { type: 'linear' }, barAlignment: 0,
            stacking: { mode: stacked ? 'normal' : 'none', group: 'A' }, thresholdsStyle: { mode: of.thresholds === undefined ? 'off' : 'dashed' },
            hideFrom: { viz: false, legend: false, tooltip: false },
          },
        },
        overrides: of.overrides ?? [],
      },
      targets: of.queries.map(overTime),
    },
  };
}

/** Series below the axis, against those above: sent against received. Without a minimum, which would cut them off. */
export function mirrored(title: string, of: TimeSeries & { below: RegExp }): Sized {
  const { below, ...rest } = of;
  return timeSeries(title, {
    ...rest, min: undefined, overrides: [...(of.overrides ?? []), override(below, { id: 'custom.transform', value: 'negative-Y' })],
  });
}

/** A dashed line without area that is no part of a stack: the whole, a limit, what is requested. */
export function dashed(series: string | RegExp, color: 'text' | 'purple' | 'orange' | 'red' = 'text'): Override<Lines> {
  return colored(
    series,
    color,
    { id: 'custom.fillOpacity', value: 0 },
    { id: 'custom.lineWidth', value: 1 },
    { id: 'custom.lineStyle', value: { fill: 'dash', dash: [10, 10] } },
    { id: 'custom.stacking', value: { mode: 'none', group: 'A' } },
  );
}

interface Heatmap {
  description: string;
  /** Unit of the buckets. */
  unit: Unit;
  /** Gives the buckets of a histogram, with their label `le`. */
  query: string;
  width?: number;
  height?: number;
}

/** Buckets of a histogram over time. */
export function heatmap(title: string, of: Heatmap): Sized {
  return {
    width: of.width ?? 12,
    height: of.height ?? 8,
    panel: {
      type: 'heatmap', title, description: of.description, datasource: DATASOURCE,
      options: {
        calculate: false, cellGap: 1, cellValues: {}, showValue: 'never', selectionMode: 'x', exemplars: { color: 'rgba(255,0,255,0.7)' },
        filterValues: { le: 1e-9 },
        color: { mode: 'scheme', scheme: 'Blues', steps: 64, exponent: 0.5, fill: 'dark-blue', reverse: false, scale: 'exponential' },
        legend: { show: true }, rowsFrame: { layout: 'auto' }, tooltip: { mode: 'single', yHistogram: false, showColorScale: false },
        yAxis: { unit: of.unit, axisPlacement: 'left', reverse: false },
      },
      fieldConfig: {
        defaults: {
          ...defaults({ description: of.description, unit: 'short', min: 0 }),
          custom: { scaleDistribution: { type: 'linear' }, hideFrom: { viz: false, legend: false, tooltip: false } },
        },
        overrides: [],
      },
      targets: [{ ...overTime({ expr: of.query, legend: '{{le}}' }, 0), format: 'heatmap' }],
    },
  };
}

/** States over time, a line for each series; words and thresholds give their colours. */
export function stateTimeline(title: string, of: Common & { queries: Query[] }): Sized {
  return {
    width: of.width ?? 24,
    height: of.height ?? 8,
    panel: {
      type: 'state-timeline', title, description: of.description, datasource: DATASOURCE,
      options: {
        mergeValues: true, showValue: 'never', alignValue: 'left', rowHeight: 0.8,
        legend: { showLegend: false, displayMode: 'list', placement: 'bottom', calcs: [] }, tooltip: { mode: 'single', sort: 'none', hideZeros: false },
      },
      fieldConfig: {
        defaults: { ...defaults(of), custom: { lineWidth: 0, fillOpacity: 80, hideFrom: { viz: false, legend: false, tooltip: false } } },
        overrides: [],
      },
      targets: of.queries.map(overTime),
    },
  };
}
