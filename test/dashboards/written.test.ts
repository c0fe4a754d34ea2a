import * as fs from 'node:fs';
import * as path from 'node:path';
import { COMMITTED, ROOT } from './support';
import { written } from '../../dashboards/written';

test('every dashboard is written as its program says; otherwise run npm run dashboards', () => {
  const stale = [...written()].filter(([file, text]) => !fs.existsSync(path.join(ROOT, file)) || fs.readFileSync(path.join(ROOT, file), 'utf8') !== text);
  expect(stale.map(([file]) => file)).toEqual([]);
  expect(COMMITTED.map(({ file }) => file).filter((file) => !written().has(file))).toEqual([]);
});
