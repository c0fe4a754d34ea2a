import * as fs from 'node:fs';
import { deployedNamespaces, removeAll } from './apps';
import { hasCrds, removeKubeletService } from './operator';
import { say } from './progress';

/** Deletes what the run applied, unless KEEP=1 asks to leave it. */
export default async function teardown(): Promise<void> {
  const folder = process.env.E2E_RUN;
  if (folder === undefined) {
    return;
  }
  if (process.env.KEEP === '1') {
    say(`kept: namespaces ${deployedNamespaces().join(', ')}; manifests in ${folder}`);
    return;
  }
  const withOperator = hasCrds();
  await removeAll();
  if (withOperator) {
    await removeKubeletService();
  }
  fs.rmSync(folder, { recursive: true });
  say('what was applied is deleted');
}
