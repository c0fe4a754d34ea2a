import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { buildSync } from 'esbuild';
import { root } from './support';
import { inTempDir } from '../files';

const APP = `
import { App, Chart } from 'cdk8s';
import { DashboardConfigMaps, KubernetesMonitoring, MonitoringBackend, NodeExporterDaemonSet, RuleSet } from 'cdk8s-prometheus';

const app = new App();
const chart = new Chart(app, 'monitoring', { namespace: 'monitoring' });
// reads definitions, dashboards, and the parser of YAML
const monitoring = new KubernetesMonitoring(chart, 'monitoring', { backend: MonitoringBackend.operator() });
const nodes = new NodeExporterDaemonSet(chart, 'nodes', { port: 9101, namespace: monitoring.nodeNamespace });
new DashboardConfigMaps(chart, 'dashboards').show(nodes);
monitoring.prometheus.addRuleSet(RuleSet.fromText('groups: [{name: a, rules: [{alert: B, expr: up == 0}]}]'));
app.synth();
`;

/** An app in `dir` that has installed the library, whose code here is the sources. */
function appIn(dir: string): string {
  const modules = path.join(dir, 'node_modules');
  fs.mkdirSync(modules);
  fs.symlinkSync(root, path.join(modules, 'cdk8s-prometheus'));
  fs.writeFileSync(path.join(dir, 'main.ts'), APP);
  const outfile = path.join(dir, 'out', 'deep', 'main.js');
  buildSync({
    entryPoints: [path.join(dir, 'main.ts')], outfile, bundle: true, platform: 'node', logLevel: 'error', nodePaths: [path.join(root, 'node_modules')],
    alias: { 'cdk8s-prometheus': path.join(root, 'lib', 'index.ts') },
  });
  return outfile;
}

test.each([['the folder of the app', '.'], ['another folder', 'elsewhere']])('an app that is bundled into one file runs from %s', (_, from) => {
  inTempDir((dir) => {
    const main = appIn(dir);
    const cwd = path.join(dir, from);
    fs.mkdirSync(cwd, { recursive: true });
    execFileSync(process.execPath, [main], { cwd, env: { ...process.env, CDK8S_OUTDIR: path.join(dir, 'dist') }, stdio: ['ignore', 'pipe', 'pipe'] });
    expect(fs.readdirSync(path.join(dir, 'dist'))).toHaveLength(1);
  });
}, 120_000);
