import { Duration } from 'cdk8s';
import { checkTemplate, isTemplated } from './template';
import { promDuration } from '../duration';

const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** Throws unless `name` is the name of a label. */
export function checkLabelName(name: string, where: string): void {
  if (!LABEL.test(name)) {
    const instead = name.replace(/[^a-zA-Z0-9_]/g, '_').replace(/^(?=\d)/, '_');
    const example = LABEL.test(instead) ? `, as in '${instead}'` : '';
    throw new Error(`${where}: '${name}' is not a label name; use letters, digits and '_', not a digit first${example}`);
  }
}

/** Throws unless the text says something. */
export function checkNotEmpty(text: string, where: string, wayOut: string): void {
  if (text.trim() === '') {
    throw new Error(`${where} is empty; ${wayOut}`);
  }
}

/** Throws unless `url` is an http(s) URL without a password in it; a URL that is a template is only checked as a template. */
export function checkUrl(url: string | undefined, where: string): void {
  if (url === undefined) {
    return;
  }
  if (isTemplated(url)) {
    checkTemplate(url, where);
    return;
  }
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^https?:\/\/[^/]/i.test(url)) {
    throw new Error(`${where}: '${url}' is not an http or https URL; write it as 'https://host:port/path'`);
  }
  if (parsed.password !== '') {
    throw new Error(`${where}: the URL '${url.replace(/\/\/[^@]*@/, '//…@')}' holds a password, which would stand in the manifest; `
      + "give it by 'authorization' in 'httpConfig', or the URL by a SecretKey");
  }
}

/** Throws unless `address` is `host:port`, an IPv6 host in brackets. */
export function checkHostPort(address: string | undefined, where: string): void {
  if (address === undefined) {
    return;
  }
  const parts = /^(?:\[([0-9A-Fa-f:.%a-z]+)\]|([^:[\]\s/@]+)):(\d+)$/.exec(address);
  const port = Number(parts?.[3]);
  if (parts === null || port < 1 || port > 65535) {
    throw new Error(`${where}: '${address}' is not 'host:port'; write it as 'smtp.example.org:587', IPv6 as '[2001:db8::1]:587'`);
  }
}

/** Throws when a duration that has to be more than nothing is zero. */
export function checkPositive(duration: Duration | undefined, where: string, wayOut: string): void {
  if (duration?.toMilliseconds() === 0) {
    throw new Error(`${where} is zero, which Alertmanager refuses; ${wayOut}`);
  }
}

/** A duration as Alertmanager's configuration takes it (`30s`, `4h`). */
export function modelDuration(duration?: Duration): string | undefined {
  return duration === undefined ? undefined : promDuration(duration);
}

/** A duration where Alertmanager parses Go's form, which has no days. */
export function goDuration(duration?: Duration): string | undefined {
  if (duration === undefined) {
    return undefined;
  }
  const milliseconds = duration.toMilliseconds();
  const [size, unit] = ([[3_600_000, 'h'], [60_000, 'm'], [1000, 's']] as const).find(([divisor]) => milliseconds % divisor === 0) ?? [1, 'ms'];
  return milliseconds === 0 ? '0s' : `${milliseconds / size}${unit}`;
}

/** Throws when two header names differ only in case; Alertmanager takes them for one. */
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
