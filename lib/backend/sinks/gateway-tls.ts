import { ConfigMapKey, SecretKey } from '../../kubernetes';
import { TlsClient } from '../../monitoring';
import { quoteList } from '../../text';

/** Folder of the certificate authority of the cluster. */
export const CLUSTER_CA_DIR = '/etc/sink-gateway/cluster-ca';

/** TLS settings of a client with the paths of files. */
export interface TlsFiles {
  /** Certificate authorities. */
  readonly ca?: string;
  /** Certificate authorities as text. */
  readonly pem?: string;
  readonly certificate?: string;
  readonly privateKey?: string;
  readonly skipsVerification: boolean;
}

/** TLS settings of a client, and what has to be mounted for them. */
export interface GatewayTls {
  readonly tls?: TlsFiles;
  readonly files: ReadonlyArray<SecretKey | ConfigMapKey | undefined>;
  readonly usesClusterCa: boolean;
}

const fileOf = (key?: SecretKey | ConfigMapKey) => key?._file('sink-gateway');

/** The TLS settings of a client. Throws on those that not every gateway has. */
export function gatewayTls(where: string, client?: TlsClient): GatewayTls {
  if (client === undefined) {
    return { files: [], usesClusterCa: false };
  }
  const { serverName, minVersion, maxVersion, ca, caConfigMap, certificate, privateKey, usesClusterCa, skipsVerification, _pem: pem } = client;
  const unknown = Object.entries({ serverName, minVersion, maxVersion }).filter(([, value]) => value !== undefined).map(([name]) => name);
  if (unknown.length > 0) {
    throw new Error(`${where}: 'tls' has ${quoteList(unknown)}, for which a sink gateway has no setting; leave it out, and reach the sink by a name that its certificate carries`);
  }
  return {
    tls: {
      ca: usesClusterCa ? `${CLUSTER_CA_DIR}/ca.crt` : fileOf(ca) ?? fileOf(caConfigMap),
      pem,
      certificate: fileOf(certificate),
      privateKey: fileOf(privateKey),
      skipsVerification,
    },
    files: [ca, caConfigMap, certificate, privateKey],
    usesClusterCa,
  };
}

/**
 * TLS settings as the engine of acknowledged delivery has them.
 * @see https://warpstreamlabs.github.io/bento/docs/components/outputs/kafka_franz/#tls
 */
export function bentoTls(tls?: TlsFiles): object | undefined {
  return tls === undefined ? undefined : {
    enabled: true,
    root_cas: tls.pem,
    root_cas_file: tls.ca,
    skip_cert_verify: tls.skipsVerification || undefined,
    client_certs: tls.certificate === undefined ? undefined : [{ cert_file: tls.certificate, key_file: tls.privateKey }],
  };
}
