import { ISecret, IServiceAccount, Secret, ServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { metadataOf, WorkloadIdentity } from './workload-identity';

/** Throws when the app makes a Secret in another namespace than that of the Pods which read it; of one that exists it is not known. */
export function requireOwnSecret(where: string, secret: ISecret, own: string): void {
  const namespace = secret instanceof Secret ? secret.metadata.namespace ?? 'default' : own;
  if (namespace !== own) {
    throw new Error(`${where}: Secret '${secret.name}' is made in namespace '${namespace}', and Pods mount only Secrets of their own, '${own}'; make it there`);
  }
}

/**
 * The service account that is given, else a new one whose token is mounted only into Pods that ask for it. Throws when the one given is
 * known to be in another namespace, where Pods cannot use it.
 */
export function serviceAccountOf(scope: Construct, given: IServiceAccount | undefined, identity: WorkloadIdentity): IServiceAccount {
  if (given === undefined) {
    return new ServiceAccount(scope, 'ServiceAccount', { metadata: metadataOf(identity), automountToken: false });
  }
  const { namespace = 'default' } = given.toSubjectConfiguration();
  // An import that names no namespace says `default`, so that cannot be told from one that does.
  const isKnown = given instanceof ServiceAccount || namespace !== 'default';
  if (isKnown && namespace !== identity.namespace) {
    throw new Error(`${identity.where}: service account '${given.name}' is in namespace '${namespace}', and Pods use only one of their own, '${identity.namespace}'; make it there`);
  }
  return given;
}
