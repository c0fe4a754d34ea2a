import { isJsonMap, JsonMap, jsonMaps, jsonText } from '../../json';
import { didYouMean, nearest } from '../../text';
import { dataSourcesIn } from './named-data-sources';
import { panelsOf } from './queries';
import { referencesIn } from './references';

/**
 * Variables that Grafana itself defines for queries to Prometheus.
 * @see https://grafana.com/docs/grafana/latest/visualizations/dashboards/variables/global-variables/
 */
export const QUERY_GLOBALS = [
  '__interval', '__interval_ms', '__range', '__range_ms', '__range_s', '__rate_interval', '__rate_interval_ms', '__from', '__to',
  '__dashboard', '__name', '__org', '__timezone', '__user',
];

/**
 * Variables that it defines for titles and links besides.
 * @see https://grafana.com/docs/grafana/latest/visualizations/panels-visualizations/configure-data-links/
 */
const TEXT_GLOBALS = [...QUERY_GLOBALS, '__all_variables', '__cell', '__data', '__field', '__series', '__url_time_range', '__value'];

/** Throws, with the place, when a text uses a variable that neither the dashboard nor Grafana defines. */
export function checkVariable(where: string, name: string, names: readonly string[], globals: readonly string[]): void {
  const isGlobal = name.startsWith('__');
  if (isGlobal && !globals.includes(name) && !/^__(auto_interval_|cell_)\w+$/.test(name)) {
    throw new Error(`${where}: Grafana has no variable '${name}'${didYouMean(name, globals) || ';'} write one that it has, or a value`);
  }
  if (!isGlobal && !names.includes(name)) {
    throw new Error(`${where}: variable '${name}' is not defined${didYouMean(name, names)}; define it, or write its value`);
  }
}

/** Titles and URLs of links. */
function linkTexts(links: unknown): string[] {
  return jsonMaps(links).flatMap(({ title, url }) => [jsonText(title), jsonText(url)].filter((text) => text !== undefined));
}

/** Texts of a panel in which variables are replaced: its title, its links and those of its values. */
function textsOf({ title, links, fieldConfig }: JsonMap): string[] {
  const { defaults, overrides } = isJsonMap(fieldConfig) ? fieldConfig : {};
  const properties = jsonMaps(overrides).flatMap((override) => jsonMaps(override.properties)).filter(({ id }) => id === 'links');
  return [
    jsonText(title) ?? '', ...linkTexts(links), ...(isJsonMap(defaults) ? linkTexts(defaults.links) : []), ...properties.flatMap(({ value }) => linkTexts(value)),
  ];
}

/** A `$` before a word may be a currency, unless the word is nearly a variable and begins as it. */
function checkText(where: string, text: string, names: readonly string[]): void {
  referencesIn(text)
    .filter(({ name, from }) => text[from + 1] === '{' || text[from] === '[' || name.startsWith('__') || nearest(name, names)?.[0] === name[0])
    .forEach(({ name }) => checkVariable(where, name, names, TEXT_GLOBALS));
}

/** Throws when a data source, a repetition, a title or a link uses a variable that neither the dashboard nor Grafana defines. */
export function checkReferences(where: string, dashboard: JsonMap, names: readonly string[]): void {
  dataSourcesIn(dashboard).forEach(({ name: source }) => {
    referencesIn(source).forEach(({ name }) => checkVariable(`${where}: data source '${source}'`, name, names, QUERY_GLOBALS));
  });
  [...panelsOf(dashboard), ...jsonMaps(dashboard.rows)].forEach((panel) => {
    const place = `${where}: panel '${jsonText(panel.title) ?? ''}'`;
    const repeated = jsonText(panel.repeat) ?? '';
    if (repeated !== '') {
      checkVariable(`${place}: repeat`, repeated, names, []);
    }
    textsOf(panel).forEach((text) => checkText(place, text, names));
  });
  linkTexts(dashboard.links).forEach((text) => checkText(`${where}: link '${text}'`, text, names));
}
