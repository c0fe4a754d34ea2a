/** Writes docs/runbooks/README.md, `npm run runbooks`; with --check it compares. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { indexPage } from './index-page';

const FILE = path.join(__dirname, '..', '..', 'docs', 'runbooks', 'README.md');
const text = indexPage();
const isStale = !fs.existsSync(FILE) || fs.readFileSync(FILE, 'utf8') !== text;

if (isStale && process.argv.includes('--check')) {
  process.stderr.write('docs/runbooks/README.md is not the list of alerts, run npm run runbooks\n');
  process.exitCode = 1;
} else if (isStale) {
  fs.writeFileSync(FILE, text);
}
