import { execFileSync, spawnSync } from 'node:child_process';
import * as path from 'node:path';

type Tool = 'promtool' | 'amtool' | 'telegraf' | 'parity' | 'adapter' | 'gateway';

/** The programs that judge what the library writes; `tools/get` finds or builds them and says how to get them when it cannot. */
function tool(name: Tool): string {
  const get = path.join(__dirname, '..', 'tools', 'get.mjs');
  return execFileSync(process.execPath, [get, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

const found = new Map<string, string>();

function cached(name: Tool): string {
  const known = found.get(name) ?? tool(name);
  found.set(name, known);
  return known;
}

/** Absolute path of promtool, Prometheus 3.0 or newer. */
export function promtool(): string {
  return cached('promtool');
}

/** Absolute path of amtool, Alertmanager 0.28 or newer. */
export function amtool(): string {
  return cached('amtool');
}

/** Absolute path of our program around the code of the Prometheus Operator and of Prometheus, see tools/parity. */
export function parity(): string {
  return cached('parity');
}

/** Absolute path of our program around the code of prometheus-adapter, see tools/adapter. */
export function adapter(): string {
  return cached('adapter');
}

/** Absolute path of Bento with the connectors that gateways to sinks use, see tools/gateway. */
export function gateway(): string {
  return cached('gateway');
}

/** Absolute path of Telegraf with the plugins that gateways which buffer use, see tools/telegraf. */
export function telegraf(): string {
  return cached('telegraf');
}

/** What a program says, on either output, and its exit status. */
export interface Verdict {
  readonly status: number | null;
  readonly output: string;
}

/** Runs a program, in a folder if one is given. */
export function verdict(program: string, args: readonly string[], cwd?: string): Verdict {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (error !== undefined) {
    throw error;
  }
  return { status, output: `${stdout}${stderr}` };
}

/** What a program says; throws when it refuses, and shows `text` then, which it refuses. */
export function judge(program: string, args: readonly string[], text: string = ''): string {
  const { status, output } = verdict(program, args);
  if (status !== 0) {
    throw new Error(`${path.basename(program)} ${args.join(' ')}: ${output}\n${text}`.trim());
  }
  return output;
}
