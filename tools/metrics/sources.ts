import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** Sources of a release. */
export interface Source {
  readonly module: string;
  readonly version: string;
  readonly folder: string;
}

/** Modules of what a cluster itself has, with the versions of the cluster of the end-to-end tests. */
const OF_THE_CLUSTER: { readonly [module: string]: string } = {
  'k8s.io/kubernetes': 'v1.36.3',
  'github.com/google/cadvisor': 'v0.56.2',
  'github.com/coredns/coredns': 'v1.14.2',
  'go.etcd.io/etcd/server/v3': 'v3.6.8',
};

/** The version of a module: of what the library deploys, that of lib/versions.ts as the end-to-end tests build it. */
function versionOf(module: string): string {
  const table = readFileSync(path.join(__dirname, '../../test/e2e/cluster/binaries.tsv'), 'utf8');
  const version = OF_THE_CLUSTER[module] ?? table.split('\n').map((line) => line.split(/\s+/)).find(([, name]) => name === module)?.[2];
  if (version === undefined) {
    throw new Error(`no version of ${module} is known; name it in tools/metrics/sources.ts`);
  }
  return version;
}

/** The sources of a module as the Go module proxy serves them. */
export function source(module: string): Source {
  const version = versionOf(module);
  const found = execFileSync('go', ['mod', 'download', '-json', `${module}@${version}`], {
    cwd: os.tmpdir(), encoding: 'utf8', env: { ...process.env, GOFLAGS: '-mod=mod', GOWORK: 'off' },
  });
  return { module, version, folder: JSON.parse(found).Dir };
}
