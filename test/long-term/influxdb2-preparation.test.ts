import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Secret } from 'cdk8s-plus-27';
import { InfluxDb2, InfluxDb2Credentials } from '../../lib';
import { synth } from '../charts';
import { inTempDir } from '../files';
import { find, Loose } from '../manifests';

/**
 * A server that runs until it is told to end or left alone, and a client that notes what it is asked and what comes by pipe, knows the things that
 * `HAS` names, and fails where it is asked for what `FAILS` names.
 */
const PROGRAMS = {
  influxd: "trap 'exit 0' TERM\n: > \"$LOG.up\"\nwhile kill -0 $PPID; do sleep 0.1; done 2>/dev/null\n",
  influx: `[ -e "$LOG.up" ] || exit 1
asked=$*
case $asked in ping) exit 0 ;; setup*|*password*) piped=$(cat | tr '\\n' '|') ;; *) piped= ;; esac
printf '%s\\n' "$asked$piped" >> "$LOG"
case $asked in
  *"$FAILS"*) exit 1 ;;
  org\\ list*) case $HAS in *org*) ;; *) exit 1 ;; esac ;;
  bucket\\ create*|setup*) : > "$LOG.bucket" ;;
  bucket\\ list*) [ -e "$LOG.bucket" ] || case $HAS in *bucket*) ;; *) exit 1 ;; esac; printf '0123\\tprometheus\\t720h\\n' ;;
  v1\\ auth\\ delete*) case $HAS in *user*) ;; *) exit 1 ;; esac ;;
esac
`,
};

const prepare: Loose = find(synth((chart) => (
  new InfluxDb2(chart, 'influxdb', { credentials: InfluxDb2Credentials.fromSecret(Secret.fromSecretName(chart, 'users', 'users')) })
)), 'StatefulSet', 'influxdb').spec.template.spec.initContainers[0];

interface Situation {
  readonly files?: { readonly [key: string]: string };
  readonly has?: string;
  readonly fails?: string;
}

/** Runs the init container's script: its status, its errors, and what InfluxDB is asked. */
function run({ files = {}, has = '', fails = 'nothing' }: Situation = {}) {
  return inTempDir((dir) => {
    const file = (name: string, text: string, mode = 0o644) => fs.writeFileSync(path.join(dir, name), text, { mode });
    Object.entries(PROGRAMS).forEach(([name, text]) => file(name, `#!/bin/sh\n${text}`, 0o755));
    const contents = { 'admin-password': 'adminadmin', 'admin-token': 'token', 'write-password': 'writewrite', 'read-password': 'readread', ...files };
    Object.entries(contents).forEach(([key, value]) => file(key, value));
    const [shell, ...args]: string[] = prepare.command;
    const env = Object.fromEntries(prepare.env.map(({ name, value }: Loose) => [name, value]));
    const { status, stderr } = spawnSync(shell, args.map((arg) => arg.replaceAll('/etc/influxdb/secrets/users', dir)), {
      env: { ...env, PATH: `${dir}:${process.env.PATH}`, LOG: path.join(dir, 'log'), FAILS: fails, HAS: has }, encoding: 'utf8', timeout: 20_000,
    });
    const log = path.join(dir, 'log');
    return { status, stderr, asked: fs.existsSync(log) ? fs.readFileSync(log, 'utf8').trim().split('\n') : [] };
  });
}

const users = (user: string, password: string, privilege: string) => [
  `v1 auth delete --username ${user}`, `v1 auth create --org prometheus --username ${user} --no-password --${privilege}-bucket 0123`,
  `v1 auth set-password --username ${user}${password}|`,
];
const BOTH = [...users('prometheus', 'writewrite', 'write'), ...users('grafana', 'readread', 'read')];

test('a server on an empty volume is set up, with its users', () => {
  expect(run()).toEqual({
    status: 0,
    stderr: '',
    asked: [
      'org list --name prometheus', 'setup --username admin --org prometheus --bucket prometheus --retention 2160hadminadmin|y|',
      'user password --name adminadminadmin|', 'bucket list --org prometheus --name prometheus', 'bucket list --org prometheus --name prometheus',
      'bucket update --id 0123 --retention 2160h', ...BOTH,
    ],
  });
});

test('one that is set up gets passwords, retention and privileges anew', () => {
  const { status, asked } = run({ has: 'org bucket user' });
  expect(status).toBe(0);
  expect(asked).toEqual([
    'org list --name prometheus', 'user password --name adminadminadmin|', 'bucket list --org prometheus --name prometheus',
    'bucket list --org prometheus --name prometheus', 'bucket update --id 0123 --retention 2160h', ...BOTH,
  ]);
});

test('one without the bucket gets it', () => {
  const { status, asked } = run({ has: 'org' });
  expect(status).toBe(0);
  expect(asked).toContain('bucket create --org prometheus --name prometheus --retention 2160h');
});

test.each<[string, string, string]>([
  ['what shells read', 'w$rite`id`*', 'w$rite`id`*'],
  ['a sign of printf and one of sed', '%s & %%\\n', '%s & %%\\n'],
  ['white space around it, which Prometheus and Grafana leave out', ' a b c d e \n', 'a b c d e'],
])('a password with %s is that password', (_, password, said) => {
  expect(run({ files: { 'write-password': password } }).asked).toContain(`v1 auth set-password --username prometheus${said}|`);
});

test('the Pod says what it needs where the server is set up with another token', () => {
  const { status, stderr } = run({ fails: 'setup' });
  expect(status).toBe(1);
  expect(stderr).toBe('a server that is set up needs the token of its administrator, and the organization that it was set up with\n');
});

test.each(['user password', 'bucket update', 'auth create', 'set-password'])('the Pod does not start where %s fails', (step) => {
  expect(run({ fails: step }).status).not.toBe(0);
});

test.each(['admin-token', 'admin-password', 'read-password'])('the Pod does not start where %s is empty', (key) => {
  const { status, stderr } = run({ files: { [key]: '' } });
  expect(status).not.toBe(0);
  expect(stderr).toMatch(new RegExp(`/${key} is empty$`, 'm'));
});
