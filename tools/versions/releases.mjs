// Releases of the programs, as the Go module proxy serves them, or npm a package that is released with one.
import { execFile } from 'node:child_process';
import * as os from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);

async function goList(...args) {
  // outside of any module: what this one requires must not narrow the answer
  const { stdout } = await run('go', ['list', '-m', '-mod=mod', ...args], { cwd: os.tmpdir(), env: { ...process.env, GOFLAGS: '', GOWORK: 'off' } });
  return stdout.trim();
}

const answers = new Map();

function serves(module, version) {
  const key = `${module}@${version}`;
  if (!answers.has(key)) {
    answers.set(key, goList(key).then(() => true, () => false));
  }
  return answers.get(key);
}

const published = new Map();

/** All versions of a package of npm. */
export function publishedVersions(name) {
  if (!published.has(name)) {
    published.set(name, run('npm', ['view', name, 'versions', '--json']).then(({ stdout }) => [JSON.parse(stdout)].flat()));
  }
  return published.get(name);
}

/**
 * Whether a release can be built: its module is served, and the other modules of the same release are. Of a program without a module: whether its
 * package is published.
 */
export async function isServed(program, release) {
  if (program.package !== undefined) {
    return (await publishedVersions(program.package)).includes(release.slice(1));
  }
  const version = program.moduleOf(release);
  const served = await Promise.all([program.module, ...program.also ?? []].map((module) => serves(module, version)));
  return served.every(Boolean);
}

/** The numbers of `v3.13.2`. */
export function numbersOf(release) {
  const found = /^v(\d+)\.(\d+)\.(\d+)$/.exec(release);
  if (found === null) {
    throw new Error(`'${release}' is not a version such as v1.2.3`);
  }
  return found.slice(1).map(Number);
}

export function compare(a, b) {
  const [x, y] = [a, b].map(numbersOf);
  const i = [0, 1, 2].find((part) => x[part] !== y[part]);
  return i === undefined ? 0 : x[i] - y[i];
}

/** The releases that the proxy lists; it lists none of some modules that it serves. */
async function listed(program) {
  if (program.package !== undefined) {
    return (await publishedVersions(program.package)).map((version) => `v${version}`).filter((version) => /^v\d+\.\d+\.\d+$/.test(version));
  }
  const versions = await goList('-versions', program.module).then((line) => line.split(' ').slice(1), () => []);
  return versions.filter((version) => /^v\d+\.\d+\.\d+$/.test(version)).map(program.releaseOf);
}

/** The next releases after one: three patches, and the first four of each of three minors. */
function after(release) {
  const [major, minor, patch] = numbersOf(release);
  return [
    ...[1, 2, 3].map((more) => `v${major}.${minor}.${patch + more}`),
    ...[1, 2, 3].flatMap((more) => [0, 1, 2, 3].map((first) => `v${major}.${minor + more}.${first}`)),
  ];
}

async function newestOf(program, releases) {
  for (const release of [...new Set(releases)].sort(compare).reverse()) {
    if (await isServed(program, release)) {
      return release;
    }
  }
  return undefined;
}

/** The newest release of the same major version that is served and taken by itself, and `current` where there is none newer. */
export async function newest(program, current) {
  const [major] = numbersOf(current);
  const isEarly = (release) => program.before === undefined || compare(release, program.before) < 0;
  const isNewer = (release) => numbersOf(release)[0] === major && compare(release, current) > 0 && isEarly(release);
  let found = await newestOf(program, (await listed(program)).filter(isNewer)) ?? current;
  for (;;) {
    const next = await newestOf(program, after(found).filter(isEarly));
    if (next === undefined) {
      return found;
    }
    found = next;
  }
}

/** One release of each minor version from `first` to `last`: the first that is served, and `last` itself. */
export async function minorsBetween(program, first, last) {
  const [major, from] = numbersOf(first);
  const [lastMajor, to] = numbersOf(last);
  if (major !== lastMajor) {
    throw new Error(`${program.title} ${last}: the library knows its major version ${major}; say in tools/versions/programs.mjs what is read of another`);
  }
  const found = [];
  for (let minor = from; minor < to; minor += 1) {
    const candidates = [0, 1, 2, 3, 4].map((patch) => `v${major}.${minor}.${patch}`);
    const served = await Promise.all(candidates.map((release) => isServed(program, release)));
    const release = candidates.find((_, i) => served[i]);
    if (release === undefined) {
      throw new Error(`${program.title}: no release of ${major}.${minor} is served`);
    }
    found.push(release);
  }
  return [...found, last];
}
