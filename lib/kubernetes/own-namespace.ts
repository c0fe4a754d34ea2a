import { IConfigMap, ISecret, IServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { ownObject } from './construct-object';
import { NamedSecret } from './named-secret';
import { OwnServiceAccount } from './own-service-account';
import { requireNotOverwritten } from './unique-names';
import { metadataOf, WorkloadIdentity } from './workload-identity';
import { WorkloadOptions } from './workload-options';

/** Namespaces of Secrets that a controller makes for objects of the app. */
const MADE_FOR_APP = new WeakMap<ISecret | IConfigMap, string>();

/** What to do where Pods of another namespace need a Secret or a ConfigMap. */
const WAYS_OUT = new WeakMap<ISecret | IConfigMap, string>();

/** Says what to do where Pods of another namespace need an object, other than to make it there. */
export function setWayOut(object: ISecret | IConfigMap, wayOut: string): void {
  WAYS_OUT.set(object, wayOut);
}

/** A Secret that a controller makes in a namespace, such as cert-manager for a Certificate of the app. */
export function secretMadeIn(scope: Construct, name: string, namespace: string): ISecret {
  const secret = NamedSecret.in(scope, name);
  MADE_FOR_APP.set(secret, namespace);
  return secret;
}

/**
 * Throws when a Secret or a ConfigMap is made in another namespace than that of the Pods which read it; `users` says what else uses it, and how. One
 * that the app does not make must not be overwritten by an object of the library, which is checked at synth.
 */
export function requireOwnSecret(where: string, object: ISecret | IConfigMap, own: string, users: string = 'Pods mount'): void {
  const made = ownObject(object);
  const kind = made?.kind ?? 'Secret';
  const namespace = made === undefined ? MADE_FOR_APP.get(object) : made.metadata.namespace ?? 'default';
  if (namespace !== undefined && namespace !== own) {
    throw new Error(`${where}: ${kind} '${object.name}' is made in namespace '${namespace}', and ${users} only ${kind}s of their own, '${own}'; ${WAYS_OUT.get(object) ?? 'make it there'}`);
  }
  if (made === undefined) {
    requireNotOverwritten(object, { where, kind: object.kind, name: object.name, namespace: own });
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
    const metadata = metadataOf(identity);
    return new OwnServiceAccount(scope, 'ServiceAccount', { ...metadata, labels: { ...metadata.labels, ...labels }, annotations });
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
