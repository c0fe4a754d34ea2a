import { isJsonMap } from './json';
import { TRUTH } from './setting-values';
import { Setting, settingOf, SettingTypes } from './upstream';

/** A document as YAML 1.2 reads it, and with all of its scalars as they are written. */
export interface BothReadings {
  readonly data: unknown;
  readonly written: unknown;
}

/**
 * A configuration as Go reads it: what is a text to the program is as it is written, so that `1.10` and `0123` stay what they are, and `yes` and `on`
 * say yes where the program asks for one of the two.
 */
export function asProgramReads({ data, written }: BothReadings, type: string, types: SettingTypes): unknown {
  if (!isJsonMap(data) || !isJsonMap(written)) {
    return data;
  }
  return Object.fromEntries(Object.entries(data).map(([key, value]) => {
    const setting = settingOf(types, type, key);
    return [key, setting === undefined ? value : valueOf({ data: value, written: written[key] }, setting, types)];
  }));
}

function valueOf({ data, written }: BothReadings, setting: Setting, types: SettingTypes): unknown {
  const { holds = '', is, map } = setting;
  if (Array.isArray(data) && Array.isArray(written)) {
    const all: readonly unknown[] = written;
    return data.map((item: unknown, i) => valueOf({ data: item, written: all[i] }, setting, types));
  }
  if (isJsonMap(data) && isJsonMap(written)) {
    if (Object.hasOwn(types, holds) && map !== true) {
      return asProgramReads({ data, written }, holds, types);
    }
    const isOfUser = map === true || is === 'texts' || is === 'textLists' || is === 'regexes';
    const item = (key: string, value: unknown) => valueOf({ data: value, written: written[key] }, { ...setting, map: undefined }, types);
    return isOfUser ? Object.fromEntries(Object.entries(data).map(([key, value]) => [key, item(key, value)])) : data;
  }
  if (is === 'bool') {
    return typeof data === 'string' && Object.hasOwn(TRUTH, data) ? TRUTH[data] : data;
  }
  const isText = data !== null && typeof written === 'string' && !['int', 'count', 'float', 'any', 'duration', 'time'].includes(is ?? '') && !(holds === 'anything' && is === undefined);
  return isText ? written : data;
}
