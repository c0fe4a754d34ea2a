import { ISecret } from 'cdk8s-plus-27';
import { checkArguments } from '../arguments';
import { SecretKey } from '../kubernetes';
import { BasicAuth } from '../monitoring';

/** Keys of a Secret with the passwords of an InfluxDB. */
export interface InfluxDbSecretKeys {
  /**
   * Key of the password of the administrator.
   * @default admin-password
   */
  readonly admin?: string;
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

/** Users of an InfluxDB. Their passwords are in no manifest. */
export class InfluxDbCredentials {
  /**
   * Users `admin`, `prometheus`, which may write to the database, and `grafana`, which may read it, with passwords of one Secret. It has to be in the
   * namespace of each that uses it: InfluxDB, the Prometheus that writes, the Grafana that reads. Throws when this app makes the Secret without
   * one of the keys.
   */
  public static fromSecret(secret: ISecret, keys: InfluxDbSecretKeys = {}): InfluxDbCredentials {
    checkArguments('InfluxDbCredentials.fromSecret', { secret, keys });
    const { admin = 'admin-password', write = 'write-password', read = 'read-password' } = keys;
    const user = (username: string, key: string) => new BasicAuth({ username, password: SecretKey.of(secret, key) });
    return new InfluxDbCredentials(user('admin', admin), user('prometheus', write), user('grafana', read));
  }

  private constructor(
    /** The administrator. */
    public readonly admin: BasicAuth,
    /** The user that may only write. */
    public readonly writer: BasicAuth,
    /** The user that may only read. */
    public readonly reader: BasicAuth,
  ) {}
}
