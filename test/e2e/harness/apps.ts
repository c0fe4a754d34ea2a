import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Chart } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { kubectl, KubeObject, inNamespace } from './kubectl';
import { say } from './progress';

/** An app of which this run wrote the manifests. */
export interface DeployedApp {
  readonly name: string;
  /** Folder of its manifests. */
  readonly dist: string;
  /** What is in them. */
  readonly objects: readonly KubeObject[];
  /** The namespaces that it makes. */
  readonly namespaces: readonly string[];
}

const ROOT = path.join(__dirname, '..', '..', '..');
const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet'];
/** Of these the operator makes StatefulSets. */
const OPERATED = ['Prometheus', 'Alertmanager'];
/**
 * Where others have made one of these, it is neither changed nor deleted: with a namespace or a kind goes all that is in it, or of it, and a cluster
 * has one server of an API. While that of an API is gone no namespace goes, so that these are first.
 */
const HOLDERS = ['APIService', 'Namespace', 'CustomResourceDefinition'];
/** Marks what of these a run makes. */
const MARK = 'cdk8s-prometheus/made-by=e2e';

function runFolder(): string {
  const folder = process.env.E2E_RUN;
  if (folder === undefined) {
    throw new Error('E2E_RUN is not set; run the tests with: npm run test:e2e');
  }
  return folder;
}

function stateFile(name: string, state: 'applied' | 'ready' | 'failed'): string {
  return path.join(runFolder(), name, state);
}

function note(name: string, state: 'applied' | 'ready' | 'failed', text = ''): void {
  fs.writeFileSync(stateFile(name, state), text);
}

function readObjects(dist: string): KubeObject[] {
  return fs.readdirSync(dist)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap((file) => parseAllDocuments(fs.readFileSync(path.join(dist, file), 'utf8')).map((document) => document.toJS() as KubeObject));
}

function written(name: string, dist: string): DeployedApp {
  const objects = readObjects(dist);
  const namespaces = objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name);
  return { name, dist, objects, namespaces };
}

