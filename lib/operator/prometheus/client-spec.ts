import { Credentials, KeyReference } from './credentials';
import { HttpClient } from '../../backend/http-client';
import { ACCOUNT_DIR } from '../../kubernetes/api-access';
import { BasicAuth, OAuth2, TlsClient } from '../../monitoring';

/** TLS as all kinds know it: by keys of Secrets. */
export interface SafeTls {
  readonly ca?: { readonly secret: KeyReference };
  readonly cert?: { readonly secret: KeyReference };
  readonly keySecret?: KeyReference;
  readonly serverName?: string;
  readonly insecureSkipVerify?: boolean;
}

/** TLS as the Prometheus resource knows it: by files too. */
export interface FileTls extends SafeTls {
  readonly caFile?: string;
}

interface BasicAuthSpec {
  readonly username: KeyReference;
  readonly password: KeyReference;
}

interface OAuth2Spec {
  readonly clientId: { readonly secret: KeyReference };
  readonly clientSecret: KeyReference;
  readonly tokenUrl: string;
  readonly scopes?: string[];
  readonly endpointParams?: { readonly [name: string]: string };
  readonly tlsConfig?: SafeTls;
}

interface SecretClient {
  readonly basicAuth?: BasicAuthSpec;
  readonly oauth2?: OAuth2Spec;
  readonly proxyUrl?: string;
}

/** A client of a monitor, whose files, if it needs any, are named by a scrape class. */
export interface MonitorClient extends SecretClient {
  readonly tlsConfig?: SafeTls;
  readonly authorization?: { readonly type: string; readonly credentials: KeyReference };
}

/** A client in the Prometheus resource, which can name files itself. */
export interface ResourceClient extends SecretClient {
  readonly tlsConfig?: FileTls;
  readonly authorization?: { readonly type: string; readonly credentials?: KeyReference; readonly credentialsFile?: string };
}

/** The file of the cluster's authority. */
export const CLUSTER_CA_FILE = `${ACCOUNT_DIR}/ca.crt`;
/** The file of the token of the service account. */
export const TOKEN_FILE = `${ACCOUNT_DIR}/token`;

function safeTls(credentials: Credentials, tls: TlsClient): SafeTls | undefined {
  const { caKey, certificateKey, privateKeyKey, expectedServerName, skipsVerification } = tls;
  const spec: SafeTls = {
    ...(caKey === undefined ? {} : { ca: { secret: credentials.key(caKey) } }),
    ...(certificateKey === undefined ? {} : { cert: { secret: credentials.key(certificateKey) } }),
    ...(privateKeyKey === undefined ? {} : { keySecret: credentials.key(privateKeyKey) }),
    ...(expectedServerName === undefined ? {} : { serverName: expectedServerName }),
    ...(skipsVerification ? { insecureSkipVerify: true } : {}),
  };
  return Object.keys(spec).length === 0 ? undefined : spec;
}

function basicAuthSpec(credentials: Credentials, { username, password }: BasicAuth): BasicAuthSpec {
  return { username: credentials.text(username), password: credentials.key(password) };
}

function oauth2Spec(where: string, credentials: Credentials, oauth2: OAuth2): OAuth2Spec {
  if (oauth2.tls?.usesClusterCa) {
    throw new Error(`${where}: oauth2 verifies its issuer by the cluster's authority, for which the operator knows no file; put the authority into a Secret and name it by TlsClient.fromSecret()`);
  }
  return {
    clientId: { secret: credentials.text(oauth2.clientId) },
    clientSecret: credentials.key(oauth2.clientSecret),
    tokenUrl: oauth2.tokenUrl,
    ...(oauth2.scopes.length === 0 ? {} : { scopes: oauth2.scopes }),
    ...(Object.keys(oauth2.endpointParams).length === 0 ? {} : { endpointParams: oauth2.endpointParams }),
    ...(oauth2.tls === undefined ? {} : { tlsConfig: safeTls(credentials, oauth2.tls) }),
  };
}

function secretClient(where: string, credentials: Credentials, { basicAuth, oauth2, proxyUrl }: HttpClient): SecretClient {
  return {
    ...(basicAuth === undefined ? {} : { basicAuth: basicAuthSpec(credentials, basicAuth) }),
    ...(oauth2 === undefined ? {} : { oauth2: oauth2Spec(where, credentials, oauth2) }),
    ...(proxyUrl === undefined ? {} : { proxyUrl }),
  };
}

/** How a monitor meets its targets, but for files. */
export function monitorClient(where: string, credentials: Credentials, client: HttpClient): MonitorClient {
  const { tls, authorization } = client;
  return {
    ...secretClient(where, credentials, client),
    ...(tls === undefined ? {} : { tlsConfig: safeTls(credentials, tls) }),
    ...(authorization?.credentials === undefined
      ? {}
      : { authorization: { type: authorization.type, credentials: credentials.key(authorization.credentials) } }),
  };
}

/** How the Prometheus itself meets an Alertmanager or a remote store. */
export function resourceClient(where: string, credentials: Credentials, client: HttpClient): ResourceClient {
  const { authorization, ...rest } = monitorClient(where, credentials, client);
  const caFile = client.tls?.usesClusterCa ? { caFile: CLUSTER_CA_FILE } : {};
  const tlsConfig = { ...rest.tlsConfig, ...caFile };
  const token = client.authorization?.usesServiceAccountToken ? { authorization: { type: 'Bearer', credentialsFile: TOKEN_FILE } } : {};
  return {
    ...rest,
    ...(Object.keys(tlsConfig).length === 0 ? { tlsConfig: undefined } : { tlsConfig }),
    ...(authorization === undefined ? token : { authorization }),
  };
}
