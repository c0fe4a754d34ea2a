import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { isOwnObject } from './api-object';
import { unwritableObjects } from './late-values';

const checked = new WeakSet<IConstruct>();

/**
 * Fails the synthesis when two objects have one kind, namespace and name, of which the second would overwrite the first: any two of a chart, and of
 * different charts those of which the library makes one. Fails it too when an object cannot be written, before any is.
 */
export function requireUniqueNames(scope: IConstruct): void {
  const { root } = scope.node;
  if (!checked.has(root)) {
    checked.add(root);
    root.node.addValidation({
      validate: () => {
        const constructs = root.node.findAll();
        return [...sameNames(constructs), ...unwritableObjects(constructs)];
      },
    });
  }
}

function sameNames(constructs: readonly IConstruct[]): string[] {
  const seen = new Map<string, ApiObject>();
  return constructs.flatMap((construct) => {
    if (!(construct instanceof ApiObject)) {
      return [];
    }
    const { apiGroup, kind, name, metadata } = construct;
    const key = JSON.stringify([apiGroup, kind, typeof metadata.namespace === 'string' ? metadata.namespace : '', name]);
    const first = seen.get(key);
    seen.set(key, first ?? construct);
    if (first === undefined) {
      return [];
    }
    const isOneChart = Chart.of(first) === Chart.of(construct);
    return !isOneChart && !isOwnObject(first) && !isOwnObject(construct) ? [] : [
      `${construct.node.path}: ${kind} '${name}' already exists, made by '${first.node.path}'; give one of the two another 'name' or 'namespace'`
        + (isOneChart ? '' : ', or make an App of its own for charts of another cluster'),
    ];
  });
}

/** A Secret or a ConfigMap that something else than this app makes. */
export interface ForeignObject {
  /** Path of the construct that names it, for messages. */
  readonly where: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

const foreign = new WeakMap<IConstruct, ForeignObject[]>();

/**
 * Fails the synthesis when an object of the library, in any chart of the app, would overwrite one that something else makes. An object of the
 * user may well be named instead of given.
 */
export function requireNotOverwritten(scope: IConstruct, object: ForeignObject): void {
  const { root } = scope.node;
  const known = foreign.get(root);
  if (known !== undefined) {
    known.push(object);
    return;
  }
  const objects = [object];
  foreign.set(root, objects);
  root.node.addValidation({ validate: () => overwritten(root, objects) });
}

function overwritten(root: IConstruct, objects: readonly ForeignObject[]): string[] {
  const own = root.node.findAll().filter(isOwnObject).filter(({ kind }) => objects.some((object) => object.kind === kind));
  const paths = new Map(own.map(({ kind, name, metadata, node }) => [JSON.stringify([kind, metadata.namespace ?? 'default', name]), node.path]));
  const problems = objects.flatMap(({ where, kind, namespace, name }) => {
    const path = paths.get(JSON.stringify([kind, namespace, name]));
    return path === undefined ? [] : [
      `${where}: ${kind} '${name}' is made elsewhere, and '${path}' of the same name would overwrite it; rename one of the two, that of the app by the prop 'name'`,
    ];
  });
  return [...new Set(problems)];
}
