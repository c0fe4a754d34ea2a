import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pluralOf } from './crd-kinds';
import { PrometheusOperatorCrd } from './prometheus-operator-crd';
import { PACKAGE_FOLDER } from '../../package-folder';
import { isMap, mapsOf, Plain, PlainMap } from '../../wire/data';

/** The API group of the operator's resources. */
export const GROUP = 'monitoring.coreos.com';

/** The text of a definition that the package ships. */
export function definitionText(crd: PrometheusOperatorCrd): string {
  return readFileSync(join(PACKAGE_FOLDER, 'crds', `${GROUP}_${pluralOf(crd)}.json`), 'utf8');
}

const read = new Map<PrometheusOperatorCrd, ResourceSchema>();

/** Schema of the specification of a kind, in the version that is stored. */
export interface ResourceSchema {
  readonly apiVersion: string;
  readonly spec: CrdSchema;
}

/** The schema of a kind, which is read once. */
export function resourceSchema(crd: PrometheusOperatorCrd): ResourceSchema {
  const before = read.get(crd);
  if (before !== undefined) {
    return before;
  }
  const definition: unknown = JSON.parse(definitionText(crd));
  const spec = isMap(definition) && isMap(definition.spec) ? definition.spec : {};
  const stored = mapsOf(spec.versions).find(({ storage }) => storage === true) ?? {};
  const { openAPIV3Schema: schema } = isMap(stored.schema) ? stored.schema : {};
  const version = typeof stored.name === 'string' ? stored.name : '';
  const found = { apiVersion: `${GROUP}/${version}`, spec: new CrdSchema(isMap(schema) ? schema : {}).field('spec') ?? new CrdSchema({}) };
  read.set(crd, found);
  return found;
}

/** A part of a schema: what a field of a resource may hold. */
export class CrdSchema {
  constructor(private readonly schema: PlainMap) {}

  public get type(): string | undefined {
    return typeof this.schema.type === 'string' ? this.schema.type : undefined;
  }

  /** The values that are possible, where there are few. */
  public get values(): readonly string[] | undefined {
    return Array.isArray(this.schema.enum) ? this.schema.enum.map(String) : undefined;
  }

  /** The expression that a text matches. */
  public get pattern(): string | undefined {
    return typeof this.schema.pattern === 'string' ? this.schema.pattern : undefined;
  }

  /** Whether a text has to have a character. */
  public get isNeverEmpty(): boolean {
    return typeof this.schema.minLength === 'number' && this.schema.minLength > 0;
  }

  /** Names of the fields. */
  public get fields(): readonly string[] {
    return isMap(this.schema.properties) ? Object.keys(this.schema.properties) : [];
  }

  /** The field of a name. */
  public field(name: string): CrdSchema | undefined {
    return part(isMap(this.schema.properties) && Object.hasOwn(this.schema.properties, name) ? this.schema.properties[name] : undefined);
  }

  /** Any item of a list. */
  public get items(): CrdSchema | undefined {
    return part(this.schema.items);
  }

  /** Any value of a mapping whose keys are the user's. */
  public get entries(): CrdSchema | undefined {
    return part(this.schema.additionalProperties);
  }

  /** Whether it refers to a key of a Secret. */
  public get isKeyReference(): boolean {
    return this.field('key') !== undefined && this.field('name') !== undefined && this.field('optional') !== undefined;
  }
}

function part(schema: Plain | undefined): CrdSchema | undefined {
  return isMap(schema) ? new CrdSchema(schema) : undefined;
}
