import { IConfigMap, ISecret, IServiceAccount, ServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { ownObject } from './construct-object';
import { checkAnnotations, checkLabels } from './object-metadata';
import { metadataOf, WorkloadIdentity } from './workload-identity';
import { WorkloadOptions } from './workload-options';

/** Throws when the app makes a Secret or a ConfigMap in another namespace than that of the Pods which read it. */
export function requireOwnSecret(where: string, object: ISecret | IConfigMap, own: string): void {
  const made = ownObject(object);
  if (made === undefined) {
    return;
  }
  const { kind, metadata: { namespace = 'default' } } = made;
  if (namespace !== own) {
    throw new Error(`${where}: ${kind} '${object.name}' is made in namespace '${namespace}', and Pods mount only ${kind}s of their own, '${own}'; make it there`);
  }
}

/** Options of a workload's service account. */
export type ServiceAccountOptions = Pick<WorkloadOptions, 'serviceAccount' | 'serviceAccountAnnotations' | 'serviceAccountLabels'>;

/**
 * The service account that is given, else a new one whose token is mounted only into Pods that ask for it. Throws when the one given is
 * known to be in another namespace, where Pods cannot use it, or is to get labels or annotations.
 */
export function serviceAccountOf(scope: Construct, options: ServiceAccountOptions, identity: WorkloadIdentity): IServiceAccount {
  const { serviceAccount: given, serviceAccountAnnotations: annotations, serviceAccountLabels: labels } = options;
  const { where } = identity;
  if (given === undefined) {
    checkLabels(where, 'serviceAccountLabels', labels);
    checkAnnotations(where, 'serviceAccountAnnotations', annotations);
    const metadata = metadataOf(identity);
    return new ServiceAccount(scope, 'ServiceAccount', { metadata: { ...metadata, labels: { ...metadata.labels, ...labels }, annotations }, automountToken: false });
  }
  const prop = labels !== undefined ? 'serviceAccountLabels' : annotations !== undefined ? 'serviceAccountAnnotations' : undefined;
  if (prop !== undefined) {
    throw new Error(`${where}: got '${prop}' with 'serviceAccount', which is made elsewhere; give it there, or leave out one of them`);
  }
  const { namespace = 'default' } = given.toSubjectConfiguration();
  // An import that names no namespace says `default`, so that cannot be told from one that does.
  const isKnown = ownObject(given) !== undefined || namespace !== 'default';
  if (isKnown && namespace !== identity.namespace) {
    throw new Error(`${identity.where}: service account '${given.name}' is in namespace '${namespace}', and Pods use only one of their own, '${identity.namespace}'; make it there`);
  }
  return given;
}
