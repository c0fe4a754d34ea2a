import * as fs from 'node:fs';
import * as path from 'node:path';
import { find, Loose, Manifest } from '../../manifests';
import { Place, Processes } from '../thanos/processes';

/** Where a gateway of this machine listens. */
export interface GatewayPorts {
  readonly write: number;
  readonly metrics: number;
}

/** Processes of an app, its objects, and folders with the files of its Secrets. */
export interface GatewayWorld {
  readonly programs: Processes;
  readonly objects: readonly Manifest[];
  readonly secrets: { readonly [secret: string]: string };
}

/** The Deployment of a gateway as a process. */
export class GatewayProcess {
  private readonly pod: Loose;

  constructor(private readonly world: GatewayWorld, public readonly name: string, private readonly ports: GatewayPorts) {
    this.pod = find([...world.objects], 'Deployment', name).spec.template.spec;
  }

  /** Runs what the Pod runs before: an index template is put. */
  public async prepare(): Promise<void> {
    for (const { name } of this.pod.initContainers ?? []) {
      await this.world.programs.run(this.place(name, `${this.name}-${name}`));
    }
  }

  /** Starts it, and waits until its probe succeeds. */
  public start(): Promise<void> {
    return this.world.programs.start(this.place('sink-gateway', this.name));
  }

  /** Kills it, with what it has in its memory. */
  public kill(): Promise<void> {
    return this.world.programs.stop(this.name, 'SIGKILL');
  }

  /** Where it accepts remote write. */
  public get writeUrl(): string {
    return `http://127.0.0.1:${this.ports.write}/api/v1/write`;
  }

  /** Port of its metrics. */
  public get metricsPort(): number {
    return this.pod.containers[0].ports.some(({ name }: Loose) => name === 'metrics') ? this.ports.metrics : this.ports.write;
  }

  /** A metric of the output to the sink of one that buffers. */
  public async sinkMetric(metric: string): Promise<number> {
    const text = await (await fetch(`http://127.0.0.1:${this.metricsPort}/metrics`)).text();
    const line = text.split('\n').find((each) => each.startsWith(`${metric}{`) && each.includes('alias="sink"')) ?? '';
    return Number(line.slice(line.lastIndexOf(' ')));
  }

  private place(container: string, name: string): Place {
    const ports = { 4195: this.ports.write, 9273: this.ports.metrics };
    const local = (text: string) => Object.entries(ports).reduce((all, [port, own]) => all.replaceAll(new RegExp(`(?<![\\w.]):${port}\\b`, 'g'), `127.0.0.1:${own}`), text);
    return {
      name, workload: ['Deployment', this.name], container, ports, shared: {}, secrets: this.world.secrets, env: this.variables(container),
      files: { 'bento.yaml': local, 'telegraf.conf': local },
    };
  }

  /** Variables that have the value of a key of a Secret. */
  private variables(container: string): { readonly [name: string]: string } {
    const { env = [] } = this.pod.containers.find(({ name }: Loose) => name === container) ?? {};
    const ofSecrets: Loose[] = env.filter(({ valueFrom }: Loose) => valueFrom?.secretKeyRef !== undefined);
    return Object.fromEntries(ofSecrets.map(({ name, valueFrom: { secretKeyRef: { name: secret, key } } }) => [
      name, fs.readFileSync(path.join(this.world.secrets[secret], key), 'utf8'),
    ]));
  }
}
