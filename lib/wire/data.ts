import { ConfigMapKey } from '../kubernetes/config-map-key';
import { Program } from '../kubernetes/mount-paths';
import { SecretKey } from '../kubernetes/secret-key';

/** A file of a Pod's service account. */
export enum AccountFile {
  /** The token. */
  TOKEN = 'token',
  /** The certificate authority of the cluster. */
  CA = 'ca.crt',
}

/** A value that a configuration names instead of holding it: a backend spells it as a file or as a reference. */
export class Leaf {
  /** The value under a key of a Secret. */
  public static secret(key: SecretKey): Leaf;
  public static secret(key?: SecretKey): Leaf | undefined;
  public static secret(key?: SecretKey): Leaf | undefined {
    return key === undefined ? undefined : new Leaf(key, undefined, undefined);
  }

  /** The text under a key of a ConfigMap. */
  public static configMap(key: ConfigMapKey): Leaf {
    return new Leaf(undefined, key, undefined);
  }

  /** A file of the service account of the program that reads the configuration. */
  public static account(file: AccountFile): Leaf {
    return new Leaf(undefined, undefined, file);
  }

  private constructor(
    public readonly key: SecretKey | undefined,
    public readonly configMapKey: ConfigMapKey | undefined,
    public readonly accountFile: AccountFile | undefined,
  ) {}

  /** The file that holds the value in a program whose files of the service account are in `accountDir`. */
  public file(program: Program, accountDir: string): string {
    return this.key?._file(program) ?? this.configMapKey?._file(program) ?? `${accountDir}/${this.accountFile}`;
  }
}

/** A mapping whose keys are a user's, such as labels: they are written as they are. */
export class Verbatim<Entries extends WireMap = WireMap> {
  constructor(public readonly entries: Entries) {}
}

/**
 * Configuration in its one wire form: keys as the custom resources of the Prometheus Operator spell them, defaults left out, durations
 * and sizes as text. Entries that are undefined are not written; null is only in what a user gives.
 */
export type Wire = string | number | boolean | null | undefined | Leaf | Verbatim | readonly Wire[] | WireMap;

/** A mapping of the wire form. */
export interface WireMap {
  readonly [key: string]: Wire;
}

/** Data that a serialiser writes. */
export type Plain = string | number | boolean | null | Plain[] | PlainMap;

/** A mapping that a serialiser writes, in the order of its keys. */
export interface PlainMap {
  [key: string]: Plain;
}

function isList(data: Wire): data is readonly Wire[] {
  return Array.isArray(data);
}

/** A mapping with the user's keys, or undefined without any. */
export function verbatim<Entries extends WireMap>(entries: Entries): Verbatim<Entries> | undefined {
  return Object.keys(entries).length === 0 ? undefined : new Verbatim(entries);
}

/** A list, or undefined for an empty one. */
export function some<T>(items: readonly T[]): readonly T[] | undefined {
  return items.length === 0 ? undefined : items;
}

/** A value, or undefined where it is the program's own default. */
export function unlessDefault<T>(value: T, defaultValue: T): T | undefined {
  return value === defaultValue ? undefined : value;
}

/** Spelling of the wire form in a program's configuration or in a custom resource. */
export interface Spelling {
  /** The name of a key. */
  readonly key: (key: string) => string;
  /** The entries that stand for a leaf under a key, one for a file: `{ ca_file: '/etc/…' }`. */
  readonly leaf: (key: string, leaf: Leaf) => PlainMap;
  /**
   * The value of a text under a key, not among a user's keys.
   * @default - the text
   */
  readonly text?: (key: string, text: string) => Plain;
}

/**
 * Spells a mapping of the wire form, into another one if it is given: objects that are merged from several are slow to make and to read, and
 * this is done for every endpoint.
 */
export function spell(data: WireMap, spelling: Spelling, plain: PlainMap = {}): PlainMap {
  for (const key of Object.keys(data)) {
    const value = data[key];
    if (value instanceof Leaf) {
      Object.assign(plain, spelling.leaf(key, value));
    } else if (typeof value === 'string' && spelling.text !== undefined) {
      plain[spelling.key(key)] = spelling.text(key, value);
    } else if (value !== undefined) {
      plain[spelling.key(key)] = spellValue(value, spelling);
    }
  }
  return plain;
}

