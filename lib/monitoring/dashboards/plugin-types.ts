import { isJsonMap, JsonMap, jsonMaps, jsonText } from '../../json';
import { didYouMean } from '../../text';
import { panelsOf } from './queries';
import { dataSourcesIn } from './named-data-sources';

/**
 * Panels of Grafana itself, those of its older versions among them. The id of a plugin has hyphens.
 * @see https://grafana.com/docs/grafana/latest/visualizations/panels-visualizations/visualizations/
 */
const PANELS = [
  'alertGroups', 'alertlist', 'annolist', 'barchart', 'bargauge', 'candlestick', 'canvas', 'dashlist', 'datagrid', 'debug', 'flamegraph', 'gauge', 'geomap',
  'gettingstarted', 'graph', 'heatmap', 'histogram', 'live', 'logs', 'news', 'nodeGraph', 'piechart', 'pluginlist', 'row', 'singlestat', 'stat',
  'state-timeline', 'status-history', 'table', 'table-old', 'text', 'timeseries', 'traces', 'trend', 'welcome', 'xychart',
];

/**
 * Types of data sources of Grafana itself, its pseudo ones among them. The id of a plugin has hyphens.
 * @see https://grafana.com/docs/grafana/latest/datasources/
 */
const SOURCES = [
  '__expr__', 'alertmanager', 'cloudwatch', 'dashboard', 'datasource', 'elasticsearch', 'grafana', 'graphite', 'influxdb', 'jaeger', 'loki', 'mixed', 'mssql',
  'mysql', 'opentsdb', 'parca', 'phlare', 'postgres', 'prometheus', 'stackdriver', 'tempo', 'testdata', 'zipkin',
];

function checkType(where: string, type: string | undefined, known: readonly string[], what: string): void {
  if (type !== undefined && /^\w+$/.test(type) && !known.includes(type)) {
    throw new Error(`${where}: type '${type}' is no ${what} of Grafana${didYouMean(type, known) || ';'} name one, or a plugin by its id, which has hyphens`);
  }
}

/** Throws when a panel or a data source is of a type that neither Grafana has nor a plugin can have. */
export function checkPluginTypes(where: string, dashboard: JsonMap): void {
  const { templating } = dashboard;
  panelsOf(dashboard).forEach(({ title, type }) => checkType(`${where}: panel '${jsonText(title) ?? ''}'`, jsonText(type), PANELS, 'panel'));
  dataSourcesIn(dashboard).forEach(({ name, type }) => checkType(`${where}: data source '${name}'`, type, SOURCES, 'data source'));
  jsonMaps(isJsonMap(templating) ? templating.list : []).filter(({ type }) => type === 'datasource').forEach(({ name, query }) => {
    checkType(`${where}: variable '${jsonText(name) ?? ''}'`, jsonText(query), SOURCES, 'data source');
  });
}
