import { TlsClient } from './http';
import { Scheme } from './scrape';

/** How a program that exists already is reached. */
interface Reached {
  readonly scheme?: Scheme;
  readonly tls?: TlsClient;
}

/** The protocol of a program that exists already: HTTPS where there are settings of TLS, and on port 443. */
export function schemeOf({ scheme, tls }: Reached, port: number): Scheme {
  return scheme ?? (tls === undefined && port !== 443 ? Scheme.HTTP : Scheme.HTTPS);
}

/** Throws unless the path begins with a slash. */
export function checkLeadingSlash(path: string, where: string): void {
  if (!path.startsWith('/')) {
    throw new Error(`${where}: '${path}' does not start with '/'; write it as '/${path}'`);
  }
}
