#!/usr/bin/env node
// Prints the absolute path of promtool, amtool, telegraf, parity, rulecost, adapter or gateway (of all, without an argument): the one on PATH if it
// is new enough, else one that Go builds once, in the version that the go.mod in its folder pins, into the git-ignored folder bin.
// parity, rulecost, adapter and gateway are our own, are never on PATH, and are built again when their sources change.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { TELEGRAF_TAGS } from './telegraf/plugins.mjs';

const here = import.meta.dirname;
const bin = path.join(here, 'bin');

/** Prometheus 3.5.1 is the Go module v0.305.1. */
const prometheusRelease = (module) => module.replace(/^0\.(\d)(\d\d)\./, (_, major, minor) => `${major}.${Number(minor)}.`);

const programs = {
  promtool: {
    of: 'Prometheus',
    atLeast: '3.0.0',
    module: 'github.com/prometheus/prometheus',
    // Only the service discovery that matters within a cluster; without these tags the build takes twice as long.
    tags: 'netgo,remove_all_sd,enable_kubernetes_sd,enable_dns_sd',
    release: prometheusRelease,
    takes: 'about 4 minutes',
  },
  amtool: {
    of: 'Alertmanager',
    atLeast: '0.28.0',
    module: 'github.com/prometheus/alertmanager',
    tags: 'netgo',
    release: (module) => module,
    takes: 'about 2 minutes',
  },
  telegraf: {
    of: 'Telegraf',
    atLeast: '1.37.0',
    module: 'github.com/influxdata/telegraf',
    tags: TELEGRAF_TAGS,
    release: (module) => module,
    info: 'github.com/influxdata/telegraf/internal',
    takes: 'about 2 minutes',
  },
  parity: {
    of: 'Prometheus Operator',
    module: 'github.com/prometheus-operator/prometheus-operator',
    // A program of our own, with its sources beside its go.mod.
    isOwn: true,
    tags: 'netgo,remove_all_sd,enable_kubernetes_sd,enable_dns_sd',
    release: (module) => module,
    takes: 'about 6 minutes',
  },
  rulecost: {
    of: 'Prometheus',
    module: 'github.com/prometheus/prometheus',
    isOwn: true,
    tags: 'netgo,remove_all_sd,enable_kubernetes_sd,enable_dns_sd',
    release: prometheusRelease,
    takes: 'about 4 minutes',
  },
  adapter: {
    of: 'prometheus-adapter',
    module: 'sigs.k8s.io/prometheus-adapter',
    isOwn: true,
    tags: 'netgo',
    release: (module) => module,
    takes: 'about 2 minutes',
  },
  gateway: {
    of: 'Bento',
    module: 'github.com/warpstreamlabs/bento',
    isOwn: true,
    tags: 'netgo',
    release: (module) => module,
    takes: 'about 2 minutes',
  },
};

/** The version that go.mod pins, without the leading v. */
function pinned(name, program) {
  const file = path.join(here, name, 'go.mod');
  const found = fs.readFileSync(file, 'utf8').match(new RegExp(`^(?:require|\\s)*${program.module} v(\\S+)`, 'm'));
  if (!found) {
    throw new Error(`${file} does not require ${program.module}`);
  }
  return found[1];
}

/** The name of the built file: its version, and for a program of our own what its sources are. */
function builtName(name, program, version) {
  const release = `${name}-${program.release(version)}`;
  if (!program.isOwn) {
    return release;
  }
  const folder = path.join(here, name);
  const sources = fs.readdirSync(folder).filter((file) => file.endsWith('.go') || file === 'go.sum').sort();
  const hash = sources.map((file) => path.join(folder, file)).reduce((sum, file) => sum.update(fs.readFileSync(file)), createHash('sha256'));
  return `${release}-${hash.digest('hex').slice(0, 12)}`;
}

function isAtLeast(version, wanted) {
  const [a, b] = [version, wanted].map((text) => text.split('.').map(Number));
  const differs = a.findIndex((part, i) => part !== b[i]);
  return differs === -1 || a[differs] > b[differs];
}

/** What `FILE --version` says, as 'major.minor.patch', or undefined. */
function versionOf(file) {
  const { stdout, stderr } = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return `${stdout}${stderr}`.match(/(?:version|Telegraf) (\d+\.\d+\.\d+)/)?.[1];
}

