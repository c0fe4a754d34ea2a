import { Chart, Testing } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { SecretKey } from '../../lib';
import { AccountFile, Leaf, snakeCase, some, spell, Spelling, unlessDefault, verbatim, visitLeaves, WireMap } from '../../lib/wire/data';

const secret = Secret.fromSecretName(new Chart(Testing.app(), 'test'), 'client', 'client');
const data: WireMap = {
  scrapeInterval: '30s',
  honorLabels: undefined,
  params: verbatim({ matchAll: ['a'] }),
  labels: verbatim({}),
  tlsConfig: { ca: Leaf.account(AccountFile.CA), keySecret: Leaf.secret(SecretKey.of(secret, 'tls.key')), serverName: 'db' },
  relabelings: [{ sourceLabels: ['a', 'b'] }, undefined],
};
const files: Spelling = {
  key: snakeCase,
  leaf: (key, { key: secretKey, accountFile }) => ({ [`${snakeCase(key)}_file`]: secretKey?._file('prometheus') ?? `/account/${accountFile}` }),
};

test('keys are spelled, a user\'s keys are not, and what is undefined is left out', () => {
  expect(spell(data, files)).toEqual({
    scrape_interval: '30s',
    params: { matchAll: ['a'] },
    tls_config: { ca_file: '/account/ca.crt', key_secret_file: '/etc/prometheus/secrets/client/tls.key', server_name: 'db' },
    relabelings: [{ source_labels: ['a', 'b'] }],
  });
});

test('each leaf is visited with its key', () => {
  const keys: string[] = [];
  visitLeaves(data, (_, key) => keys.push(key));
  expect(keys).toEqual(['ca', 'keySecret']);
});

test('texts are spelled by their key, but for a user\'s, and several mappings become one', () => {
  const shouting: Spelling = { ...files, text: (key, text) => (key === 'role' ? text.toUpperCase() : text) };
  const plain = spell({ role: 'pod', labels: verbatim({ role: 'db' }) }, shouting);
  expect(spell({ discoveries: [{ role: 'node' }] }, shouting, plain)).toEqual({ role: 'POD', labels: { role: 'db' }, discoveries: [{ role: 'NODE' }] });
});

test('what is a default or empty is left out', () => {
  expect([unlessDefault('a', 'a'), unlessDefault(false, true), some([]), some([1])]).toEqual([undefined, false, undefined, [1]]);
});
