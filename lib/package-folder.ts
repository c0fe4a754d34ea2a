import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A file that the package has, and hardly another folder. */
const OWN_FILE = join('crds', 'monitoring.coreos.com_prometheuses.json');

/**
 * The folder of the package that an app has installed. The code may be in a bundle of the app, which has none of the package's files; by whom the app
 * runs is then the only hint at where they are.
 */
function installed(): string | undefined {
  for (const from of [__filename, join(process.cwd(), 'app.js')]) {
    try {
      return dirname(createRequire(from).resolve('cdk8s-prometheus/package.json'));
    } catch {
      // looked for from the next place
    }
  }
  return undefined;
}

// Only a file right in `lib` can tell it, because an app runs a single file, as deep in the package as these are.
const beside = join(__dirname, '..');

/** Folder of the package. */
export const PACKAGE_FOLDER = existsSync(join(beside, OWN_FILE)) ? beside : installed() ?? beside;

/** Resolves modules as the package itself does. */
export const packageRequire = createRequire(join(PACKAGE_FOLDER, 'package.json'));
