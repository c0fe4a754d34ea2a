import { join } from 'node:path';

/** Where the package lies. Only a file right in `lib` can tell, for what an app runs is a single file there. */
export const PACKAGE_FOLDER = join(__dirname, '..');
