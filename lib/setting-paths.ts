import { isJsonMap, JsonMap } from './json';
import { SettingSchema } from './settings';
import { Setting, settingOf, SettingTypes } from './upstream';

/** Calls `visit` with each setting of a mapping of a type, at any depth, with its value and its path. */
function visitSettings(data: JsonMap, type: string, types: SettingTypes, visit: (setting: Setting, value: unknown, path: string, type: string) => void, at: string = ''): void {
  Object.entries(data).forEach(([key, value]) => {
    const setting = settingOf(types, type, key);
    if (setting !== undefined && value !== undefined && value !== null) {
      const path = at === '' ? key : `${at}.${key}`;
      visit(setting, value, path, type);
      visitBelow(value, setting.holds ?? '', types, visit, path);
    }
  });
}

function visitBelow(value: unknown, holds: string, types: SettingTypes, visit: Parameters<typeof visitSettings>[3], path: string): void {
  if (!Object.hasOwn(types, holds)) {
    return;
  }
  if (Array.isArray(value)) {
    value.forEach((item, i) => visitBelow(item, holds, types, visit, `${path}[${i}]`));
  } else if (isJsonMap(value)) {
    visitSettings(value, holds, types, visit, path);
  }
}

/** A secret in a configuration, and the setting that names a file instead, if the program has one. */
export interface PlainSecret {
  readonly path: string;
  readonly file?: string;
}

/** Secrets that a mapping of a type holds. */
export function secretsIn(data: JsonMap, type: string, { types, harmless = [] }: SettingSchema): PlainSecret[] {
  const found: PlainSecret[] = [];
  visitSettings(data, type, types, ({ holds }, value, path, owner) => {
    const isEmpty = value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
    if (holds === 'secret' && !isEmpty) {
      const key = path.slice(path.lastIndexOf('.') + 1);
      if (harmless.includes(`${owner}.${key}`)) {
        return;
      }
      const file = [`${key}_file`, key === 'secrets' ? 'files' : ''].find((name) => settingOf(types, owner, name) !== undefined);
      found.push({ path, file });
    }
  });
  return found;
}

/** A setting and the version that brought it. */
export interface NewerSetting {
  readonly path: string;
  readonly since: string;
}

/** Settings that are not in a version; `knows` says whether it is one since which a setting is there. */
export function newerThan(data: JsonMap, type: string, { types }: SettingSchema, knows: (since: string) => boolean): NewerSetting[] {
  const found: NewerSetting[] = [];
  visitSettings(data, type, types, ({ since }, _, path) => {
    if (since !== undefined && !knows(since)) {
      found.push({ path, since });
    }
  });
  return found;
}
