import { isJsonMap, JsonMap } from './json';
import { SettingFault } from './settings';

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** Headers that hold a secret as a rule, and so do not go into a manifest. */
export const SECRET_HEADER = /^(authorization|proxy-authorization|cookie|(x-)?api-key|x-auth-token|private-token|x-gitlab-token)$/i;

/** The first header whose value would be shown, and is a secret as a rule. */
function shownSecret(headers: unknown): string | undefined {
  const isShown = (header: unknown) => isJsonMap(header) && Array.isArray(header.values) && header.values.length > 0;
  return isJsonMap(headers) ? Object.keys(headers).find((name) => SECRET_HEADER.test(name) && isShown(headers[name])) : undefined;
}

/** The key of a proxy's URL, by which the settings of an HTTP client are known. */
const PROXY_URL = 'proxy_url';

/**
 * What the clients of all programs of Prometheus refuse together, beyond what the types of their settings tell.
 * @see https://pkg.go.dev/github.com/prometheus/common/config#HTTPClientConfig
 */
export function clientFault(data: JsonMap): SettingFault | undefined {
  const { [PROXY_URL]: url, no_proxy: noProxy, proxy_from_environment: ofEnvironment, proxy_connect_header: header, authorization } = data;
  const isOfEnvironment = ofEnvironment === true;
  if (isOfEnvironment && (isGiven(url) || isGiven(noProxy))) {
    return { at: '', says: `got 'proxy_from_environment' and '${isGiven(url) ? PROXY_URL : 'no_proxy'}', which exclude each other; keep one of them` };
  }
  if (!isGiven(url) && isGiven(noProxy)) {
    return { at: 'no_proxy', says: `there is no proxy without '${PROXY_URL}'; give it, or leave this out` };
  }
  if (!isGiven(url) && !isOfEnvironment && isJsonMap(header) && Object.keys(header).length > 0) {
    return { at: 'proxy_connect_header', says: `there is no proxy without '${PROXY_URL}' or 'proxy_from_environment'; give one, or leave this out` };
  }
  const secret = shownSecret(data.http_headers);
  if (secret !== undefined) {
    return { at: `http_headers.${secret}.values`, says: "this would show a secret; put it into a Secret, and name the file by 'files'" };
  }
  const type = isJsonMap(authorization) && typeof authorization.type === 'string' ? authorization.type.trim() : '';
  return type.toLowerCase() === 'basic' ? { at: 'authorization.type', says: `'${type}' has settings of its own; use 'basic_auth'` } : undefined;
}

/** A client certificate without its key, and a key without its certificate. */
export function tlsFault(data: JsonMap): SettingFault | undefined {
  const has = (name: string) => [name, `${name}_file`, `${name}_ref`].some((key) => isGiven(data[key]));
  if (has('cert') === has('key')) {
    return undefined;
  }
  const [given, missing] = has('cert') ? ['cert', 'key'] : ['key', 'cert'];
  return { at: '', says: `there is '${given}_file' without '${missing}_file'; give both, or neither` };
}

/** Headers that a client sets itself, and whose program refuses them in `http_headers`. */
export const RESERVED_HEADERS = [
  'authorization', 'host', 'content-encoding', 'content-length', 'content-type', 'user-agent', 'connection', 'keep-alive', 'proxy-authenticate',
  'proxy-authorization', 'www-authenticate', 'accept-encoding', 'x-prometheus-remote-write-version', 'x-prometheus-remote-read-version',
  'x-prometheus-scrape-timeout-seconds', 'x-amz-date', 'x-amz-security-token', 'x-amz-content-sha256',
];

/** The first header that a client sets itself, and whose program refuses it; `at` is the setting that holds it. */
export function headersFault(headers: unknown, at: string): SettingFault | undefined {
  const names = isJsonMap(headers) ? Object.keys(headers) : [];
  const wrong = names.find((name) => RESERVED_HEADERS.includes(name.toLowerCase()));
  return wrong === undefined ? undefined : { at, says: `'${wrong}' is a header that the client sets itself; leave it out` };
}
