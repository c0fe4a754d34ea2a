import { canonicalQuantity } from './quantities';
import { RESOURCE_DEFAULTS } from '../generated/resource-defaults';

/** The fields of an object, by name. */
type Fields = Record<string, unknown>;

/** A change to the objects at a path of a manifest, whose steps end in `[]` for each item of a list. */
interface Rule {
  readonly path: readonly string[];
  readonly store: (fields: Fields) => void;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function rule(path: string, store: Rule['store']): Rule {
  return { path: path.split('.'), store };
}

/** Fields that are written where they are missing. */
function defaults(path: string, values: Fields): Rule {
  return rule(path, (fields) => Object.entries(values).forEach(([name, value]) => {
    fields[name] ??= value;
  }));
}

/** Quantities in their canonical form: all that are at the path, or those of some names. */
function quantities(path: string, ...names: readonly string[]): Rule {
  return rule(path, (fields) => Object.keys(fields).filter((name) => names.length === 0 || names.includes(name)).forEach((name) => {
    const value = fields[name];
    fields[name] = typeof value === 'string' || typeof value === 'number' ? canonicalQuantity(`${value}`) : value;
  }));
}

/** Texts that are left out where they are empty. */
function unlessEmpty(path: string, ...names: readonly string[]): Rule {
  return rule(path, (fields) => names.filter((name) => fields[name] === '').forEach((name) => {
    Reflect.deleteProperty(fields, name);
  }));
}

/** What a field of a Pod or of its container refers to, in a variable or in a file. */
function references(path: string): Rule[] {
  return [
    defaults(`${path}.fieldRef`, { apiVersion: 'v1' }),
    defaults(`${path}.resourceFieldRef`, { divisor: '0' }),
    quantities(`${path}.resourceFieldRef`, 'divisor'),
  ];
}

function containerRules(container: string): Rule[] {
  return [
    unlessEmpty(`${container}.env[]`, 'value'),
    ...references(`${container}.env[].valueFrom`),
    defaults(`${container}.env[].valueFrom.fileKeyRef`, { optional: false }),
    quantities(`${container}.resources.requests`),
    quantities(`${container}.resources.limits`),
  ];
}

function podRules(pod: string): Rule[] {
  return [
    ...containerRules(`${pod}.containers[]`),
    ...containerRules(`${pod}.initContainers[]`),
    unlessEmpty(`${pod}.tolerations[]`, 'key', 'operator', 'value', 'effect'),
    defaults(`${pod}.volumes[].projected.sources[].serviceAccountToken`, { expirationSeconds: 3600 }),
    ...references(`${pod}.volumes[].projected.sources[].downwardAPI.items[]`),
    ...references(`${pod}.volumes[].downwardAPI.items[]`),
    quantities(`${pod}.volumes[].emptyDir`, 'sizeLimit'),
    quantities(`${pod}.volumes[].ephemeral.volumeClaimTemplate.spec.resources.requests`),
  ];
}

const POD_TEMPLATE = 'spec.template.spec';

/** A Secret with its texts in base64: `stringData` is not stored, and belongs to who wrote it first. */
function encodeTexts(secret: Fields): void {
  const { stringData, data } = secret;
  if (isFields(stringData)) {
    const encoded = Object.entries(stringData).map(([key, text]) => [key, Buffer.from(String(text)).toString('base64')]);
    delete secret.stringData;
    secret.data = { ...(isFields(data) ? data : {}), ...Object.fromEntries(encoded) };
  }
}

/** The rules of the kinds of Kubernetes, and of the resources of the Prometheus Operator by the defaults of their definitions. */
function rulesOf(kind: string): Rule[] {
  switch (kind) {
    case 'Deployment':
    case 'DaemonSet':
    case 'Job': return podRules(POD_TEMPLATE);
    case 'StatefulSet': return [
      ...podRules(POD_TEMPLATE),
      // The status too: the list is compared as a whole.
      defaults('spec.volumeClaimTemplates[]', { apiVersion: 'v1', kind: 'PersistentVolumeClaim', status: { phase: 'Pending' } }),
      defaults('spec.volumeClaimTemplates[].spec', { volumeMode: 'Filesystem' }),
      quantities('spec.volumeClaimTemplates[].spec.resources.requests'),
    ];
    case 'HorizontalPodAutoscaler': return ['resource', 'containerResource', 'pods', 'object', 'external'].map((source) => (
      quantities(`spec.metrics[].${source}.target`, 'value', 'averageValue')
    ));
    case 'ValidatingWebhookConfiguration': return [defaults('webhooks[].rules[]', { scope: '*' })];
    case 'Secret': return [{ path: [], store: encodeTexts }];
    default: return Object.entries(RESOURCE_DEFAULTS[kind] ?? {}).map(([path, values]) => defaults(path, values));
  }
}

/** Rules by kind, made when the first object of the kind is written. */
const RULES = new Map<string, readonly Rule[]>();

function fieldsAt(data: unknown, path: readonly string[], step: number = 0): Fields[] {
  if (!isFields(data)) {
    return [];
  }
  if (step === path.length) {
    return [data];
  }
  const name = path[step];
  if (!name.endsWith('[]')) {
    return fieldsAt(data[name], path, step + 1);
  }
  const items = data[name.slice(0, -2)];
  return Array.isArray(items) ? items.flatMap((item) => fieldsAt(item, path, step + 1)) : [];
}

/**
 * Writes into a manifest what the API server makes of it where that matters: in lists and references that are compared as a whole, a field that
 * it adds or spells otherwise is a conflict for the next who applies the same manifest, and a difference for `kubectl apply`, Argo CD and Flux.
 * @param manifest is changed
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy
 */
export function writeStoredForm(kind: string, manifest: unknown): void {
  const rules = RULES.get(kind) ?? rulesOf(kind);
  RULES.set(kind, rules);
  rules.forEach(({ path, store }) => fieldsAt(manifest, path).forEach(store));
}
