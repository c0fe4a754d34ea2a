import { isObjectName } from './checks';
import { durationProblem, numberProblem, sizeProblem } from './amounts';
import { DOORS, ENUMS, LINEAGE, MADE_BY, STRUCTS } from './generated/api-types';
import { isJsonMap, JsonMap } from './json';
import { shownUrl } from './secret-texts';
import { didYouMean, quoteList, shown, visible } from './text';
import { keyProblem, textProblem } from './texts';

/** Fault of a value: the prop that holds it, seen from what was checked, and a sentence about it. */
interface Fault {
  readonly at: string;
  readonly says: string;
}

/** Enums of cdk8s-plus-27. */
const FOREIGN_ENUMS: { readonly [type: string]: readonly string[] } = {
  ImagePullPolicy: ['Always', 'IfNotPresent', 'Never'],
  DnsPolicy: ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
  HttpIngressPathType: ['Prefix', 'Exact', 'ImplementationSpecific'],
};
/** Values of cdk8s and cdk8s-plus-27, with an example of each. */
const FOREIGN: { readonly [type: string]: string } = {
  Duration: 'Duration.minutes(5)', Size: 'Size.gibibytes(1)', Cpu: 'Cpu.millis(100)', PercentOrAbsolute: 'PercentOrAbsolute.percent(25)',
  IConstruct: 'a construct: an object of any cdk8s-plus, an ApiObject or an Include', ISecret: 'Secret.fromSecretName()', IServiceAccount: 'ServiceAccount.fromServiceAccountName()',
};

/** The props of a struct, those that it inherits among them. */
interface Members {
  readonly types: ReadonlyMap<string, string>;
  /** Those that cannot be left out. */
  readonly required: readonly string[];
}

const members = new Map<string, Members>();

/** None where the struct is unknown. */
function membersOf(struct: string): Members {
  const known = members.get(struct);
  if (known !== undefined) {
    return known;
  }
  const lineage = [...(Object.hasOwn(LINEAGE, struct) ? LINEAGE[struct] : []), struct];
  const types = new Map(lineage.flatMap((name) => Object.entries(STRUCTS[name] ?? {})));
  const found = { types, required: [...types.keys()].filter((name) => !types.get(name)?.startsWith('?')) };
  members.set(struct, found);
  return found;
}

/**
 * Throws unless each argument is of the type that a constructor or a method of the public API declares, and a number, a duration or a size within
 * the bounds of its name: TypeScript cannot tell a variable of the environment that is not set, and plain JavaScript tells nothing. `door` is
 * `Exposure.ingress`, or the class that is made.
 */
export function checkArguments(door: string, given: JsonMap, where: string = door): void {
  const types = Object.hasOwn(DOORS, door) ? DOORS[door] : {};
  for (const [name, value] of Object.entries(given)) {
    const type = types[name];
    const fault = type === undefined ? undefined : memberFault(value, type, name, door);
    if (fault !== undefined) {
      // The name of the argument that holds all props says nothing to whoever wrote them.
      throw new Error(`${where}: ${type.replace('?', '') in STRUCTS && fault.at !== '' ? fault.at.slice('.'.length) : `${name}${fault.at}`}: ${fault.says}`);
    }
  }
}

/** `ScrapeJob 'web'`, or without the name where the props hold none. */
export function labelOf(kind: string, props: unknown, naming: string = 'name'): string {
  const name = isJsonMap(props) ? props[naming] : undefined;
  return typeof name === 'string' ? `${kind} '${visible(shownUrl(name))}'` : kind;
}

/** Throws as `checkArguments` does, on the props that a base class of constructs takes. */
export function checkProps(struct: string, props: object, where: string): void {
  const fault = faultOf(props, struct, 'props', struct);
  if (fault !== undefined) {
    throw new Error(`${where}: ${fault.at === '' ? 'props' : fault.at.slice('.'.length)}: ${fault.says}`);
  }
}

/** The first fault in the props of a struct. */
function faultIn(given: JsonMap, struct: string): Fault | undefined {
  const { types, required } = membersOf(struct);
  const missing = required.find((name) => given[name] === undefined);
  for (const name in missing === undefined ? given : { [missing]: undefined }) {
    const type = types.get(name);
    const fault = type === undefined ? undefined : memberFault(given[name], type, name, struct);
    if (fault !== undefined) {
      return { ...fault, at: `.${name}${fault.at}` };
    }
  }
  return undefined;
}

/** The fault of a prop or an argument, which may be one to leave out; `owner` is what declares it. */
function memberFault(value: unknown, type: string, name: string, owner: string): Fault | undefined {
  if (!type.startsWith('?')) {
    return faultOf(value, type, name, owner);
  }
  return value === undefined ? undefined : faultOf(value, type.slice('?'.length), name, owner);
}

