import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { until } from '../thanos/processes';

/** A program and how it is started. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: { readonly [name: string]: string };
  /** User and group by number. By default those of the tests. */
  readonly user?: number;
}

const isRunning = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null;

/** A program that runs as a process, with a log in its folder, and that can be killed and started again. */
export class Program {
  private child?: ChildProcess;

  constructor(public readonly name: string, private readonly folder: string, private readonly command: Command) {
    fs.mkdirSync(folder, { recursive: true });
  }

  /** Starts it, and waits until it is ready. */
  public async start(isReady: () => Promise<boolean>): Promise<void> {
    const child = this.spawn();
    await until(`${this.name} is ready`, async () => {
      if (!isRunning(child)) {
        throw new Error(`${this.name} ended with ${child.exitCode}: ${this.logEnd()}`);
      }
      return isReady();
    });
  }

  /** Runs it to its end. Throws when it fails. */
  public async run(): Promise<void> {
    const child = this.spawn();
    await once(child, 'exit');
    if (child.exitCode !== 0) {
      throw new Error(`${this.name} ended with ${child.exitCode}: ${this.logEnd()}`);
    }
  }

  /** Kills it, as a node does that goes away. */
  public async kill(): Promise<void> {
    const { child } = this;
    if (child !== undefined && isRunning(child)) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
  }

  private spawn(): ChildProcess {
    const { file, args, env, user } = this.command;
    const log = fs.openSync(this.logFile, 'a');
    const child = spawn('nice', ['-n', '5', file, ...args], {
      cwd: this.folder, stdio: ['ignore', log, log], env: { ...process.env, ...env }, uid: user, gid: user,
    });
    fs.closeSync(log);
    this.child = child;
    return child;
  }

  private logEnd(): string {
    return fs.readFileSync(this.logFile, 'utf8').slice(-3000);
  }

  private get logFile(): string {
    return path.join(this.folder, 'log');
  }
}

/** Whether an address answers by HTTP with success. */
export async function answers(url: string): Promise<boolean> {
  return fetch(url).then(({ ok }) => ok, () => false);
}
