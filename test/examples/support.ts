import * as fs from 'node:fs';
import * as path from 'node:path';
import { checkAlertmanager, checkObjects, checkPrometheus, checkRules, Output, outputOf } from '../manifests';
import { inNamespaceOf, reviewOf } from '../review';

const ROOT = path.join(__dirname, '..', '..');

/**
 * Runs an app of this repository and has everything that it writes judged: by a reader, and by the programs that will read it.
 * @param reviewed folders of apps that are reviewed already; the snapshot shows what differs from them
 */
export function reviewApp(folder: string, ...reviewed: string[]): Output {
  const main = path.join(ROOT, folder, 'main');
  const output = outputOf(main);

  test('is an app that cdk8s synth runs', () => {
    // The app of the root is part of the build, others run by their sources.
    const app = folder === '.' ? 'node build/compiled/main.js' : 'npx tsx main.ts';
    expect(fs.readFileSync(path.join(ROOT, folder, 'cdk8s.yaml'), 'utf8')).toBe(`language: typescript\napp: ${app}\n`);
  });

  test('writes what was reviewed', () => {
    const known = reviewed.flatMap((other) => outputOf(path.join(ROOT, other, 'main')).objects);
    expect(reviewOf(inNamespaceOf(known, output.objects), known)).toMatchSnapshot();
  });

  test('writes each object once, namespaces first, and no namespace into what has none', () => {
    checkObjects(output.objects);
  });

  test('gives Prometheus a configuration and rules that promtool takes', () => {
    const operated = output.objects.some(({ kind }) => kind === 'PrometheusRule');
    const said = operated ? checkRules(output.objects) : checkPrometheus(output.objects)[0];
    // What the operator makes of its resources is judged in test/parity.
    expect(said).toMatch(operated ? /SUCCESS/ : /SUCCESS: .* is valid prometheus config file/);
    expect(said).toMatch(/SUCCESS: \d+ rules found/);
  });

  test('gives Alertmanager a configuration that amtool takes', () => {
    const hasOne = output.objects.some(({ kind, spec }) => kind === 'Alertmanager'
      || (kind === 'StatefulSet' && spec.template.spec.containers[0].name === 'alertmanager'));
    expect(checkAlertmanager(output.objects)).toEqual(hasOne ? [expect.stringContaining('SUCCESS')] : []);
  });

  test('writes the same bytes each time', () => {
    expect(outputOf(main).files).toEqual(output.files);
  });

  return output;
}
