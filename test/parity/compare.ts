import { Job, Labels, Target } from './parity';

/** What is fetched from one address, and how; nothing says under which name of a job the configuration holds it. */
export interface Fetched {
  readonly labels: Labels;
  readonly url: string;
  readonly interval: string;
  readonly timeout: string;
  readonly series: Target['series'];
  readonly settings: { readonly [name: string]: unknown };
}

/** What the target itself tells, relabelings considered. */
const OF_TARGET = ['metrics_path', 'scheme', 'params', 'scrape_interval', 'scrape_timeout'];

const FILES = [
  /^\/etc\/(?:prometheus|alertmanager)\/(?:secrets|configmaps)\/(?<secret>[^/]+)\/(?<key>[^/]+)$/,
  /^\/etc\/(?:prometheus|alertmanager)\/certs\/[01]_[^_]+_(?<secret>[^_]+)_(?<key>.+)$/,
];

/** Where a secret is from, `<secret>/<key>`, wherever its file lies. */
function origin(value: unknown): unknown {
  const found = typeof value === 'string' ? FILES.map((file) => file.exec(value)).find((match) => match !== null) : undefined;
  return found?.groups === undefined ? value : `${found.groups.secret}/${found.groups.key}`;
}

/** Settings in which a file that holds a secret and the secret itself are one, if the text of the secret is `<secret>/<key>`. */
export function comparable(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(comparable);
  }
  if (typeof value !== 'object' || value === null) {
    return origin(value);
  }
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name.replace(/_(file|ref)$/, ''), comparable(one)]));
}

/** What is fetched by all the jobs of a configuration. */
export function fetched(jobs: readonly Job[]): Fetched[] {
  return jobs.flatMap(({ settings, targets }) => {
    const others = Object.entries(settings).filter(([name]) => !OF_TARGET.includes(name)).map(([name, value]) => [name, comparable(value)]);
    return targets.map((target) => ({ ...target, settings: Object.fromEntries(others) }));
  });
}

/** In what settings differ: `name: one | other`. */
export function settingDifferences(one: object, other: object): string[] {
  const [left, right] = [one, other].map((settings) => new Map(flat('', comparable(settings)).map(([name, value]) => [name.slice(1), value])));
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((name) => left.get(name) !== right.get(name))
    .map((name) => `${name}: ${left.get(name) ?? 'nothing'} | ${right.get(name) ?? 'nothing'}`)
    .sort();
}

/** The names of the jobs, by their targets. */
export function jobsOf(targets: readonly Fetched[]): string[] {
  return [...new Set(targets.map(({ labels }) => labels.job))].sort();
}

/** Labels that more than one target has: Prometheus would mix their series. */
export function clashes(targets: readonly Fetched[]): string[] {
  const all = targets.map(({ labels }) => JSON.stringify(Object.entries(labels).sort()));
  return [...new Set(all.filter((labels, i) => all.indexOf(labels) !== i))];
}

/** A value as lines of `path: value`. */
function flat(at: string, value: unknown): Array<[string, string]> {
  if (typeof value !== 'object' || value === null) {
    return [[at, JSON.stringify(value)]];
  }
  return Object.entries(value).flatMap(([name, one]) => flat(`${at}.${name}`, one));
}

/** What metric relabelings make of a series, besides giving it the labels of its target. */
function ownOf(series: Labels | null, ofTarget: Labels): Labels | null {
  if (series === null) {
    return null;
  }
  const own = Object.entries(series).filter(([label, value]) => ofTarget[label] !== value);
  const lost = Object.keys(ofTarget).filter((label) => series[label] === undefined).map((label) => [label, ''] as const);
  return Object.fromEntries([...own, ...lost]);
}

function describe(target: Fetched): Map<string, string> {
  const { labels, url, interval, timeout, settings } = target;
  const series = target.series.map((one) => ownOf(one, labels));
  return new Map(Object.entries({ labels, url, interval, timeout, series, settings }).flatMap(([name, value]) => flat(name, value)));
}

function text(target: Fetched): string {
  return JSON.stringify([...describe(target)].sort());
}

function nameOf({ labels: { job, endpoint = '-' } }: Fetched): string {
  return `${job}/${endpoint}`;
}

/** How much of two targets is the same. */
function likeness(a: Fetched, b: Fetched): number {
  const [left, right] = [describe(a), describe(b)];
  return [...left].filter(([name, value]) => right.get(name) === value).length;
}

/**
 * In what the targets of one configuration differ from those of another, each difference of a job's endpoint once:
 * `job/endpoint: what: one | other`. Targets are paired by their address, else by how much they have in common.
 */
export function differences(one: readonly Fetched[], other: readonly Fetched[]): string[] {
  const [ofOne, ofOther] = [one, other].map((targets) => new Set(targets.map(text)));
  const left = one.filter((a) => !ofOther.has(text(a)));
  const right = other.filter((b) => !ofOne.has(text(b)));
  const found = new Set<string>();
  const unpaired = new Set(right);
  for (const a of left) {
    const ofJob = [...unpaired].filter(({ labels }) => labels.job === a.labels.job);
    const candidates = ofJob.some(({ url }) => url === a.url) ? ofJob.filter(({ url }) => url === a.url) : ofJob;
    const b = candidates.sort((x, y) => likeness(a, y) - likeness(a, x))[0];
    if (b === undefined) {
      found.add(`${nameOf(a)}: only one has ${a.url}`);
      continue;
    }
    unpaired.delete(b);
    const [of, against] = [describe(a), describe(b)];
    [...new Set([...of.keys(), ...against.keys()])]
      .filter((name) => of.get(name) !== against.get(name))
      .forEach((name) => found.add(`${nameOf(a)}: ${name}: ${of.get(name) ?? 'nothing'} | ${against.get(name) ?? 'nothing'}`));
  }
  [...unpaired].forEach((b) => found.add(`${nameOf(b)}: only the other has ${b.url}`));
  return [...found].sort();
}
