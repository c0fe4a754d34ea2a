import { Secret } from 'cdk8s-plus-27';
import { ObjectStorage, SecretKey } from '../../../lib';
import { secretNamed } from '../scrape/secrets';

const key = (name: string) => SecretKey.of(secretNamed('bucket'), name);
const configOf = ({ _bucket: { config } }: ObjectStorage): object => JSON.parse(JSON.stringify(config));

test.each<[string, ObjectStorage, object]>([
  ['AWS S3', ObjectStorage.s3({ bucket: 'blocks', region: 'eu-central-1' }), {
    type: 'S3', config: { bucket: 'blocks', endpoint: 's3.eu-central-1.amazonaws.com', region: 'eu-central-1', aws_sdk_auth: true },
  }],
  ['another store with its API', ObjectStorage.s3({
    bucket: 'blocks', region: 'here', endpoint: 'minio.minio.svc:9000', insecure: true, pathStyle: true, prefix: 'thanos/prod', kmsKeyId: 'alias/blocks',
    accessKey: key('id'), secretKey: key('secret'),
  }), {
    type: 'S3',
    config: {
      bucket: 'blocks', endpoint: 'minio.minio.svc:9000', region: 'here', insecure: true, bucket_lookup_type: 'path',
      sse_config: { type: 'SSE-KMS', kms_key_id: 'alias/blocks' },
    },
    prefix: 'thanos/prod',
  }],
  ['Google Cloud Storage', ObjectStorage.gcs({ bucket: 'blocks_1', prefix: 'eu' }), { type: 'GCS', config: { bucket: 'blocks_1' }, prefix: 'eu' }],
  ['Azure', ObjectStorage.azure({ storageAccount: 'shop', container: 'blocks', userAssignedId: '1234', endpoint: 'blob.core.usgovcloudapi.net', prefix: 'eu' }), {
    type: 'AZURE', config: { storage_account: 'shop', container: 'blocks', endpoint: 'blob.core.usgovcloudapi.net', user_assigned_id: '1234' }, prefix: 'eu',
  }],
  ['Azure with the key of the account', ObjectStorage.azure({ storageAccount: 'shop', container: 'blocks', accountKey: key('account') }), {
    type: 'AZURE', config: { storage_account: 'shop', container: 'blocks', storage_account_key: '$(AZURE_STORAGE_ACCOUNT_KEY)' },
  }],
  ['a claim', ObjectStorage.filesystem('blocks'), { type: 'FILESYSTEM', config: { directory: '/var/thanos/bucket' } }],
])('names %s without credentials', (_, storage, config) => {
  expect(configOf(storage)).toEqual(config);
});

test('names credentials by Secrets', () => {
  const { _bucket: s3 } = ObjectStorage.s3({ bucket: 'blocks', region: 'x', accessKey: key('id'), secretKey: key('secret') });
  expect(Object.entries(s3.variables ?? {}).map(([name, { _id }]) => [name, _id])).toEqual([['AWS_ACCESS_KEY_ID', 'bucket/id'], ['AWS_SECRET_ACCESS_KEY', 'bucket/secret']]);
  const { _bucket: gcs } = ObjectStorage.gcs({ bucket: 'blocks', serviceAccountKey: key('key.json') });
  expect(Object.entries(gcs.files ?? {}).map(([name, { _id }]) => [name, _id])).toEqual([['GOOGLE_APPLICATION_CREDENTIALS', 'bucket/key.json']]);
  const { _bucket: azure } = ObjectStorage.azure({ storageAccount: 'shop', container: 'blocks', accountKey: key('account') });
  expect(Object.entries(azure.variables ?? {}).map(([name, { _id }]) => [name, _id])).toEqual([['AZURE_STORAGE_ACCOUNT_KEY', 'bucket/account']]);
  expect(ObjectStorage.fromSecret(secretNamed('bucket'))._bucket.configKey?._id).toBe('bucket/objstore.yml');
  expect(ObjectStorage.fromSecret(secretNamed('bucket'), 'thanos.yaml')._bucket.configKey?._id).toBe('bucket/thanos.yaml');
});

