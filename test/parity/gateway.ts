import { ChildProcess, spawn } from 'node:child_process';
import * as http from 'node:http';
import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parse, stringify } from 'yaml';
import { Sink, SinkGateway } from '../../lib';
import { synth } from '../charts';
import { writeFiles } from '../files';
import { find, Loose } from '../manifests';
import { gateway } from '../tools';

/** A request that a sink got. */
export interface Received {
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  /** Its bytes, a character each. */
  readonly body: string;
}

/** A sink that gives the answers that it is told. */
export class FakeSink {
  public readonly received: Received[] = [];
  public answer: readonly [status: number, body: string] = [204, ''];
  private readonly server = http.createServer((request, response) => {
    const chunks: Uint8Array[] = [];
    request.on('data', (chunk: Uint8Array) => chunks.push(chunk)).on('end', () => {
      this.received.push({ url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('latin1') });
      response.writeHead(this.answer[0]).end(this.answer[1]);
    });
  });

  public async start(): Promise<string> {
    return `http://127.0.0.1:${await listening(this.server)}`;
  }

  public stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

function listening(server: http.Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

/** A port that nothing listens at. */
export async function freePort(): Promise<number> {
  const server = http.createServer();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Files of a gateway's configuration, by their names. */
export function filesOf(sink: Sink): { [file: string]: string } {
  return find(synth((chart) => new SinkGateway(chart, 'gateway', { sink })), 'ConfigMap', 'gateway').data;
}

/** A gateway that runs with the configuration of the library, which `edit` may change. */
export class RunningGateway {
  /** Starts one in a folder, whose files it reads where the Pod has them elsewhere. */
  public static async start(folder: string, sink: Sink, edit: (config: Loose) => void = () => undefined): Promise<RunningGateway> {
    const port = await freePort();
    const files = filesOf(sink);
    const config: Loose = parse(files['bento.yaml'].replaceAll('/etc/sink-gateway', folder));
    config.http.address = `127.0.0.1:${port}`;
    edit(config);
    writeFiles(path.join(folder, 'config'), { ...files, 'bento.yaml': stringify(config, { lineWidth: 0 }) });
    const running = new RunningGateway(port, spawn(gateway(), ['-c', path.join(folder, 'config', 'bento.yaml')], { stdio: 'ignore' }));
    while (!await running.answers()) {
      await pause(100);
    }
    return running;
  }

  private constructor(private readonly port: number, private readonly process: ChildProcess) {}

  /** The status of the answer to a request of Prometheus. */
  public async write(body: Uint8Array): Promise<number> {
    const headers = { 'Content-Type': 'application/x-protobuf', 'Content-Encoding': 'snappy' };
    return (await fetch(`http://127.0.0.1:${this.port}/api/v1/write`, { method: 'POST', body: new Uint8Array(body), headers })).status;
  }

  /** The sum of the series of a metric. */
  public async metric(name: string): Promise<number> {
    const text = await (await fetch(`http://127.0.0.1:${this.port}/metrics`)).text();
    return text.split('\n').filter((line) => line.startsWith(`${name}{`)).reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  }

  public async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGKILL');
    await ended;
  }

  private answers(): Promise<boolean> {
    return fetch(`http://127.0.0.1:${this.port}/ping`).then(({ ok }) => ok, () => false);
  }
}
