import { DataMap } from './data';
import { NotificationAuthorization } from './notification-authorization';
import { NotificationTls, renderTls } from './notification-tls';
import { SecretKey } from '../../kubernetes/secret-key';
import { checkTemplatedUrl } from './template';
import { checkHeaders } from '../../checks';

/**
 * How Alertmanager speaks HTTP with the service that takes the notifications.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#http_config
 */
export interface NotificationHttpConfig {
  /**
   * How Alertmanager shows who it is.
   * @default - not at all
   */
  readonly authorization?: NotificationAuthorization;

  /**
   * TLS towards the service.
   * @default - verified by the authorities of the image
   */
  readonly tls?: NotificationTls;

  /**
   * URL of the proxy on the way out. A proxy that needs a password is reached through `proxyFromEnvironment`, so that no manifest holds it.
   * @default - none
   */
  readonly proxyUrl?: string;

  /**
   * Addresses, networks and domains that are reached without `proxyUrl`.
   * @default - none
   */
  readonly noProxy?: string[];

  /**
   * Take the proxy from the environment variables `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` of Alertmanager.
   * @default false
   */
  readonly proxyFromEnvironment?: boolean;

  /**
   * Follow redirects.
   * @default true
   */
  readonly followRedirects?: boolean;

  /**
   * Speak HTTP/2 where the service does.
   * @default true
   */
  readonly enableHttp2?: boolean;

  /**
   * Headers to send, by name. Needs Alertmanager v0.28.
   * @default - none
   */
  readonly headers?: { readonly [name: string]: string };

  /**
   * Headers to send whose values are secrets, by name. Needs Alertmanager v0.28.
   * @default - none
   */
  readonly secretHeaders?: { readonly [name: string]: SecretKey };
}

/** Headers that the HTTP client sets itself; Alertmanager refuses them. */
const RESERVED = new Set([
  'authorization', 'host', 'content-encoding', 'content-length', 'content-type', 'user-agent', 'connection', 'keep-alive', 'proxy-authenticate',
  'proxy-authorization', 'www-authenticate', 'accept-encoding', 'x-prometheus-remote-write-version', 'x-prometheus-remote-read-version',
  'x-prometheus-scrape-timeout-seconds', 'x-amz-date', 'x-amz-security-token', 'x-amz-content-sha256',
]);

function renderHeaders(config: NotificationHttpConfig, where: string): DataMap | undefined {
  const names = [...Object.keys(config.headers ?? {}), ...Object.keys(config.secretHeaders ?? {})];
  checkHeaders(names, `${where}: headers`);
  const reserved = names.find((name) => RESERVED.has(name.toLowerCase()));
  if (reserved !== undefined) {
    throw new Error(`${where}: the header '${reserved}' is set by Alertmanager itself; leave it out, credentials go into 'authorization'`);
  }
  return names.length === 0 ? undefined : {
    ...Object.fromEntries(Object.entries(config.headers ?? {}).map(([name, value]) => [name, { values: [value] }])),
    ...Object.fromEntries(Object.entries(config.secretHeaders ?? {}).map(([name, file]) => [name, { files: [file] }])),
  };
}

/** The `http_config` of the settings; throws on proxies that exclude each other and on headers that may not be set. */
export function renderHttpConfig(config: NotificationHttpConfig | undefined, where: string): DataMap | undefined {
  if (config === undefined) {
    return undefined;
  }
  checkTemplatedUrl(config.proxyUrl, `${where}: proxyUrl`);
  if (config.proxyFromEnvironment === true && config.proxyUrl !== undefined) {
    throw new Error(`${where}: got 'proxyFromEnvironment' and proxyUrl '${config.proxyUrl}'; keep one of them`);
  }
  if (config.noProxy !== undefined && config.proxyUrl === undefined) {
    throw new Error(`${where}: got 'noProxy' without 'proxyUrl'; name the proxy, or set NO_PROXY in the environment`);
  }
  return {
    ...config.authorization?._settings,
    tls_config: renderTls(config.tls, `${where}: tls`),
    proxy_url: config.proxyUrl,
    no_proxy: config.noProxy?.join(','),
    proxy_from_environment: config.proxyFromEnvironment,
    follow_redirects: config.followRedirects,
    enable_http2: config.enableHttp2,
    http_headers: renderHeaders(config, where),
  };
}
