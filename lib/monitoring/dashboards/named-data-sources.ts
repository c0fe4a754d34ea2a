import { isJsonMap, JsonMap, jsonText } from '../../json';

/** What Grafana has without a data source: its own, that of expressions, that of other panels, a mix, the default one. */
const OF_GRAFANA = /^(-- .+ --|grafana|__expr__|-100|default)$/i;

/**
 * Data sources that a dashboard asks by uid or, as old ones do, by name; not those that a variable chooses.
 * @see https://grafana.com/docs/grafana/latest/visualizations/dashboards/build-dashboards/view-dashboard-json-model/
 */
export function namedDataSources(dashboard: JsonMap): string[] {
  const found = new Set<string>();
  const visit = (value: unknown) => {
    if (Array.isArray(value)) {
      value.forEach(visit);
    } else if (isJsonMap(value)) {
      Object.values(value).forEach(visit);
      const { datasource } = value;
      const name = jsonText(isJsonMap(datasource) ? datasource.uid : datasource);
      if (name !== undefined && !name.includes('$') && !name.startsWith('[[') && !OF_GRAFANA.test(name)) {
        found.add(name);
      }
    }
  };
  visit(dashboard);
  return [...found];
}
