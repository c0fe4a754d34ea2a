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
  public static secret(key: SecretKey): Leaf {
    return new Leaf(key, undefined);
  }

  /** A file of the service account of the program that reads the configuration. */
  public static account(file: AccountFile): Leaf {
    return new Leaf(undefined, file);
  }

  private constructor(public readonly key: SecretKey | undefined, public readonly accountFile: AccountFile | undefined) {}
}

/** A mapping whose keys are a user's, such as labels: they are written as they are. */
export class Verbatim {
  constructor(public readonly entries: WireMap) {}
}

/**
 * Configuration in its one wire form: keys as the custom resources of the Prometheus Operator spell them, defaults left out, durations
 * and sizes as text. Entries that are undefined are not written.
 */
export type Wire = string | number | boolean | undefined | Leaf | Verbatim | readonly Wire[] | WireMap;

/** A mapping of the wire form. */
export interface WireMap {
  readonly [key: string]: Wire;
}

/** What a serialiser writes. */
export type Plain = string | number | boolean | Plain[] | PlainMap;

/** A mapping that a serialiser writes, in the order of its keys. */
export interface PlainMap {
  [key: string]: Plain;
}

function isList(data: Wire): data is readonly Wire[] {
  return Array.isArray(data);
}

/** A mapping with the user's keys, or undefined without any. */
export function verbatim(entries: WireMap): Verbatim | undefined {
  return Object.keys(entries).length === 0 ? undefined : new Verbatim(entries);
}

/** Spelling of the wire form in a program's configuration or in a custom resource. */
export interface Spelling {
  /** The name of a key. */
  readonly key: (key: string) => string;
  /** The entries that stand for a leaf under a key, one for a file: `{ ca_file: '/etc/…' }`. */
  readonly leaf: (key: string, leaf: Leaf) => PlainMap;
}

/** Spells a mapping of the wire form. */
export function spell(data: WireMap, spelling: Spelling): PlainMap {
  const plain: PlainMap = {};
  for (const [key, value] of Object.entries(data)) {
    if (value instanceof Leaf) {
      Object.assign(plain, spelling.leaf(key, value));
    } else if (value !== undefined) {
      plain[spelling.key(key)] = spellValue(value, spelling);
    }
  }
  return plain;
}

function spellValue(value: Exclude<Wire, undefined | Leaf>, spelling: Spelling): Plain {
  if (typeof value !== 'object') {
    return value;
  }
  if (value instanceof Verbatim) {
    return spell(value.entries, { ...spelling, key: (key) => key });
  }
  if (!isList(value)) {
    return spell(value, spelling);
  }
  return value.flatMap((item) => {
    if (item instanceof Leaf) {
      return Object.values(spelling.leaf('', item));
    }
    return item === undefined ? [] : [spellValue(item, spelling)];
  });
}

/** Calls `visit` with each leaf and the key that it is under. */
export function visitLeaves(data: Wire, visit: (leaf: Leaf, key: string) => void, key: string = ''): void {
  if (data instanceof Leaf) {
    visit(data, key);
  } else if (data instanceof Verbatim) {
    visitLeaves(data.entries, visit, key);
  } else if (isList(data)) {
    data.forEach((item) => visitLeaves(item, visit, key));
  } else if (typeof data === 'object') {
    Object.entries(data).forEach(([name, value]) => visitLeaves(value, visit, name));
  }
}

/** `scrapeInterval` as `scrape_interval`. */
export function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
