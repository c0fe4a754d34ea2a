import { isGiven, isJsonMap, JsonMap, jsonMaps } from '../../json';
import { INTEGRATION_NEEDS } from './integration';
import { Receiver } from './receiver';
import { snakeCase, WireMap } from '../../wire/data';

/** A setting that an integration lacks and global settings do not give. */
export interface LackingSetting {
  readonly receiver: string;
  /** List of the receiver, `slack_configs`. */
  readonly kind: string;
  readonly setting: string;
  readonly wayOut: string;
}

/** Settings that integrations lack, of their own and of global settings. */
export function lackingSettings(receivers: readonly Receiver[], globals: WireMap): LackingSetting[] {
  const has = (from: WireMap, keys: readonly string[]) => Object.keys(from).some((key) => from[key] !== undefined && keys.includes(snakeCase(key)));
  return receivers.flatMap(({ name, integrations }) => integrations.flatMap(({ kind, _definition: { settings, untyped } }) => (
    (INTEGRATION_NEEDS[kind] ?? []).filter((each) => !has(settings, each.settings) && !has(globals, each.globals))
      .map(({ settings: [key], props, globalProps }) => ({
        receiver: name,
        kind,
        setting: untyped ? key : key.replace(/_./g, ([, letter]) => letter.toUpperCase()),
        wayOut: `give ${untyped ? "it in 'settings' or 'secretFiles'" : props}, or ${globalProps} in the routing's 'global'`,
      }))
  )));
}

/** Throws at the first setting that an integration of a configuration of Alertmanager lacks, of its own and of the global settings. */
export function checkNothingLacks(where: string, { receivers, global }: JsonMap): void {
  const globals = isJsonMap(global) ? global : {};
  const has = (from: JsonMap, keys: readonly string[]) => keys.some((key) => isGiven(from[key]));
  for (const [i, receiver] of jsonMaps(receivers).entries()) {
    for (const [kind, needs] of Object.entries(INTEGRATION_NEEDS)) {
      for (const [at, integration] of jsonMaps(receiver[kind]).entries()) {
        const missing = needs.find((each) => !has(integration, each.settings) && !has(globals, each.globals));
        if (missing !== undefined) {
          const choices = [...missing.settings.map((key) => `'${key}'`), ...missing.globals.map((key) => `'global.${key}'`)].join(' or ');
          throw new Error(`${where}: receivers[${i}].${kind}[${at}] has no '${missing.settings[0]}', which Alertmanager needs; give ${choices}`);
        }
      }
    }
  }
}
