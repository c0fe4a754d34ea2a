import { NewerSetting, Variables } from './cloud-credentials';
import { SecretKey } from '../../kubernetes/secret-key';
import { Leaf, verbatim, WireMap } from '../../wire/data';
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
   * Name of the session of the role, by which CloudTrail tells callers apart: 2 to 64 letters, digits and `_+=,.@-`. Goes together with
   * `roleArn`.
   * Known from Prometheus 3.15 on, with `PrometheusServer` alone.
   * @default - one that the SDK of AWS makes up
   */
  readonly sessionName?: string;
  /**
   * Tags of the session of the role, by which policies may decide. Goes together with `roleArn`. Known from Prometheus 3.15 on, with
   * `PrometheusServer` alone.
   * @default - none
   */
  readonly tags?: { readonly [name: string]: string };
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
   * Pod Identity association), or of the node. Throws on text that is not a region, the ARN of a role, the name of a
   * session or a tag, and on settings of a role without one.
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
    const { region, roleArn, externalId, sessionName, tags = {} } = options;
    if (!/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region)) {
      throw new Error(`${where}: region '${region}' is not a region of AWS; write it as 'eu-central-1'`);
    }
    if (externalId !== undefined && roleArn === undefined) {
      throw new Error(`${where}: got 'externalId' without 'roleArn'; name the role that asks for it`);
    }
    checkSession(where, roleArn, { sessionName, tags });
    this.options = { ...options, tags: { ...tags } };
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
    const { region, roleArn, externalId, sessionName, tags = {}, useFipsStsEndpoint } = this.options;
    const session = { roleArn, externalId, sessionName, tags: verbatim(tags) };
    return { region, profile: this.credentials.profile?.name, ...session, useFipsstsEndpoint: useFipsStsEndpoint };
  }

  /** Whether it signs with an access key. @internal */
  public get _hasAccessKey(): boolean {
    return this.credentials.key !== undefined;
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
    const { externalId, sessionName, tags = {} } = this.options;
    return [
      ...(externalId === undefined ? [] : [["'externalId' of SigV4", '3.11'] as const]),
      ...(sessionName === undefined ? [] : [["'sessionName' of SigV4", '3.15'] as const]),
      ...(Object.keys(tags).length === 0 ? [] : [["'tags' of SigV4", '3.15'] as const]),
    ];
  }
}

/** Throws on what Prometheus or AWS refuse of the session of a role. */
function checkSession(where: string, roleArn: string | undefined, { sessionName, tags = {} }: Pick<SigV4Options, 'sessionName' | 'tags'>): void {
  const given = sessionName !== undefined ? 'sessionName' : Object.keys(tags).length > 0 ? 'tags' : undefined;
  if (given !== undefined && roleArn === undefined) {
    throw new Error(`${where}: got '${given}' without 'roleArn'; name the role whose session it is of`);
  }
  if (sessionName !== undefined && !/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
    throw new Error(`${where}: sessionName '${sessionName}' is not the name of a session; use 2 to 64 letters, digits, and '_+=,.@-'`);
  }
  const bad = Object.entries(tags).find(([name, value]) => name === '' || name.length > 128 || value.length > 256);
  if (bad !== undefined) {
    throw new Error(`${where}: tags: '${bad[0]}: ${bad[1]}' is not a tag of a session; use a name of 1 to 128 characters, and a value of at most 256`);
  }
}
