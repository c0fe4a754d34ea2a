import { Receiver } from './receiver';
import { WireMap } from '../../wire/data';

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
  const lacks = (from: WireMap, keys: readonly string[]) => keys.every((key) => from[key] === undefined);
  return receivers.flatMap(({ name, integrations }) => integrations.flatMap(({ kind, _definition: { settings, needs = [] } }) => (
    needs.filter((need) => lacks(settings, need.settings) && lacks(globals, need.globals))
      .map((need) => ({ receiver: name, kind, setting: need.settings[0], wayOut: need.wayOut }))
  )));
}
