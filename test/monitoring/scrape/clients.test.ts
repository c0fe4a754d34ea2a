import { secretNamed } from './secrets';
import { Authorization, BasicAuth, OAuth2, TlsClient } from '../../../lib';

const secret = secretNamed('shop');

describe('TlsClient', () => {
  test('verifies by the authority of the cluster', () => {
    const tls = TlsClient.clusterCa({ serverName: 'kubernetes' });
    expect(tls).toMatchObject({ usesClusterCa: true, skipsVerification: false, expectedServerName: 'kubernetes' });
    expect(tls._secretKeys).toEqual([]);
  });

  test('takes a CA alone', () => {
    const tls = TlsClient.fromSecret(secret, { ca: 'ca.crt' });
    expect(tls._secretKeys.map(({ key }) => key)).toEqual(['ca.crt']);
    expect(tls.certificateKey).toBeUndefined();
  });

  test('takes a client certificate', () => {
    const tls = TlsClient.fromSecret(secret, { ca: 'ca.crt', certificate: 'tls.crt', privateKey: 'tls.key', serverName: 'shop' });
    expect(tls._secretKeys.map(({ key }) => key)).toEqual(['ca.crt', 'tls.crt', 'tls.key']);
    expect(tls.expectedServerName).toBe('shop');
  });

  test('says by name that it verifies nothing', () => {
    expect(TlsClient.insecureSkipVerify()).toMatchObject({ skipsVerification: true, usesClusterCa: false });
  });

  test.each([
    [{ certificate: 'tls.crt' }, "got 'certificate' without 'privateKey'"],
    [{ privateKey: 'tls.key' }, "got 'privateKey' without 'certificate'"],
    [{}, "no key is named; name 'ca', or 'certificate' and 'privateKey', or all three"],
  ])('refuses %j', (keys, message) => {
    expect(() => TlsClient.fromSecret(secret, keys)).toThrow(`TlsClient.fromSecret('shop'): ${message}`);
  });
});

describe('Authorization', () => {
  test('is the own token of the service account', () => {
    expect(Authorization.serviceAccountToken()).toMatchObject({ usesServiceAccountToken: true, type: 'Bearer', credentials: undefined });
  });

  test('is in a Secret, of any scheme', () => {
    expect(Authorization.fromSecret(secret, 'token')).toMatchObject({ usesServiceAccountToken: false, type: 'Bearer', credentials: { key: 'token' } });
    expect(Authorization.fromSecret(secret, 'token', 'Api-Key').type).toBe('Api-Key');
  });

  test.each(['Basic', 'basic', '', 'a b'])('refuses the scheme %j', (type) => {
    expect(() => Authorization.fromSecret(secret, 'token', type))
      .toThrow(`Authorization.fromSecret('shop'): type '${type}' is not allowed; name a scheme such as 'Bearer', and use BasicAuth for basic`);
  });
});

describe('BasicAuth', () => {
  test('takes the key `password` unless another is named', () => {
    expect(new BasicAuth({ username: 'me', secret }).password.key).toBe('password');
    expect(new BasicAuth({ username: 'me', secret, passwordKey: 'pw' })).toMatchObject({ username: 'me', password: { key: 'pw' } });
  });

  test('needs a user', () => {
    expect(() => new BasicAuth({ username: '', secret })).toThrow("BasicAuth of Secret 'shop': username is empty; name the user whose password the Secret holds");
  });
});

describe('OAuth2', () => {
  const props = { clientId: 'prometheus', secret, tokenUrl: 'https://issuer.example.com/token' };

  test('has defaults', () => {
    const oauth2 = new OAuth2(props);
    expect(oauth2).toMatchObject({ clientId: 'prometheus', tokenUrl: props.tokenUrl, scopes: [], endpointParams: {} });
    expect(oauth2._secretKeys.map(({ key }) => key)).toEqual(['client-secret']);
  });

  test('brings the keys of its TLS', () => {
    const oauth2 = new OAuth2({ ...props, clientSecretKey: 'id', tls: TlsClient.fromSecret(secret, { ca: 'ca.crt' }) });
    expect(oauth2._secretKeys.map(({ key }) => key)).toEqual(['id', 'ca.crt']);
  });

  test('gives and takes copies', () => {
    const scopes = ['read'];
    const endpointParams = { audience: 'shop' };
    const oauth2 = new OAuth2({ ...props, scopes, endpointParams });
    scopes.push('write');
    endpointParams.audience = 'other';
    oauth2.scopes.push('more');
    oauth2.endpointParams.audience = 'other';
    expect(oauth2.scopes).toEqual(['read']);
    expect(oauth2.endpointParams).toEqual({ audience: 'shop' });
  });

  test('needs a URL', () => {
    expect(() => new OAuth2({ ...props, tokenUrl: 'issuer.example.com' }))
      .toThrow("OAuth2 of client 'prometheus': tokenUrl: 'issuer.example.com' is not an absolute http or https URL");
  });
});
