import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/**
 * Finds or builds promtool and amtool before the first test, so that no test runs out of time meanwhile.
 * When neither can be done the message says so here, and again in each test that needs one of them. What the tests write elsewhere, cdk8s's own
 * folders included, is in one folder, which `global-teardown.mjs` removes.
 */
export default function setup({ outputFile }) {
  if (outputFile) {
    fs.mkdirSync(path.dirname(outputFile), { recursive: true });
  }
  process.env.TMPDIR = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-prometheus-tests-'));
  spawnSync(process.execPath, [path.join(import.meta.dirname, '..', 'tools', 'get.mjs'), 'promtool', 'amtool'], { stdio: ['ignore', 'ignore', 'inherit'] });
}
