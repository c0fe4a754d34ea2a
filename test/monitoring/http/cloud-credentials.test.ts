import { AzureAd, AzureCertificateOptions, AzureClientSecretOptions, AzureCloud, AzureIdentityOptions, AzureManagedIdentityOptions, GoogleIam, SecretKey, SigV4, SigV4AccessKeyOptions, SigV4ProfileOptions } from '../../../lib';
import { CloudCredentials } from '../../../lib/monitoring/http/cloud-credentials';
import { prometheusSpelling } from '../../../lib/wire/prometheus-spelling';
import { secretNamed } from '../scrape/secrets';

const secret = secretNamed('cloud');
const key = (name: string) => SecretKey.of(secret, name);
const CLIENT = '00000000-1111-2222-3333-444444444444';
const TENANT = '55555555-6666-7777-8888-999999999999';
const IDENTITY: Required<AzureIdentityOptions> = { clientId: CLIENT, tenantId: TENANT, cloud: AzureCloud.CHINA, scope: 'https://monitor.azure.cn//.default' };
const CLOUD = { cloud: 'AzureChina', scope: 'https://monitor.azure.cn//.default' };

/** The settings of Prometheus's configuration, and the variables of its environment with the keys of Secrets. */
function written(credentials: CloudCredentials): unknown {
  const variables = Object.entries(credentials._variables()).map(([name, value]) => [name, typeof value === 'string' ? value : value._id]);
  return { settings: prometheusSpelling(credentials._settings()), variables: Object.fromEntries(variables) };
}

test.each<[string, CloudCredentials, object, object]>([
  ['the identity of a Pod at AWS', SigV4.podIdentity({ region: 'us-east-2' }), { region: 'us-east-2' }, {}],
  ['a role at AWS', SigV4.podIdentity({ region: 'us-gov-west-1', roleArn: 'arn:aws-us-gov:iam::123456789012:role/a/b' }),
    { region: 'us-gov-west-1', role_arn: 'arn:aws-us-gov:iam::123456789012:role/a/b' }, {}],
  ['a managed identity', AzureAd.managedIdentity(), { managed_identity: {} }, {}],
  ['a workload identity', AzureAd.workloadIdentity(IDENTITY), { ...CLOUD, workload_identity: { client_id: CLIENT, tenant_id: TENANT } }, {}],
  ['the identity of a Pod at Google', GoogleIam.podIdentity(), {}, {}],
  ['a key of Google', GoogleIam.serviceAccountKey(key('key.json')), { credentials_file: '/etc/prometheus/secrets/cloud/key.json' }, {}],
])('%s', (_, credentials, settings, variables) => {
  expect(written(credentials)).toEqual({ settings, variables });
});

test('an access key of AWS with all the options is in the environment', () => {
  const options: Required<SigV4AccessKeyOptions> = {
    region: 'eu-central-1', roleArn: 'arn:aws:iam::123456789012:role/write', externalId: 'shop', useFipsStsEndpoint: true, accessKey: key('id'), secretKey: key('secret'),
    sessionName: 'metrics@shop', tags: { CostCenter: '42' },
  };
  expect(written(SigV4.accessKey(options))).toEqual({
    settings: { region: 'eu-central-1', role_arn: 'arn:aws:iam::123456789012:role/write', external_id: 'shop', session_name: 'metrics@shop', tags: { CostCenter: '42' }, use_fips_sts_endpoint: true },
    variables: { AWS_ACCESS_KEY_ID: 'cloud/id', AWS_SECRET_ACCESS_KEY: 'cloud/secret' },
  });
});

test('a profile of AWS with all the options is in a file that the environment names', () => {
  const options: Required<SigV4ProfileOptions> = {
    region: 'eu-central-1', roleArn: 'arn:aws:iam::123456789012:role/write', externalId: 'shop', useFipsStsEndpoint: true, profile: 'metrics', file: key('credentials'),
    sessionName: 'metrics', tags: { team: 'a' },
  };
  const sigv4 = SigV4.profile(options);
  expect(written(sigv4)).toEqual({
    settings: { region: 'eu-central-1', profile: 'metrics', role_arn: 'arn:aws:iam::123456789012:role/write', external_id: 'shop', session_name: 'metrics', tags: { team: 'a' }, use_fips_sts_endpoint: true },
    variables: { AWS_SHARED_CREDENTIALS_FILE: '/etc/prometheus/secrets/cloud/credentials' },
  });
  expect(sigv4._files().map(({ _id }) => _id)).toEqual(['cloud/credentials']);
});

