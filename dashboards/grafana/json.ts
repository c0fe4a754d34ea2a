/**
 * What Grafana 13.2 reads, said strictly: its own types as they are in JSON, with the places that it leaves open closed by the kind of panel.
 */
import type * as units from '@grafana/grafana-foundation-sdk/units';
import type {
  DashboardCursorSync, DashboardLink, DataSourceRef, FieldColor, GraphFieldConfig, GridPos, TableFieldOptions, TableOptions, ThresholdsMode,
  ValueMapping, VariableHide, VariableRefresh, VariableSort,
} from '@grafana/schema';
import type { Options as BarGaugeOptions } from '@grafana/schema/dist/esm/raw/composable/bargauge/panelcfg/x/BarGaugePanelCfg_types.gen';
import type { Options as GaugeOptions } from '@grafana/schema/dist/esm/raw/composable/gauge/panelcfg/x/GaugePanelCfg_types.gen';
import type {
  FieldConfig as HeatmapFieldConfig, Options as HeatmapOptions,
} from '@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen';
import type { Options as StatOptions } from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type {
  FieldConfig as TimelineFieldConfig, Options as TimelineOptions,
} from '@grafana/schema/dist/esm/raw/composable/statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen';
import type { Options as TimeSeriesOptions } from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';

/** A type as its JSON: an enum is the set of its values. */
export type Json<T> = T extends string ? `${T}`
  : T extends number ? (`${T}` extends `${infer N extends number}` ? N : never)
    : T extends object ? { [K in keyof T]: Json<T[K]> }
      : T;

/** A unit of Grafana. */
export type Unit = (typeof units)[keyof typeof units];

/** A reduction of the values of a field to one. */
export type Calculation = 'lastNotNull' | 'mean' | 'max' | 'min' | 'sum' | 'range' | 'diff' | 'changeCount';

/** Options of a panel whose calculations are known ones. */
type Closed<O> = {
  [K in keyof O]: K extends 'reduceOptions' ? { calcs: Calculation[]; fields: string; values: false } : K extends 'legend' ? O[K] & { calcs?: Calculation[] } : O[K];
};

/** A colour by its name in Grafana's themes. */
export type Color = 'green' | 'orange' | 'red' | 'blue' | 'purple' | 'yellow' | 'text' | 'transparent' | `${'dark' | 'light' | 'semi-dark' | 'super-light'}-${string}`;

/** From `value` on a field has this colour; null is minus infinity. */
export interface Step {
  color: Color;
  value: number | null;
  /** Threshold of an alert that the value is, by which it is set when a user has changed that. It is not written for Grafana. */
  threshold?: string;
}

/** Link of a field or of a panel. */
export interface Link {
  title: string;
  url: string;
  /** Cluster that it leads to where there are several. It is not written for Grafana. */
  cluster?: string;
  targetBlank?: boolean;
}

/** Options of fields that all panels have. */
export interface FieldOptions {
  displayName?: string;
  description?: string;
  unit?: Unit;
  decimals?: number;
  min?: number;
  max?: number;
  mappings?: Json<ValueMapping>[];
  thresholds?: { mode: `${ThresholdsMode}`; steps: Step[] };
  color?: Json<FieldColor>;
  noValue?: string;
  links?: Link[];
}

type Property<O, Prefix extends string = ''> = { [K in keyof O & string]-?: { id: `${Prefix}${K}`; value: Exclude<O[K], undefined> } }[keyof O & string];

/** Options of some fields of a panel. */
export interface Override<C> {
  matcher: { id: 'byName' | 'byRegexp' | 'byFrameRefID'; options: string };
  properties: (Property<FieldOptions> | Property<C, 'custom.'>)[];
}

/** A query to Prometheus, of which exactly one of `instant` and `range` is true. */
export interface Target {
  refId: string;
  datasource: DataSourceRef;
  expr: string;
  legendFormat?: string;
  format: 'time_series' | 'table' | 'heatmap';
  instant: boolean;
  range: boolean;
}

