import * as fs from 'node:fs';
import * as path from 'node:path';

interface GlobalConfig {
  readonly outputFile?: string;
}

/** Makes the folder of the results of tests that need no cluster. */
export default function setup({ outputFile }: GlobalConfig): void {
  process.env.E2E_STARTED = `${Date.now()}`;
  if (outputFile !== undefined) {
    fs.mkdirSync(path.dirname(outputFile), { recursive: true });
  }
}
