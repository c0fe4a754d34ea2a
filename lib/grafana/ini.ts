/** Settings by section and key. The section `DEFAULT` is the part before all sections. */
export interface IniSections {
  readonly [section: string]: { readonly [key: string]: string };
}

/** Text that is read as it is written: no quote, comment sign or space at an end of it, which the parser takes away. */
const PLAIN = /^(?!["'`\s])[^\\#;`\n]*(?<!["'\s\\])$/;

/**
 * A value as Grafana's parser reads it back. Three quotes hold everything but a line break. What Grafana expands, such as `$__file{…}`, it expands
 * between them too.
 * @see https://ini.unknwon.io/docs/howto/work_with_values
 */
function quoted(value: string): string {
  return value === '' || PLAIN.test(value) ? value : `"""${value}"""`;
}

/** Sections as the text of an ini file, those without a key left out. */
export function iniText(sections: IniSections): string {
  const ordered = Object.entries(sections).sort(([a], [b]) => Number(b === 'DEFAULT') - Number(a === 'DEFAULT'));
  return ordered.filter(([, keys]) => Object.keys(keys).length > 0).map(([section, keys]) => [
    ...(section === 'DEFAULT' ? [] : [`[${section}]`]),
    ...Object.entries(keys).map(([key, value]) => `${key} = ${quoted(value)}`),
    '',
  ].join('\n')).join('\n');
}

/** One set of sections over another, key by key. */
export function mergedSections(...all: readonly IniSections[]): IniSections {
  const merged: { [section: string]: { [key: string]: string } } = {};
  all.forEach((sections) => Object.entries(sections).forEach(([section, keys]) => {
    merged[section] = { ...(Object.hasOwn(merged, section) ? merged[section] : {}), ...keys };
  }));
  return merged;
}

/** The entries that have a value. */
export function given(map: { readonly [key: string]: string | undefined }): { readonly [key: string]: string } {
  return Object.fromEntries(Object.entries(map).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}
