import { HttpClient } from '../backend/http-client';
import { Data, defined, some } from '../data';
import { ACCOUNT_DIR } from '../kubernetes/api-access';
import { TlsClient } from '../monitoring';

function tlsConfig(tls: TlsClient | undefined): Data | undefined {
  return tls === undefined ? undefined : defined({
    ca_file: tls.usesClusterCa ? `${ACCOUNT_DIR}/ca.crt` : tls.caKey?._file('prometheus'),
    cert_file: tls.certificateKey?._file('prometheus'),
    key_file: tls.privateKeyKey?._file('prometheus'),
    server_name: tls.expectedServerName,
    insecure_skip_verify: tls.skipsVerification ? true : undefined,
  });
}

/** The part of the configuration that all of Prometheus's HTTP clients share. */
export function httpClientConfig({ tls, authorization, basicAuth, oauth2, proxyUrl }: HttpClient): Data {
  return defined({
    authorization: authorization === undefined ? undefined : {
      type: authorization.type,
      credentials_file: authorization.credentials?._file('prometheus') ?? `${ACCOUNT_DIR}/token`,
    },
    basic_auth: basicAuth === undefined ? undefined : { username: basicAuth.username, password_file: basicAuth.password._file('prometheus') },
    oauth2: oauth2 === undefined ? undefined : defined({
      client_id: oauth2.clientId,
      client_secret_file: oauth2.clientSecret._file('prometheus'),
      token_url: oauth2.tokenUrl,
      scopes: some(oauth2.scopes),
      endpoint_params: Object.keys(oauth2.endpointParams).length === 0 ? undefined : oauth2.endpointParams,
      tls_config: tlsConfig(oauth2.tls),
    }),
    proxy_url: proxyUrl,
    tls_config: tlsConfig(tls),
  });
}
