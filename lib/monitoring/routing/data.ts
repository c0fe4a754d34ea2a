import { SecretKey } from '../../kubernetes/secret-key';

/** What data knows of a SecretKey. */
export interface SecretFile {
  /** The key in the Secret. */
  readonly key: string;
  /** Equal for two references to one value. */
  readonly _id: string;
}

/** Configuration as data; a SecretKey stands where the configuration names the file that holds the secret. */
export type Data = string | number | boolean | null | undefined | SecretFile | readonly Data[] | DataMap;

/** A mapping of the configuration; entries that are undefined are left out. */
export interface DataMap {
  readonly [key: string]: Data;
}

/** Configuration ready to be serialised. */
export type Plain = string | number | boolean | null | Plain[] | PlainMap;

/** A mapping ready to be serialised, keys in the order of the text. */
export interface PlainMap {
  [key: string]: Plain;
}

function isList(data: Data): data is readonly Data[] {
  return Array.isArray(data);
}

/** Whether `data` is a mapping, for a closer look at it. */
export function isMap(data: Data): data is DataMap {
  return typeof data === 'object' && data !== null && !isList(data) && !(data instanceof SecretKey);
}

/** The mappings in a list. */
export function mapsOf(data: Data): DataMap[] {
  return isList(data) ? data.filter(isMap) : [];
}

/** `data` with a file in the place of each secret and without what is undefined. */
export function toPlainMap(data: DataMap): PlainMap {
  const plain: PlainMap = {};
  for (const [key, value] of Object.entries(data)) {
    if (value !== undefined) {
      plain[key] = toPlain(value);
    }
  }
  return plain;
}

function toPlain(data: Data): Plain {
  if (data === undefined || data === null) {
    return null;
  }
  if (typeof data !== 'object') {
    return data;
  }
  if (data instanceof SecretKey) {
    return data._file('alertmanager');
  }
  return isList(data) ? data.filter((item) => item !== undefined).map(toPlain) : isMap(data) ? toPlainMap(data) : null;
}

type Leaf = string | number | boolean | SecretKey;

/** Calls `visit` with each leaf of `data` and its path, in the order of the text. */
export function visitLeaves(data: Data, visit: (leaf: Leaf, path: readonly string[]) => void, path: readonly string[] = []): void {
  if (data === undefined || data === null) {
    return;
  }
  if (typeof data !== 'object' || data instanceof SecretKey) {
    visit(data, path);
  } else if (isList(data)) {
    data.forEach((item, i) => visitLeaves(item, visit, [...path, String(i)]));
  } else if (isMap(data)) {
    Object.entries(data).forEach(([key, value]) => visitLeaves(value, visit, [...path, key]));
  }
}

/** A path as messages show it: `receivers[0].name`. */
export function showPath(path: readonly string[]): string {
  return path.join('.').replace(/\.(\d+)(?=\.|$)/g, '[$1]');
}

/** The secrets that `data` refers to, each once, in the order of the text. */
export function secretsOf(data: Data): SecretKey[] {
  const found = new Map<string, SecretKey>();
  visitLeaves(data, (leaf) => {
    if (leaf instanceof SecretKey && !found.has(leaf._id)) {
      found.set(leaf._id, leaf);
    }
  });
  return [...found.values()];
}

/** A value from outside as data: what is neither text, number, boolean, list nor mapping throws. */
export function toData(value: unknown, where: string): Data {
  if (value === undefined || value === null || typeof value === 'string' || typeof value === 'boolean' || value instanceof SecretKey) {
    return value;
  }
  if (typeof value === 'number' && Number.isFinite(value)) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((item, i) => toData(item, `${where}[${i}]`));
  }
  if (typeof value === 'object' && (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null)) {
    return toDataMap(value, where);
  }
  const got = typeof value === 'object' ? value.constructor.name : typeof value === 'number' ? String(value) : `a ${typeof value}`;
  throw new Error(`${where}: got ${got}; configuration is text, numbers, booleans, lists and mappings`);
}

/** As `toData`, for a mapping. */
export function toDataMap(value: object, where: string): DataMap {
  return Object.fromEntries(Object.entries(value).map(([key, item]: [string, unknown]) => [key, toData(item, `${where}.${key}`)]));
}