/** Files called `name` in the folders of PATH that can be run. */
function onPath(name) {
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, name))
    .filter((file) => {
      try {
        fs.accessSync(file, fs.constants.X_OK);
        return fs.statSync(file).isFile();
      } catch {
        return false;
      }
    });
}

function sleep(milliseconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Runs `body` while no other process does; a lock whose owner has died is taken over. */
function locked(file, body) {
  for (;;) {
    try {
      fs.writeFileSync(file, `${process.pid}`, { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') {
        throw error;
      }
    }
    let owner;
    try {
      owner = Number(fs.readFileSync(file, 'utf8'));
    } catch {
      continue; // released meanwhile
    }
    // An empty file is a lock that is being written, unless it stays empty.
    const isAbandoned = owner > 0 ? !isAlive(owner) : Date.now() - fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs > 10_000;
    if (isAbandoned) {
      fs.rmSync(file, { force: true });
    } else {
      sleep(250);
    }
  }
  try {
    return body();
  } finally {
    fs.rmSync(file, { force: true });
  }
}

/** Removes what was built of other sources. */
function forgetOthers(name, file) {
  fs.readdirSync(bin).filter((other) => new RegExp(`^${name}-[\\d.]+-[0-9a-f]+$`).test(other) && other !== path.basename(file))
    .forEach((other) => fs.rmSync(path.join(bin, other), { force: true }));
}

function build(name, program, version, file) {
  const release = program.release(version);
  const why = !program.isOwn
    ? `${name} of ${program.of} ${program.atLeast.replace(/\.0$/, '')} or newer is not on PATH: building ${release}`
    : `${name}, which runs the code of ${program.of} ${release}, is not built yet: building it`;
  console.error(`${why} with Go, once, into tools/bin; this takes ${program.takes} of CPU time`);
  const started = Date.now();
  const partial = `${file}.${process.pid}`;
  const { info = 'github.com/prometheus/common/version' } = program;
  try {
    execFileSync(
      'go',
      [
        'build', '-mod=readonly', '-buildvcs=false', '-trimpath', '-tags', program.tags,
        '-ldflags', `-s -w -X ${info}.Version=${release} -X ${info}.Revision=module -X ${info}.Branch=v${version}`,
        '-o', partial, program.isOwn ? '.' : `${program.module}/cmd/${name}`,
      ],
      { cwd: path.join(here, name), stdio: ['ignore', 2, 2], env: { ...process.env, GOFLAGS: '', GOWORK: 'off', CGO_ENABLED: '0' } },
    );
    fs.renameSync(partial, file);
    if (program.isOwn) {
      forgetOthers(name, file);
    }
  } finally {
    fs.rmSync(partial, { force: true });
  }
  console.error(`${name} ${release} built in ${Math.round((Date.now() - started) / 1000)} s`);
}

function get(name) {
  const program = programs[name];
  const tooOld = [];
  for (const file of !program.isOwn ? onPath(name) : []) {
    const version = versionOf(file);
    if (version !== undefined && isAtLeast(version, program.atLeast)) {
      return file;
    }
    tooOld.push(`${file} is ${version ?? 'of no version that it tells'}`);
  }
  const version = pinned(name, program);
  const file = path.join(bin, builtName(name, program, version));
  if (fs.existsSync(file)) {
    return file;
  }
  if (onPath('go').length === 0 && program.isOwn) {
    throw new Error(`${name} is built by Go, which is not on PATH: install Go 1.26 or newer and run: node tools/get.mjs ${name}`);
  }
  if (onPath('go').length === 0) {
    throw new Error(
      [
        `${name} is needed, and neither ${name} of ${program.of} ${program.atLeast} or newer nor Go, which would build it, is on PATH`,
        ...tooOld.map((line) => `  ${line}`),
        `either put the ${name} of a release of ${program.of} on PATH (Prometheus and Alertmanager publish both as archives),`,
        'or install Go 1.26 or newer and run: node tools/get.mjs',
      ].join('\n'),
    );
  }
  fs.mkdirSync(bin, { recursive: true });
  locked(`${file}.lock`, () => {
    if (!fs.existsSync(file)) {
      build(name, program, version, file);
    }
  });
  return file;
}

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(programs);
const unknown = names.find((name) => !Object.hasOwn(programs, name));
if (unknown !== undefined) {
  console.error(`unknown program '${unknown}', known are ${Object.keys(programs).join(', ')}`);
  process.exit(2);
}
try {
  for (const name of names) {
    console.log(get(name));
  }
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
