import { NewerSetting, Variables } from './cloud-credentials';
import { SecretKey } from '../../kubernetes/secret-key';
import { Leaf, WireMap } from '../../wire/data';
import { checkArguments } from '../../arguments';

/** Options of requests that are signed for AWS. */
export interface SigV4Options {
  /** Region of the service. */
  readonly region: string;
  /**
   * ARN of a role that is assumed.
   * @default - none: requests are those of the credentials themselves
   */
  readonly roleArn?: string;
  /**
   * External id that the role asks for; goes together with `roleArn`. Known from Prometheus 3.11 on.
   * @default - none
   */
  readonly externalId?: string;
  /**
   * Use the FIPS endpoint of AWS STS.
   * @default false
   */
  readonly useFipsStsEndpoint?: boolean;
}

/** Options of requests that are signed for AWS with an access key. */
export interface SigV4AccessKeyOptions extends SigV4Options {
  /** Id of the access key. */
  readonly accessKey: SecretKey;
  /** Secret of the access key. */
  readonly secretKey: SecretKey;
}

/** Options of requests that are signed for AWS by a profile. */
export interface SigV4ProfileOptions extends SigV4Options {
  /** Name of the profile, the section of the file. */
  readonly profile: string;
  /** Shared credentials file of AWS, with profiles. */
  readonly file: SecretKey;
}

/** Credentials, in the environment or in a file. */
interface Credentials {
  readonly key?: { readonly accessKey: SecretKey; readonly secretKey: SecretKey };
  readonly profile?: { readonly name: string; readonly file: SecretKey };
}

/**
 * Signature of requests to AWS, version 4.
 *
 * Prometheus looks for credentials when it loads its configuration: as long as there are none it does not start.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#remote_write
 */
export class SigV4 {
  /**
   * Signs with the credentials of the Pod: a role of its service account (`serviceAccountAnnotations` with `eks.amazonaws.com/role-arn`, or an EKS
   * Pod Identity association), or of the node. Throws on text that is not a region or the ARN of a role, and on an external id without a role.
   */
  public static podIdentity(options: SigV4Options): SigV4 {
    checkArguments('SigV4.podIdentity', { options });
    return new SigV4('SigV4.podIdentity', options);
  }

  /**
   * Signs with an access key. With `PrometheusServer` the key is in its environment, because Prometheus reads none from files: the Pod starts once
   * the Secret exists, reads it then, and has one access key for all its remote writes. Throws as `podIdentity` does.
   */
  public static accessKey(options: SigV4AccessKeyOptions): SigV4 {
    checkArguments('SigV4.accessKey', { options });
    const { accessKey, secretKey, ...others } = options;
    return new SigV4(`SigV4.accessKey('${accessKey._id}')`, others, { key: { accessKey, secretKey } });
  }

  /**
   * Signs by a profile of a shared credentials file: an access key, or a role with its source profile. Several remote writes may have a profile each,
   * of one file. With `PrometheusServer` alone; custom resources of the operator have an access key for each remote write. Throws as `podIdentity`
   * does, and on text that is not the name of a profile.
   * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
   */
  public static profile(options: SigV4ProfileOptions): SigV4 {
    checkArguments('SigV4.profile', { options });
    const { profile: name, file, ...others } = options;
    const where = `SigV4.profile('${name}')`;
    if (!/^[^\s[\]]+$/.test(name)) {
      throw new Error(`${where}: profile '${name}' is not the name of a profile; write it as in the section '[name]' of the file, without brackets`);
    }
    return new SigV4(where, others, { profile: { name, file } });
  }

  /** Region of the service. */
  public readonly region: string;
  /** ARN of the role that is assumed, if any. */
  public readonly roleArn?: string;

  private readonly options: SigV4Options;

  private constructor(
    where: string,
    options: SigV4Options,
    private readonly credentials: Credentials = {},
  ) {
    const { region, roleArn, externalId } = options;
    if (!/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region)) {
      throw new Error(`${where}: region '${region}' is not a region of AWS; write it as 'eu-central-1'`);
    }
    if (roleArn !== undefined && !/^arn:aws[-a-z]*:iam::\d{12}:role\/\S+$/.test(roleArn)) {
      throw new Error(`${where}: roleArn '${roleArn}' is not the ARN of a role; write it as 'arn:aws:iam::123456789012:role/name'`);
    }
    if (externalId !== undefined && roleArn === undefined) {
      throw new Error(`${where}: got 'externalId' without 'roleArn'; name the role that asks for it`);
    }
    this.options = { ...options };
    this.region = region;
    this.roleArn = roleArn;
  }

  /** The wire form. @internal */
  public _wire(): WireMap {
    const { key } = this.credentials;
    return { ...this._settings(), accessKey: Leaf.secret(key?.accessKey), secretKey: Leaf.secret(key?.secretKey) };
  }

  /** The wire form without the access key. @internal */
  public _settings(): WireMap {
    const { region, roleArn, externalId, useFipsStsEndpoint } = this.options;
    return { region, profile: this.credentials.profile?.name, roleArn, externalId, useFipsstsEndpoint: useFipsStsEndpoint };
  }

  /** The access key, or the path of the file with profiles. @internal */
  public _variables(): Variables {
    const { key, profile } = this.credentials;
    return {
      ...(key === undefined ? {} : { AWS_ACCESS_KEY_ID: key.accessKey, AWS_SECRET_ACCESS_KEY: key.secretKey }),
      ...(profile === undefined ? {} : { AWS_SHARED_CREDENTIALS_FILE: profile.file._file('prometheus') }),
    };
  }

  /** The file with profiles. @internal */
  public _files(): SecretKey[] {
    const { profile } = this.credentials;
    return profile === undefined ? [] : [profile.file];
  }

  /** Settings that older versions do not have. @internal */
  public _newer(): NewerSetting[] {
    return this.options.externalId === undefined ? [] : [["'externalId' of SigV4", '3.11']];
  }
}
