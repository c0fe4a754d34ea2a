import { INTEGRATION_NEEDS } from './integration-needs';
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
