import { atEnd, colorSteps, DATASOURCE, defaults, mappings, override, refId, Wording } from './fields';
import type { Fields, Link, Override, Step, Unit } from './json';
import type { Sized } from './panels';

/** A column with a label of the series. */
interface LabelColumn {
  label: string;
  name: string;
  links?: Link[];
  width?: number;
}

/** A column with the values of a query. */
interface ValueColumn {
  query: string;
  name: string;
  unit: Unit;
  decimals?: number;
  /** Draws a bar from `min` to `max`. */
  bar?: true;
  min?: number;
  max?: number;
  thresholds?: Step[];
  words?: Readonly<Record<number, Wording>>;
  links?: Link[];
  width?: number;
}

interface Table {
  description: string;
  columns: (LabelColumn | ValueColumn)[];
  /** Name of the column whose largest values come first. */
  sortBy: string;
  /** Text where there is no row. */
  noValue?: string;
  width?: number;
  height?: number;
}

type Cells = Fields['table'];

/** What a cell without a value shows: the text of the table is that of one without rows. */
const NOTHING = { id: 'noValue' as const, value: '–' };

/** A row for each set of labels, a column for each label and each query. */
export function table(title: string, of: Table): Sized {
  const { columns, sortBy } = of;
  const queries = columns.filter((column) => 'query' in column);
  // A value has the letter of its query only where there are several.
  const field = (column: LabelColumn | ValueColumn) => (
    'label' in column ? column.label : queries.length === 1 ? 'Value' : `Value #${refId(queries.indexOf(column))}`
  );
  const byField = <T>(value: (column: LabelColumn | ValueColumn, i: number) => T) => (
    Object.fromEntries(columns.map((column, i) => [field(column), value(column, i)]))
  );
  return {
    width: of.width ?? 24,
    height: of.height ?? 8,
    panel: {
      type: 'table', title, description: of.description, datasource: DATASOURCE,
      options: { frameIndex: 0, showHeader: true, cellHeight: 'sm', sortBy: [{ displayName: sortBy, desc: true }] },
      fieldConfig: {
        defaults: {
          ...defaults({ description: of.description, unit: 'none', noValue: of.noValue }),
          custom: { align: 'auto', cellOptions: { type: 'auto' }, inspect: false, filterable: true },
        },
        overrides: columns.map(overrideOf),
      },
      transformations: [
        { id: 'merge', options: {} },
        {
          id: 'organize',
          options: {
            excludeByName: { Time: true }, includeByName: {}, indexByName: byField((_, i) => i), renameByName: byField(({ name }) => name),
          },
        },
      ],
      targets: queries.map(({ query }, i) => ({ ...atEnd({ expr: query, legend: '' }, i), format: 'table' })),
    },
  };
}

function overrideOf(column: LabelColumn | ValueColumn): Override<Cells> {
  const links: Override<Cells>['properties'] = column.links === undefined ? [] : [{ id: 'links', value: column.links }];
  const width: Override<Cells>['properties'] = column.width === undefined ? [] : [{ id: 'custom.width', value: column.width }];
  if ('label' in column) {
    return override(column.name, NOTHING, ...links, ...width);
  }
  const { name, unit, decimals, min, max, bar, words, thresholds: steps } = column;
  const colors: Override<Cells>['properties'] = bar ?? false ? [
    { id: 'custom.cellOptions', value: { type: 'gauge', mode: 'basic', valueDisplayMode: 'text' } },
    { id: 'thresholds', value: colorSteps(steps, steps === undefined ? 'blue' : 'green') },
  ] : steps === undefined && words === undefined ? [] : [
    { id: 'custom.cellOptions', value: { type: 'color-text' } },
    { id: 'thresholds', value: colorSteps(steps, 'text') },
  ];
  return override(
    name,
    { id: 'unit', value: unit },
    NOTHING,
    ...(decimals === undefined ? [] : [{ id: 'decimals' as const, value: decimals }]),
    ...(min === undefined ? [] : [{ id: 'min' as const, value: min }]),
    ...(max === undefined ? [] : [{ id: 'max' as const, value: max }]),
    ...(words === undefined ? [] : [{ id: 'mappings' as const, value: mappings(words) ?? [] }]),
    ...colors,
    ...links,
    ...width,
  );
}
