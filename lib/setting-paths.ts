import { isJsonMap, JsonMap } from './json';
import { SettingSchema } from './settings';
import { Setting, settingOf, SettingTypes } from './upstream';

/** Calls `visit` with each setting of a mapping of a type, at any depth, with its value and its path. */
function visitSettings(data: JsonMap, type: string, types: SettingTypes, visit: (setting: Setting, path: string) => void, at: string = ''): void {
  Object.entries(data).forEach(([key, value]) => {
    const setting = settingOf(types, type, key);
    if (setting !== undefined && value !== undefined && value !== null) {
      const path = at === '' ? key : `${at}.${key}`;
      visit(setting, path);
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

/** A setting and the version that brought it. */
export interface NewerSetting {
  readonly path: string;
  readonly since: string;
}

/** Settings that are not in a version; `knows` says whether it is one since which a setting is there. */
export function newerThan(data: JsonMap, type: string, { types }: SettingSchema, knows: (since: string) => boolean): NewerSetting[] {
  const found: NewerSetting[] = [];
  visitSettings(data, type, types, ({ since }, path) => {
    if (since !== undefined && !knows(since)) {
      found.push({ path, since });
    }
  });
  return found;
}
