import * as path from 'node:path';
import { identity, inPlain, Loose, Manifest, outputOf } from './manifests';
import { difference, holdsDashboard, inNamespaceOf, reviewOf } from './review';

const ROOT = path.join(__dirname, '..');
const known = outputOf(path.join(ROOT, 'examples/opened-cluster/main')).objects;
const { objects } = outputOf(path.join(ROOT, 'main'));

/** Each text or number in a value changed, one at a time; of a long list of them every tenth. */
function changes(value: Loose): Loose[] {
  if (typeof value === 'string') {
    const lines = value.split('\n');
    return lines.filter((_, i) => i % 10 === 0).map((line, i) => lines.with(i * 10, `${line}x`).join('\n'));
  }
  if (typeof value !== 'object' || value === null) {
    return [typeof value === 'boolean' ? !value : Number(value) + 1];
  }
  return Object.entries(value).flatMap(([key, inner]) => changes(inner).map((changed) => (
    Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed }
  )));
}

describe('a review', () => {
  const whole = objects.filter((object) => !object.metadata.name.includes('-rules-') && !holdsDashboard(object)).map(inPlain);
  test.each(whole.map((object) => [identity(object), object]))(
    'of %s shows each change, whether the object is reviewed elsewhere or not', (_, object: Manifest) => {
      [known, []].forEach((reviewed) => {
        const before = reviewOf([object], reviewed);
        expect(changes(object).filter((changed) => reviewOf([changed], reviewed) === before)).toEqual([]);
      });
    },
  );

  test('shows a changed rule, and one that is gone', () => {
    const file = 'kubelet.rules-7.yaml';
    const rules = known.find(({ data = {} }) => file in data)!;
    const text: string = rules.data[file];
    const before = reviewOf([rules], known);
    expect(before).not.toContain('but for');
    ['severity: critical', 'alert: KubeletDown', 'for: 15m'].forEach((part) => {
      expect(text).toContain(part);
      expect(reviewOf([{ ...rules, data: { ...rules.data, [file]: text.replace(part, `${part}x`) } }], known)).toContain('but for');
    });
    const gone = { ...rules, data: { ...rules.data, [file]: text.replace(/  - name: kubernetes-volumes\n[^]*/, '') } };
    expect(reviewOf([gone], known).split('\n')).toEqual(before.split('\n').filter((line) => line !== '--- rules kubernetes-volumes: reviewed'));
  });

  test('refuses an app that speaks of the namespace of another', () => {
    const own = JSON.parse(JSON.stringify(objects).replaceAll('kube-ops', 'mine'));
    expect(inNamespaceOf(known, own)).toEqual(objects);
    expect(() => inNamespaceOf(known, [...own, objects[2]])).toThrow('kube-ops');
  });
});

test('a difference says where it is, and shortens what is gone', () => {
  const before = 'a:\n  b: 1\n  c: 2\nlist:\n  - 1\n  - 2\n  - 3\n  - 4\n';
  expect(difference(before, before)).toEqual([]);
  expect(difference(before, 'a:\n  b: 1\n  c: 3\nlist:\n  - 5\n')).toEqual([
    '@@ a:', '    b: 1', '-   c: 2', '+   c: 3', '@@ list:', '  list:', '-   - 1', '- … 3 more lines', '+   - 5',
  ]);
});
