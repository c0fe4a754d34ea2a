import { spawn, ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Resolver } from 'node:dns/promises';
import { createServer } from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exposed, Family, merged } from './families';

/** How a program is started on loopback so that it exposes what it can. */
interface Setup {
  /** Configuration files by name. */
  readonly files?: (ports: readonly number[]) => { readonly [file: string]: string };
  /** Command lines; `DIR` is a folder of its own. */
  readonly commands: (ports: readonly number[]) => ReadonlyArray<readonly string[]>;
  /** The port at which it answers DNS. */
  readonly lookups?: (ports: readonly number[]) => number;
  /** Requests that make it count something; whether they succeed does not matter. */
  readonly requests?: (ports: readonly number[]) => ReadonlyArray<readonly [url: string, body?: string]>;
}

const local = (port: number): string => `127.0.0.1:${port}`;

const ALERT = JSON.stringify([{ labels: { alertname: 'X' }, annotations: {} }]);

/** The programs by the name of their list; the first port is that of `/metrics`. */
export const SETUPS: { readonly [program: string]: Setup } = {
  'alertmanager': {
    files: ([, closed]) => ({ 'alertmanager.yaml': JSON.stringify({
      route: { receiver: 'hook', group_wait: '0s' }, receivers: [{ name: 'hook', webhook_configs: [{ url: `http://${local(closed)}` }] }],
    }) }),
    commands: ([web, , cluster]) => [[
      'alertmanager', '--config.file=DIR/alertmanager.yaml', '--storage.path=DIR/data', `--web.listen-address=${local(web)}`,
      `--cluster.listen-address=${local(cluster)}`, `--cluster.advertise-address=${local(cluster)}`,
    ]],
    requests: ([web]) => [[`http://${local(web)}/api/v2/alerts`, ALERT]],
  },
  'prometheus': {
    files: ([web, closed]) => ({
      'rules.yaml': JSON.stringify({ groups: [{ name: 'x', interval: '1s', rules: [{ alert: 'X', expr: 'vector(1)' }] }] }),
      'prometheus.yaml': JSON.stringify({
        global: { scrape_interval: '1s' }, rule_files: ['rules.yaml'],
        scrape_configs: [
          { job_name: 'self', static_configs: [{ targets: [local(web)] }] },
          { job_name: 'discovered', http_sd_configs: [{ url: `http://${local(closed)}`, refresh_interval: '1s' }] },
        ],
        remote_write: [{ url: `http://${local(web)}/api/v1/write` }],
        alerting: { alertmanagers: [{ static_configs: [{ targets: [local(closed)] }] }] },
      }),
    }),
    commands: ([web]) => [[
      'prometheus', '--config.file=DIR/prometheus.yaml', '--storage.tsdb.path=DIR/data', `--web.listen-address=${local(web)}`, '--web.enable-remote-write-receiver',
    ]],
    requests: ([web]) => [[`http://${local(web)}/api/v1/query?query=up`]],
  },
  'prometheus-config-reloader': {
    files: () => ({ 'x.yaml': '' }),
    commands: ([web, closed]) => [[
      'prometheus-config-reloader', `--listen-address=${local(web)}`, `--reload-url=http://${local(closed)}/-/reload`, '--config-file=DIR/x.yaml',
      '--config-envsubst-file=DIR/y.yaml',
    ]],
  },
  'blackbox-exporter': {
    commands: ([web]) => [['blackbox_exporter', '--config.file=DIR/blackbox.yaml', `--web.listen-address=${local(web)}`]],
    files: () => ({ 'blackbox.yaml': JSON.stringify({ modules: { http: { prober: 'http' } } }) }),
    requests: ([web]) => [[`http://${local(web)}/probe?module=http&target=http://${local(web)}/metrics`]],
  },
  'coredns': {
    files: ([web, closed, dns, health]) => ({
      Corefile: `.:${dns} {\n  bind 127.0.0.1\n  prometheus ${local(web)}\n  health ${local(health)}\n  cache 1\n  forward . ${local(closed)}\n  errors\n}\n`,
    }),
    commands: () => [['coredns', '-conf', 'DIR/Corefile']],
    lookups: ([, , dns]) => dns,
  },
  'etcd': {
    commands: ([web, client, peer, otherClient, otherPeer]) => [['a', client, peer], ['b', otherClient, otherPeer]].map(([name, own, ownPeer], i) => [
      'etcd', `--name=${name}`, `--data-dir=DIR/${name}`, '--metrics=extensive', `--listen-metrics-urls=http://${local(i === 0 ? web : Number(ownPeer) + 1)}`,
      `--listen-client-urls=http://${local(Number(own))}`, `--advertise-client-urls=http://${local(Number(own))}`,
      `--listen-peer-urls=http://${local(Number(ownPeer))}`, `--initial-advertise-peer-urls=http://${local(Number(ownPeer))}`,
      `--initial-cluster=a=http://${local(peer)},b=http://${local(otherPeer)}`,
    ]),
    requests: ([, client]) => [[`http://${local(client)}/v3/kv/put`, JSON.stringify({ key: 'eA==', value: 'eA==' })]],
  },
  'node-exporter': {
    commands: ([web]) => [['node_exporter', `--web.listen-address=${local(web)}`]],
  },
  'victoria-metrics': {
    commands: ([web]) => [['victoria-metrics', `-httpListenAddr=${local(web)}`, '-storageDataPath=DIR/data', '-memory.allowedBytes=64MB']],
    requests: ([web]) => [[`http://${local(web)}/api/v1/import/prometheus`, 'x 1\n'], [`http://${local(web)}/api/v1/query?query=x`]],
  },
};

