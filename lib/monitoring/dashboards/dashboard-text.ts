import { isJsonMap, jsonMaps, JsonMap } from '../../json';

/** Lists whose items have a line each: panels, those of a row, variables, annotations. */
const LISTS = ['panels', 'list'];

/** The JSON of a dashboard with a line for each panel and variable, so that a diff shows which of them changed. */
export function dashboardText(model: JsonMap): string {
  return `{\n${members(model).join(',\n')}\n}\n`;
}

function members(map: JsonMap): string[] {
  return Object.entries(map).filter(([, value]) => value !== undefined).map(([key, value]) => `${JSON.stringify(key)}:${text(value, LISTS.includes(key))}`);
}

function text(value: unknown, isList: boolean = false): string {
  if (isList && jsonMaps(value).length > 0) {
    return `[\n${jsonMaps(value).map((item) => text(item)).join(',\n')}\n]`;
  }
  return isJsonMap(value) && LISTS.some((key) => key in value) ? `{${members(value).join(',')}}` : JSON.stringify(value);
}
