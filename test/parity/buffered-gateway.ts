import { ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Duration } from 'cdk8s';
import { freePort } from './gateway';
import { Delivery, Sink, SinkGateway } from '../../lib';
import { synth } from '../charts';
import { writeFiles } from '../files';
import { find } from '../manifests';
import { telegraf } from '../tools';

/** The configuration of a gateway that buffers, with the files of a folder in the place of those of the Pod. */
export function bufferedConfig(sink: Sink, folder: string): string {
  const delivery = Delivery.buffered(Duration.minutes(1));
  const { data } = find(synth((chart) => new SinkGateway(chart, 'gateway', { sink, delivery })), 'ConfigMap', 'gateway');
  const text: string = data['telegraf.conf'];
  return text.replaceAll('/etc/sink-gateway', folder);
}

/** A gateway that buffers and runs with the configuration of the library, which `edit` may change. */
export class RunningBuffer {
  /** Starts one in a folder, which has `credentials`. */
  public static async start(folder: string, sink: Sink, edit: (config: string) => string = (config) => config): Promise<RunningBuffer> {
    const [port, metricsPort] = [await freePort(), await freePort()];
    const config = bufferedConfig(sink, folder).replace('tcp://:4195', `tcp://127.0.0.1:${port}`).replace(':9273', `127.0.0.1:${metricsPort}`)
      .replace('interval = "15s"', 'interval = "200ms"').replace('flush_interval = "1s"', 'flush_interval = "200ms"');
    const file = path.join(folder, 'telegraf.conf');
    writeFiles(folder, { 'telegraf.conf': edit(config) });
    const started = spawn(telegraf(), ['--config', file, '--strict-env-handling', '--unprotected'], {
      stdio: 'ignore', env: { ...process.env, API_KEY: 'a2V5' },
    });
    const running = new RunningBuffer(port, metricsPort, started);
    await running.until(() => running.write(Uint8Array.from([0])).then((status) => status === 204, () => false));
    return running;
  }

  private constructor(private readonly port: number, private readonly metricsPort: number, private readonly process: ChildProcess) {}

  /** The status of the answer to a request of Prometheus. */
  public async write(body: Uint8Array): Promise<number> {
    const headers = { 'Content-Type': 'application/x-protobuf', 'Content-Encoding': 'snappy' };
    return (await fetch(`http://127.0.0.1:${this.port}/api/v1/write`, { method: 'POST', body: new Uint8Array(body), headers })).status;
  }

  /** A metric of the output to the sink, undefined where there is none. */
  public async metric(name: string): Promise<number | undefined> {
    const text = await (await fetch(`http://127.0.0.1:${this.metricsPort}/metrics`)).text();
    const line = text.split('\n').find((each) => each.startsWith(`${name} `) || (each.startsWith(`${name}{`) && each.includes('alias="sink"')));
    return line === undefined ? undefined : Number(line.split(' ').at(-1));
  }

  /** Waits until something is so. */
  public async until(holds: () => Promise<boolean>): Promise<void> {
    while (!await holds()) {
      if (this.process.exitCode !== null) {
        throw new Error(`Telegraf has ended by ${this.process.exitCode}`);
      }
      await pause(100);
    }
  }

  public async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGKILL');
    await ended;
  }
}

/** Lines of a file, none while it is missing. */
export function linesOf(file: string): string[] {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n').filter((line) => line !== '') : [];
}
