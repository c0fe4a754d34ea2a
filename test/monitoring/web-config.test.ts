import { BasicAuth, SecretKey, TlsClient, TlsServer, WebConfig } from '../../lib';
import { secretNamed } from './scrape/secrets';

const secret = secretNamed('web');

test('TLS has a certificate of a Secret, and clients that verify it', () => {
  const server = TlsServer.fromSecret(secret);
  const web = WebConfig.tls(server);
  expect(web._secretKeys.map(({ key }) => key)).toEqual(['tls.crt', 'tls.key']);
  expect(web._certificate).toMatchObject({ certificate: { key: 'tls.crt' }, privateKey: { key: 'tls.key' } });
  expect(web._tlsClient('a.b.svc')).toMatchObject({ serverName: 'a.b.svc', ca: { key: 'ca.crt' } });
  expect([web._file, web._basicAuth]).toEqual([undefined, undefined]);
});

test('a whole configuration is a file in a Secret', () => {
  const web = WebConfig.fromSecret(SecretKey.of(secret, 'web.yml'));
  expect(web._secretKeys.map(({ key }) => key)).toEqual(['web.yml']);
  expect(web._tlsClient('a')).toBeUndefined();
});

test('of a whole configuration is said how clients reach it', () => {
  const client = { tls: TlsClient.insecureSkipVerify(), basicAuth: new BasicAuth({ username: 'me', password: SecretKey.of(secret, 'password') }) };
  const web = WebConfig.fromSecret(SecretKey.of(secret, 'w.yml'), client);
  expect(web._file?.key).toBe('w.yml');
  expect(web._tlsClient('a')).toBe(client.tls);
  expect(web._basicAuth).toBe(client.basicAuth);
});
