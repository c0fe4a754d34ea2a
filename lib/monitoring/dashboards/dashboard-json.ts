import { isJsonMap, JsonMap, jsonMaps, jsonText } from '../../json';

const EXPORT = "in Grafana's export choose the model 'Classic'";

/**
 * The classic model of a dashboard in a text: itself, the `spec` of a V1 resource, or the `dashboard` of Grafana's HTTP API. What belongs to the
 * Grafana that it was taken from is left out, and the inputs of one that was exported to be shared become variables.
 * @see https://grafana.com/docs/grafana/latest/visualizations/dashboards/build-dashboards/view-dashboard-json-model/
 */
export function classicModel(text: string, where: string): JsonMap {
  const root = parsed(text, where);
  const version = jsonText(root.apiVersion) ?? '';
  if (version.startsWith('dashboard.grafana.app/v2') || isV2(root) || isV2(root.spec)) {
    throw new Error(`${where}: the dashboard has Grafana's model V2, which Grafana does not read from files; ${EXPORT}`);
  }
  const { __inputs: inputs, __elements: elements, __requires: _requires, id: _, version: _version, iteration: _i, ...model } = unwrapped(root);
  if (!('panels' in model) && !('rows' in model)) {
    throw new Error(`${where}: not a dashboard: it has no 'panels'; ${EXPORT}`);
  }
  const libraryPanel = isJsonMap(elements) ? Object.keys(elements)[0] : undefined;
  if (libraryPanel !== undefined) {
    throw new Error(`${where}: it uses library panel '${libraryPanel}', which Grafana does not read from files; unlink it in Grafana before the export`);
  }
  return withInputs(model, jsonMaps(inputs));
}

function parsed(text: string, where: string): JsonMap {
  let value: unknown;
  try {
    // some editors begin a file with a byte order mark
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Error(`${where}: it is not JSON, ${error instanceof Error ? error.message : String(error)}; ${EXPORT}`, { cause: error });
  }
  if (!isJsonMap(value)) {
    throw new Error(`${where}: not a dashboard: it is no JSON object; ${EXPORT}`);
  }
  return value;
}

function isV2(value: unknown): boolean {
  return isJsonMap(value) && 'elements' in value && 'layout' in value;
}

function unwrapped(root: JsonMap): JsonMap {
  if (isJsonMap(root.dashboard)) {
    return root.dashboard;
  }
  if (jsonText(root.apiVersion) !== undefined && isJsonMap(root.spec)) {
    const name = isJsonMap(root.metadata) ? jsonText(root.metadata.name) : undefined;
    return { ...root.spec, uid: root.spec.uid ?? name };
  }
  return root;
}

/** Only an import asks for inputs; files are read without it. A variable of an input's name has its place. */
function withInputs(model: JsonMap, inputs: readonly JsonMap[]): JsonMap {
  if (inputs.length === 0) {
    return model;
  }
  const templating = isJsonMap(model.templating) ? model.templating : {};
  const list = jsonMaps(templating.list);
  const missing = inputs.filter(({ name }) => !list.some((variable) => variable.name === name));
  const variables = missing.map(({ name, label, type, pluginId, value }) => (
    type === 'datasource' ? { type, name, label, query: pluginId } : { type: 'constant', name, label, query: value, hide: 2 }
  ));
  return { ...model, templating: { ...templating, list: [...variables, ...list] } };
}
