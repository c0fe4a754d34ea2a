import * as fs from 'node:fs';
import * as path from 'node:path';
import { Loose } from '../../manifests';

const folder = path.join(__dirname, '..', '..', '..', 'crds');
const GROUP = 'monitoring.coreos.com';

function schemas(): Map<string, Loose> {
  const definitions: Loose[] = fs.readdirSync(folder).map((file) => JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')));
  return new Map(definitions.flatMap(({ spec }) => spec.versions.map(({ name, schema }: Loose) => (
    [`${GROUP}/${name} ${spec.names.kind}`, schema.openAPIV3Schema] as const
  ))));
}

let known: Map<string, Loose> | undefined;

function isType(value: unknown, type: string): boolean {
  switch (type) {
    case 'object': return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'array': return Array.isArray(value);
    case 'integer': return Number.isInteger(value);
    default: return typeof value === type;
  }
}

function bounds(schema: Loose, value: Loose, at: string): string[] {
  const size = typeof value === 'number' ? value : value.length;
  const [least, most] = typeof value === 'number'
    ? [schema.minimum, schema.maximum]
    : typeof value === 'string' ? [schema.minLength, schema.maxLength] : [schema.minItems, schema.maxItems];
  return [
    ...(least !== undefined && size < least ? [`${at}: ${size} is below ${least}`] : []),
    ...(most !== undefined && size > most ? [`${at}: ${size} is above ${most}`] : []),
  ];
}

function twice(schema: Loose, items: readonly Loose[], at: string): string[] {
  const keys: string[] = schema['x-kubernetes-list-map-keys'] ?? [];
  const isMap = schema['x-kubernetes-list-type'] === 'map';
  if (!isMap && schema['x-kubernetes-list-type'] !== 'set') {
    return [];
  }
  const told = items.map((item) => JSON.stringify(isMap ? keys.map((key) => item[key] ?? schema.items.properties[key].default ?? null) : item));
  return told.filter((one, i) => told.indexOf(one) !== i).map((one) => `${at}: ${one} stands twice`);
}

function problems(schema: Loose, value: Loose, at: string): string[] {
  if (schema['x-kubernetes-int-or-string']) {
    const fits = isType(value, 'integer') || (typeof value === 'string' && new RegExp(schema.pattern ?? '').test(value));
    return fits ? [] : [`${at}: ${JSON.stringify(value)} is neither a number nor a string that fits`];
  }
  if (schema.type !== undefined && !isType(value, schema.type)) {
    return [`${at}: ${JSON.stringify(value)} is no ${schema.type}`];
  }
  if (schema.enum !== undefined && !schema.enum.includes(value)) {
    return [`${at}: ${JSON.stringify(value)} is none of ${schema.enum.join(', ')}`];
  }
  if (typeof value === 'string' && schema.pattern !== undefined && !new RegExp(schema.pattern.replaceAll('(?i)', '')).test(value)) {
    return [`${at}: '${value}' does not match ${schema.pattern}`];
  }
  if (Array.isArray(value)) {
    return [...bounds(schema, value, at), ...twice(schema, value, at), ...value.flatMap((item, i) => problems(schema.items, item, `${at}[${i}]`))];
  }
  if (typeof value !== 'object') {
    return bounds(schema, value, at);
  }
  const { properties = {}, additionalProperties, required = [] } = schema;
  const open = schema['x-kubernetes-preserve-unknown-fields'] === true || at === '.metadata';
  return [
    ...required.filter((key: string) => value[key] === undefined).map((key: string) => `${at}.${key} is missing`),
    ...Object.entries(value).flatMap(([key, item]) => {
      const inner = properties[key] ?? (additionalProperties === true ? {} : additionalProperties);
      return inner === undefined ? (open ? [] : [`${at}.${key} is unknown`]) : problems(inner, item, `${at}.${key}`);
    }),
  ];
}

/** Whether an object is one of the operator's. */
export function isOperators({ apiVersion }: Loose): boolean {
  return String(apiVersion).startsWith(`${GROUP}/`);
}

/** What the API server, strict about unknown fields, would have against an object of the operator; expressions (CEL) it does not evaluate. */
export function crdProblems(object: Loose): string[] {
  known ??= schemas();
  const schema = known.get(`${object.apiVersion} ${object.kind}`);
  if (schema === undefined) {
    return [`there is no ${object.apiVersion} ${object.kind}`];
  }
  return problems(schema, object, '').map((problem) => `${object.kind} ${object.metadata.name}: ${problem}`);
}
