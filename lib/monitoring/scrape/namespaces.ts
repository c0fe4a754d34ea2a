import { checkNamespace } from '../../checks';

/** The namespaces named, or undefined for all; throws when an empty list is given. */
export function namespacesOf(where: string, namespaces?: readonly string[]): readonly string[] | undefined {
  if (namespaces !== undefined && namespaces.length === 0) {
    throw new Error(`${where}: namespaces is empty, so nothing would be found; leave it out for all namespaces`);
  }
  namespaces?.forEach((name) => checkNamespace(name, where));
  return namespaces === undefined ? undefined : [...namespaces];
}