test('tells buckets apart by what reaches them', () => {
  const ids = [
    ObjectStorage.s3({ bucket: 'blocks', region: 'x' }), ObjectStorage.s3({ bucket: 'blocks', region: 'y' }), ObjectStorage.s3({ bucket: 'blocks', region: 'x', prefix: 'a' }),
    ObjectStorage.gcs({ bucket: 'blocks' }), ObjectStorage.azure({ storageAccount: 'abc', container: 'blocks' }), ObjectStorage.azure({ storageAccount: 'abd', container: 'blocks' }),
    ObjectStorage.filesystem('blocks'), ObjectStorage.fromSecret(secretNamed('blocks')), ObjectStorage.fromSecret(secretNamed('blocks'), 'other'),
  ].map(({ _bucket: { id } }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const keyed = ObjectStorage.s3({ bucket: 'blocks', region: 'x', accessKey: key('id'), secretKey: key('secret') });
  expect(keyed._bucket.id).toBe(ids[0]);
});

test.each<[string, () => ObjectStorage, string]>([
  ['a bucket that is none', () => ObjectStorage.s3({ bucket: 'Blocks', region: 'x' }), "ObjectStorage.s3('Blocks'): 'Blocks' is not the name of a bucket; use 3 to 63 lower-case letters"],
  ['a bucket of one letter', () => ObjectStorage.s3({ bucket: 'b', region: 'x' }), "'b' is not the name of a bucket; use 3 to 63 lower-case letters, digits, '-' and '.'"],
  ['neither region nor endpoint', () => ObjectStorage.s3({ bucket: 'blocks' }), "got neither 'region' nor 'endpoint'; name the region of AWS, or the host of another store"],
  ['an empty region', () => ObjectStorage.s3({ bucket: 'blocks', region: ' ' }), 'region is empty'],
  ['an endpoint with a scheme', () => ObjectStorage.s3({ bucket: 'blocks', endpoint: 'https://minio' }), "endpoint 'https://minio' is not a host; write it as 'minio.example.com:9000'"],
  ['a key without its secret', () => ObjectStorage.s3({ bucket: 'blocks', region: 'x', accessKey: key('a') }), "got 'accessKey' without 'secretKey'"],
  ['a secret without its key', () => ObjectStorage.s3({ bucket: 'blocks', region: 'x', secretKey: key('a') }), "got 'secretKey' without 'accessKey'"],
  ['a prefix with a slash at its end', () => ObjectStorage.gcs({ bucket: 'blocks', prefix: 'a/' }), "prefix 'a/' is not a folder in a bucket"],
  ['a bucket of Google that is none', () => ObjectStorage.gcs({ bucket: 'a' }), "'a' is not the name of a bucket; use 3 to 222 lower-case letters"],
  ['an account that is none', () => ObjectStorage.azure({ storageAccount: 'a-b', container: 'blocks' }), "'a-b' is not the name of a storage account; use 3 to 24 lower-case letters and digits"],
  ['a container that is none', () => ObjectStorage.azure({ storageAccount: 'abc', container: 'a--b' }), "'a--b' is not the name of a container; use 3 to 63 lower-case letters and digits, with single '-' between"],
  ['a container of 65 characters', () => ObjectStorage.azure({ storageAccount: 'abc', container: `${'a-'.repeat(32)}a` }), 'is not the name of a container; use 3 to 63'],
  ['an endpoint of Azure with a scheme', () => ObjectStorage.azure({ storageAccount: 'abc', container: 'blocks', endpoint: 'https://x' }), "endpoint 'https://x' is not a host"],
  ['an identity beside a key', () => ObjectStorage.azure({ storageAccount: 'abc', container: 'blocks', accountKey: key('a'), userAssignedId: 'b' }), "got 'accountKey' and 'userAssignedId'"],
  ['a claim without a name', () => ObjectStorage.filesystem(''), "ObjectStorage.filesystem: claimName: '' is not the name of an object"],
  ['a claim that is none', () => ObjectStorage.filesystem('A'), "'A' is not the name of an object"],
  ['an empty key', () => ObjectStorage.fromSecret(Secret.fromSecretName(secretNamed('x'), 'y', 'y'), ''), 'the key is empty'],
])('refuses %s', (_, make, message) => {
  expect(make).toThrow(message);
});
