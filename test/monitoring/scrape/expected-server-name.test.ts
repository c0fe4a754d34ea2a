import { secretNamed } from './secrets';
import { TlsClient } from '../../../lib';

const keys = { ca: 'ca.crt', certificate: 'tls.crt', privateKey: 'tls.key' };

test('a name is expected where none is said, and all else stays', () => {
  const secret = secretNamed('shop');
  const client = TlsClient.fromSecret(secret, keys);
  expect(client._expecting('shop.svc')).toEqual(TlsClient.fromSecret(secret, { ...keys, serverName: 'shop.svc' }));
  expect(client.expectedServerName).toBeUndefined();
  expect(TlsClient.clusterCa()._expecting('shop.svc')).toMatchObject({ usesClusterCa: true, skipsVerification: false, expectedServerName: 'shop.svc' });
  expect(TlsClient.systemCa()._expecting('shop.svc')).toMatchObject({ usesClusterCa: false, skipsVerification: false, expectedServerName: 'shop.svc' });
});

test.each([
  TlsClient.fromSecret(secretNamed('shop'), { ...keys, serverName: 'mine' }),
  TlsClient.clusterCa({ serverName: 'mine' }),
  TlsClient.insecureSkipVerify(),
])('a client that has a name, or needs none, stays as it is', (client) => {
  expect(client._expecting('shop.svc')).toBe(client);
});
