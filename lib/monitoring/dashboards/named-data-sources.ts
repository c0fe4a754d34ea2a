import { isJsonMap, JsonMap, jsonText } from '../../json';

/** A data source as a panel, a query, an annotation or a variable asks it. */
export interface AskedDataSource {
  /** Its uid or, in old dashboards, its name; a variable that chooses it. */
  readonly name: string;
  readonly type?: string;
}

/** What Grafana has without a data source: its own, that of expressions, that of other panels, a mix, the default one. */
const OF_GRAFANA = /^(-- .+ --|grafana|__expr__|-100|default)$/i;

/** Whether a variable chooses the data source. */
const isChosen = (name: string) => name.includes('$') || name.startsWith('[[');

/** All data sources that a dashboard asks, those that variables choose among them, each once for each type. */
export function dataSourcesIn(dashboard: JsonMap): AskedDataSource[] {
  const found = new Map<string, AskedDataSource>();
  const visit = (value: unknown) => {
    if (Array.isArray(value)) {
      value.forEach(visit);
    } else if (isJsonMap(value)) {
      Object.values(value).forEach(visit);
      const { datasource } = value;
      const [name, type] = isJsonMap(datasource) ? [jsonText(datasource.uid), jsonText(datasource.type)] : [jsonText(datasource), undefined];
      if (name !== undefined) {
        found.set(`${name} ${type}`, { name, type });
      }
    }
  };
  visit(dashboard);
  return [...found.values()];
}

/**
 * Data sources that a dashboard asks by uid or, as old ones do, by name; not those that a variable chooses.
 * @see https://grafana.com/docs/grafana/latest/visualizations/dashboards/build-dashboards/view-dashboard-json-model/
 */
export function namedDataSources(dashboard: JsonMap): AskedDataSource[] {
  return dataSourcesIn(dashboard).filter(({ name }) => !isChosen(name) && !OF_GRAFANA.test(name));
}
