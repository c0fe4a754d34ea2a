import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Secret } from 'cdk8s-plus-27';
import { InfluxDb, InfluxDbCredentials } from '../../lib';
import { synth } from '../charts';
import { inTempDir } from '../files';
import { find, Loose } from '../manifests';

/** A server that runs until it is told to end or left alone, and a client that notes what it is asked and fails where it is asked for a word. */
const PROGRAMS = {
  influxd: "trap 'exit 0' TERM\n: > \"$LOG.up\"\nwhile kill -0 $PPID; do sleep 0.1; done 2>/dev/null\n",
  influx: '[ -e "$LOG.up" ] || exit 1\nasked=$(cat)\nprintf "%s\\n" "$asked" >> "$LOG"\ncase $asked in *$FAILS*) exit 1 ;; esac\n',
};

const prepare: Loose = find(synth((chart) => (
  new InfluxDb(chart, 'influxdb', { credentials: InfluxDbCredentials.fromSecret(Secret.fromSecretName(chart, 'users', 'users')) })
)), 'StatefulSet', 'influxdb').spec.template.spec.initContainers[0];

/** Runs the init container's script with these passwords and files of a log: its status, its errors, what InfluxDB is asked, the files. */
function run(passwords: { readonly [key: string]: string }, fails = 'nothing', log: { readonly [file: string]: string } = {}) {
  return inTempDir((dir) => {
    const file = (name: string, text: string, mode = 0o644) => fs.writeFileSync(path.join(dir, name), text, { mode });
    Object.entries(PROGRAMS).forEach(([name, text]) => file(name, `#!/bin/sh\n${text}`, 0o755));
    Object.entries({ 'admin-password': 'a', 'write-password': 'w', 'read-password': 'r', ...passwords }).forEach(([key, value]) => file(key, value));
    const logDir = path.join(dir, 'wal/prometheus/autogen/1');
    fs.mkdirSync(logDir, { recursive: true });
    Object.entries(log).forEach(([name, text]) => fs.writeFileSync(path.join(logDir, name), text));
    const [shell, ...args]: string[] = prepare.command;
    const here = (arg: string) => arg.replaceAll('/etc/influxdb/secrets/users', dir).replaceAll('/var/lib/influxdb', dir);
    const { status, stderr } = spawnSync(shell, args.map(here), {
      env: { PATH: `${dir}:${process.env.PATH}`, LOG: path.join(dir, 'log'), FAILS: fails }, encoding: 'utf8', timeout: 20_000,
    });
    return { status, stderr, asked: fs.readFileSync(path.join(dir, 'log'), 'utf8').trim().split('\n'), files: fs.readdirSync(logDir).sort() };
  });
}

test('the database, its retention, the users and what they may are said in this order', () => {
  expect(run({})).toEqual({
    status: 0,
    stderr: '',
    files: [],
    asked: [
      'SHOW DATABASES',
      'CREATE DATABASE "prometheus"; ALTER RETENTION POLICY "autogen" ON "prometheus" DURATION 2160h SHARD DURATION 24h DEFAULT',
      'CREATE USER "admin" WITH PASSWORD \'a\'', 'SET PASSWORD FOR "admin" = \'a\'',
      'CREATE USER "prometheus" WITH PASSWORD \'w\'', 'SET PASSWORD FOR "prometheus" = \'w\'',
      'CREATE USER "grafana" WITH PASSWORD \'r\'', 'SET PASSWORD FOR "grafana" = \'r\'',
      'GRANT ALL PRIVILEGES TO "admin"; REVOKE ALL PRIVILEGES FROM "prometheus"; REVOKE ALL PRIVILEGES FROM "grafana"; '
      + 'GRANT WRITE ON "prometheus" TO "prometheus"; GRANT READ ON "prometheus" TO "grafana"',
    ],
  });
});

test.each<[string, string, string]>([
  ['what shells read', 'w$rite`id`*', 'w$rite`id`*'],
  ['quotes and backslashes, which InfluxQL reads', "it's \\ \"so\"", "it\\'s \\\\ \"so\""],
  ['a sign of printf and one of sed', '%s & %%', '%s & %%'],
  ['white space around it, which Prometheus and Grafana leave out', ' a b \n', 'a b'],
])('a password with %s is that password', (_, password, said) => {
  expect(run({ 'write-password': password }).asked).toContain(`SET PASSWORD FOR "prometheus" = '${said}'`);
});

test('a user that is there gets the password anew', () => {
  const { status, asked } = run({}, 'CREATE USER');
  expect(status).toBe(0);
  expect(asked).toContain('SET PASSWORD FOR "grafana" = \'r\'');
});

test.each(['CREATE DATABASE', 'SET PASSWORD', 'GRANT READ'])('the Pod does not start where %s fails', (statement) => {
  expect(run({}, statement).status).not.toBe(0);
});

test('the Pod does not start with an empty password', () => {
  const { status, stderr } = run({ 'read-password': '' });
  expect(status).not.toBe(0);
  expect(stderr).toMatch(/\/read-password is empty$/m);
});

test.each<[string, { readonly [file: string]: string }, string[]]>([
  ['a new file', { '_00008.wal': 'a', '_00009.wal': 'torn' }, ['_00008.wal', '_00009.wal', '_00010.wal']],
  ['its last file where that is empty', { '_00001.wal': 'a', '_00002.wal': '' }, ['_00001.wal', '_00002.wal']],
  ['no other file', { 'notes.txt': 'a' }, ['notes.txt']],
])('a write-ahead log goes on in %s', (_, log, files) => {
  expect(run({}, 'nothing', log)).toMatchObject({ status: 0, stderr: '', files });
});
