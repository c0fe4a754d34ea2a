import { ConfigMap, IConfigMap, ISecret, Secret } from 'cdk8s-plus-27';

/** Throws when the app makes a Secret or a ConfigMap in another namespace than the one whose Pods are to read it. */
export function requireOwnSecret(where: string, object: ISecret | IConfigMap, own: string): void {
  if (!(object instanceof Secret || object instanceof ConfigMap)) {
    return;
  }
  const kind = object instanceof Secret ? 'Secret' : 'ConfigMap';
  const namespace = object.metadata.namespace ?? 'default';
  if (namespace !== own) {
    throw new Error(`${where}: ${kind} '${object.name}' is made in namespace '${namespace}', and Pods mount only ${kind}s of their own, '${own}'; make it there`);
  }
}
