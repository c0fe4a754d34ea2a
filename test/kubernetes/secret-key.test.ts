import { Testing } from 'cdk8s';
import { Secret, ServiceAccount, ServiceAccountTokenSecret, TlsSecret } from 'cdk8s-plus-27';
import * as plus34 from 'cdk8s-plus-34';
import { SecretKey } from '../../lib/kubernetes/secret-key';

test('names the file that the backend mounts', () => {
  const key = SecretKey.of(Secret.fromSecretName(Testing.chart(), 's', 'slack'), 'url');
  expect(key.secret.name).toBe('slack');
  expect(key.key).toBe('url');
  expect(key._file('alertmanager')).toBe('/etc/alertmanager/secrets/slack/url');
  expect(key._file('prometheus')).toBe('/etc/prometheus/secrets/slack/url');
  expect(key._id).toBe('slack/url');
});

test('names a Secret that something else makes by its name alone', () => {
  const chart = Testing.chart();
  const key = SecretKey.fromSecretName(chart, 'slack', 'url');
  expect(key._file('alertmanager')).toBe('/etc/alertmanager/secrets/slack/url');
  expect(key._id).toBe('slack/url');
  expect(SecretKey.fromSecretName(chart, 'slack', 'token').secret).toBe(key.secret);
  expect(key.secret.envValue('url').valueFrom).toEqual({ secretKeyRef: { name: 'slack', key: 'url' } });
  expect(Testing.synth(chart)).toEqual([]);
  expect(() => SecretKey.fromSecretName(chart, 'Slack', 'url')).toThrow("SecretKey.fromSecretName: name: 'Slack' is not the name of an object; use at most 253 lower-case letters");
  expect(() => SecretKey.fromSecretName(chart, 'slack', 'a/b')).toThrow("'a/b' is not a key of a Secret");
});

test('an empty key is refused', () => {
  expect(() => SecretKey.of(Secret.fromSecretName(Testing.chart(), 's', 'slack'), ''))
    .toThrow("SecretKey.of('slack'): the key is empty; name the key of the Secret that holds the value");
});

test.each(['a/b', '..data', '.', 'a b'])('%j is not a key', (key) => {
  expect(() => SecretKey.of(Secret.fromSecretName(Testing.chart(), 's', 'slack'), key))
    .toThrow(`SecretKey.of('slack'): '${key}' is not a key of a Secret; use letters, digits, '-', '_' and '.'`);
});

test('a key that a Secret of this app lacks is refused, with the nearest', () => {
  const secret = new Secret(Testing.chart(), 's', { metadata: { name: 'slack' }, stringData: { 'api-url': 'x', token: 'y' } });
  expect(SecretKey.of(secret, 'api-url').key).toBe('api-url');
  expect(() => SecretKey.of(secret, 'api_url'))
    .toThrow("SecretKey.of('slack'): the Secret has no key 'api_url', it has 'api-url' and 'token'; did you mean 'api-url'?");
  expect(() => SecretKey.of(secret, 'password'))
    .toThrow('name one of them, or add the key to the Secret before it is referred to');
});

test('typed Secrets are looked into, those that the cluster fills are not', () => {
  const chart = Testing.chart();
  const tls = new TlsSecret(chart, 'tls', { tlsCert: 'c', tlsKey: 'k' });
  expect(SecretKey.of(tls, 'tls.crt').key).toBe('tls.crt');
  expect(() => SecretKey.of(tls, 'ca.crt')).toThrow("it has 'tls.crt' and 'tls.key'");
  const token = new ServiceAccountTokenSecret(chart, 'token', { serviceAccount: new ServiceAccount(chart, 'sa') });
  expect(SecretKey.of(token, 'token').key).toBe('token');
  const filled = new Secret(chart, 'filled');
  filled.addStringData('late', 'x');
  expect(SecretKey.of(filled, 'late').key).toBe('late');
});

test('a Secret of another cdk8s-plus is looked into', () => {
  const secret = new plus34.Secret(Testing.chart(), 's', { metadata: { name: 'slack' }, stringData: { token: 'y' } });
  expect(() => SecretKey.of(secret, 'tokn')).toThrow("SecretKey.of('slack'): the Secret has no key 'tokn', it has 'token'; did you mean 'token'?");
  expect(() => SecretKey.of(plus34.Secret.fromSecretName(Testing.chart(), 's', 'slack'), 'any')).not.toThrow();
});
