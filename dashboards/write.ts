/** Writes lib/components/<component>/<uid>.dashboard.json; with --check it compares. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { written } from './written';

const ROOT = path.join(__dirname, '..');
const check = process.argv.includes('--check');
const files = written();
const present = fs.readdirSync(path.join(ROOT, 'lib/components'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.dashboard.json')).map((file) => `lib/components/${file.split(path.sep).join('/')}`);
const read = (file: string) => (present.includes(file) ? fs.readFileSync(path.join(ROOT, file), 'utf8') : undefined);
const stale = [...[...files].filter(([file, text]) => read(file) !== text).map(([file]) => file), ...present.filter((file) => !files.has(file))];

stale.forEach((file) => {
  process.stdout.write(`${file}: ${check ? 'differs from its program; run `npm run dashboards`' : 'written'}\n`);
  const text = files.get(file);
  if (check) {
    process.exitCode = 1;
  } else if (text === undefined) {
    fs.rmSync(path.join(ROOT, file));
  } else {
    fs.writeFileSync(path.join(ROOT, file), text);
  }
});
process.stdout.write(`${files.size} dashboards, ${stale.length} ${check ? 'differ' : 'changed'}\n`);
