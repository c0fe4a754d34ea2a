import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse, stringify } from 'yaml';
import { escapeRegex } from '../../../lib/regex';
import { find, Loose, Manifest } from '../../manifests';

/** A container that runs as a process: its program, and where its ports, folders and stores are on this machine. */
export interface Place {
  /** Name of the process and of its folder. */
  readonly name: string;
  readonly workload: readonly [kind: string, name: string];
  readonly container: string;
  /** Ports of the manifest, and those of this machine. */
  readonly ports: { readonly [port: number]: number };
  /** Folders in the container, and names of folders of this machine that take their place; others are the process's own. */
  readonly shared: { readonly [dir: string]: string };
  /** Addresses in the place of those that DNS would give, by the name of the Service. */
  readonly stores?: { readonly [service: string]: readonly string[] };
  /** Further flags, such as hidden ones for shorter blocks. */
  readonly more?: readonly string[];
  readonly env?: { readonly [name: string]: string };
  /** Variables that Kubernetes puts into arguments. */
  readonly variables?: { readonly [name: string]: string };
  /** Addresses in the place of names of the cluster. */
  readonly names?: { readonly [name: string]: string };
  /** Folder of this machine with the files of a Secret, by its name; they are mounted as the Pod has them. */
  readonly secrets?: { readonly [secret: string]: string };
  /** Changes of mounted files of ConfigMaps, by their names; folders are those of this machine before. */
  readonly files?: { readonly [file: string]: (text: string) => string };
}

/** Processes of the programs in manifests, in folders below one. */
export class Processes {
  private readonly running = new Map<string, ChildProcess>();

  constructor(private readonly root: string, private readonly objects: readonly Manifest[]) {}

  /** Folder of this machine for one of a container. */
  public folder(name: string): string {
    const dir = path.join(this.root, name);
    fs.mkdirSync(dir, { recursive: true });
    return dir;
  }

  /** Command line of a container, for this machine, without the program. */
  public commandOf(place: Place): string[] {
    const { command = [], args = [] } = this.containerOf(place);
    this.mount(place);
    return [...[...command.slice(1), ...args].map((arg: string) => this.localized(arg, place)), ...place.more ?? []];
  }

  /** Runs a container that ends, such as an init container, and whatever it has started with it. */
  public async run(place: Place): Promise<void> {
    const child = this.spawn(place, true);
    const [code] = await once(child, 'exit');
    endGroup(child);
    if (code !== 0) {
      throw new Error(`${place.name} ended with ${code}: ${this.log(place.name).slice(-3000)}`);
    }
  }

  /** Starts a container, and waits until its probe answers. */
  public async start(place: Place): Promise<void> {
    const { readinessProbe: { httpGet }, ports } = this.containerOf(place);
    const child = this.spawn(place);
    this.running.set(place.name, child);
    const web: Loose = ports.find(({ name }: Loose) => name === 'http' || name === 'web');
    await until(`${place.name} is ready`, async () => {
      if (child.exitCode !== null) {
        throw new Error(`${place.name} ended with ${child.exitCode}: ${this.log(place.name).slice(-3000)}`);
      }
      const { ok } = await fetch(`http://127.0.0.1:${place.ports[web.containerPort]}${httpGet?.path ?? '/'}`);
      // a probe by TCP needs no more than an answer
      return ok || httpGet === undefined;
    });
  }

  /** Kills a process as a node does that goes away, or lets it end. */
  public async stop(name: string, signal: 'SIGKILL' | 'SIGTERM' = 'SIGTERM'): Promise<void> {
    const child = this.running.get(name);
    this.running.delete(name);
    if (child === undefined || child.exitCode !== null) {
      return;
    }
    const ended = new Promise((resolve) => {
      child.once('exit', resolve);
    });
    child.kill(signal);
    await ended;
  }

  public async stopAll(): Promise<void> {
    await Promise.all([...this.running.keys()].map((name) => this.stop(name, 'SIGKILL')));
  }

  /** Output so far. */
  public log(name: string): string {
    return fs.readFileSync(path.join(this.root, name, 'log'), 'utf8');
  }

  private spawn(place: Place, detached: boolean = false): ChildProcess {
    const { command, image, env = [] } = this.containerOf(place);
    const program = command?.[0] ?? path.basename(image.split(':')[0]);
    const log = fs.openSync(path.join(this.folder(place.name), 'log'), 'a');
    const own = env.filter(({ value }: Loose) => value !== undefined).map(({ name, value }: Loose) => [name, this.localized(`=${value}`, place).slice(1)]);
    return spawn('nice', ['-n', '5', program, ...this.commandOf(place)], {
      detached, stdio: ['ignore', log, log], env: { ...process.env, ...Object.fromEntries(own), ...place.env },
    });
  }

  private podOf({ workload: [kind, name] }: Place): Loose {
    return find([...this.objects], kind, name).spec.template.spec;
  }

