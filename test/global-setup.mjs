import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

/**
 * Finds or builds promtool and amtool before the first test, so that no test runs out of time meanwhile.
 * When neither can be done the message says so here, and again in each test that needs one of them.
 */
export default function setup({ outputFile }) {
  if (outputFile) {
    fs.mkdirSync(path.dirname(outputFile), { recursive: true });
  }
  spawnSync(process.execPath, [path.join(import.meta.dirname, '..', 'tools', 'get.mjs'), 'promtool', 'amtool'], { stdio: ['ignore', 'ignore', 'inherit'] });
}
