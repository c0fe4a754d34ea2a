import { execFile } from 'node:child_process';

/** The parts of Kubernetes objects that the tests read. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly generation?: number;
    readonly resourceVersion: string;
    readonly creationTimestamp: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
  };
}

interface Result {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Options {
  /** Text for its standard input. */
  readonly input?: string;
  /** Exit statuses that are no failure. */
  readonly accept?: readonly number[];
}

const QUARTER_GIGABYTE = 256 * 1024 * 1024;

function run(args: readonly string[], input?: string): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = execFile('kubectl', args, { maxBuffer: QUARTER_GIGABYTE, timeout: 300_000 }, (error, stdout, stderr) => {
      if (error === null) {
        resolve({ status: 0, stdout, stderr });
      } else if (typeof error.code === 'number') {
        resolve({ status: error.code, stdout, stderr });
      } else {
        reject(new Error(`kubectl ${args.join(' ')} did not end: ${error.message}`));
      }
    });
    // kubectl may end before it has read what it does not need; its status tells whether it failed.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input ?? '');
  });
}

/** Runs kubectl and gives what it prints. Throws what it says when it fails. */
export async function kubectl(args: readonly string[], { input, accept = [] }: Options = {}): Promise<string> {
  const { status, stdout, stderr } = await run(args, input);
  if (status !== 0 && !accept.includes(status)) {
    throw new Error(`kubectl ${args.join(' ')} failed with ${status}:\n${stderr}${stdout}`.trim());
  }
  return stdout;
}

/** Parses JSON that has this shape. */
export function parse<T>(text: string): T {
  return JSON.parse(text) as T;
}

/** One object. */
export async function getObject<T extends KubeObject>(kind: string, name: string, namespace?: string): Promise<T> {
  return parse<T>(await kubectl(['get', kind, name, ...inNamespace(namespace), '-o', 'json']));
}

interface Selection {
  readonly namespace?: string;
  readonly selector?: string;
}

/** Objects of a kind, in a namespace or in all. */
export async function listObjects<T extends KubeObject>(kind: string, { namespace, selector }: Selection = {}): Promise<T[]> {
  const scope = namespace === undefined ? ['--all-namespaces'] : ['--namespace', namespace];
  const output = await kubectl(['get', kind, ...scope, ...(selector === undefined ? [] : ['--selector', selector]), '-o', 'json']);
  return parse<{ items: T[] }>(output).items;
}

/** What a path of the API answers. */
export function getRaw(path: string): Promise<string> {
  return kubectl(['get', '--raw', path]);
}

/** Applies objects that are not part of an app, such as a Secret that somebody else would make. */
export async function applyObjects(...objects: readonly object[]): Promise<void> {
  const list = { apiVersion: 'v1', kind: 'List', items: objects };
  await kubectl(['apply', '--server-side', '--validate=strict', '-f', '-'], { input: JSON.stringify(list) });
}

/** Those of the objects that are in the cluster, as `kind/name`; their kinds have to be defined. */
export async function existing(objects: readonly object[]): Promise<string[]> {
  const list = { apiVersion: 'v1', kind: 'List', items: objects };
  const output = await kubectl(['get', '--ignore-not-found', '-f', '-', '-o', 'name'], { input: JSON.stringify(list) });
  return output.split('\n').filter((line) => line !== '');
}

export function inNamespace(namespace?: string): string[] {
  return namespace === undefined ? [] : ['--namespace', namespace];
}
