import { IConstruct } from 'constructs';
import { ownObject } from './construct-object';
import { Manifest } from './manifest';
import { nearest, quoteList } from '../text';

/** Keys of a Secret or a ConfigMap that the API server accepts. */
const KEY = /^[-._a-zA-Z0-9]{1,253}$/;

/** Keys that the app gives an object of its own under some fields, or undefined where it makes none, or the cluster fills it. */
export function keysOf(object: IConstruct, fields: readonly string[]): string[] | undefined {
  const manifest = new Manifest(ownObject(object)?.toJson());
  const keys = fields.flatMap((field) => manifest.at(field).keys);
  return keys.length === 0 ? undefined : keys;
}

/** Throws unless `key` can be a key of a Secret or a ConfigMap, and is one of `known` where the app knows them. */
export function checkDataKey(where: string, kind: 'Secret' | 'ConfigMap', key: string, known: readonly string[] | undefined): void {
  if (key === '') {
    throw new Error(`${where}: the key is empty; name the key of the ${kind} that holds the value`);
  }
  if (!KEY.test(key) || key === '.' || key.startsWith('..')) {
    throw new Error(`${where}: '${key}' is not a key of a ${kind}; use letters, digits, '-', '_' and '.'`);
  }
  if (known !== undefined && !known.includes(key)) {
    const near = nearest(key, known);
    throw new Error(`${where}: the ${kind} has no key '${key}', it has ${quoteList(known)}; `
      + (near === undefined ? `name one of them, or add the key to the ${kind} before it is referred to` : `did you mean '${near}'?`));
  }
}