test('a managed identity with all the options', () => {
  const options: Required<AzureManagedIdentityOptions> = { clientId: CLIENT, cloud: AzureCloud.CHINA, scope: IDENTITY.scope };
  expect(written(AzureAd.managedIdentity(options))).toEqual({ settings: { ...CLOUD, managed_identity: { client_id: CLIENT } }, variables: {} });
});

test('a client secret of Azure with all the options is in the environment, where the SDK of Azure looks for it', () => {
  const options: Required<AzureClientSecretOptions> = { ...IDENTITY, clientSecret: key('secret') };
  expect(written(AzureAd.clientSecret(options))).toEqual({
    settings: { ...CLOUD, sdk: { tenant_id: TENANT } },
    variables: { AZURE_TENANT_ID: TENANT, AZURE_CLIENT_ID: CLIENT, AZURE_CLIENT_SECRET: 'cloud/secret' },
  });
});

test('a certificate of Azure with all the options is in files', () => {
  const options: Required<AzureCertificateOptions> = { ...IDENTITY, certificate: key('tls.crt'), privateKey: key('tls.key'), sendCertificateChain: true };
  const files = { certificate_path: '/etc/prometheus/secrets/cloud/tls.crt', certificate_key_path: '/etc/prometheus/secrets/cloud/tls.key' };
  const certificate = { client_id: CLIENT, tenant_id: TENANT, ...files, send_certificate_chain: true };
  expect(written(AzureAd.certificate(options))).toEqual({ settings: { ...CLOUD, certificate }, variables: {} });
});

test('options are copied', () => {
  const options = { region: 'eu-central-1', externalId: 'a', roleArn: 'arn:aws:iam::123456789012:role/write' };
  const sigv4 = SigV4.podIdentity(options);
  options.externalId = 'b';
  expect(written(sigv4)).toMatchObject({ settings: { external_id: 'a' } });
});

test.each<[string, () => unknown, string]>([
  ['no profile', () => SigV4.profile({ region: 'eu-central-1', profile: '[a]', file: key('credentials') }),
    "SigV4.profile('[a]'): profile '[a]' is not the name of a profile; write it as in the section '[name]' of the file, without brackets"],
  ['no region', () => SigV4.podIdentity({ region: 'eu' }), "SigV4.podIdentity: region 'eu' is not a region of AWS; write it as 'eu-central-1'"],
  ['no role', () => SigV4.podIdentity({ region: 'eu-central-1', roleArn: 'write' }), "roleArn: 'write' is not the ARN of a role; write it as 'arn:aws:iam::123456789012:role/name'"],
  ['an external id without a role', () => SigV4.accessKey({ region: 'eu-central-1', externalId: 'a', accessKey: key('id'), secretKey: key('secret') }),
    "SigV4.accessKey('cloud/id'): got 'externalId' without 'roleArn'; name the role that asks for it"],
  ['a session without a role', () => SigV4.podIdentity({ region: 'eu-central-1', sessionName: 'shop' }),
    "SigV4.podIdentity: got 'sessionName' without 'roleArn'; name the role whose session it is of"],
  ['tags without a role', () => SigV4.podIdentity({ region: 'eu-central-1', tags: { a: 'b' } }), "SigV4.podIdentity: got 'tags' without 'roleArn'"],
  ['no session', () => SigV4.podIdentity({ region: 'eu-central-1', roleArn: 'arn:aws:iam::123456789012:role/write', sessionName: 'a shop' }),
    "SigV4.podIdentity: sessionName 'a shop' is not the name of a session; use 2 to 64 letters, digits, and '_+=,.@-'"],
  ['no tag', () => SigV4.podIdentity({ region: 'eu-central-1', roleArn: 'arn:aws:iam::123456789012:role/write', tags: { '': 'b' } }),
    "SigV4.podIdentity: tags: ': b' is not a tag of a session; use a name of 1 to 128 characters, and a value of at most 256"],
  ['no client', () => AzureAd.managedIdentity({ clientId: 'shop' }), "AzureAd.managedIdentity: clientId 'shop' is not a UUID; write it as '00000000-0000-0000-0000-000000000000'"],
  ['no tenant', () => AzureAd.workloadIdentity({ clientId: CLIENT, tenantId: 'shop.example.com' }), "AzureAd.workloadIdentity: tenantId 'shop.example.com' is not a UUID"],
  ['no scope', () => AzureAd.managedIdentity({ scope: 'a,b' }), "scope 'a,b' is not a scope; write it as 'https://monitor.azure.com//.default'"],
])('refuses %s', (_, make, message) => {
  expect(make).toThrow(message);
});
