import { ConfigMapKey, SecretKey } from '../../kubernetes';
import { TlsClient } from '../../monitoring';
import { quoteList } from '../../text';

/** Folder of the certificate authority of the cluster. */
export const CLUSTER_CA_DIR = '/etc/sink-gateway/cluster-ca';

/** TLS settings of a client in the gateway's configuration, and the files that they name. */
export interface GatewayTls {
  readonly settings?: object;
  readonly files: ReadonlyArray<SecretKey | ConfigMapKey | undefined>;
  readonly usesClusterCa: boolean;
}

const fileOf = (key?: SecretKey | ConfigMapKey) => key?._file('sink-gateway');

/**
 * The TLS settings of a client.
 * @see https://warpstreamlabs.github.io/bento/docs/components/outputs/kafka_franz/#tls
 */
export function gatewayTls(where: string, tls?: TlsClient): GatewayTls {
  if (tls === undefined) {
    return { files: [], usesClusterCa: false };
  }
  const { serverName, minVersion, maxVersion, ca, caConfigMap, certificate, privateKey, usesClusterCa, skipsVerification, _pem: pem } = tls;
  const unknown = Object.entries({ serverName, minVersion, maxVersion }).filter(([, value]) => value !== undefined).map(([name]) => name);
  if (unknown.length > 0) {
    throw new Error(`${where}: 'tls' has ${quoteList(unknown)}, for which a sink gateway has no setting; leave it out, and reach the sink by a name that its certificate carries`);
  }
  return {
    settings: {
      enabled: true,
      root_cas: pem,
      root_cas_file: usesClusterCa ? `${CLUSTER_CA_DIR}/ca.crt` : fileOf(ca) ?? fileOf(caConfigMap),
      skip_cert_verify: skipsVerification || undefined,
      client_certs: certificate === undefined ? undefined : [{ cert_file: fileOf(certificate), key_file: fileOf(privateKey) }],
    },
    files: [ca, caConfigMap, certificate, privateKey],
    usesClusterCa,
  };
}
