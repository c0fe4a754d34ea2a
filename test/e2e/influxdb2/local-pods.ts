import { ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { until } from '../thanos/processes';
import { find, Loose, Manifest } from '../../manifests';

/** A Pod of a workload whose containers run as processes of this machine. */
export interface LocalPod {
  readonly kind: 'Deployment' | 'StatefulSet';
  readonly name: string;
  /** Changes of files of ConfigMaps, by their names, after addresses and folders are those of this machine. */
  readonly files?: { readonly [file: string]: (text: string) => string };
  /** Further flags of the container that stays. */
  readonly more?: readonly string[];
  /** Page of the port `http` or `web` by which it is ready. */
  readonly ready: string;
}

/**
 * Runs containers as their manifests have them, with files of ConfigMaps and Secrets, on addresses and in folders of this machine. Each Pod has a
 * folder that takes the place of the root of its file system.
 */
export class LocalPods {
  private readonly running = new Map<string, ChildProcess>();

  /**
   * @param secrets texts of Secrets by name and key, which may change
   * @param addresses addresses of this machine by those of the manifests, `:8086` or `store.shop.svc:8086`
   * @param programs programs of this machine by those of the manifests
   */
  constructor(
    private readonly root: string,
    private readonly objects: Manifest[],
    private readonly secrets: { readonly [secret: string]: { [key: string]: string } },
    private readonly addresses: { readonly [address: string]: string },
    private readonly programs: { readonly [program: string]: string },
  ) {
    fs.mkdirSync(path.join(root, 'bin'), { recursive: true });
    Object.entries(programs).forEach(([name, program]) => fs.symlinkSync(which(program), path.join(root, 'bin', name)));
  }

  /** Runs the init containers of a Pod, one after the other. Throws with the output of one that fails. */
  public async initialize(pod: LocalPod): Promise<void> {
    for (const container of this.specOf(pod).initContainers ?? []) {
      const child = this.spawn(pod, container, true);
      const [code] = await once(child, 'exit');
      endGroup(child);
      if (code !== 0) {
        throw new Error(`${pod.name}/${container.name} ended with ${code}: ${this.log(pod, container).slice(-2000)}`);
      }
    }
  }

  /** Starts a Pod, and waits until it is ready. */
  public async start(pod: LocalPod): Promise<void> {
    await this.initialize(pod);
    const [container] = this.specOf(pod).containers;
    const child = this.spawn(pod, container);
    this.running.set(pod.name, child);
    await until(`${pod.name} is ready`, async () => {
      if (child.exitCode !== null) {
        throw new Error(`${pod.name} ended with ${child.exitCode}: ${this.log(pod, container).slice(-2000)}`);
      }
      return (await fetch(`${this.urlOf(pod)}${pod.ready}`)).ok;
    });
  }

  /** Ends a Pod as the kubelet does, or as a node that goes away. */
  public async stop({ name }: LocalPod, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.running.get(name);
    this.running.delete(name);
    if (child !== undefined && child.exitCode === null) {
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    }
  }

  /** Ends all that runs. */
  public async stopAll(): Promise<void> {
    await Promise.all([...this.running.keys()].map((name) => this.stop({ name, kind: 'Deployment', ready: '' }, 'SIGKILL')));
  }

  /** Address of the web server of a Pod. */
  public urlOf(pod: LocalPod): string {
    const { containerPort } = this.specOf(pod).containers[0].ports.find(({ name }: Loose) => name === 'http' || name === 'web');
    return `http://${this.addresses[`:${containerPort}`]}`;
  }

  /** The folder of this machine in the place of one of a Pod. */
  public folder({ name }: LocalPod, dir: string): string {
    return path.join(this.root, name, dir);
  }

  private specOf({ kind, name }: LocalPod): Loose {
    return find(this.objects, kind, name).spec.template.spec;
  }

  private log(pod: LocalPod, { name }: Loose): string {
    return fs.readFileSync(this.folder(pod, `${name}.log`), 'utf8');
  }

  private spawn(pod: LocalPod, container: Loose, detached: boolean = false): ChildProcess {
    const { command = [], args = [], env = [], image, name } = container;
    this.mount(pod, container);
    const entry: string = command[0] ?? path.basename(image.split(':')[0]);
    const flags: string[] = [...command.slice(1), ...args, ...(name === this.specOf(pod).containers[0].name ? pod.more ?? [] : [])];
    const own = env.filter(({ value }: Loose) => value !== undefined).map((one: Loose): [string, string] => [one.name, this.here(pod, one.value)]);
    const log = fs.openSync(this.folder(pod, `${name}.log`), 'a');
    return spawn('nice', ['-n', '5', this.programs[entry] === undefined ? entry : path.join(this.root, 'bin', entry), ...flags.map((flag) => this.here(pod, flag))], {
      detached, stdio: ['ignore', log, log], env: { PATH: `${path.join(this.root, 'bin')}:${process.env.PATH}`, ...Object.fromEntries(own) },
    });
  }

  /** A text with addresses and folders of this machine. */
  private here(pod: LocalPod, text: string): string {
    const { containers, initContainers = [] } = this.specOf(pod);
    const mounts: Loose[] = [...containers, ...initContainers].flatMap(({ volumeMounts = [] }: Loose) => volumeMounts);
    const dirs = new Set<string>(mounts.map(({ mountPath, subPath }) => (subPath === undefined ? mountPath : path.dirname(mountPath))));
    const inDirs = [...dirs].sort().reverse().reduce((all, dir) => all.replaceAll(new RegExp(`(?<![\\w./-])${dir}(?![\\w-])`, 'g'), this.folder(pod, dir)), text);
    return Object.entries(this.addresses).reduce((all, [from, to]) => all.replaceAll(new RegExp(`(?<![\\w.])${from.replaceAll('.', '\\.')}(?!\\d)`, 'g'), to), inDirs);
  }

  private mount(pod: LocalPod, { volumeMounts = [] }: Loose): void {
    const { volumes = [] } = this.specOf(pod);
    for (const { name, mountPath, subPath } of volumeMounts) {
      const { configMap, secret, projected } = volumes.find((volume: Loose) => volume.name === name) ?? {};
      const maps: string[] = [configMap, ...projected?.sources?.map((source: Loose) => source.configMap) ?? []].flatMap((map) => map?.name ?? []);
      const texts = this.objects.filter(({ kind, metadata }) => kind === 'ConfigMap' && maps.includes(metadata.name)).map(({ data }) => data);
      const target = this.folder(pod, mountPath);
      const files: Array<[string, string]> = [
        ...texts.flatMap((data) => Object.entries<string>(data))
          .map(([file, text]): [string, string] => [file, pod.files?.[file]?.(this.here(pod, text)) ?? this.here(pod, text)]),
        ...Object.entries<string>(this.secrets[secret?.secretName] ?? {}),
      ];
      fs.mkdirSync(subPath === undefined ? target : path.dirname(target), { recursive: true });
      files.filter(([file]) => subPath === undefined || file === subPath).forEach(([file, text]) => {
        fs.writeFileSync(subPath === undefined ? path.join(target, file) : target, text);
      });
    }
  }
}

/** Ends what an init container has left, as the kubelet does. */
function endGroup({ pid }: ChildProcess): void {
  try {
    process.kill(-pid!, 'SIGKILL');
  } catch {
    // nothing is left
  }
}

/** The place of a program of PATH. */
function which(program: string): string {
  const { stdout, status } = spawnSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`${program} is not on PATH; see test/e2e/README.md`);
  }
  return stdout.trim();
}
