import { join } from 'node:path';

/** Folder of the package. Only a file right in `lib` can tell it, because an app runs a single file, as deep in the package as these are. */
export const PACKAGE_FOLDER = join(__dirname, '..');
