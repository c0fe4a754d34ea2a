/** Options of fields as Grafana applies them: the common ones by Grafana's processors, those of a kind of panel as they are. */
import {
  applyFieldOverrides, cacheFieldDisplayNames, type DataFrame, dataLinksOverrideProcessor, displayNameOverrideProcessor, type FieldConfigPropertyItem,
  FieldConfigOptionsRegistry, type FieldConfigSource, type GrafanaTheme2, identityOverrideProcessor, type InterpolateFunction, numberOverrideProcessor,
  standardTransformers, standardTransformersRegistry, stringOverrideProcessor, thresholdsOverrideProcessor, transformDataFrame, unitOverrideProcessor,
  valueMappingsOverrideProcessor,
} from '@grafana/data';
import { firstValueFrom } from 'rxjs';
import type { Panel } from '../../../dashboards/grafana/json';

type Process = FieldConfigPropertyItem['process'];

const COMMON: Readonly<Record<string, Process>> = {
  displayName: displayNameOverrideProcessor,
  unit: unitOverrideProcessor,
  min: numberOverrideProcessor,
  max: numberOverrideProcessor,
  decimals: numberOverrideProcessor,
  thresholds: thresholdsOverrideProcessor,
  mappings: valueMappingsOverrideProcessor,
  noValue: stringOverrideProcessor,
  links: dataLinksOverrideProcessor,
  color: identityOverrideProcessor,
  fieldMinMax: identityOverrideProcessor,
};

/** A panel's data as its drawing takes it. */
export interface Prepared {
  readonly frames: DataFrame[];
  readonly fieldConfig: FieldConfigSource;
}

/** Registers the transformations, once for the page. Grafana lists one of them twice. */
export function registerTransformations(): void {
  const all = new Map(Object.values(standardTransformers).map((transformation) => [transformation.id, transformation]));
  standardTransformersRegistry.setInit(() => [...all.values()].map((transformation) => ({
    id: transformation.id, name: transformation.name, transformation: () => Promise.resolve(transformation), editor: () => null, imageDark: '', imageLight: '',
  })));
}

function property(path: string, process: Process, isCustom: boolean): FieldConfigPropertyItem {
  return {
    id: isCustom ? `custom.${path}` : path, path, name: path, isCustom, process, shouldApply: () => true, editor: () => null, override: () => null, settings: {},
  };
}

/** Every option that the panel sets has to be known: others are not applied. */
function registryOf({ defaults, overrides }: FieldConfigSource): FieldConfigOptionsRegistry {
  const own = overrides.flatMap(({ properties }) => properties.map(({ id }) => id)).filter((id) => id.startsWith('custom.')).map((id) => id.slice('custom.'.length));
  const registry = new FieldConfigOptionsRegistry();
  Object.entries(COMMON).forEach(([path, process]) => registry.register(property(path, process, false)));
  new Set([...Object.keys(defaults.custom ?? {}), ...own]).forEach((path) => registry.register(property(path, identityOverrideProcessor, true)));
  return registry;
}

/** Transforms the frames of a panel and applies its options. */
export async function prepared(panel: Panel, frames: DataFrame[], theme: GrafanaTheme2, replaceVariables: InterpolateFunction): Promise<Prepared> {
  const fieldConfig: FieldConfigSource = JSON.parse(JSON.stringify(panel.fieldConfig));
  const transformed = panel.transformations === undefined ? frames : await firstValueFrom(transformDataFrame(panel.transformations, frames));
  const data = applyFieldOverrides({ data: transformed, fieldConfig, fieldConfigRegistry: registryOf(fieldConfig), replaceVariables, theme, timeZone: 'utc' });
  cacheFieldDisplayNames(data);
  return { frames: data, fieldConfig };
}
