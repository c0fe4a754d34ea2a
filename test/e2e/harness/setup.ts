import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { removeLeftovers } from './apps';
import { checkCluster, ClusterKind } from './cluster-kind';
import { kubectl } from './kubectl';
import { say } from './progress';

interface GlobalConfig {
  readonly outputFile?: string;
}

interface ProjectConfig {
  readonly globals: { readonly clusterKind: ClusterKind | 'any' };
}

/** Checks that there is a cluster of the kind that the tests are about, and makes the folder in which a run keeps its manifests. */
export default async function setup({ outputFile }: GlobalConfig, { globals }: ProjectConfig): Promise<void> {
  process.env.E2E_STARTED = `${Date.now()}`;
  process.env.E2E_RUN = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-prometheus-e2e-'));
  if (outputFile !== undefined) {
    fs.mkdirSync(path.dirname(outputFile), { recursive: true });
  }
  try {
    const nodes = await kubectl(['get', 'nodes', '-o', 'custom-columns=:metadata.name,:status.nodeInfo.kubeletVersion', '--no-headers']);
    say(`end-to-end tests on a cluster with: ${nodes.trim().split('\n').map((line) => line.replace(/\s+/, ' ')).join(', ')}`);
  } catch (error) {
    throw new Error(
      'end-to-end tests need kubectl on PATH and a cluster that it reaches (KUBECONFIG), as its administrator',
      { cause: error },
    );
  }
  if (globals.clusterKind !== 'any') {
    await checkCluster(globals.clusterKind);
  }
  await removeLeftovers();
}
