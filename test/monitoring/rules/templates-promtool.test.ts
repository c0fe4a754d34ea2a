import { stringify } from 'yaml';
import { INVALID_TEMPLATES, VALID_TEMPLATES } from './templates';
import { inTempDir, writeFiles } from '../../files';
import { promtool, verdict } from '../../tools';

test('promtool judges the templates as we do', () => {
  const all = [...VALID_TEMPLATES.map((text) => ({ text, valid: true })), ...INVALID_TEMPLATES.map(([text]) => ({ text, valid: false }))];
  const rules = all.map(({ text }, i) => ({ alert: `T${i}`, expr: 'vector(1)', annotations: { summary: text } }));
  const { output } = inTempDir((dir) => {
    writeFiles(dir, { 'rules.yaml': stringify({ groups: [{ name: 'templates', rules }] }) });
    return verdict(promtool(), ['check', 'rules', 'rules.yaml'], dir);
  });
  const refused = new Set([...output.matchAll(/, "(T\d+)"/g)].map((match) => match[1]));
  expect(all.map(({ text }, i) => ({ text, valid: !refused.has(`T${i}`) }))).toEqual(all);
});
