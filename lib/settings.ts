import { isJsonMap, JsonMap } from './json';
import { valueProblem } from './setting-values';
import { didYouMean, quoteList } from './text';
import { Setting, SettingConditions, settingOf, SettingTypes } from './upstream';

/** What is wrong with a mapping: the setting, seen from the mapping, and a sentence on it. */
export interface SettingFault {
  /** Empty for the mapping itself. */
  readonly at: string;
  readonly says: string;
}

/** The configuration file of a program, as its sources tell. */
export interface SettingSchema {
  /** Settings that the sources call secrets and that need not be, as `Type.key`. */
  readonly harmless?: readonly string[];
  /** The program, for messages. */
  readonly program: string;
  readonly types: SettingTypes;
  readonly conditions: SettingConditions;
  /** Checks by type that the types do not tell. */
  readonly more: { readonly [type: string]: (data: JsonMap) => SettingFault | undefined };
}

/**
 * Throws where the program would refuse a mapping of a type, and with it its whole configuration: unknown keys at any depth, values that are not
 * read, settings that are missing or exclude each other. `at` is the place of the mapping below `where`.
 */
export function checkSettings(data: JsonMap, type: string, schema: SettingSchema, where: string, at: string = ''): void {
  const fault = faultIn(data, type, schema, at);
  if (fault !== undefined) {
    throw new Error(fault.at === '' ? `${where}: ${fault.says}` : `${where}: ${fault.at}: ${fault.says}`);
  }
}

function below(at: string, key: string): string {
  return at === '' ? key : `${at}.${key}`;
}

/** Most keys that a message lists. */
const LISTED = 20;

/** The keys of a type, or where they are described if they are many. */
function knownKeys(types: SettingTypes, type: string, program: string): string {
  const known = Object.keys(types[type] ?? {});
  return known.length <= LISTED ? `${program} knows ${quoteList(known)}` : `${program} would refuse its whole configuration; see its documentation for the ${known.length} keys that it knows here`;
}

function faultIn(data: JsonMap, type: string, schema: SettingSchema, at: string): SettingFault | undefined {
  const { types, program } = schema;
  for (const [key, value] of Object.entries(data)) {
    const setting = settingOf(types, type, key);
    if (setting === undefined) {
      return { at: '', says: `${at === '' ? '' : `'${at}' has `}an unknown key '${key}'${didYouMean(key, Object.keys(types[type] ?? {})) || ';'} ${knownKeys(types, type, program)}` };
    }
    const fault = value === undefined || value === null ? undefined : faultOf(value, setting, schema, below(at, key));
    if (fault !== undefined) {
      return fault;
    }
  }
  return conditionFault(data, type, schema, at) ?? moreFault(data, type, schema, at);
}

function moreFault(data: JsonMap, type: string, { more }: SettingSchema, at: string): SettingFault | undefined {
  const fault = Object.hasOwn(more, type) ? more[type](data) : undefined;
  return fault === undefined ? undefined : { ...fault, at: fault.at === '' ? at : below(at, fault.at) };
}

/** The fault of the value of a setting. */
function faultOf(value: unknown, setting: Setting, schema: SettingSchema, at: string): SettingFault | undefined {
  if (setting.list !== true) {
    return setting.map === true && isType(setting, schema) ? faultInMap(value, setting, schema, at) : itemFault(value, setting, schema, at);
  }
  if (!Array.isArray(value)) {
    return { at, says: `${isJsonMap(value) ? 'a mapping' : shown(value)} is not a list; write it as a list, [${isJsonMap(value) ? '{ … }' : shown(value)}]` };
  }
  for (const [i, item] of value.entries()) {
    if ((item === null || item === undefined) && (isType(setting, schema) || setting.oneOf !== undefined)) {
      return { at: `${at}[${i}]`, says: 'an item is empty; write it, or take it out' };
    }
    const fault = item === null || item === undefined ? undefined : itemFault(item, setting, schema, `${at}[${i}]`);
    if (fault !== undefined) {
      return fault;
    }
  }
  return undefined;
}

function isType({ holds }: Setting, { types }: SettingSchema): boolean {
  return holds !== undefined && Object.hasOwn(types, holds);
}

function faultInMap(value: unknown, setting: Setting, schema: SettingSchema, at: string): SettingFault | undefined {
  if (!isJsonMap(value)) {
    return { at, says: `${shown(value)} is not a mapping; write it as { name: … }` };
  }
  for (const [key, item] of Object.entries(value)) {
    const fault = itemFault(item, setting, schema, below(at, key));
    if (fault !== undefined) {
      return fault;
    }
  }
  return undefined;
}

function itemFault(value: unknown, setting: Setting, schema: SettingSchema, at: string): SettingFault | undefined {
  const { holds } = setting;
  if (holds !== undefined && isType(setting, schema)) {
    return isJsonMap(value)
      ? faultIn(value, holds, schema, at)
      : { at, says: `${Array.isArray(value) ? 'a list' : shown(value)} is not a mapping; write it as { key: value }` };
  }
  const says = valueProblem(value, setting);
  return says === undefined ? undefined : { at, says };
}

/** What a mapping lacks, and what it has twice. */
function conditionFault(data: JsonMap, type: string, { conditions, program }: SettingSchema, at: string): SettingFault | undefined {
  const { needs = [], excludes = [] } = Object.hasOwn(conditions, type) ? conditions[type] : {};
  const missing = needs.find((keys) => keys.every((key) => !isSet(data[key])));
  if (missing !== undefined) {
    const wayOut = missing.map((key) => `'${key}'`).join(' or ');
    return { at: '', says: `${at === '' ? 'it' : at} has no '${missing[0]}', which ${program} needs; give ${wayOut}` };
  }
  const pair = excludes.find((keys) => keys.every((key) => isSet(data[key])));
  return pair === undefined ? undefined : { at: '', says: `${at === '' ? 'it' : at} has '${pair[0]}' and '${pair[1]}', which exclude each other; keep one of them` };
}

/** Whether a setting says something; nothing, an empty text, list or mapping says nothing. */
function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : typeof value === 'function' ? 'a function' : JSON.stringify(value);
}
