import { Authorization } from './authorization';
import { BasicAuth } from './basic-auth';
import { OAuth2 } from './oauth2';
import { ProxyOptions } from './proxy';
import { TlsClient } from './tls-client';
import { SecretKey } from '../../kubernetes/secret-key';

/**
 * HTTP client settings for another server.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#http_config
 */
export interface HttpConfig extends ProxyOptions {
  /**
   * TLS settings.
   * @default - for https the system's authorities
   */
  readonly tls?: TlsClient;
  /**
   * `Authorization` header. Excludes `basicAuth` and `oauth2`.
   * @default - none
   */
  readonly authorization?: Authorization;
  /**
   * HTTP basic authentication. Excludes `authorization` and `oauth2`.
   * @default - none
   */
  readonly basicAuth?: BasicAuth;
  /**
   * OAuth 2.0 client credentials. Excludes `authorization` and `basicAuth`.
   * @default - none
   */
  readonly oauth2?: OAuth2;
  /**
   * HTTP headers by name; they are in the configuration.
   * @default - none
   */
  readonly headers?: { readonly [name: string]: string };
  /**
   * HTTP headers with values from Secrets, by name.
   * @default - none
   */
  readonly secretHeaders?: { readonly [name: string]: SecretKey };
  /**
   * Follow redirects.
   * @default true
   */
  readonly followRedirects?: boolean;
  /**
   * Use HTTP/2 where the server supports it.
   * @default true
   */
  readonly enableHttp2?: boolean;
}

/** The HTTP client settings among other props, as a copy. */
export function httpConfigOf(props: HttpConfig): HttpConfig {
  const {
    authorization, basicAuth, oauth2, tls, proxyUrl, noProxy, proxyFromEnvironment, headers, secretHeaders, followRedirects, enableHttp2,
  } = props;
  return {
    authorization, basicAuth, oauth2, tls, proxyUrl, proxyFromEnvironment, followRedirects, enableHttp2,
    noProxy: noProxy && [...noProxy],
    headers: headers && { ...headers },
    secretHeaders: secretHeaders && { ...secretHeaders },
  };
}
