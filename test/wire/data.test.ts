import { Chart, Testing } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { SecretKey } from '../../lib';
import { AccountFile, Leaf, snakeCase, spell, Spelling, verbatim, visitLeaves, WireMap } from '../../lib/wire/data';

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
