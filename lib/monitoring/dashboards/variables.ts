import { isJsonMap, JsonMap, jsonMaps, jsonText } from '../../json';

/** A variable of a dashboard, as far as its queries depend on it. */
export interface Variable {
  readonly name: string;
  readonly type: string;
  /** Value that it always or first has, if that is known. */
  readonly value?: string;
  /** Query that finds its values, as it is written. */
  readonly query?: string;
  /** Whether its query is one to Prometheus. */
  readonly asksPrometheus: boolean;
}

/** Variables that a dashboard defines, in their order. */
export function variablesOf(dashboard: JsonMap): Variable[] {
  const { templating } = dashboard;
  const list = isJsonMap(templating) ? jsonMaps(templating.list) : [];
  return list.flatMap((variable) => {
    const name = jsonText(variable.name);
    const type = jsonText(variable.type) ?? 'query';
    const query = isJsonMap(variable.query) ? jsonText(variable.query.query) : jsonText(variable.query);
    return name === undefined ? [] : [{
      name, type, value: valueOf(variable, type, query), query, asksPrometheus: type === 'query' && isPrometheus(variable.datasource, list),
    }];
  });
}

/** A constant is its query; an interval and a list begin with the value that is chosen first. */
function valueOf({ current }: JsonMap, type: string, query?: string): string | undefined {
  const chosen = isJsonMap(current) ? jsonText(current.value) : undefined;
  const listed = type === 'constant' ? query : ['interval', 'custom'].includes(type) ? query?.split(',')[0].replace(/^.* : /, '').trim() : undefined;
  const value = chosen ?? listed;
  return value === '' || value?.startsWith('$__') ? undefined : value;
}

/**
 * Whether a data source is a Prometheus: named by its type, or by a variable of that type. Without any it is the default one of Grafana, which is
 * Prometheus where this library is used; of a name alone nothing is known.
 */
export function isPrometheus(datasource: unknown, variables: readonly JsonMap[]): boolean {
  if (datasource === undefined || datasource === null) {
    return true;
  }
  const { type, uid } = isJsonMap(datasource) ? datasource : { type: undefined, uid: datasource };
  if (typeof type === 'string') {
    return type === 'prometheus';
  }
  const name = typeof uid === 'string' ? /^\$\{?(\w+)\}?$/.exec(uid)?.[1] : undefined;
  return variables.some((variable) => variable.name === name && variable.query === 'prometheus');
}
