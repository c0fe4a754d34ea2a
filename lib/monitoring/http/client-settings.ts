import { HttpConfig } from './http-config';
import { proxySettings } from './proxy';
import { checkHeaders } from '../../checks';
import { RESERVED_HEADERS, SECRET_HEADER } from '../../client-rules';
import { quoteList } from '../../text';
import { Leaf, verbatim, Verbatim, WireMap } from '../../wire/data';

/** Throws on names that are not header names or are there twice, and on headers that would show a secret; `wayOut` says where that goes. */
export function checkHeaderSecrets(
  { headers = {}, secretHeaders = {} }: HttpConfig, where: string, wayOut: string = "use 'authorization', 'basicAuth', 'oauth2' or 'secretHeaders'",
): void {
  checkHeaders([...Object.keys(headers), ...Object.keys(secretHeaders)], `${where}: headers`);
  const secret = Object.keys(headers).find((name) => SECRET_HEADER.test(name));
  if (secret !== undefined) {
    throw new Error(`${where}: header '${secret}' would show its secret in the configuration; ${wayOut}`);
  }
}

/** As `checkHeaderSecrets`; further throws on headers that the programs set themselves. */
export function checkClientHeaders(config: HttpConfig, where: string): void {
  checkHeaderSecrets(config, where);
  const names = [...Object.keys(config.headers ?? {}), ...Object.keys(config.secretHeaders ?? {})];
  const reserved = names.find((name) => RESERVED_HEADERS.includes(name.toLowerCase()));
  if (reserved !== undefined) {
    throw new Error(`${where}: header '${reserved}' is set by the program itself; leave it out, credentials go into 'authorization', 'basicAuth' or 'oauth2'`);
  }
}

function httpHeaders({ headers = {}, secretHeaders = {} }: HttpConfig): Verbatim | undefined {
  return verbatim({
    ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { values: [value] }])),
    ...Object.fromEntries(Object.entries(secretHeaders).map(([name, key]) => [name, { files: [Leaf.secret(key)] }])),
  });
}

/**
 * The wire form of a client. Throws on several credentials, on proxy settings that exclude each other, and on headers that are none, are the
 * program's own or would show a secret.
 */
export function clientSettings(client: HttpConfig, where: string): WireMap {
  if (Object.values(client).every((option) => option === undefined)) {
    return {};
  }
  const { authorization, basicAuth, oauth2, tls, followRedirects, enableHttp2 } = client;
  const credentials = Object.entries({ authorization, basicAuth, oauth2 }).filter(([, given]) => given !== undefined).map(([name]) => name);
  if (credentials.length > 1) {
    throw new Error(`${where}: got ${quoteList(credentials)}, and a request has one 'Authorization' header; keep one of them`);
  }
  checkClientHeaders(client, where);
  return {
    authorization: authorization?._wire(),
    basicAuth: basicAuth?._wire(),
    oauth2: oauth2?._wire(),
    ...proxySettings(client, where),
    tlsConfig: tls?._wire(),
    httpHeaders: httpHeaders(client),
    followRedirects: followRedirects === false ? false : undefined,
    enableHttp2: enableHttp2 === false ? false : undefined,
  };
}
