import { TlsClient } from './tls-client';
import { ConfigMapKey } from '../../kubernetes/config-map-key';
import { SecretKey } from '../../kubernetes/secret-key';

/** Files of a program that is a TLS client. */
export interface TlsPlaces {
  /** File of a key of a Secret or a ConfigMap. */
  readonly file: (key: SecretKey | ConfigMapKey) => string;
  /** File of the cluster's certificate authority; undefined where the program knows it by itself. Called when a client is verified by it. */
  readonly clusterCa: () => string | undefined;
}

/** TLS settings of a client with the paths of its files. */
export interface TlsFiles {
  /** Certificate authorities. Undefined for those of the image, and for text. */
  readonly ca?: string;
  /** Certificate authorities as text. */
  readonly pem?: string;
  readonly certificate?: string;
  readonly privateKey?: string;
  readonly skipsVerification: boolean;
  /** Keys that have to be mounted. */
  readonly keys: ReadonlyArray<SecretKey | ConfigMapKey>;
}

/** The files of a TLS client in the Pods of a program. */
export function tlsFiles(tls: TlsClient, { file, clusterCa }: TlsPlaces): TlsFiles {
  const { certificate, privateKey, usesClusterCa, skipsVerification, _pem: pem } = tls;
  const ca = tls.ca ?? tls.caConfigMap;
  return {
    ca: usesClusterCa ? clusterCa() : ca && file(ca),
    pem,
    certificate: certificate && file(certificate),
    privateKey: privateKey && file(privateKey),
    skipsVerification,
    keys: [ca, certificate, privateKey].filter((key) => key !== undefined),
  };
}
