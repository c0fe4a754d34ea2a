import { TlsClient } from '../../monitoring';
import { TlsFiles, tlsFiles } from '../../monitoring/http/tls-files';
import { unsupportedTls } from '../../monitoring/http/unsupported-settings';
import { quoteList } from '../../text';

/** Folder of the certificate authority of the cluster. */
export const CLUSTER_CA_DIR = '/etc/sink-gateway/cluster-ca';

/** TLS settings of a client, and what has to be mounted for them. */
export interface GatewayTls {
  readonly tls?: TlsFiles;
  readonly files: TlsFiles['keys'];
  readonly usesClusterCa: boolean;
}

/** The TLS settings of a client. Throws on those that not every gateway has. */
export function gatewayTls(where: string, client?: TlsClient): GatewayTls {
  if (client === undefined) {
    return { files: [], usesClusterCa: false };
  }
  const unknown = unsupportedTls(client);
  if (unknown.length > 0) {
    throw new Error(`${where}: 'tls' has ${quoteList(unknown)}, for which a sink gateway has no setting; leave it out, and reach the sink by a name that its certificate carries`);
  }
  const tls = tlsFiles(client, { file: (key) => key._file('sink-gateway'), clusterCa: () => `${CLUSTER_CA_DIR}/ca.crt` });
  return { tls, files: tls.keys, usesClusterCa: client.usesClusterCa };
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
