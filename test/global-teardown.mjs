import * as fs from 'node:fs';

/** Removes the folder that `global-setup.mjs` made. */
export default function teardown() {
  fs.rmSync(process.env.TMPDIR, { recursive: true, force: true });
}
