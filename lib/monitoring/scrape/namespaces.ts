/** The namespaces named, or undefined for all; throws when an empty list is given. */
export function namespacesOf(where: string, namespaces?: readonly string[]): readonly string[] | undefined {
  if (namespaces !== undefined && namespaces.length === 0) {
    throw new Error(`${where}: namespaces is empty, so nothing would be found; leave it out for all namespaces`);
  }
  const wrong = namespaces?.find((name) => !/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name));
  if (wrong !== undefined) {
    throw new Error(`${where}: '${wrong}' is not the name of a namespace, which is lower-case letters, digits and dashes`);
  }
  return namespaces === undefined ? undefined : [...namespaces];
}
