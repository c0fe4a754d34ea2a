import { checkUrl } from '../../checks';
import { Leaf, snakeCase, Verbatim, WireMap } from '../../wire/data';

/**
 * HTTP proxy of a client.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#http_config
 */
export interface ProxyOptions {
  /**
   * URL of the proxy. A proxy that asks for a password goes into the program's `proxyEnvironment`, from a Secret, and is used by
   * `proxyFromEnvironment`.
   * @default - none
   */
  readonly proxyUrl?: string;
  /**
   * IP addresses, CIDR ranges and domain names that are reached without `proxyUrl`.
   * @default - none
   */
  readonly noProxy?: string[];
  /**
   * Use the proxy of the environment variables `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`, which the program's `proxyEnvironment` sets.
   * @default false
   */
  readonly proxyFromEnvironment?: boolean;
}

/** Whether some settings, at any depth, use the proxy of the environment. */
export function usesProxyEnvironment(settings: unknown): boolean {
  if (typeof settings !== 'object' || settings === null || settings instanceof Leaf) {
    return false;
  }
  if (settings instanceof Verbatim) {
    return usesProxyEnvironment(settings.entries);
  }
  const entries: Array<[string, unknown]> = Object.entries(settings);
  return entries.some(([key, value]) => value === true
    ? snakeCase(key) === 'proxy_from_environment'
    : typeof value === 'object' && usesProxyEnvironment(value));
}

const WAY_OUT = "give the URL by 'proxyEnvironment' of the program, from a Secret, and set 'proxyFromEnvironment'";

/** The wire form. Throws on a URL that is not http or https or holds a password, and on settings that exclude each other. */
export function proxySettings({ proxyUrl, noProxy = [], proxyFromEnvironment }: ProxyOptions, where: string): WireMap {
  if (proxyUrl !== undefined) {
    checkUrl(proxyUrl, `${where}: proxyUrl`, WAY_OUT);
  }
  if (proxyFromEnvironment === true && proxyUrl !== undefined) {
    throw new Error(`${where}: got 'proxyFromEnvironment' and proxyUrl '${proxyUrl}'; keep one of them`);
  }
  if (noProxy.length > 0 && proxyUrl === undefined) {
    throw new Error(`${where}: got 'noProxy' without 'proxyUrl'; name the proxy, or set the exceptions in 'proxyEnvironment' of the program`);
  }
  return { proxyUrl, noProxy: noProxy.length === 0 ? undefined : noProxy.join(','), proxyFromEnvironment: proxyFromEnvironment || undefined };
}
