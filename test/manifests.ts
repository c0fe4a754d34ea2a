import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { checkConfiguration } from './amtool';
import { inTempDir, writeFiles } from './files';
import { amtool, judge, promtool } from './tools';

/** A part of an object, as a test looks into it. */
export type Loose = ReturnType<typeof JSON.parse>;

/** An object as it is written, or a part of one. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: { readonly [label: string]: string };
    readonly annotations?: { readonly [annotation: string]: string };
  };
  readonly [field: string]: Loose;
}

/** The files that an app writes, by name, and the objects in them, in the order in which `kubectl apply -f` of the folder takes them. */
export interface Output {
  readonly files: { readonly [file: string]: string };
  readonly objects: Manifest[];
}

/** Runs the program of an app, an absolute path without suffix, as `cdk8s synth` does. */
export function outputOf(main: string): Output {
  return inTempDir((dir) => {
    const before = process.env.CDK8S_OUTDIR;
    process.env.CDK8S_OUTDIR = dir;
    try {
      jest.isolateModules(() => {
        jest.requireActual(main);
      });
    } finally {
      if (before === undefined) {
        delete process.env.CDK8S_OUTDIR;
      } else {
        process.env.CDK8S_OUTDIR = before;
      }
    }
    const names = fs.readdirSync(dir).sort();
    const files = Object.fromEntries(names.map((name) => [name, fs.readFileSync(path.join(dir, name), 'utf8')]));
    return { files, objects: Object.values(files).flatMap(objectsIn) };
  });
}

/** The objects in a file. */
export function objectsIn(text: string): Manifest[] {
  return parseAllDocuments(text).map((document): Manifest => {
    expect(document.errors).toEqual([]);
    return document.toJS();
  });
}

/** What tells an object from all others: `kind namespace/name`, without a namespace `kind name`. */
export function identity({ kind, metadata }: Manifest): string {
  return metadata.namespace === undefined ? `${kind} ${metadata.name}` : `${kind} ${metadata.namespace}/${metadata.name}`;
}

/** The objects of a kind. */
export function ofKind(objects: readonly Manifest[], kind: string): Manifest[] {
  return objects.filter((object) => object.kind === kind);
}

/** The only object of a kind, or the one of a name. */
export function find(objects: readonly Manifest[], kind: string, name?: string): Manifest {
  const found = ofKind(objects, kind).filter((object) => name === undefined || nameOf(object) === name);
  if (found.length !== 1) {
    throw new Error(`${found.length} objects are ${kind} ${name ?? ''}: ${objects.map(identity).join(', ')}`);
  }
  return found[0];
}

export function nameOf({ metadata }: Manifest): string {
  return metadata.name;
}

/** The texts of a ConfigMap or a Secret, by their keys. */
export function textsOf({ kind, data = {} }: Manifest): { readonly [key: string]: string } {
  const entries: Array<[string, string]> = Object.entries(data);
  return Object.fromEntries(kind === 'Secret' ? entries.map(([key, text]) => [key, Buffer.from(text, 'base64').toString()]) : entries);
}

/** The text of a rule file of a Prometheus, in whichever ConfigMap it is; its name there ends in the number of the ConfigMap. */
export function ruleFile(objects: readonly Manifest[], file: string): string {
  const texts = ofKind(objects, 'ConfigMap').flatMap((map) => {
    const [, number] = /-rules-(\d+)$/.exec(nameOf(map)) ?? [];
    return textsOf(map)[`${file}.rules-${number}.yaml`] ?? [];
  });
  if (texts.length !== 1) {
    throw new Error(`${texts.length} ConfigMaps have rule file ${file}`);
  }
  return texts[0];
}

/** A Secret with its texts to read, as `stringData`; all else as it is. */
export function inPlain(object: Manifest): Manifest {
  const { data, ...others } = object;
  return object.kind === 'Secret' && data !== undefined ? { ...others, stringData: textsOf(object) } : object;
}

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet'];
const CLUSTER_SCOPED = ['Namespace', 'ClusterRole', 'ClusterRoleBinding', 'CustomResourceDefinition', 'APIService'];

/** Every object is there once, cluster-scoped ones name no namespace, all others do, and a namespace of the app comes before what is in it. */
export function checkObjects(objects: readonly Manifest[]): void {
  const names = objects.map(identity);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  expect(objects.filter(({ kind, metadata }) => CLUSTER_SCOPED.includes(kind) !== (metadata.namespace === undefined)).map(identity)).toEqual([]);
  const late = objects.filter(({ kind, metadata }, i) => (
    kind === 'Namespace' && objects.slice(0, i).some((object) => object.metadata.namespace === metadata.name)
  ));
  expect(late.map(identity)).toEqual([]);
}

