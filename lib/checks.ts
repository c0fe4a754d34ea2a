import { isIPv4 } from 'node:net';
import { Duration } from 'cdk8s';
import { secretUrl } from './secret-texts';
import { didYouMean, quoteList, visible } from './text';
import { promDuration } from './units';

const CLASSIC_LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
/** No text, white space around it, what nobody sees, and halves of pairs, which are no UTF-8. */
const NOT_A_NAME = /^$|^\s|\s$|[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;
const KUBERNETES_LABEL = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** Whether every version of Prometheus and Alertmanager accepts `name` as the name of a label. */
export function isClassicLabelName(name: string): boolean {
  return CLASSIC_LABEL_NAME.test(name);
}

/** Throws unless `name` is the name of a label to what accepts no UTF-8 in names. */
export function checkClassicLabelName(name: string, where: string): void {
  if (isClassicLabelName(name)) {
    return;
  }
  const instead = name.replace(/[^a-zA-Z0-9_]/g, '_').replace(/^(?=\d)/, '_');
  const example = isClassicLabelName(instead) ? `, as in '${instead}'` : '';
  throw new Error(`${where}: '${name}' is not a label name; use letters, digits and '_', not a digit first${example}`);
}

/** Whether `name` can be the name of a label, which is any text in UTF-8. */
export function isLabelName(name: string): boolean {
  return !NOT_A_NAME.test(name);
}

/** Whether `name` can be the name of a metric, which is any text in UTF-8 without braces. */
export function isMetricName(name: string): boolean {
  return isLabelName(name) && !/[{}]/.test(name);
}

/**
 * Throws unless `name` is the name of a label, which is any text in UTF-8; `kind` says what else the name is of.
 * @see https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels
 */
export function checkLabelName(name: string, where: string, kind?: string): void {
  if (!isLabelName(name)) {
    throw new Error(`${where}: ${kind === undefined ? '' : `${kind} `}'${visible(name)}' is not a label name; use at least one character, no white space around it and no characters that cannot be seen`);
  }
}

/** Throws unless `name` is the name of a metric, which is any text in UTF-8 without braces. */
export function checkMetricName(name: string, where: string): void {
  if (!isMetricName(name)) {
    throw new Error(`${where}: '${visible(name)}' is not a metric name; use at least one character, no white space around it and no characters that cannot be seen`
      + (/[{}]/.test(name) ? ', and give labels as labels' : ''));
  }
}

/** Whether `key` can be the key of a label, or of an annotation, of a Kubernetes object. */
export function isKubernetesLabel(key: string): boolean {
  return KUBERNETES_LABEL.test(key);
}

/**
 * Throws unless `key` can be the key of a label, or of an annotation, of a Kubernetes object.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */
export function checkKubernetesLabel(key: string, where: string, of: string = 'a Kubernetes label'): void {
  if (!isKubernetesLabel(key)) {
    throw new Error(`${where}: '${key}' is not the key of ${of}; write it as 'app.kubernetes.io/name'`);
  }
}

const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const SERVICE = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Whether `name` can be the name of a namespace. */
export function isNamespace(name: string): boolean {
  return NAMESPACE.test(name);
}

/** Throws unless `name` can be the name of a namespace. */
export function checkNamespace(name: string, where: string): void {
  if (!isNamespace(name)) {
    throw new Error(`${where}: '${name}' is not the name of a namespace; use at most 63 lower-case letters, digits and dashes, a letter or digit first and last`);
  }
}

/** Throws unless `name` can be the name of a Service; `otherwise` says what else there is. */
export function checkServiceName(name: string, where: string, otherwise: string = ''): void {
  if (!SERVICE.test(name)) {
    throw new Error(`${where}: '${name}' is not the name of a Service; use at most 63 lower-case letters, digits and dashes, a letter first${otherwise}`);
  }
}

const OBJECT = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Whether `name` can be the name of an object of most kinds. */
export function isObjectName(name: string): boolean {
  return name.length <= 253 && OBJECT.test(name);
}

/**
 * Throws unless `name`, where it is given, can be the name of an object of most kinds.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
 */
export function checkObjectName(name: string | undefined, where: string): void {
  if (name !== undefined && !isObjectName(name)) {
    throw new Error(`${where}: '${name}' cannot be the name of an object; use at most 253 lower-case letters, digits, '-' and '.', a letter or digit first and last`);
  }
}

/** Throws unless `port` is a port number. */
export function checkPortNumber(port: number, where: string): void {
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(`${where}: port ${port} is not a port number; use 1 to 65535`);
  }
}

