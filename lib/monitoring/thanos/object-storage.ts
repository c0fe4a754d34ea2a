import { ISecret } from 'cdk8s-plus-27';
import { checkArguments } from '../../arguments';
import { AzureStorageOptions, BucketOptions, GcsStorageOptions, S3StorageOptions } from './object-storage-options';
import { checkNotEmpty, checkObjectName } from '../../checks';
import { SecretKey } from '../../kubernetes/secret-key';

/** Folder at which a volume that stands in for a bucket is mounted. */
export const BUCKET_DIR = '/var/thanos/bucket';

/** Variable that holds the key of a storage account of Azure. */
const AZURE_KEY = 'AZURE_STORAGE_ACCOUNT_KEY';

/** How a program reaches a bucket. */
interface Bucket {
  /** Tells buckets apart. */
  readonly id: string;
  /** Thanos's configuration without credentials; undefined where a Secret holds all of it. */
  readonly config?: object;
  /** The key with all of the configuration. */
  readonly configKey?: SecretKey;
  /** Environment variables with credentials. */
  readonly variables?: { readonly [name: string]: SecretKey };
  /** Environment variables with the paths of mounted credentials. */
  readonly files?: { readonly [name: string]: SecretKey };
  /** Claim that stands in for a bucket. */
  readonly claimName?: string;
}

function checkName(where: string, what: string, name: string, pattern: RegExp, allowed: string): void {
  if (!pattern.test(name)) {
    throw new Error(`${where}: '${name}' is not the name of a ${what}; use ${allowed}`);
  }
}