function emptyFolder(name: string, dist: string): string {
  const folder = path.join(runFolder(), name, dist);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * Writes an app's manifests by running a program that `npm run build` made, as `cdk8s synth` does. E2E_BUILD names another build. Of a
 * program with several charts one can be taken. `prepare` adds what users make beside it.
 */
export function synthesizeProgram(name: string, program: string, chart?: string, prepare?: (dist: string) => void): DeployedApp {
  const dist = emptyFolder(name, 'dist');
  const file = path.resolve(process.env.E2E_BUILD ?? path.join(ROOT, 'build/compiled'), program);
  execFileSync(process.execPath, [file], { env: { ...process.env, CDK8S_OUTDIR: dist }, cwd: path.join(runFolder(), name) });
  if (chart !== undefined) {
    fs.readdirSync(dist).filter((manifest) => !manifest.endsWith(`-${chart}.k8s.yaml`)).forEach((manifest) => {
      fs.rmSync(path.join(dist, manifest));
    });
  }
  prepare?.(dist);
  return written(name, dist);
}

/** Writes an app's manifests: one chart in the namespace `name`, filled here. A second version of an app goes to another `dist`. */
export function synthesize(name: string, fill: (chart: Chart) => void, dist = 'dist'): DeployedApp {
  const outdir = emptyFolder(name, dist);
  const app = new App({ outdir });
  fill(new Chart(app, name, { namespace: name }));
  app.synth();
  return written(name, outdir);
}

/** One `kubectl apply`, as a user does it. */
export async function apply({ name, dist, objects }: DeployedApp): Promise<void> {
  await Promise.all(HOLDERS.map((kind) => checkOurs(kind, objects)));
  note(name, 'applied', dist);
  try {
    await kubectl(['apply', '--server-side', '--validate=strict', '-R', '-f', dist]);
  } finally {
    await Promise.all(HOLDERS.map((kind) => mark(kind, objects)));
  }
}

/** Waits until each workload of the app is rolled out, also those that the operator makes. */
export async function rolledOut({ name, objects }: DeployedApp, seconds = 180): Promise<void> {
  const workloads = objects.filter(({ kind }) => WORKLOADS.includes(kind));
  const operated = objects.filter(({ kind }) => OPERATED.includes(kind));
  await Promise.all(workloads.map(({ kind, metadata }) => kubectl([
    'rollout', 'status', `${kind.toLowerCase()}/${metadata.name}`, ...inNamespace(metadata.namespace), `--timeout=${seconds}s`,
  ])));
  await Promise.all(operated.map(({ kind, metadata }) => kubectl([
    'wait', '--for=condition=Available', `${kind.toLowerCase()}/${metadata.name}`, ...inNamespace(metadata.namespace), `--timeout=${seconds}s`,
  ])));
  say(`  ${name}: ${workloads.length + operated.length} workloads are rolled out`);
}

/** Applies the app once in a run, whichever test needs it first, and waits until it is rolled out. */
export async function deployed(name: string, make: () => DeployedApp | Promise<DeployedApp>): Promise<DeployedApp> {
  if (fs.existsSync(stateFile(name, 'ready'))) {
    return written(name, fs.readFileSync(stateFile(name, 'applied'), 'utf8'));
  }
  if (fs.existsSync(path.join(runFolder(), name)) && fs.existsSync(stateFile(name, 'failed'))) {
    throw new Error(`${name} could not be deployed, as an earlier test tells: ${fs.readFileSync(stateFile(name, 'failed'), 'utf8').split('\n')[0]}`);
  }
  fs.mkdirSync(path.join(runFolder(), name), { recursive: true });
  try {
    say(`deploying ${name}`);
    const app = await make();
    await apply(app);
    await rolledOut(app);
    note(name, 'ready');
    return app;
  } catch (error) {
    note(name, 'failed', error instanceof Error ? error.message : String(error));
    throw error;
  }
}

/** Deletes an app and waits until it is gone. */
export async function remove(name: string): Promise<void> {
  const applied = stateFile(name, 'applied');
  if (!fs.existsSync(applied)) {
    return;
  }
  say(`removing ${name}`);
  await kubectl(['delete', '--ignore-not-found', '--wait=true', '--timeout=280s', '-R', '-f', fs.readFileSync(applied, 'utf8')]);
  fs.rmSync(path.join(runFolder(), name), { recursive: true });
}

/** Whether an app of this run is in the cluster. */
export function isApplied(name: string): boolean {
  return fs.existsSync(stateFile(name, 'applied'));
}

function appliedApps(): DeployedApp[] {
  return fs.readdirSync(runFolder())
    .filter(isApplied)
    .map((name) => written(name, fs.readFileSync(stateFile(name, 'applied'), 'utf8')));
}

/** Deletes all that this run applied; kinds are defined for as long as something is of them. */
export async function removeAll(): Promise<void> {
  const apps = appliedApps();
  const definesKinds = ({ objects }: DeployedApp) => objects.some(({ kind }) => kind === 'CustomResourceDefinition');
  await Promise.all(apps.filter((app) => !definesKinds(app)).map(({ name }) => remove(name)));
  await Promise.all(apps.filter(definesKinds).map(({ name }) => remove(name)));
}

/** Namespaces that the apps in the cluster made, for a diagnosis. */
export function deployedNamespaces(): string[] {
  return appliedApps().flatMap(({ namespaces }) => namespaces);
}

/** Throws when one of the objects exists that is not this suite's to change. */
async function checkOurs(kind: string, objects: readonly KubeObject[]): Promise<void> {
  const wanted = namesAmong(objects, kind);
  const ours = await namesOf(kind, ['--selector', MARK]);
  const foreign = (await namesOf(kind)).filter((name) => wanted.includes(name) && !ours.includes(name));
  if (foreign.length > 0) {
    throw new Error(`${kind} ${foreign.join(', ')}: exists already and was not made by these tests; delete it, or use a cluster without it`);
  }
}

async function mark(kind: string, objects: readonly KubeObject[]): Promise<void> {
  const wanted = namesAmong(objects, kind);
  const made = wanted.length === 0 ? [] : (await namesOf(kind)).filter((name) => wanted.includes(name));
  if (made.length > 0) {
    await kubectl(['label', '--overwrite', kind, ...made, MARK]);
  }
}

function namesAmong(objects: readonly KubeObject[], wanted: string): string[] {
  return objects.filter(({ kind }) => kind === wanted).map(({ metadata }) => metadata.name);
}

async function namesOf(kind: string, selection: readonly string[] = []): Promise<string[]> {
  const output = await kubectl(['get', kind, '-o', 'name', ...selection]);
  return output.split('\n').filter((line) => line !== '').map((line) => line.slice(line.indexOf('/') + 1));
}

/** Deletes what an earlier run left: namespaces, and then kinds. */
export async function removeLeftovers(): Promise<void> {
  for (const kind of HOLDERS) {
    const left = await namesOf(kind, ['--selector', MARK]);
    if (left.length > 0) {
      say(`removing what an earlier run left: ${left.join(', ')}`);
      await kubectl(['delete', kind, '--wait=true', '--timeout=180s', ...left]);
    }
  }
}
