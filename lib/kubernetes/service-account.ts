import { IServiceAccount, ServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

interface AccountMetadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels: { [label: string]: string };
}

/**
 * The service account that is given, else one of its own that hands no token to Pods that do not ask for it. Throws when the one given is
 * known to be in another namespace, where Pods cannot use it.
 */
export function serviceAccountOf(scope: Construct, given: IServiceAccount | undefined, metadata: AccountMetadata): IServiceAccount {
  if (given === undefined) {
    return new ServiceAccount(scope, 'ServiceAccount', { metadata, automountToken: false });
  }
  const { namespace = 'default' } = given.toSubjectConfiguration();
  // An import that names no namespace says `default`, so that cannot be told from one that does.
  const isKnown = given instanceof ServiceAccount || namespace !== 'default';
  if (isKnown && namespace !== metadata.namespace) {
    throw new Error(`${scope.node.path}: service account '${given.name}' is in namespace '${namespace}', and Pods use only one of their own, '${metadata.namespace}'; make it there`);
  }
  return given;
}
