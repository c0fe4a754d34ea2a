import { ISecret } from 'cdk8s-plus-27';
import { checkArguments } from '../arguments';
import { SecretKey } from '../kubernetes';
import { BasicAuth } from '../monitoring';

/** Keys of a Secret with the passwords and the token of an InfluxDB 2. Passwords have at least 8 characters. */
export interface InfluxDb2SecretKeys {
  /**
   * Key of the password of the administrator, for the web page.
   * @default admin-password
   */
  readonly admin?: string;
  /**
   * Key of the token of the administrator, for the API and for backups.
   * @default admin-token
   */
  readonly token?: string;
  /**
   * Key of the password of the user that may only write.
   * @default write-password
   */
  readonly write?: string;
  /**
   * Key of the password of the user that may only read.
   * @default read-password
   */
  readonly read?: string;
}

/** Users of an InfluxDB 2. Their passwords are in no manifest. */
export class InfluxDb2Credentials {
  /**
   * Administrator `admin`, and the v1 authorizations `prometheus`, which may write to the bucket, and `grafana`, which may read it: tokens other than
   * that of the administrator cannot be chosen, passwords of v1 authorizations can. All are in one Secret, which has to be in the namespace of each
   * that uses it: InfluxDB, the Prometheus that forwards, the Grafana that reads. Throws when this app makes the Secret without one of the keys.
   * @see https://docs.influxdata.com/influxdb/v2/reference/api/influxdb-1x/
   */
  public static fromSecret(secret: ISecret, keys: InfluxDb2SecretKeys = {}): InfluxDb2Credentials {
    checkArguments('InfluxDb2Credentials.fromSecret', { secret, keys });
    const { admin = 'admin-password', token = 'admin-token', write = 'write-password', read = 'read-password' } = keys;
    const user = (username: string, key: string) => new BasicAuth({ username, password: SecretKey.of(secret, key) });
    return new InfluxDb2Credentials(user('admin', admin), SecretKey.of(secret, token), user('prometheus', write), user('grafana', read));
  }

  private constructor(
    /** The administrator. */
    public readonly admin: BasicAuth,
    /** Token of the administrator. */
    public readonly adminToken: SecretKey,
    /** The user that may only write. */
    public readonly writer: BasicAuth,
    /** The user that may only read. */
    public readonly reader: BasicAuth,
  ) {}
}