/** Whether `name` can be the name of a port of a Service. */
export function isPortName(name: string): boolean {
  return /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name);
}

/** Throws unless `name` can be the name of a port of a Service or a container; `numberProp` is where a number goes. */
export function checkPortName(name: string, where: string, numberProp: string = 'portNumber'): void {
  if (!isPortName(name)) {
    throw new Error(`${where}: '${name}' is not a port name; use at most 63 lower-case letters, digits and '-', a number goes into '${numberProp}'`);
  }
}

/**
 * Throws unless `name` can be the name of a port of a container, which is shorter than that of a Service.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports
 */
export function checkContainerPortName(name: string, where: string, numberProp: string = 'portNumber'): void {
  if (name.length > 15 || !/[a-z]/.test(name) || name.includes('--')) {
    throw new Error(`${where}: '${name}' is not the name of a container's port, which has at most 15 characters, one of them a letter, and no '--'; a number goes into '${numberProp}'`);
  }
}

/** Throws unless `value` is a whole number above zero; `otherwise` is what applies when it is left out. */
export function checkCount(value: number | undefined, where: string, otherwise: string = 'no limit'): void {
  if (value !== undefined && (!Number.isInteger(value) || value < 1)) {
    throw new Error(`${where}: ${value} is not a whole number above 0; leave it out for ${otherwise}`);
  }
}

/** Throws unless `value` is a whole number from zero up, which is no limit. */
export function checkLimit(value: number | undefined, where: string): void {
  if (value !== undefined && (!Number.isInteger(value) || value < 0)) {
    throw new Error(`${where}: ${value} is not a whole number from 0 up; give one, 0 for no limit`);
  }
}

/** Throws where one of the names is given again; `what` says what they are of, as in `path`. */
export function checkNamedOnce(names: readonly string[], where: string, what: string): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new Error(`${where}: ${what} '${twice}' is named twice; name each ${what} once`);
  }
}

/** Throws unless `value` is one of the choices. */
export function checkChoice(value: string, choices: readonly string[], where: string): void {
  if (!choices.includes(value)) {
    throw new Error(`${where}: '${value}' is unknown${didYouMean(value, choices) || ';'} use ${quoteList(choices)}`);
  }
}

/** Throws unless `value` is a number that is not below zero. */
export function checkAmount(value: number | undefined, where: string): void {
  if (value !== undefined && (!Number.isFinite(value) || value < 0)) {
    throw new Error(`${where}: ${value} is not a number from 0 up; leave it out for the default`);
  }
}

/** Throws when a duration is zero; `wayOut` says what to do instead. */
export function checkPositive(duration: Duration | undefined, where: string, wayOut: string): void {
  if (duration?.toMilliseconds({ integral: false }) === 0) {
    throw new Error(`${where} is zero; ${wayOut}`);
  }
}

/** Throws when an app without types leaves out what has no default; `wayOut` says what to give. */
export function checkGiven(value: unknown, where: string, wayOut: string): void {
  if (value === undefined || value === null) {
    throw new Error(`${where} is missing; ${wayOut}`);
  }
}

/** Throws unless the text has something besides white space; `wayOut` says what to write. */
export function checkNotEmpty(text: string, where: string, wayOut: string): void {
  if (text.trim() === '') {
    throw new Error(`${where} is empty; ${wayOut}`);
  }
}

const SCHEMES = ['http:', 'https:'];

/** Where secrets go that a program sends to another server: programs read them from files, but no part of a URL. */
export const CLIENT_SECRETS = "name a Secret by 'basicAuth', 'authorization' or 'secretHeaders', which are read from files";

