import { ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse, stringify } from 'yaml';
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
  /** Folder of this machine with the files of a Secret, by its name. */
  readonly secrets?: { readonly [secret: string]: string };
  /** Changes of mounted files, by their names. */
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

  /** Command line of a container, for this machine. */
  public commandOf(place: Place): string[] {
    const container = this.containerOf(place);
    this.writeConfigMaps(place);
    return [...container.args.map((arg: string) => this.localized(arg, place)), ...place.more ?? []];
  }

  /** Starts a container, and waits until its probe answers. */
  public async start(place: Place): Promise<void> {
    const { readinessProbe: { httpGet: { path: page } }, ports, image } = this.containerOf(place);
    const program = path.basename(image.split(':')[0]);
    const log = fs.openSync(path.join(this.folder(place.name), 'log'), 'a');
    const child = spawn('nice', ['-n', '5', program, ...this.commandOf(place)], { stdio: ['ignore', log, log], env: { ...process.env, ...place.env } });
    this.running.set(place.name, child);
    const web: Loose = ports.find(({ name }: Loose) => name === 'http' || name === 'web');
    await until(`${place.name} is ready`, async () => {
      if (child.exitCode !== null) {
        throw new Error(`${place.name} ended with ${child.exitCode}: ${this.log(place.name).slice(-3000)}`);
      }
      return (await fetch(`http://127.0.0.1:${place.ports[web.containerPort]}${page}`)).ok;
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

  private podOf({ workload: [kind, name] }: Place): Loose {
    return find([...this.objects], kind, name).spec.template.spec;
  }

  private containerOf(place: Place): Loose {
    return this.podOf(place).containers.find(({ name }: Loose) => name === place.container);
  }

  private dirOf(dir: string, place: Place): string {
    return place.shared[dir] === undefined ? path.join(this.folder(place.name), dir.slice(1)) : this.folder(place.shared[dir]);
  }

  private localized(given: string, place: Place): string {
    const { volumeMounts = [] } = this.containerOf(place);
    const replaced = [
      ...Object.entries(place.variables ?? {}).map(([name, value]) => [`$(${name})`, value] as const), ...Object.entries(place.names ?? {}),
    ].reduce((text, [from, to]) => text.replaceAll(from, to), given);
    const [, flag, file] = /^(--[^=]+=)(\/.+)$/.exec(given) ?? [];
    if (file !== undefined && this.secretFile(file, place) !== file) {
      return `${flag}${this.secretFile(file, place)}`;
    }
    const dirs: string[] = volumeMounts.map(({ mountPath }: Loose) => mountPath);
    const inDirs = dirs.reduce((text, dir) => text.replaceAll(new RegExp(`(?<==)${dir}(?=/|$)`, 'g'), this.dirOf(dir, place)), replaced);
    const atPorts = Object.entries(place.ports).reduce(
      (text, [port, own]) => text.replace(new RegExp(`=:${port}$`), `=127.0.0.1:${own}`).replace(new RegExp(`127\\.0\\.0\\.1:${port}(?!\\d)`), `127.0.0.1:${own}`), inDirs,
    );
    return atPorts.startsWith('--endpoint.sd-config=') ? `--endpoint.sd-config=${this.endpoints(atPorts.slice('--endpoint.sd-config='.length), place)}` : atPorts;
  }

  private endpoints(text: string, place: Place): string {
    const { stores = {} } = place;
    const isFile = (key: unknown): boolean => typeof key === 'string' && key.endsWith('_file');
    const { endpoints } = parse(text, (key: unknown, value: Loose) => (isFile(key) ? this.secretFile(value, place) : value));
    return stringify({
      endpoints: endpoints.flatMap(({ address, ...client }: Loose) => (
        stores[/^dnssrv\+_grpc\._tcp\.([^.]+)\./.exec(address)?.[1] ?? '']?.map((here) => ({ address: here, ...client })) ?? []
      )),
    });
  }

  /** A file of a mounted Secret, on this machine. */
  private secretFile(file: string, place: Place): string {
    const { name } = (this.containerOf(place).volumeMounts ?? []).find(({ mountPath }: Loose) => file.startsWith(`${mountPath}/`)) ?? {};
    const { secret } = this.podOf(place).volumes.find((volume: Loose) => volume.name === name) ?? {};
    const dir = place.secrets?.[secret?.secretName];
    return dir === undefined ? file : path.join(dir, path.basename(file));
  }

  /** The files that the container would see. The bucket is a folder of this machine. */
  private writeConfigMaps(place: Place): void {
    const { volumes } = this.podOf(place);
    (this.containerOf(place).volumeMounts ?? []).forEach(({ name, mountPath }: Loose) => {
      const { configMap, projected } = volumes?.find((volume: Loose) => volume.name === name) ?? {};
      const maps: string[] = [configMap, ...projected?.sources?.map((source: Loose) => source.configMap) ?? []].flatMap((map) => map?.name ?? []);
      const dir = this.dirOf(mountPath, place);
      fs.mkdirSync(dir, { recursive: true });
      // that of the cluster's authority is not the app's
      const own = this.objects.filter(({ kind, metadata }) => kind === 'ConfigMap' && maps.includes(metadata.name));
      own.flatMap(({ data }) => Object.entries<string>(data)).forEach(([file, text]) => {
        const here = Object.entries(place.shared).reduce((all, [from, to]) => all.replace(new RegExp(`(?<!\\w)${from}(?!\\w)`, 'g'), this.folder(to)), text);
        fs.writeFileSync(path.join(dir, file), place.files?.[file]?.(here) ?? here);
      });
    });
  }
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
