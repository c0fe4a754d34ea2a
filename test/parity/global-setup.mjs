import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

/**
 * Builds parity, adapter, gateway and telegraf before the first test, so that no test runs out of time meanwhile. When it cannot, each test says so
 * again.
 */
export default function setup({ outputFile }) {
  if (outputFile) {
    fs.mkdirSync(path.dirname(outputFile), { recursive: true });
  }
  spawnSync(process.execPath, [path.join(import.meta.dirname, '..', '..', 'tools', 'get.mjs'), 'parity', 'adapter', 'gateway', 'telegraf', 'promtool', 'amtool'], { stdio: ['ignore', 'ignore', 'inherit'] });
}