/** Throws unless `url` is an absolute http or https URL without a secret in it; `wayOut` says where that goes. */
export function checkUrl(url: string, where: string, wayOut: string = 'leave it to who opens the URL'): void {
  const parsed = /^https?:\/\/[^/]/i.test(url) && URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !SCHEMES.includes(parsed.protocol)) {
    throw new Error(`${where}: '${url}' is not an absolute http or https URL; write it as 'https://host:port/path'`);
  }
  checkNoUrlSecret(url, where, wayOut);
}

/** Throws where a URL has a user, a password or another secret in it; `wayOut` says where that goes. */
export function checkNoUrlSecret(url: string, where: string, wayOut: string): void {
  const secret = secretUrl(url);
  if (secret !== undefined) {
    throw new Error(`${where}: the URL of '${secret.host}' ${secret.says}, which the manifest would show; take that out and ${wayOut}`);
  }
}

/** Throws when there are settings of TLS for a URL without TLS, which would have no effect. */
export function checkTlsUrl(url: string, tls: object | undefined, where: string): void {
  if (tls !== undefined && /^http:/i.test(url)) {
    throw new Error(`${where}: got 'tls' with '${url}', which has no TLS; write the URL with https, or leave 'tls' out`);
  }
}

/**
 * Throws unless a program can be served below `path`, which Prometheus and Alertmanager make the beginning of all their routes: a ':' or a '*' in it
 * keeps them from starting, and what a proxy decodes or resolves is not found.
 */
export function checkServedPath(path: string, where: string): void {
  if (!/^\/$|^(\/[-A-Za-z0-9._~@]+)+\/?$/.test(path) || /\/\.{1,2}(\/|$)/.test(path)) {
    throw new Error(`${where}: path '${path}' is not an absolute path such as '/prometheus', of letters, digits, '-', '_', '.', '~' and '@'; write it so, no rewriting is needed, because the program itself is served below it`);
  }
}

/** Throws unless `address` is `host:port`: `db1:9104`, `db1.example.org.:9104`, `192.0.2.1:9100` or `[2001:db8::1]:9100`. */
export function checkHostPort(address: string, where: string): void {
  const match = /^(?:\[[0-9a-fA-F:.]+\]|((?!\S*\.\.)[A-Za-z0-9](?:[-A-Za-z0-9._]*[A-Za-z0-9])?\.?)):(\d+)$/.exec(address);
  if (match === null) {
    throw new Error(`${where}: '${address}' is not host:port; write it as 'host.example.org:1234', IPv6 as '[2001:db8::1]:1234', without a scheme or a path`);
  }
  const [, name = '', port] = match;
  // A name whose last part is a number is read as an IPv4 address.
  if (/(^|\.)\d+\.?$/.test(name) && !isIPv4(name)) {
    throw new Error(`${where}: '${address}' is neither a name nor an IPv4 address, whose four numbers are 0 to 255; write it as 'host.example.org:1234' or '192.0.2.1:1234'`);
  }
  if (Number(port) < 1 || Number(port) > 65535) {
    throw new Error(`${where}: '${address}' has port ${port}, which is not a port number; use 1 to 65535`);
  }
}

/** Throws unless the scrape interval and the scrape timeout are above zero and fit each other. */
export function checkTimes(where: string, interval?: Duration, timeout?: Duration): void {
  for (const [name, value] of [['interval', interval], ['timeout', timeout]] as const) {
    checkCount(value?.toMilliseconds(), `${where}: ${name} (ms)`, 'the default');
  }
  if (interval !== undefined && timeout !== undefined && timeout.toMilliseconds() > interval.toMilliseconds()) {
    throw new Error(`${where}: timeout ${promDuration(timeout)} is longer than interval ${promDuration(interval)}; a scrape has to end before the next begins`);
  }
}

/** Throws unless each is the name of an HTTP header, and no two differ only in case. */
export function checkHeaders(names: readonly string[], where: string): void {
  const seen = new Map<string, string>();
  for (const name of names) {
    if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) {
      throw new Error(`${where}: '${name}' is not a header name; use letters, digits and '-'`);
    }
    const before = seen.get(name.toLowerCase());
    if (before !== undefined) {
      throw new Error(`${where}: '${before}' and '${name}' are one header, case does not matter; keep one`);
    }
    seen.set(name.toLowerCase(), name);
  }
}
