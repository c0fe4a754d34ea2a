import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import { Command } from './program';

/** Folder of the jars of a server, which `tools/jvm/get.mjs` has Maven fetch once; it says how to get Java and Maven where they are missing. */
export function jarsOf(server: 'kafka' | 'opensearch'): string {
  const get = path.join(__dirname, '..', '..', '..', 'tools', 'jvm', 'get.mjs');
  return execFileSync(process.execPath, [get, server], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
}

/** A class as a program of small memory. */
export function javaCommand(jars: readonly string[], main: string, options: readonly string[], args: readonly string[] = []): Command {
  return { file: 'java', args: ['-Xms128m', '-Xmx256m', '-XX:+UseSerialGC', ...options, '-cp', jars.join(path.delimiter), main, ...args] };
}