function spellValue(value: Exclude<Wire, undefined | Leaf>, spelling: Spelling): Plain {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (value instanceof Verbatim) {
    return spell(value.entries, { ...spelling, key: (key) => key, text: undefined });
  }
  if (!isList(value)) {
    return spell(value, spelling);
  }
  const items: Plain[] = [];
  for (const item of value) {
    if (item instanceof Leaf) {
      items.push(...Object.values(spelling.leaf('', item)));
    } else if (item !== undefined) {
      items.push(spellValue(item, spelling));
    }
  }
  return items;
}

/** Calls `visit` with each leaf and the key that it is under. */
export function visitLeaves(data: Wire, visit: (leaf: Leaf, key: string) => void, key: string = ''): void {
  if (typeof data !== 'object' || data === null) {
    return;
  }
  if (data instanceof Leaf) {
    visit(data, key);
  } else if (data instanceof Verbatim) {
    visitLeaves(data.entries, visit, key);
  } else if (isList(data)) {
    for (const item of data) {
      visitLeaves(item, visit, key);
    }
  } else {
    for (const name of Object.keys(data)) {
      const value = data[name];
      if (typeof value === 'object') {
        visitLeaves(value, visit, name);
      }
    }
  }
}

/** Calls `visit` with each text and its path, in the order of the data, which is in the wire form or spelled. */
export function visitTexts(data: unknown, visit: (text: string, path: readonly string[]) => void, path: readonly string[] = []): void {
  if (typeof data === 'string') {
    visit(data, path);
  } else if (data instanceof Verbatim) {
    visitTexts(data.entries, visit, path);
  } else if (typeof data === 'object' && data !== null && !(data instanceof Leaf)) {
    const entries: Array<[string, unknown]> = Object.entries(data);
    entries.forEach(([key, value]) => visitTexts(value, visit, [...path, key]));
  }
}

/** Whether `data` is a mapping that a serialiser writes. */
export function isMap(data: Plain | undefined): data is PlainMap {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

/** The mappings in a list that a serialiser writes. */
export function mapsOf(data: Plain | undefined): PlainMap[] {
  return Array.isArray(data) ? data.filter(isMap) : [];
}

/** A value from outside, whose keys are the user's; throws on what is not text, a number, a boolean, null, a list or a mapping. */
export function toWire(value: unknown, where: string): Wire {
  if (value === undefined || value === null || typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((item, i) => toWire(item, `${where}[${i}]`));
  }
  if (typeof value === 'object' && (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null)) {
    return new Verbatim(toWireMap(value, where));
  }
  const got = typeof value === 'object' ? value.constructor.name : typeof value === 'number' ? String(value) : `a ${typeof value}`;
  throw new Error(`${where}: got ${got}; give text, numbers, booleans, lists and mappings`);
}

/** As `toWire`, for the entries of a mapping. */
export function toWireMap(value: object, where: string): WireMap {
  return Object.fromEntries(Object.entries(value).map(([key, item]: [string, unknown]) => [key, toWire(item, `${where}.${key}`)]));
}

/** A path as messages show it: `receivers[0].name`. */
export function showPath(path: readonly string[]): string {
  return path.join('.').replace(/\.(\d+)(?=\.|$)/g, '[$1]');
}

/** The files of the service account that some data names. */
export function accountFilesOf(data: Wire): AccountFile[] {
  const found = new Set<AccountFile>();
  visitLeaves(data, ({ accountFile }) => accountFile !== undefined && found.add(accountFile));
  return [...found];
}

/** Keys in snake case: there are few, and each is spelled for every job. */
const SNAKE_CASE = new Map<string, string>();

/** `scrapeInterval` as `scrape_interval`. */
export function snakeCase(key: string): string {
  let snake = SNAKE_CASE.get(key);
  if (snake === undefined) {
    snake = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    SNAKE_CASE.set(key, snake);
  }
  return snake;
}
