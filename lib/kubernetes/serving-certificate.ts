import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { metadataOf, WorkloadIdentity } from './workload-identity';

/** Kind of the issuer of a certificate. */
export enum CertificateIssuerKind {
  /** One of the namespace. */
  ISSUER = 'Issuer',
  /** One of the cluster. */
  CLUSTER_ISSUER = 'ClusterIssuer',
}

/** Folder of the certificate and the private key, called `tls.crt` and `tls.key`, in a container. */
export const TLS_DIR = '/etc/tls/private';

/** Certificate of a server that the API server calls, and how the API server gets to know the authority that signed it. */
export interface ServingCertificate {
  readonly secretName: string;
  readonly certificateKey: string;
  readonly privateKeyKey: string;
  /** Annotations of the object that names the server to the API server. */
  readonly annotations?: { readonly [name: string]: string };
  /** The authority, in base64. */
  readonly caBundle?: string;
  /** The Certificate and its Issuer where they are made. */
  readonly object?: ApiObject;
  readonly issuer?: ApiObject;
}

/** Issuer that is in the cluster already. */
export interface ExistingIssuer {
  /** Undefined where one has to be made. */
  readonly name?: string;
  readonly kind: CertificateIssuerKind;
}

/** Throws unless the issuer is named where its kind is. */
export function issuerOf(where: string, name?: string, kind?: CertificateIssuerKind): ExistingIssuer {
  if (name === undefined && kind !== undefined) {
    throw new Error(`${where}: got issuerKind '${kind}' without 'issuerName'; name the issuer, or leave out both`);
  }
  return { name, kind: kind ?? CertificateIssuerKind.ISSUER };
}

/**
 * A certificate that cert-manager makes and renews for the Service of a workload. Its authority is the issuer's, else the certificate signs itself;
 * either way cert-manager keeps it in the object with the annotation.
 * @see https://cert-manager.io/docs/concepts/ca-injector/
 */
export function certManagerCertificate(scope: Construct, identity: WorkloadIdentity, existing: ExistingIssuer): ServingCertificate {
  const { name, namespace } = identity;
  const metadata = metadataOf(identity);
  const issuer = existing.name !== undefined ? undefined : new ApiObject(scope, 'Issuer', {
    apiVersion: 'cert-manager.io/v1', kind: 'Issuer', metadata, spec: { selfSigned: {} },
  });
  const object = new ApiObject(scope, 'Certificate', {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata,
    spec: {
      secretName: `${name}-tls`,
      commonName: name,
      dnsNames: [`${name}.${namespace}.svc`],
      issuerRef: { name: existing.name ?? name, kind: existing.kind, group: 'cert-manager.io' },
    },
  });
  return {
    secretName: `${name}-tls`,
    certificateKey: 'tls.crt',
    privateKeyKey: 'tls.key',
    annotations: { 'cert-manager.io/inject-ca-from': `${namespace}/${name}` },
    object,
    issuer,
  };
}

/** Volume with certificate and private key, to be mounted at TLS_DIR; the Pod's group has to own the volumes. */
export function tlsVolume({ secretName, certificateKey, privateKeyKey }: ServingCertificate): k8s.Volume {
  const items = [{ key: certificateKey, path: 'tls.crt' }, { key: privateKeyKey, path: 'tls.key' }];
  return { name: 'tls', secret: { secretName, defaultMode: 0o440, items } };
}
