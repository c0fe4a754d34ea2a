import { Duration } from 'cdk8s';
import { promDuration } from '../duration';

/** Label names that every Prometheus takes; UTF-8 names are not offered for targets. */
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** Throws unless `label` may stand on a target. */
export function checkLabelName(label: string, where: string): void {
  if (!LABEL_NAME.test(label)) {
    throw new Error(`${where}: '${label}' is not a label name, which is letters, digits and underscores and does not start with a digit`);
  }
}

/** Throws unless `label` may be the key of a label of a Kubernetes object. */
export function checkKubernetesLabel(label: string, where: string): void {
  if (!/^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(label)) {
    throw new Error(`${where}: '${label}' is not a label of a Kubernetes object, such as 'app.kubernetes.io/name'`);
  }
}

/** Throws unless `port` is a port number. */
export function checkPortNumber(port: number, where: string): void {
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(`${where}: port ${port} is not a port number, which is 1 to 65535`);
  }
}

/** Throws unless `name` may be the name of a port of a Service or a container. */
export function checkPortName(name: string, where: string): void {
  if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) {
    throw new Error(`${where}: '${name}' is not a port name, which is lower-case letters, digits and dashes; a number goes into 'portNumber'`);
  }
}

/** Throws unless `limit` is a whole number above zero; `without` is what there is when it is left out. */
export function checkLimit(limit: number | undefined, where: string, without: string = 'no limit'): void {
  if (limit !== undefined && (!Number.isInteger(limit) || limit < 1)) {
    throw new Error(`${where}: got ${limit}, which is not a whole number above 0; leave it out for ${without}`);
  }
}

const SCHEMES = ['http:', 'https:'];

/** Throws unless `url` is an absolute http or https URL. */
export function checkUrl(url: string, where: string): void {
  if (!URL.canParse(url) || !SCHEMES.includes(new URL(url).protocol)) {
    throw new Error(`${where}: '${url}' is not an absolute http:// or https:// URL`);
  }
  const { username, password, host } = new URL(url);
  if (username !== '' || password !== '') {
    throw new Error(`${where}: the URL of '${host}' has a user or a password in it, which would stand in the configuration; take them out, and where a password is needed name a Secret, by basicAuth`);
  }
}

/** Splits `host:port`, `1.2.3.4:9100` or `[2001:db8::1]:9100`; throws when it is none of them. */
export function checkHostPort(target: string, where: string): void {
  const match = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9]([-A-Za-z0-9._]*[A-Za-z0-9])?):(\d+)$/.exec(target);
  if (match === null) {
    throw new Error(`${where}: '${target}' is not host:port; IPv6 addresses stand in brackets, and scheme and path belong to the endpoint`);
  }
  checkPortNumber(Number(match[3]), where);
}

/** Throws unless an interval and a timeout go together. */
export function checkTimes(where: string, interval?: Duration, timeout?: Duration): void {
  for (const [name, value] of [['interval', interval], ['timeout', timeout]] as const) {
    if (value !== undefined) {
      checkLimit(value.toMilliseconds(), `${where}: ${name} (ms)`, 'the default');
    }
  }
  if (interval !== undefined && timeout !== undefined && timeout.toMilliseconds() > interval.toMilliseconds()) {
    throw new Error(`${where}: timeout ${promDuration(timeout)} is longer than interval ${promDuration(interval)}; a scrape has to end before the next begins`);
  }
}