export type Transformation =
  | { id: 'merge'; options: Record<string, never> }
  | {
    id: 'organize';
    options: {
      excludeByName: Record<string, boolean>;
      includeByName: Record<string, boolean>;
      indexByName: Record<string, number>;
      renameByName: Record<string, string>;
    };
  };

interface PanelOf<Name extends string, O, C> {
  id: number;
  type: Name;
  title: string;
  description: string;
  gridPos: Required<Pick<GridPos, 'x' | 'y' | 'w' | 'h'>>;
  datasource: DataSourceRef;
  targets: Target[];
  options: O;
  fieldConfig: { defaults: FieldOptions & { custom: Partial<C> }; overrides: Override<C>[] };
  transformations?: Transformation[];
  links?: Link[];
}

/** Options of the fields of each kind of panel. */
export interface Fields {
  timeseries: Json<GraphFieldConfig>;
  stat: Record<string, never>;
  gauge: Record<string, never>;
  bargauge: Record<string, never>;
  table: Json<TableFieldOptions>;
  heatmap: Json<HeatmapFieldConfig>;
  'state-timeline': Json<TimelineFieldConfig>;
}

/** Options of each kind of panel. */
export interface Options {
  timeseries: Closed<Json<TimeSeriesOptions>>;
  stat: Closed<Json<StatOptions>>;
  gauge: Closed<Json<GaugeOptions>>;
  bargauge: Closed<Json<BarGaugeOptions>>;
  table: Json<TableOptions>;
  heatmap: Json<HeatmapOptions>;
  'state-timeline': Closed<Json<TimelineOptions>>;
}

export type Kind = keyof Options;
export type Panel = { [K in Kind]: PanelOf<K, Options[K], Fields[K]> }[Kind];

/** A panel without its place in a dashboard. */
export type Unplaced = { [K in Kind]: Omit<PanelOf<K, Options[K], Fields[K]>, 'id' | 'gridPos'> }[Kind];

export interface Row {
  id: number;
  type: 'row';
  title: string;
  collapsed: boolean;
  panels: Panel[];
  gridPos: Panel['gridPos'];
}

interface Chosen {
  text: string;
  value: string;
}

export interface DataSourceVariable {
  type: 'datasource';
  name: string;
  label: string;
  query: 'prometheus';
  hide: Json<VariableHide>;
  includeAll: false;
  multi: false;
  regex: '';
  current: Chosen;
}

export interface QueryVariable {
  type: 'query';
  name: string;
  label: string;
  datasource: DataSourceRef;
  query: { query: string; refId: string; qryType: number };
  definition: string;
  regex: string;
  refresh: Json<VariableRefresh>;
  sort: Json<VariableSort>;
  hide: Json<VariableHide>;
  includeAll: boolean;
  allValue?: string;
  multi: boolean;
  skipUrlSync?: true;
  current: Chosen | Record<string, never>;
}

export interface ConstantVariable {
  type: 'constant';
  name: string;
  label: string;
  query: string;
  hide: 2;
  skipUrlSync: true;
  current: Chosen;
}

export type Variable = DataSourceVariable | QueryVariable | ConstantVariable;

/** Marks in graphs. */
export interface Annotation {
  name: string;
  datasource: DataSourceRef;
  enable: boolean;
  hide: boolean;
  iconColor: Color;
  expr: string;
  step: string;
  titleFormat: string;
  textFormat: string;
  tagKeys: string;
  useValueForTime: boolean;
}

/** A dashboard in the classic model. */
export interface Dashboard {
  uid: string;
  title: string;
  description: string;
  tags: string[];
  editable: false;
  schemaVersion: 42;
  graphTooltip: Json<DashboardCursorSync>;
  timezone: 'browser';
  time: { from: string; to: string };
  refresh: string;
  links: Json<DashboardLink>[];
  annotations: { list: Annotation[] };
  templating: { list: Variable[] };
  panels: (Panel | Row)[];
}
