import { SecretKey } from '../../kubernetes';
import { Authorization, BasicAuth, TlsClient } from '../../monitoring';

/** Where the exporter's files lie. */
export const DIRS = { config: '/etc/blackbox-exporter/config', secrets: '/etc/blackbox-exporter/secrets', clusterCa: '/etc/blackbox-exporter/cluster-ca' } as const;

/** A part of a configuration. */
export interface Data {
  readonly [key: string]: unknown;
}

/** What of the cluster a module needs to have mounted. */
export interface Files {
  readonly secretKeys: readonly SecretKey[];
  readonly clusterCa: boolean;
}

/** The entries that have a value. */
export function defined(data: Data): Data {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}

/** Where the value lies in the exporter. */
function file(key?: SecretKey): string | undefined {
  return key === undefined ? undefined : `${DIRS.secrets}/${key.secret.name}/${key.key}`;
}

/** `tls_config`. */
export function tlsConfig(tls?: TlsClient): Data | undefined {
  return tls === undefined ? undefined : defined({
    ca_file: tls.usesClusterCa ? `${DIRS.clusterCa}/ca.crt` : file(tls.caKey),
    cert_file: file(tls.certificateKey),
    key_file: file(tls.privateKeyKey),
    server_name: tls.expectedServerName,
    insecure_skip_verify: tls.skipsVerification ? true : undefined,
  });
}

/** `authorization`. */
export function authorizationConfig(where: string, authorization?: Authorization): Data | undefined {
  if (authorization?.usesServiceAccountToken) {
    throw new Error(`${where}: authorization is a service account's token, and the exporter has none; use Authorization.fromSecret`);
  }
  return authorization === undefined ? undefined : { type: authorization.type, credentials_file: file(authorization.credentials) };
}

/** `basic_auth`. */
export function basicAuthConfig(basicAuth?: BasicAuth): Data | undefined {
  return basicAuth === undefined ? undefined : { username: basicAuth.username, password_file: file(basicAuth.password) };
}

/** What has to be mounted. */
export function filesOf(parts: { readonly tls?: TlsClient; readonly authorization?: Authorization; readonly basicAuth?: BasicAuth }): Files {
  const { tls, authorization, basicAuth } = parts;
  return {
    secretKeys: [...(tls?._secretKeys ?? []), authorization?.credentials, basicAuth?.password].filter((key) => key !== undefined),
    clusterCa: tls?.usesClusterCa ?? false,
  };
}