/** The fault of a value of a type; `name` is the prop that holds it. */
function faultOf(value: unknown, type: string, name: string, owner: string): Fault | undefined {
  if (type === 'any') {
    return undefined;
  }
  if (type.startsWith('[]')) {
    return faultInList(value, type.slice('[]'.length), name, owner);
  }
  if (type.startsWith('{}')) {
    return faultInMapping(value, type.slice('{}'.length), name, owner);
  }
  if (type in STRUCTS) {
    return isJsonMap(value)
      ? faultIn(value, type)
      : { at: '', says: `${shown(value)} is not an object of ${type}; ${otherwise(value, 'write its props in braces')}` };
  }
  const says = sentenceOn(value, type, name, owner);
  return says === undefined ? undefined : { at: '', says };
}

function faultInList(value: unknown, type: string, name: string, owner: string): Fault | undefined {
  if (!Array.isArray(value)) {
    return { at: '', says: `${shown(value)} is not a list; ${otherwise(value, `write it as [${typeof value === 'string' ? shown(value) : '…'}]`)}` };
  }
  for (let i = 0; i < value.length; i++) {
    const fault = faultOf(value[i], type, name, owner);
    if (fault !== undefined) {
      return { ...fault, at: `[${i}]${fault.at}` };
    }
  }
  return undefined;
}

function faultInMapping(value: unknown, type: string, name: string, owner: string): Fault | undefined {
  if (!isJsonMap(value)) {
    return { at: '', says: `${shown(value)} is not a mapping; ${otherwise(value, "write it as { name: 'value' }")}` };
  }
  for (const key in value) {
    const says = keyProblem(key, name, owner);
    if (says !== undefined) {
      return { at: '', says };
    }
    const fault = faultOf(value[key], type, name, owner);
    if (fault !== undefined) {
      return { ...fault, at: `['${key}']${fault.at}` };
    }
  }
  return undefined;
}

/** A sentence on a single value, or undefined where nothing is wrong with it. */
function sentenceOn(value: unknown, type: string, name: string, owner: string): string | undefined {
  switch (type) {
    case 'string':
      return typeof value === 'string'
        ? textProblem(value, name, owner)
        : `${shown(value)} is not a string; ${otherwise(value, `write it as '${asText(value)}'`)}`;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `${shown(value)} is not true or false; ${otherwise(value, quotesOf(value, /^(true|false)$/) ?? 'write one of the two')}`;
    case 'number':
      return typeof value === 'number'
        ? numberProblem(value, name, owner)
        : `${shown(value)} is not a number; ${otherwise(value, quotesOf(value, /^-?\d+([.]\d+)?$/) ?? 'give a number, without quotes and without a unit')}`;
    case 'Duration':
      return hasMethod(value, 'toMilliseconds') ? durationProblem(value, name, owner) : `${shown(value)} is not a Duration; write one such as ${FOREIGN.Duration}`;
    case 'Size':
      return hasMethod(value, 'toKibibytes') ? sizeProblem(value) : `${shown(value)} is not a Size; write one such as ${FOREIGN.Size}`;
    default:
      return sentenceOnNamed(value, type);
  }
}

/** A sentence on a value of an enum, a class or an interface. */
function sentenceOnNamed(value: unknown, type: string): string | undefined {
  const choices = Object.hasOwn(ENUMS, type) ? ENUMS[type] : FOREIGN_ENUMS[type];
  if (choices !== undefined) {
    return typeof value === 'string' && choices.includes(value)
      ? undefined
      : `${shown(value)} is not a ${type}${typeof value === 'string' && didYouMean(value, choices) || ';'} use ${quoteList(choices)}`;
  }
  if (type === 'ISecret' && isJsonMap(value) && typeof value.name === 'string' && !isObjectName(value.name)) {
    return `'${value.name}' is not the name of a Secret; use lower-case letters, digits, '-' and '.', a letter or digit first and last`;
  }
  // Interfaces may be implemented by plain objects, and values of cdk8s-plus-27 by those of another version.
  const isPlain = isJsonMap(value) && Object.hasOwn(MADE_BY, type) && Object.getPrototypeOf(value) === Object.prototype;
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && !isPlain) {
    return undefined;
  }
  const example = Object.hasOwn(MADE_BY, type) ? MADE_BY[type] : FOREIGN[type];
  return `${shown(value)} is not ${type === 'object' ? 'an object' : /^[AEIO]/.test(type) ? `an ${type}` : `a ${type}`}; ${example === undefined ? 'give one' : `use ${example}`}`;
}

function hasMethod<Name extends string>(value: unknown, name: Name): value is { readonly [key in Name]: (options?: object) => number } {
  return typeof value === 'object' && value !== null && name in value;
}

/** What to do where a value is missing, else `wayOut`. */
function otherwise(value: unknown, wayOut: string): string {
  return value === undefined || value === null ? 'give one, or leave out what holds it' : wayOut;
}

function quotesOf(value: unknown, unquoted: RegExp): string | undefined {
  return typeof value === 'string' && unquoted.test(value) ? 'write it without quotes' : undefined;
}

/** A number or a truth value as text; nothing else has one that could be meant. */
function asText(value: unknown): string {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '…';
}
