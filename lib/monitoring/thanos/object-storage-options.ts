import { SecretKey } from '../../kubernetes/secret-key';

/** Options of every bucket. */
export interface BucketOptions {
  /**
   * Folder in the bucket that holds the blocks, such as `thanos/prod`.
   * @default - the root of the bucket
   */
  readonly prefix?: string;
}

/** A bucket of AWS S3, or of a store with its API. Names a region, an endpoint, or both. */
export interface S3StorageOptions extends BucketOptions {
  /** Name of the bucket. */
  readonly bucket: string;
  /**
   * Region of the bucket.
   * @default - the endpoint's own
   */
  readonly region?: string;
  /**
   * Host of the API, with a port where that is not 443, and without a scheme: `minio.minio.svc:9000`.
   * @default - `s3.<region>.amazonaws.com`
   */
  readonly endpoint?: string;
  /**
   * Whether the endpoint is reached without TLS.
   * @default false
   */
  readonly insecure?: boolean;
  /**
   * Whether the bucket is named in the path of URLs instead of in their host, as many stores besides AWS need it.
   * @default false
   */
  readonly pathStyle?: boolean;
  /**
   * Id of the access key; goes together with `secretKey`. Both are environment variables of the containers, which start once the Secret exists.
   * @default - the credentials of the Pod: a role of its service account (`serviceAccountAnnotations` with `eks.amazonaws.com/role-arn`, or an EKS
   * Pod Identity association), or of the node
   */
  readonly accessKey?: SecretKey;
  /**
   * Secret of the access key.
   * @default - see `accessKey`
   */
  readonly secretKey?: SecretKey;
  /**
   * Id or ARN of the KMS key that encrypts the blocks.
   * @default - the bucket's own encryption
   */
  readonly kmsKeyId?: string;
}

/** A bucket of Google Cloud Storage. */
export interface GcsStorageOptions extends BucketOptions {
  /** Name of the bucket. */
  readonly bucket: string;
  /**
   * Key file of a Google service account, as JSON.
   * @default - the credentials of the Pod: Workload Identity Federation for its service account, or the service account of the node
   */
  readonly serviceAccountKey?: SecretKey;
}

/** A container of Azure Blob Storage. */
export interface AzureStorageOptions extends BucketOptions {
  /** Name of the storage account. */
  readonly storageAccount: string;
  /** Name of the container. */
  readonly container: string;
  /**
   * Key of the storage account. It is an environment variable of the containers, which start once the Secret exists.
   * @default - the credentials of the Pod: workload identity (`podLabels` with `azure.workload.identity/use`), or the managed identity of the node
   */
  readonly accountKey?: SecretKey;
  /**
   * Client id of a managed identity of the node. Goes without `accountKey`.
   * @default - the node's only one
   */
  readonly userAssignedId?: string;
  /**
   * Host of the API without the account.
   * @default blob.core.windows.net
   */
  readonly endpoint?: string;
}