/** Ports that are free on loopback. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => new Promise<ReturnType<typeof createServer>>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
  })));
  return Promise.all(servers.map((server) => new Promise<number>((resolve) => {
    const address = server.address();
    server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
  })));
}

async function ask(url: string, body?: string): Promise<string | undefined> {
  try {
    const request = body === undefined ? {} : { method: 'POST', body, headers: { 'content-type': 'application/json' } };
    return await (await fetch(url, request)).text();
  } catch {
    return undefined;
  }
}

/** Runs a program of PATH for some seconds, and gives what it exposes then. */
export async function captured(program: string): Promise<Family[]> {
  const { files, commands } = SETUPS[program];
  const dir = mkdtempSync(path.join(os.tmpdir(), 'metrics-'));
  const ports = await freePorts(6);
  const children: ChildProcess[] = [];
  try {
    Object.entries(files?.(ports) ?? {}).forEach(([name, text]) => writeFileSync(path.join(dir, name), text));
    for (const [command, ...args] of commands(ports)) {
      children.push(spawn(command, args.map((arg) => arg.replaceAll('DIR', dir)), { cwd: dir, stdio: 'ignore' }));
    }
    const failed = new Promise<never>((_, reject) => children.forEach((child) => child.once('error', reject)));
    return await Promise.race([failed, exposedBy(program, ports)]);
  } finally {
    await Promise.all(children.filter(({ pid }) => pid !== undefined).map((child) => new Promise((resolve) => {
      child.once('exit', resolve);
      child.kill('SIGKILL');
    })));
    rmSync(dir, { recursive: true, force: true });
  }
}

async function lookUp(port: number): Promise<void> {
  const resolver = new Resolver({ timeout: 500, tries: 2 });
  resolver.setServers([local(port)]);
  await resolver.resolve4('example.test').catch(() => undefined);
}

async function exposedBy(program: string, ports: readonly number[]): Promise<Family[]> {
  const { requests, lookups } = SETUPS[program];
  const url = `http://${local(ports[0])}/metrics`;
  const deadline = Date.now() + 60_000;
  while (await ask(url) === undefined) {
    if (Date.now() > deadline) {
      throw new Error(`${program} did not answer at ${url} within a minute`);
    }
    await sleep(500);
  }
  for (const [to, body] of requests?.(ports) ?? []) {
    await ask(to, body);
  }
  await Promise.all(lookups === undefined ? [] : [lookUp(lookups(ports))]);
  await sleep(8_000);
  return merged(exposed(await ask(url) ?? ''));
}
