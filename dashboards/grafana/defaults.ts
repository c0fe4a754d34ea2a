import { DATASOURCE } from './fields';
import type { Dashboard, FieldOptions, Fields, Kind, Options } from './json';

/** What Grafana takes where a panel says nothing. */
interface Defaults<K extends Kind> {
  options: { [O in keyof Options[K]]?: Partial<Options[K][O]> };
  custom?: Partial<Fields[K]>;
  color?: NonNullable<FieldOptions['color']>;
}

const REDUCE = { calcs: ['lastNotNull' as const], fields: '', values: false as const };
const LEGEND = { showLegend: true, displayMode: 'list', placement: 'bottom', calcs: [] } as const;
const TOOLTIP = { mode: 'single', sort: 'none', hideZeros: false } as const;
const SHOWN = { viz: false, legend: false, tooltip: false };
const THRESHOLDS = { mode: 'thresholds' } as const;

/**
 * By kind of panel. Left out are those that versions of Grafana differ in.
 *
 * @see https://github.com/grafana/grafana/tree/main/public/app/plugins/panel module.tsx of each kind
 */
export const DEFAULTS: { [K in Kind]: Defaults<K> } = {
  'timeseries': {
    options: { legend: { ...LEGEND, calcs: [] }, tooltip: TOOLTIP },
    custom: {
      drawStyle: 'line', lineInterpolation: 'linear', lineWidth: 1, fillOpacity: 0, gradientMode: 'none', pointSize: 5, spanNulls: false, axisPlacement: 'auto',
      axisLabel: '', axisColorMode: 'text', axisBorderShow: false, axisCenteredZero: false, scaleDistribution: { type: 'linear' }, barAlignment: 0,
      stacking: { mode: 'none', group: 'A' }, thresholdsStyle: { mode: 'off' }, hideFrom: SHOWN,
    },
    color: { mode: 'palette-classic' },
  },
  'stat': {
    options: {
      colorMode: 'value', graphMode: 'area', justifyMode: 'auto', textMode: 'auto', orientation: 'auto', wideLayout: true, showPercentChange: false,
      percentChangeColorMode: 'standard', reduceOptions: REDUCE,
    },
    color: THRESHOLDS,
  },
  'gauge': {
    options: {
      shape: 'gauge', orientation: 'auto', reduceOptions: REDUCE, showThresholdLabels: false, showThresholdMarkers: true, sizing: 'auto', minVizWidth: 75,
      minVizHeight: 75, barShape: 'flat', effects: {}, segmentCount: 1, segmentSpacing: 0.3, textMode: 'auto',
    },
  },
  'bargauge': {
    options: { valueMode: 'color', showUnfilled: true, sizing: 'auto', minVizWidth: 8, minVizHeight: 16, maxVizHeight: 300, reduceOptions: REDUCE },
    color: THRESHOLDS,
  },
  'table': {
    options: { showHeader: true, cellHeight: 'sm', frameIndex: 0 },
    custom: { align: 'auto', cellOptions: { type: 'auto' }, inspect: false },
    color: THRESHOLDS,
  },
  'heatmap': {
    options: { calculate: false, cellGap: 1, cellValues: {}, selectionMode: 'x', exemplars: { color: 'rgba(255,0,255,0.7)' }, filterValues: { le: 1e-9 } },
    custom: { scaleDistribution: { type: 'linear' }, hideFrom: SHOWN },
  },
  'state-timeline': {
    options: { mergeValues: true, alignValue: 'left', tooltip: TOOLTIP },
    custom: { lineWidth: 0, hideFrom: SHOWN },
  },
};

type Json = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const maps = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isMap) : []);

/** What a panel says by saying nothing. */
function silentPanel({ type }: Json): Json {
  const found = Object.entries(DEFAULTS).find(([kind]) => kind === type);
  const { options = {}, custom = {}, color } = found?.[1] ?? {};
  return { options, fieldConfig: { defaults: { mappings: [], links: [], color, custom } } };
}

/** What a query says by saying nothing. */
function silentQuery({ instant = false }: Json): Json {
  return { datasource: DATASOURCE, format: 'time_series', legendFormat: '', instant: false, range: instant !== true };
}

/** A dashboard for a file, without what Grafana takes anyway: half as long to read, to apply and to load. */
export function lean(dashboard: Dashboard): Json {
  return changed(dashboard, less);
}

/** A dashboard of a file, as Grafana reads it. */
export function filled(file: object): object {
  return changed(file, merged);
}

function changed(dashboard: object, change: (value: Json, silent: Json) => Json): Json {
  const one = (panel: Json): Json => (panel.type === 'row' ? { ...panel, panels: maps(panel.panels).map(one) } : {
    ...change(panel, silentPanel(panel)), targets: maps(panel.targets).map((target) => change(target, silentQuery(target))),
  });
  const { panels, ...rest }: Json = { ...dashboard };
  return { ...rest, panels: maps(panels).map(one) };
}

/** What `value` says beyond `silent`. A panel keeps its `options`, even without any. */
function less(value: Json, silent: Json): Json {
  return Object.fromEntries(Object.entries(value).flatMap(([key, of]) => {
    const unsaid = silent[key];
    if (!isMap(of) || !isMap(unsaid)) {
      return JSON.stringify(of) === JSON.stringify(unsaid) ? [] : [[key, of]];
    }
    const rest = less(of, unsaid);
    return Object.keys(rest).length === 0 && key !== 'options' ? [] : [[key, rest]];
  }));
}

/** `value` over `silent`; a list is taken whole. */
function merged(value: Json, silent: Json): Json {
  return {
    ...silent,
    ...Object.fromEntries(Object.entries(value).map(([key, of]) => {
      const unsaid = silent[key];
      return [key, isMap(of) && isMap(unsaid) ? merged(of, unsaid) : of];
    })),
  };
}
