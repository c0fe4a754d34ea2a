import { BasicAuth, TlsClient, WebConfig, WebTlsProps } from '../../lib';
import { secretNamed } from './scrape/secrets';

const secret = secretNamed('web');

test('TLS takes the keys that cert-manager writes', () => {
  const web = WebConfig.tls({ secret });
  expect(web._secretKeys.map(({ key }) => key)).toEqual(['tls.crt', 'tls.key']);
  expect(web._tlsClient('a.b.svc')).toMatchObject({ expectedServerName: 'a.b.svc', caKey: { key: 'ca.crt' } });
  expect([web._file, web._basicAuth]).toEqual([undefined, undefined]);
});

test('every prop of TLS', () => {
  const props: Required<WebTlsProps> = { secret, certificateKey: 'cert', privateKeyKey: 'key', caKey: 'ca', serverName: 'web.example.com' };
  const web = WebConfig.tls(props);
  expect(web._certificate).toMatchObject({ certificate: { key: 'cert' }, privateKey: { key: 'key' } });
  expect(web._tlsClient('a.b.svc')).toMatchObject({ expectedServerName: 'web.example.com', caKey: { key: 'ca' } });
});

test('a whole configuration is a file in a Secret', () => {
  const web = WebConfig.fromSecret(secret);
  expect(web._file?.key).toBe('web.yml');
  expect(web._secretKeys.map(({ key }) => key)).toEqual(['web.yml']);
  expect(web._tlsClient('a')).toBeUndefined();
});

test('of a whole configuration is said how it is met', () => {
  const client = { tls: TlsClient.insecureSkipVerify(), basicAuth: new BasicAuth({ username: 'me', secret }) };
  const web = WebConfig.fromSecret(secret, 'w.yml', client);
  expect(web._file?.key).toBe('w.yml');
  expect(web._tlsClient('a')).toBe(client.tls);
  expect(web._basicAuth).toBe(client.basicAuth);
});
