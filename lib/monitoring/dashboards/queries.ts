import { isPrometheus } from './variables';
import { isJsonMap, JsonMap, jsonMaps, jsonText } from '../../json';

/** A query to Prometheus. */
export interface DashboardQuery {
  /** Where it is, for messages: `panel 'CPU', query A`. */
  readonly where: string;
  /** PromQL with variables of Grafana in it. */
  readonly expr: string;
}

/** Panels of a dashboard, those of collapsed rows included; old dashboards have them in rows. */
export function panelsOf(dashboard: JsonMap): JsonMap[] {
  return [...jsonMaps(dashboard.panels), ...jsonMaps(dashboard.rows).flatMap((row) => jsonMaps(row.panels))]
    .flatMap((panel) => [panel, ...jsonMaps(panel.panels)]);
}

/** Queries to Prometheus of the panels and annotations of a dashboard. */
export function queriesOf(dashboard: JsonMap): DashboardQuery[] {
  const { templating, annotations } = dashboard;
  const variables = isJsonMap(templating) ? jsonMaps(templating.list) : [];
  const ask = (where: string, { expr, datasource }: JsonMap, panelDatasource?: unknown): DashboardQuery[] => {
    const text = jsonText(expr);
    const source = datasource ?? panelDatasource;
    return text === undefined || !isPrometheus(source, variables) ? [] : [{ where, expr: text }];
  };
  return [
    ...panelsOf(dashboard).flatMap((panel) => jsonMaps(panel.targets).flatMap((target) => (
      ask(`panel '${jsonText(panel.title) ?? ''}', query ${jsonText(target.refId) ?? '?'}`, target, panel.datasource)
    ))),
    ...(isJsonMap(annotations) ? jsonMaps(annotations.list) : []).flatMap((list) => ask(`annotation '${jsonText(list.name) ?? ''}'`, list)),
  ];
}
