/** A value of TOML. Maps are tables, lists of maps are arrays of tables; what is undefined is left out. */
export type Toml = string | number | boolean | undefined | readonly string[] | TomlTable | readonly TomlTable[];

/** A table of TOML. */
export interface TomlTable {
  readonly [key: string]: Toml;
}

const isTables = (value: Toml): value is readonly TomlTable[] => Array.isArray(value) && value.some((item) => typeof item !== 'string');
const isTable = (value: Toml): value is TomlTable => typeof value === 'object' && !Array.isArray(value);

function keyOf(name: string): string {
  return /^[\w-]+$/.test(name) ? name : JSON.stringify(name);
}

/** A value on its line: texts as JSON escapes them, which TOML reads alike. */
function inline(value: Toml): string {
  return Array.isArray(value) ? `[${value.map((item) => JSON.stringify(item)).join(', ')}]` : JSON.stringify(value);
}

function lines(table: TomlTable, path: readonly string[]): string[] {
  const entries = Object.entries(table).filter(([, value]) => value !== undefined);
  const nested = (name: string, tables: readonly TomlTable[], [open, close]: readonly [string, string]) => tables.flatMap((one) => {
    const at = [...path, keyOf(name)];
    return ['', `${open}${at.join('.')}${close}`, ...lines(one, at)];
  });
  return [
    ...entries.flatMap(([name, value]) => (isTable(value) || isTables(value) ? [] : [`${keyOf(name)} = ${inline(value)}`])),
    ...entries.flatMap(([name, value]) => (isTables(value) ? nested(name, value, ['[[', ']]']) : isTable(value) ? nested(name, [value], ['[', ']']) : [])),
  ];
}

/**
 * Tables as the text of a TOML file.
 * @see https://toml.io/en/v1.0.0
 */
export function tomlText(table: TomlTable): string {
  return `${lines(table, []).join('\n').replace(/^\n/, '')}\n`;
}