function checkHost(where: string, host: string | undefined): void {
  if (host !== undefined && !/^[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?(:\d{1,5})?$/.test(host)) {
    throw new Error(`${where}: endpoint '${host}' is not a host; write it as 'minio.example.com:9000', without a scheme and a path`);
  }
}

function prefixOf(where: string, { prefix }: BucketOptions): string | undefined {
  if (prefix !== undefined && !/^[-\w.!]+(\/[-\w.!]+)*$/.test(prefix)) {
    throw new Error(`${where}: prefix '${prefix}' is not a folder in a bucket; write it as 'thanos/prod', without a slash at its ends`);
  }
  return prefix;
}

/** Parts of an id: what is left out is empty. */
function idOf(...parts: readonly (string | undefined)[]): string {
  return parts.map((part) => part ?? '').join(' ');
}

/**
 * The bucket that Thanos keeps blocks in. No credentials are in a manifest: they are those of the Pod, or a Secret's.
 * @see https://thanos.io/tip/thanos/storage.md/
 */
export class ObjectStorage {
  /**
   * AWS S3, or a store with its API. Throws on names that are none, without a region and an endpoint, and on one half of an access key.
   * @see https://thanos.io/tip/thanos/storage.md/#s3
   */
  public static s3(options: S3StorageOptions): ObjectStorage {
    checkArguments('ObjectStorage.s3', { options });
    const { bucket, region, insecure, pathStyle, accessKey, secretKey, kmsKeyId } = options;
    const where = `ObjectStorage.s3('${bucket}')`;
    checkName(where, 'bucket', bucket, /^[a-z0-9][-.a-z0-9]{1,61}[a-z0-9]$/, "3 to 63 lower-case letters, digits, '-' and '.', a letter or digit first and last");
    checkHost(where, options.endpoint);
    if (region !== undefined) {
      checkNotEmpty(region, `${where}: region`, "name one such as 'eu-central-1', or leave it out for that of the endpoint");
    }
    if (options.endpoint === undefined && region === undefined) {
      throw new Error(`${where}: got neither 'region' nor 'endpoint'; name the region of AWS, or the host of another store`);
    }
    if ((accessKey === undefined) !== (secretKey === undefined)) {
      const [got, lacks] = accessKey === undefined ? ['secretKey', 'accessKey'] : ['accessKey', 'secretKey'];
      throw new Error(`${where}: got '${got}' without '${lacks}'; name both, or neither for the credentials of the Pod`);
    }
    const endpoint = options.endpoint ?? `s3.${region}.amazonaws.com`;
    const prefix = prefixOf(where, options);
    return new ObjectStorage({
      id: idOf('s3', endpoint, bucket, prefix),
      config: {
        type: 'S3',
        config: {
          bucket, endpoint, region,
          aws_sdk_auth: accessKey === undefined ? true : undefined,
          insecure: insecure || undefined,
          bucket_lookup_type: pathStyle === true ? 'path' : undefined,
          sse_config: kmsKeyId === undefined ? undefined : { type: 'SSE-KMS', kms_key_id: kmsKeyId },
        },
        prefix,
      },
      variables: accessKey === undefined || secretKey === undefined ? {} : { AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: secretKey },
    });
  }

  /**
   * Google Cloud Storage. Throws on names that are none.
   * @see https://thanos.io/tip/thanos/storage.md/#gcs
   */
  public static gcs(options: GcsStorageOptions): ObjectStorage {
    checkArguments('ObjectStorage.gcs', { options });
    const { bucket, serviceAccountKey } = options;
    const where = `ObjectStorage.gcs('${bucket}')`;
    checkName(where, 'bucket', bucket, /^[a-z0-9][-_.a-z0-9]{1,220}[a-z0-9]$/, "3 to 222 lower-case letters, digits, '-', '_' and '.', a letter or digit first and last");
    const prefix = prefixOf(where, options);
    return new ObjectStorage({
      id: idOf('gcs', bucket, prefix),
      config: { type: 'GCS', config: { bucket }, prefix },
      files: serviceAccountKey === undefined ? {} : { GOOGLE_APPLICATION_CREDENTIALS: serviceAccountKey },
    });
  }

  /**
   * Azure Blob Storage. Throws on names that are none, and on a managed identity beside an account key.
   * @see https://thanos.io/tip/thanos/storage.md/#azure
   */
  public static azure(options: AzureStorageOptions): ObjectStorage {
    checkArguments('ObjectStorage.azure', { options });
    const { storageAccount, container, accountKey, userAssignedId, endpoint } = options;
    const where = `ObjectStorage.azure('${storageAccount}')`;
    checkName(where, 'storage account', storageAccount, /^[a-z0-9]{3,24}$/, '3 to 24 lower-case letters and digits');
    checkName(where, 'container', container, /^(?=.{3,63}$)[a-z0-9](-?[a-z0-9])*$/, "3 to 63 lower-case letters and digits, with single '-' between");
    checkHost(where, endpoint);
    if (accountKey !== undefined && userAssignedId !== undefined) {
      throw new Error(`${where}: got 'accountKey' and 'userAssignedId', and Thanos uses one of them; leave out the other`);
    }
    const prefix = prefixOf(where, options);
    return new ObjectStorage({
      id: idOf('azure', endpoint, storageAccount, container, prefix),
      config: {
        type: 'AZURE',
        config: {
          storage_account: storageAccount, container, endpoint,
          storage_account_key: accountKey === undefined ? undefined : `$(${AZURE_KEY})`,
          user_assigned_id: userAssignedId,
        },
        prefix,
      },
      variables: accountKey === undefined ? {} : { [AZURE_KEY]: accountKey },
    });
  }

  /**
   * A PersistentVolumeClaim that stands in for a bucket, for tests: all Pods that use it mount it at once, so it is `ReadWriteMany`, or they are on
   * one node. Throws when the name is none.
   */
  public static filesystem(claimName: string): ObjectStorage {
    checkArguments('ObjectStorage.filesystem', { claimName });
    checkNotEmpty(claimName, 'ObjectStorage.filesystem: the name', 'name a PersistentVolumeClaim');
    checkObjectName(claimName, 'ObjectStorage.filesystem');
    return new ObjectStorage({ id: idOf('filesystem', claimName), config: { type: 'FILESYSTEM', config: { directory: BUCKET_DIR } }, claimName });
  }

  /**
   * Thanos's own configuration of any store that it knows, in a Secret. Programs read it when they start, so a change of it is followed by a restart.
   * Throws when the key is not a valid key, or when this app makes the Secret with other keys.
   * @param key key of the YAML text, by default `objstore.yml`
   * @see https://thanos.io/tip/thanos/storage.md/#configuring-access-to-object-storage
   */
  public static fromSecret(secret: ISecret, key: string = 'objstore.yml'): ObjectStorage {
    checkArguments('ObjectStorage.fromSecret', { secret, key });
    return new ObjectStorage({ id: idOf('secret', secret.name, key), configKey: SecretKey.of(secret, key) });
  }

  private constructor(
    /** @internal */
    public readonly _bucket: Bucket,
  ) {}
}
