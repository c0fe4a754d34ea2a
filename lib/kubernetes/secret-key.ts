import { ISecret } from 'cdk8s-plus-27';
import { checkDataKey, keysOf } from './data-key';
import { Program, secretDir } from './mount-paths';
import { checkArguments } from '../arguments';

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
