import { ISecret } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkDataKey, keysOf } from './data-key';
import { Program, secretDir } from './mount-paths';
import { NamedSecret } from './named-secret';
import { checkArguments } from '../arguments';
import { isObjectName } from '../checks';

/**
 * A key of a Secret: names a credential without holding it. The backend mounts the Secret and the configuration names the file
 * `/etc/<program>/secrets/<secret>/<key>`, so the value is in no manifest.
 * @see https://kubernetes.io/docs/concepts/configuration/secret/
 */
export class SecretKey {
  /**
   * The value under `key` in `secret`. Throws when the key is empty or not a valid key, or when this app makes the Secret with other keys.
   */
  public static of(secret: ISecret, key: string): SecretKey {
    checkArguments('SecretKey.of', { secret, key });
    return new SecretKey(secret, key);
  }

  /**
   * The value under `key` in the Secret called `name`, which something else makes. Throws when the name or the key is not a valid one.
   * @param scope where the reference belongs in the app, such as the chart
   */
  public static fromSecretName(scope: Construct, name: string, key: string): SecretKey {
    checkArguments('SecretKey.fromSecretName', { scope, name, key });
    if (!isObjectName(name)) {
      throw new Error(`SecretKey.fromSecretName: '${name}' is not the name of a Secret; use lower-case letters, digits, '-' and '.', a letter or digit first and last`);
    }
    return new SecretKey(NamedSecret.in(scope, name), key);
  }

  private constructor(
    /** The Secret. */
    public readonly secret: ISecret,
    /** The key in the Secret's data. */
    public readonly key: string,
  ) {
    checkDataKey(`SecretKey.of('${secret.name}')`, 'Secret', key, keysOf(secret, ['stringData', 'data']));
  }

  /** The file that holds the value once the backend has mounted the Secret, at the same path on both backends. @internal */
  public _file(program: Program): string {
    return `${secretDir(program, this.secret.name)}/${this.key}`;
  }

  /** Equal for two references to one value. @internal */
  public get _id(): string {
    return `${this.secret.name}/${this.key}`;
  }
}
