import { literal } from './literals';
import { MountedFiles } from './mounted-files';
import { Authorization, HttpConfig, TlsClient } from '../monitoring';
import { checkCredentials, checkHeaderSecrets } from '../monitoring/http/client-settings';
import { unsupportedSettings } from '../monitoring/http/unsupported-settings';
import { quoteList } from '../text';

/** Fields of a data source that say how Grafana reaches it. */
export interface ClientFields {
  readonly basicAuth?: boolean;
  readonly basicAuthUser?: string;
  readonly jsonData: { readonly [key: string]: unknown };
  readonly secureJsonData: { readonly [key: string]: string };
}

/** Throws on settings that a data source has no place for, and on several credentials. */
function checkPlaces(where: string, http: HttpConfig): void {
  const foreign = unsupportedSettings(http, ['authorization', 'basicAuth', 'tls', 'tls.serverName', 'headers', 'secretHeaders']);
  if (foreign.length > 0) {
    throw new Error(`${where}: a data source has no setting for ${quoteList(foreign)}; leave them out of 'http', a proxy goes into 'proxyEnvironment' of Grafana`);
  }
  if (http.authorization?.usesServiceAccountToken) {
    throw new Error(`${where}: Grafana has no token of a service account; use Authorization.bearer() with a Secret by 'http'`);
  }
  checkCredentials(http, where);
}

/** An HTTP client as a data source has it. Throws at once on settings that it has no place for. */
export function client(where: string, uid: string, http: HttpConfig): (files: MountedFiles) => ClientFields {
  checkPlaces(where, http);
  checkHeaderSecrets(http, where);
  const { basicAuth, tls } = http;
  return (files) => {
    const [tlsFields, headerFields] = [tlsOf(tls, uid, files), headersOf(http, files)];
    return {
      basicAuth: basicAuth === undefined ? undefined : true,
      basicAuthUser: literal(basicAuth?.username),
      jsonData: { ...tlsFields.jsonData, ...headerFields.jsonData },
      secureJsonData: {
        ...(basicAuth === undefined ? {} : { basicAuthPassword: files.reference(basicAuth.password) }),
        ...tlsFields.secureJsonData,
        ...headerFields.secureJsonData,
      },
    };
  };
}

function tlsOf(tls: TlsClient | undefined, uid: string, files: MountedFiles): ClientFields {
  if (tls === undefined) {
    return { jsonData: {}, secureJsonData: {} };
  }
  const { ca, certificate, privateKey } = files.tls(tls, `${uid}-ca.crt`);
  const values = { tlsCACert: ca, tlsClientCert: certificate, tlsClientKey: privateKey };
  return {
    jsonData: {
      tlsAuthWithCACert: ca === undefined ? undefined : true,
      tlsAuth: certificate === undefined ? undefined : true,
      tlsSkipVerify: tls.skipsVerification || undefined,
      serverName: tls.serverName,
    },
    secureJsonData: Object.fromEntries(Object.entries(values).flatMap(([key, file]) => (file === undefined ? [] : [[key, `$__file{${file}}`]]))),
  };
}

function credentialsOf({ type, credentials }: Authorization, files: MountedFiles): string {
  return `${type} ${credentials === undefined ? '' : files.reference(credentials)}`;
}

/** Headers are numbered, and all of their values are secrets. */
function headersOf({ headers = {}, secretHeaders = {}, authorization }: HttpConfig, files: MountedFiles): ClientFields {
  const all = [
    ...(authorization === undefined ? [] : [['Authorization', credentialsOf(authorization, files)]]),
    ...Object.entries(headers).map(([name, value]) => [name, literal(value)]),
    ...Object.entries(secretHeaders).map(([name, key]) => [name, files.reference(key)]),
  ];
  return {
    jsonData: Object.fromEntries(all.map(([name], i) => [`httpHeaderName${i + 1}`, name])),
    secureJsonData: Object.fromEntries(all.map(([, value], i) => [`httpHeaderValue${i + 1}`, value])),
  };
}
