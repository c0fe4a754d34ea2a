import { CrdSchema } from './crd-schema';
import { Credentials, KeyReference } from '../credentials';
import { quoteList } from '../../text';
import { Leaf, Plain, PlainMap, showPath, Verbatim, Wire, WireMap } from '../../wire/data';

/** A setting that a resource does not have, or not with its value. */
export class UnsupportedSetting extends Error {
  constructor(
    /** The setting, as a path of the wire form. */
    public readonly setting: string,
    /** What is wrong with it. */
    public readonly problem: string,
    /** Way out. */
    public readonly wayOut: string = 'leave it out',
  ) {
    super(`'${setting}' ${problem}; ${wayOut}`);
  }
}

/** Facts about a resource that its schema lacks. */
export interface SchemaDialect {
  /** References to Secrets and ConfigMaps, and to texts that the resource has in a Secret. */
  readonly credentials: Credentials;
  /** Names of fields where they differ in more than case, by the key of the mapping that has them; null for what the mapping says by being there. */
  readonly names: { readonly [parent: string]: { readonly [key: string]: string | null } };
  /** Fields that the operator ignores, by the key of the mapping that has them. */
  readonly ignored: { readonly [parent: string]: readonly string[] };
  /** Throws on a text that the operator would change. */
  readonly checkText: (text: string) => void;
}

/**
 * Settings of the wire form as the fields of a custom resource that the schema of its definition has for them: names are compared without
 * regard to case, because the resources write `apiURL` and `topicARN`. What the schema has no field for, and what it would refuse, throws.
 */
export class SchemaSpelling {
  constructor(private readonly dialect: SchemaDialect) {}

  /** Throws `UnsupportedSetting`. `parent` is the key of the mapping, by which the dialect knows it. */
  public map(settings: WireMap, schema: CrdSchema, parent: string, path: readonly string[] = []): PlainMap {
    const plain: PlainMap = {};
    for (const [key, value] of Object.entries(settings)) {
      const name = this.dialect.names[parent]?.[key];
      if (value === undefined || name === null) {
        continue;
      }
      const at = [...path, key];
      const field = fieldOf(schema, name ?? key, value);
      const found = field === undefined ? undefined : schema.field(field);
      if (field === undefined || found === undefined) {
        throw new UnsupportedSetting(showPath(at), value instanceof Leaf && fieldOf(schema, key, '') !== undefined
          ? 'is read from a Secret, and the resource has it as text alone' : 'is not known to the resource');
      }
      if (this.dialect.ignored[parent]?.includes(key)) {
        throw new UnsupportedSetting(showPath(at), 'is a field of the resource that the operator ignores');
      }
      plain[field] = this.value(value, found, key, at);
    }
    return plain;
  }

  private value(value: Wire, schema: CrdSchema, key: string, at: readonly string[]): Plain {
    if (value instanceof Leaf) {
      return referenceIn(schema, this.referenceOf(value), value.configMapKey !== undefined, at);
    }
    if (typeof value === 'string') {
      this.dialect.checkText(value);
      return schema.type === 'object' ? referenceIn(schema, this.dialect.credentials.text(value), false, at) : textOf(value, schema, at);
    }
    if (typeof value !== 'object' || value === null) {
      return value ?? null;
    }
    if (value instanceof Verbatim) {
      return this.userMap(value.entries, schema, at);
    }
    if (isList(value)) {
      const { items } = schema;
      if (schema.type !== 'array' || items === undefined) {
        throw mismatch(at, 'a list', schema);
      }
      return value.map((item, i) => this.value(item, items, key, [...at, String(i)]));
    }
    if (schema.type !== 'object') {
      throw mismatch(at, 'a mapping', schema);
    }
    return this.map(value, schema, key, at);
  }

  /** A mapping with keys of the user's, which the resource has as one, or as a list of keys and values. */
  private userMap(entries: WireMap, schema: CrdSchema, at: readonly string[]): Plain {
    const { items, entries: values } = schema;
    const each = (of: CrdSchema) => Object.entries(entries).map(([key, value]) => {
      this.dialect.checkText(key);
      return [key, this.value(value, of, key, [...at, key])] as const;
    });
    const valueOfItem = items?.field('key') === undefined ? undefined : items.field('value');
    if (valueOfItem !== undefined) {
      return each(valueOfItem).map(([key, value]) => ({ key, value }));
    }
    if (values === undefined) {
      throw mismatch(at, 'a mapping', schema);
    }
    return Object.fromEntries(each(values));
  }

  private referenceOf({ key, configMapKey }: Leaf): KeyReference | undefined {
    return key !== undefined ? this.dialect.credentials.key(key)
      : configMapKey === undefined ? undefined : this.dialect.credentials.configMapKey(configMapKey);
  }
}

/** The field of a setting; that of a value in a Secret may have a name of its own, `urlSecret`. */
function fieldOf(schema: CrdSchema, key: string, value: Wire): string | undefined {
  const named = (name: string) => (schema.fields.includes(name) ? name : schema.fields.find((field) => field.toLowerCase() === name.toLowerCase()));
  const field = named(key);
  if (!(value instanceof Leaf) || (field !== undefined && schema.field(field)?.type === 'object')) {
    return field;
  }
  return named(`${key}Secret`);
}

function referenceIn(schema: CrdSchema, reference: KeyReference | undefined, isConfigMap: boolean, at: readonly string[]): Plain {
  if (reference === undefined) {
    throw new UnsupportedSetting(showPath(at), 'is a file of a service account, and the operator reads Secrets and ConfigMaps alone');
  }
  if (schema.isKeyReference && !isConfigMap) {
    return { ...reference };
  }
  const kind = isConfigMap ? 'configMap' : 'secret';
  if (schema.field(kind)?.isKeyReference !== true) {
    throw new UnsupportedSetting(showPath(at), `is in a ${isConfigMap ? 'ConfigMap' : 'Secret'}, from which the resource does not read it`);
  }
  return { [kind]: { ...reference } };
}

function textOf(text: string, schema: CrdSchema, at: readonly string[]): string {
  const { values, pattern } = schema;
  const known = values?.find((value) => value.toLowerCase() === text.toLowerCase());
  if (values !== undefined && known === undefined) {
    throw new UnsupportedSetting(showPath(at), `is '${text}', and the resource knows ${quoteList(values)}`, 'use one of these, or leave it out');
  }
  if (schema.isNeverEmpty && text === '') {
    throw new UnsupportedSetting(showPath(at), 'is empty, which the resource refuses', "write a template that says nothing, '{{ \"\" }}', or leave it out");
  }
  if (schema.type !== 'string') {
    throw mismatch(at, 'text', schema);
  }
  if (pattern !== undefined && !matches(pattern, text)) {
    throw new UnsupportedSetting(showPath(at), `is '${text}', which the resource refuses`, `write it as ${pattern}`);
  }
  return known ?? text;
}

/** Whether a text matches an expression of Go, of whose flags JavaScript has none; what is written here is in lower case where `(?i)` ignores it. */
function matches(pattern: string, text: string): boolean {
  return new RegExp(pattern.replaceAll('(?i)', '')).test(text);
}

const TYPES: { readonly [type: string]: string } = { string: 'text', integer: 'a number', boolean: 'true or false', array: 'a list', object: 'a mapping' };

function mismatch(at: readonly string[], got: string, schema: CrdSchema): UnsupportedSetting {
  return new UnsupportedSetting(showPath(at), `is ${got}, and the resource has ${TYPES[schema.type ?? ''] ?? 'something else'} there`);
}

function isList(value: Wire): value is readonly Wire[] {
  return Array.isArray(value);
}
