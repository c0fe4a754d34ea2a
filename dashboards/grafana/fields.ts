import type { Color, FieldOptions, Link, Override, Step, Target, Unit } from './json';

/** The data source that is chosen at the top of the dashboard. */
export const DATASOURCE = { type: 'prometheus', uid: '${datasource}' };

/** A text, and the colour of a value that it takes the place of. */
export interface Wording {
  text: string;
  color?: Color;
}

/** What is said of a panel, whatever its kind is. */
export interface Common {
  /** One or two sentences: what is shown, and what is bad. */
  description: string;
  unit: Unit;
  min?: number;
  max?: number;
  decimals?: number;
  /** Colour below the first step. */
  base?: Color;
  /** Colours from values on, in their order. Without any, colour means nothing. */
  thresholds?: Step[];
  /** Words in place of numbers. */
  words?: Readonly<Record<number, Wording>>;
  /** Text where there is no value. */
  noValue?: string;
  /** Links of each value. */
  links?: Link[];
  width?: number;
  height?: number;
}

/** A query that draws series. */
export interface Query {
  expr: string;
  /** Name of the series, with labels as in `{{pod}}`. */
  legend: string;
}

/** Options of the series whose name is this text, or matches. */
export function override<C>(series: string | RegExp, ...properties: Override<C>['properties']): Override<C> {
  return { matcher: typeof series === 'string' ? { id: 'byName', options: series } : { id: 'byRegexp', options: String(series) }, properties };
}

/** A series of one colour whatever its value is. */
export function colored<C>(series: string | RegExp, color: Color, ...properties: Override<C>['properties']): Override<C> {
  return override(series, { id: 'color', value: { mode: 'fixed', fixedColor: color } }, ...properties);
}

/** From `value` on it is of this colour. */
export const step = (value: number, color: Color): Step => ({ color, value });

/** Steps at thresholds of alerts, which follow them when a user changes the alerts. */
export function limits<T extends Readonly<Record<string, number>>>(of: T): (threshold: keyof T & string, color: Color) => Step {
  return (threshold, color) => ({ color, value: of[threshold], threshold });
}

/** The letter of a query. */
export const refId = (i: number): string => String.fromCharCode(65 + i);

export function mappings(words: Readonly<Record<number, Wording>> = {}): FieldOptions['mappings'] {
  const options = Object.fromEntries(Object.entries(words).map(([value, { text, color }], index) => [value, { text, color, index }]));
  return Object.keys(options).length === 0 ? [] : [{ type: 'value', options }];
}

/** Thresholds of a field: without steps of its own a value has the colour of text. */
export function colorSteps(steps: readonly Step[] = [], base: Color = steps.length === 0 ? 'text' : 'green'): NonNullable<FieldOptions['thresholds']> {
  return { mode: 'absolute', steps: [{ color: base, value: null }, ...steps] };
}

/** Options of all fields of a panel. */
export function defaults(of: Common, color: FieldOptions['color'] = { mode: 'thresholds' }): FieldOptions {
  return {
    unit: of.unit, min: of.min, max: of.max, decimals: of.decimals, mappings: mappings(of.words), noValue: of.noValue ?? '–', links: of.links ?? [], color,
    thresholds: colorSteps(of.thresholds, of.base),
  };
}

/** A query over the time range of the dashboard. */
export function overTime({ expr, legend }: Query, i: number): Target {
  return { refId: refId(i), datasource: DATASOURCE, expr, legendFormat: legend, format: 'time_series', instant: false, range: true };
}

/** A query at the end of the time range. */
export function atEnd({ expr, legend }: Query, i: number): Target {
  return { ...overTime({ expr, legend }, i), instant: true, range: false };
}
