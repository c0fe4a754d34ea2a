import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { stringify } from 'yaml';
import { INVALID_TEMPLATES, VALID_TEMPLATES } from './templates';
import { promtool } from '../../tools';

test('promtool judges the templates as we do', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'templates-'));
  try {
    const all = [...VALID_TEMPLATES.map((text) => ({ text, valid: true })), ...INVALID_TEMPLATES.map(([text]) => ({ text, valid: false }))];
    const rules = all.map(({ text }, i) => ({ alert: `T${i}`, expr: 'vector(1)', annotations: { summary: text } }));
    const file = path.join(folder, 'rules.yaml');
    writeFileSync(file, stringify({ groups: [{ name: 'templates', rules }] }));
    const run = spawnSync(promtool(), ['check', 'rules', file], { encoding: 'utf8' });
    const refused = new Set([...`${run.stdout}${run.stderr}`.matchAll(/, "(T\d+)"/g)].map((match) => match[1]));
    const judged = all.map(({ text }, i) => ({ text, valid: !refused.has(`T${i}`) }));
    expect(judged).toEqual(all);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