/** Writes the files that the first container of a Pod sees below `dir`. Secrets that others make are not there. */
function layOut(workload: Manifest, objects: readonly Manifest[], dir: string): void {
  const { spec } = workload.spec.template;
  const files = (source: Loose): { readonly [file: string]: string } => {
    const [kind, name]: [string, string] = source.configMap === undefined
      ? ['Secret', source.secret.secretName ?? source.secret.name]
      : ['ConfigMap', source.configMap.name];
    const wanted = `${kind} ${workload.metadata.namespace}/${name}`;
    const object = objects.find((candidate) => identity(candidate) === wanted);
    if (object === undefined && (source.secret ?? source.configMap).optional !== true) {
      throw new Error(`${identity(workload)} mounts ${wanted}, which the app does not make`);
    }
    return object === undefined ? {} : textsOf(object);
  };
  for (const { name, mountPath } of spec.containers[0].volumeMounts) {
    // what a StatefulSet claims is no volume of its template
    const volume: Loose = spec.volumes.find((candidate: Loose) => candidate.name === name) ?? {};
    // The cluster itself brings the service account's files.
    const sources = [...volume.projected?.sources ?? [volume]].filter(({ configMap, secret }: Loose) => (
      (configMap ?? secret) !== undefined && configMap?.name !== 'kube-root-ca.crt'
    ));
    for (const source of sources) {
      writeFiles(path.join(dir, mountPath), files(source));
    }
  }
}

/** Leads the absolute paths in a file below `dir`, and leaves a stub for each file of a Secret that others make. */
function relocate(file: string, dir: string): void {
  const text = fs.readFileSync(file, 'utf8').replace(/(?<![\w/])\/(etc|var\/run)\//g, (_, at: string) => `${dir}/${at}/`);
  fs.writeFileSync(file, text);
  const missing = [...text.matchAll(/_file: (\S+)/g)].map(([, at]) => at).filter((at) => !fs.existsSync(at));
  for (const at of missing) {
    fs.mkdirSync(path.dirname(at), { recursive: true });
    fs.writeFileSync(at, 'stub');
  }
}

/** Lays out the files of each Pod whose first container is called `program`, and gives its configuration to `check`. */
function eachConfiguration<T>(objects: readonly Manifest[], program: string, check: (file: string, workload: Manifest) => T): T[] {
  const workloads = objects.filter(({ kind, spec }) => WORKLOADS.includes(kind) && spec.template.spec.containers[0].name === program);
  return workloads.map((workload) => inTempDir((dir) => {
    layOut(workload, objects, dir);
    const args: string[] = workload.spec.template.spec.containers[0].args;
    const [file] = args.filter((arg) => arg.startsWith('--config.file=')).map((arg) => path.join(dir, arg.slice('--config.file='.length)));
    const folder = path.dirname(file);
    fs.readdirSync(folder).forEach((name) => relocate(path.join(folder, name), dir));
    return check(file, workload);
  }));
}

/** What promtool makes of the configuration of each Prometheus, its rules included; throws unless it takes them without a complaint. */
export function checkPrometheus(objects: readonly Manifest[]): string[] {
  return eachConfiguration(objects, 'prometheus', (file, workload) => {
    const agent = workload.spec.template.spec.containers[0].args.includes('--agent') ? ['--agent'] : [];
    return judge(promtool(), ['check', 'config', '--lint=all', '--lint-fatal', ...agent, file]);
  });
}

/** What promtool makes of the rules that the operator takes; throws unless it takes them without a complaint. */
export function checkRules(objects: readonly Manifest[]): string {
  return inTempDir((dir) => {
    const files = ofKind(objects, 'PrometheusRule').map(({ metadata, spec }) => {
      const file = path.join(dir, `${metadata.namespace}-${metadata.name}.yaml`);
      fs.writeFileSync(file, stringify(spec));
      return file;
    });
    return judge(promtool(), ['check', 'rules', '--lint=all', '--lint-fatal', ...files]);
  });
}

/** Throws unless amtool takes the configuration of each Alertmanager, its templates included. */
export function checkAlertmanager(objects: readonly Manifest[]): string[] {
  const check = (file: string) => judge(amtool(), ['check-config', file]);
  const operated = ofKind(objects, 'Alertmanager').map(({ metadata, spec }) => (
    checkConfiguration(textsOf(find(objects.filter((object) => object.metadata.namespace === metadata.namespace), 'Secret', spec.configSecret)))
  ));
  return [...eachConfiguration(objects, 'alertmanager', check), ...operated];
}

/** The receivers that an alert with these labels reaches, as amtool tells them. */
export function receiversOf(objects: readonly Manifest[], labels: { readonly [label: string]: string }): string[] {
  const args = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
  const [found] = eachConfiguration(objects, 'alertmanager', (file) => (
    judge(amtool(), ['config', 'routes', 'test', `--config.file=${file}`, ...args]).trim().split(',')
  ));
  return found;
}
