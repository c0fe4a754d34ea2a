import { ALERTMANAGER_SETTINGS as SETTINGS } from '../../generated/alertmanager';
import { settingOf } from '../../upstream';
import { isMap, mapsOf, Plain } from '../../wire/data';

/** A setting and the first Alertmanager that knows it. */
export interface Requirement {
  /** The setting, as `slack_configs.app_token_file`. */
  readonly setting: string;
  /** The version, as `0.30`. */
  readonly version: string;
}

/** Alertmanager read this URL without templates before. */
const TEMPLATE_IN_URL: Requirement = { setting: 'a template in webhook_configs.url', version: '0.31' };

/** The type of a receiver. */
const RECEIVER = settingOf(SETTINGS, 'Root', 'receivers')?.holds ?? '';

/** Versions that a part of the configuration or of a receiver needs: for itself, its keys, and everything below them. */
export function requirementsOf(part: string, data: Plain): Requirement[] {
  const parent = settingOf(SETTINGS, 'Root', part) === undefined ? RECEIVER : 'Root';
  const hasTemplate = part === 'webhook_configs' && mapsOf(data).some(({ url }) => typeof url === 'string' && url.includes('{{'));
  return [...requirementsAt(parent, part, data, part), ...hasTemplate ? [TEMPLATE_IN_URL] : []];
}

/** Version that a setting of a type needs, and the type of its value. */
function requirementsAt(type: string, key: string, value: Plain, at: string): Requirement[] {
  const setting = settingOf(SETTINGS, type, key);
  if (setting === undefined) {
    return [];
  }
  const { since, holds = '' } = setting;
  const maps = isMap(value) ? [value] : mapsOf(value);
  return [
    ...since === undefined ? [] : [{ setting: at, version: since }],
    ...Object.hasOwn(SETTINGS, holds)
      ? maps.flatMap((map) => Object.entries(map).flatMap(([inner, data]) => requirementsAt(holds, inner, data, `${at}.${inner}`))) : [],
  ];
}
