import { ConfigMap, IConfigMap, ISecret, IServiceAccount, Secret, ServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { metadataOf, WorkloadIdentity } from './workload-identity';

/** Throws when the app makes a Secret or a ConfigMap in another namespace than that of the Pods which read it. */
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
