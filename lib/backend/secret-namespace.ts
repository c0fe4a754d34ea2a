import { ISecret, Secret } from 'cdk8s-plus-27';

/** Throws when the app makes a Secret in another namespace than the one whose Pods are to read it. */
export function requireOwnSecret(where: string, secret: ISecret, own: string): void {
  if (!(secret instanceof Secret)) {
    return;
  }
  const namespace = secret.metadata.namespace ?? 'default';
  if (namespace !== own) {
    throw new Error(`${where}: Secret '${secret.name}' is made in namespace '${namespace}', and Pods mount only Secrets of their own, '${own}'; make it there`);
  }
}
