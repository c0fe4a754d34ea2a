import { WorkloadOptions } from './workload-options';
import { KINDS } from '../text-kinds';
import { PROGRAMS, Program, upstreamImage } from '../versions';

/**
 * Throws unless `image` is the reference of an image.
 * @see https://pkg.go.dev/github.com/distribution/reference#pkg-overview
 */
export function checkImage(where: string, image: string): void {
  const says = KINDS.image(image);
  if (says !== undefined) {
    throw new Error(`${where}: ${says}`);
  }
}

/** Puts another registry in the place of an image's own; a first part without dot, colon or `localhost` is no registry but a path. */
export function fromRegistry(image: string, registry?: string): string {
  if (registry === undefined) {
    return image;
  }
  const [first, ...rest] = image.split('/');
  const path = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost') ? rest.join('/') : image;
  return `${registry.replace(/\/+$/, '')}/${path}`;
}

/** The image of a program: the one that is named, else upstream's; an image that is named stays as it is. */
export function imageOf(program: Program, options: Pick<WorkloadOptions, 'image' | 'registry'>): string {
  return options.image ?? fromRegistry(upstreamImage(PROGRAMS[program]), options.registry);
}

/** The version that an image's tag tells, `3.5.1`, or the library's own for this program where it tells none. */
export function versionOf(program: Program, image: string): string {
  const tag = /:v?(\d+\.\d+(?:\.\d+)?)[^/]*$/.exec(image.split('@')[0]);
  return tag === null ? PROGRAMS[program].version.slice(1) : tag[1];
}

/** Throws on the tag `latest`: the operator chooses flags and settings by a version, which that does not tell. */
export function checkTagged(where: string, image: string | undefined): void {
  if (image !== undefined && /:latest$/.test(image)) {
    throw new Error(`${where}: image: '${image}' does not say its version, by which the operator chooses flags and settings; name it, as in ':v3.5.0'`);
  }
}

/** Whether version `a` is at least `b`; both as `3.5.1` or `3.5`. */
export function atLeast(a: string, b: string): boolean {
  const [x, y] = [a, b].map((version) => version.split('.').map(Number));
  const i = [0, 1, 2].find((part) => (x[part] ?? 0) !== (y[part] ?? 0));
  return i === undefined || (x[i] ?? 0) > (y[i] ?? 0);
}

/** Whether version `a` is of a later minor version than `b`. */
export function isNewerMinor(a: string, b: string): boolean {
  return !atLeast(b, a.split('.').slice(0, 2).join('.'));
}