  private containerOf(place: Place): Loose {
    const { containers, initContainers = [] } = this.podOf(place);
    return [...containers, ...initContainers].find(({ name }: Loose) => name === place.container);
  }

  private dirOf(dir: string, place: Place): string {
    return place.shared[dir] === undefined ? path.join(this.folder(place.name), dir.slice(1)) : this.folder(place.shared[dir]);
  }

  /** A text with folders of this machine in the place of those of the container. */
  private inDirs(text: string, place: Place): string {
    const dirs: string[] = (this.containerOf(place).volumeMounts ?? []).map(folderOf).sort().reverse();
    return dirs.length === 0 ? text : text.replaceAll(new RegExp(`(?<![\\w./-])(${dirs.map(escapeRegex).join('|')})(?![\\w-])`, 'g'), (dir) => this.dirOf(dir, place));
  }

  private localized(given: string, place: Place): string {
    const replaced = [
      ...Object.entries(place.variables ?? {}).map(([name, value]) => [`$(${name})`, value] as const), ...Object.entries(place.names ?? {}),
    ].reduce((text, [from, to]) => text.replaceAll(from, to), given);
    const atPorts = Object.entries(place.ports).reduce(
      (text, [port, own]) => text.replace(new RegExp(`=:${port}$`), `=127.0.0.1:${own}`).replace(new RegExp(`127\\.0\\.0\\.1:${port}(?!\\d)`), `127.0.0.1:${own}`),
      this.inDirs(replaced, place),
    );
    return atPorts.startsWith('--endpoint.sd-config=') ? `--endpoint.sd-config=${endpoints(atPorts.slice('--endpoint.sd-config='.length), place)}` : atPorts;
  }

  /** Lays out the files that the container would see. The bucket is a folder of this machine. */
  private mount(place: Place): void {
    const { volumes = [] } = this.podOf(place);
    (this.containerOf(place).volumeMounts ?? []).forEach((mounted: Loose) => {
      const { configMap, secret, projected } = volumes.find(({ name }: Loose) => name === mounted.name) ?? {};
      const dir = this.dirOf(folderOf(mounted), place);
      fs.mkdirSync(dir, { recursive: true });
      const sources: Loose[] = [{ configMap, secret }, ...projected?.sources ?? []];
      const files = sources.flatMap((source) => [...this.configFiles(source.configMap, place), ...secretFiles(source.secret, place)]);
      files.filter(([file]) => file === (mounted.subPath ?? file)).forEach(([file, text]) => {
        fs.writeFileSync(path.join(dir, file), text);
      });
    });
  }

  /** Files of a ConfigMap of the app; that of the cluster's authority is not. */
  private configFiles(given: Loose, place: Place): Array<[string, string]> {
    const found = this.objects.filter(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === given?.name);
    return found.flatMap(({ data }) => Object.entries<string>(data)).map(([file, text]) => {
      const here = this.inDirs(text, place);
      return [file, place.files?.[file]?.(here) ?? here];
    });
  }
}

/** Ends what is left of the group of a process. */
function endGroup({ pid }: ChildProcess): void {
  try {
    process.kill(-pid!, 'SIGKILL');
  } catch {
    // nothing is left
  }
}

/** Folder of the container that has what is mounted, which may be one file by its own name. */
function folderOf({ mountPath, subPath }: Loose): string {
  return path.basename(mountPath) === subPath ? path.dirname(mountPath) : mountPath;
}

function endpoints(text: string, { stores = {} }: Place): string {
  return stringify({
    endpoints: parse(text).endpoints.flatMap(({ address, ...client }: Loose) => (
      stores[/^dnssrv\+_grpc\._tcp\.([^.]+)\./.exec(address)?.[1] ?? '']?.map((here) => ({ address: here, ...client })) ?? []
    )),
  });
}

/** Files of a Secret of this machine. */
function secretFiles(given: Loose, { secrets = {} }: Place): Array<[string, string]> {
  const dir = secrets[given?.secretName ?? given?.name];
  if (dir === undefined) {
    return [];
  }
  const items: Loose[] = given.items ?? fs.readdirSync(dir).map((key) => ({ key, path: key }));
  return items.map(({ key, path: file }) => [file, fs.readFileSync(path.join(dir, key), 'utf8')]);
}

/** Waits until something holds. What it throws is told when it takes too long, and ends it at once when a process has ended. */
export async function until(what: string, holds: () => Promise<boolean> | boolean, seconds: number = 180): Promise<void> {
  const end = Date.now() + seconds * 1000;
  for (let last = ''; ;) {
    try {
      if (await holds()) {
        return;
      }
    } catch (error) {
      last = `; ${error instanceof Error ? error.message : JSON.stringify(error)}`;
      if (/ ended with /.test(last)) {
        throw error;
      }
    }
    if (Date.now() > end) {
      throw new Error(`${what}: not within ${seconds} s${last}`);
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 500);
    });
  }
}
