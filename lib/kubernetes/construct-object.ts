import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { Manifest } from './manifest';
import { isJsonMap } from '../json';
import { quoteList, shown } from '../text';

/** Kinds of objects, with the API group of each, `core` for that without a name. */
export interface ObjectKinds {
  readonly [kind: string]: string;
}

/** Requirement on a construct. */
export interface Wanted {
  /** Context, and the prop that takes the construct, for messages. */
  readonly where: string;
  readonly prop: string;
  readonly kinds: ObjectKinds;
  /** The thing that fits, for messages: `a Service`. */
  readonly what: string;
  /** Ways out for objects of other kinds, by their kind. */
  readonly elsewhere: { readonly [kind: string]: string };
  /** Way out for objects of all other kinds; to give the thing that fits if undefined. */
  readonly otherwise?: string;
}

/** The object that a construct makes, as its manifest is at that moment. */
export interface ConstructObject {
  /** For messages: `Service 'web'`. */
  readonly title: string;
  readonly kind: string;
  readonly manifest: Manifest;
}

/**
 * The one object of the kinds that a construct makes, of whatever library the construct is: an `ApiObject`, an L1 class of any version, an L2
 * class around one, or a construct with one such object below, as `Include` and `Helm` may be. Throws when there is none, or are several.
 */
export function constructObject(construct: IConstruct, wanted: Wanted): ConstructObject {
  const { where, prop, what } = wanted;
  if (!Construct.isConstruct(construct)) {
    const given = isJsonMap(construct) ? `an object with ${quoteList(Object.keys(construct))}` : shown(construct);
    throw new Error(`${where}: '${prop}' is ${given}, not a construct; give ${what}, as an object of any cdk8s-plus, an ApiObject or an Include`);
  }
  const { path } = construct.node;
  const objects = objectsOf(construct);
  const fitting = objects.filter((object) => fits(object, wanted.kinds));
  if (fitting.length === 0) {
    throw new Error(`${where}: '${path}' ${misfit(objects, wanted)}`);
  }
  if (fitting.length > 1) {
    throw new Error(`${where}: '${path}' has ${listed(fitting)}, and '${prop}' accepts one object; pass that one, of an Include from its 'apiObjects'`);
  }
  const [object] = fitting;
  return { title: titleOf(object), kind: object.kind, manifest: manifestOf(object, where, path) };
}

/** The object that a construct is, or that an L2 class of any cdk8s-plus is about; undefined where the app makes none, as for an import by name. */
export function ownObject(construct: IConstruct): ApiObject | undefined {
  if (ApiObject.isApiObject(construct)) {
    return construct;
  }
  // Protected, but of this name in every version.
  const own: unknown = 'apiObject' in construct ? construct.apiObject : undefined;
  return ApiObject.isApiObject(own) ? own : undefined;
}

/** The objects that a construct makes: its own, else all below. */
function objectsOf(construct: IConstruct): ApiObject[] {
  const own = ownObject(construct);
  return own === undefined ? construct.node.findAll().filter((below) => ApiObject.isApiObject(below)) : [own];
}

function fits({ kind, apiGroup }: ApiObject, kinds: ObjectKinds): boolean {
  return Object.hasOwn(kinds, kind) && kinds[kind] === apiGroup;
}

function manifestOf(object: ApiObject, where: string, path: string): Manifest {
  try {
    return new Manifest(object.toJson());
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).replace(/^Failed serializing construct at path '.*?' with name '.*?': (\w*Error: )?/, '');
    throw new Error(`${where}: the manifest of '${path}' cannot be read yet: ${reason}; complete the object before it is given to the job`);
  }
}

function misfit(objects: readonly ApiObject[], { what, elsewhere, kinds, otherwise = `give ${what}` }: Wanted): string {
  const [first] = objects;
  if (first === undefined) {
    return `makes no object; give ${what}`;
  }
  const wayOut = objects.map(({ kind }) => elsewhere[kind]).find((found) => found !== undefined) ?? otherwise;
  const group = Object.hasOwn(kinds, first.kind) ? ` of ${first.apiVersion}` : '';
  return objects.length === 1 ? `is ${titleOf(first)}${group}, not ${what}; ${wayOut}` : `has ${listed(objects)}, but not ${what}; ${wayOut}`;
}

/** Objects that a message lists. */
const SHOWN = 8;

function listed(objects: readonly ApiObject[]): string {
  const titles = objects.map(titleOf);
  const rest = titles.length - SHOWN;
  return rest > 0 ? `${titles.slice(0, SHOWN).join(', ')} and ${rest} more` : titles.join(', ').replace(/, ([^,]*)$/, ' and $1');
}

function titleOf({ kind, name }: ApiObject): string {
  return `${kind} ${quoteList([name])}`;
}
