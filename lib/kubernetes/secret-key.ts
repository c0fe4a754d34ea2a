import { ApiObject } from 'cdk8s';
import { ISecret, Secret } from 'cdk8s-plus-27';
import { nearest, quoteList } from '../text';

/** What the API server takes as a key of a Secret. */
const KEY = /^[-._a-zA-Z0-9]{1,253}$/;

function keysBelow(manifest: unknown, field: string): string[] {
  const entries: Array<[string, unknown]> = Object.entries(manifest ?? {});
  return Object.keys(entries.find(([name]) => name === field)?.[1] ?? {});
}

/** Keys that the app gives a Secret, or undefined where they cannot be known: imported, or filled by the cluster. */
function knownKeys(secret: ISecret): string[] | undefined {
  if (!(secret instanceof Secret)) {
    return undefined;
  }
  const manifest: unknown = ApiObject.of(secret).toJson();
  const keys = [...keysBelow(manifest, 'stringData'), ...keysBelow(manifest, 'data')];
  return keys.length === 0 ? undefined : keys;
}

/**
 * One key of a Secret: how a credential is named without being written down. The backend mounts the Secret and the configuration
 * names the file `/etc/<program>/secrets/<secret>/<key>`, so the value is in no manifest.
 * @see https://kubernetes.io/docs/concepts/configuration/secret/
 */
export class SecretKey {
  /**
   * The value under `key` in `secret`. Throws when the key is empty or nothing that a Secret can have, or when the Secret is made in
   * this app with other keys.
   */
  public static of(secret: ISecret, key: string): SecretKey {
    return new SecretKey(secret, key);
  }

  private constructor(
    /** The Secret. */
    public readonly secret: ISecret,
    /** The key in the Secret's data. */
    public readonly key: string,
  ) {
    const where = `SecretKey.of('${secret.name}')`;
    if (key === '') {
      throw new Error(`${where}: the key is empty; name the key of the Secret that holds the value`);
    }
    if (!KEY.test(key) || key === '.' || key.startsWith('..')) {
      throw new Error(`${where}: '${key}' is not a key of a Secret; use letters, digits, '-', '_' and '.'`);
    }
    const known = knownKeys(secret);
    if (known !== undefined && !known.includes(key)) {
      const near = nearest(key, known);
      throw new Error(`${where}: the Secret has no key '${key}', it has ${quoteList(known)}; `
        + (near === undefined ? 'name one of them, or add the key to the Secret before it is referred to' : `did you mean '${near}'?`));
    }
  }

  /**
   * Where the value lies once the backend has mounted the Secret: one path on both backends.
   * @internal
   */
  public _file(program: 'prometheus' | 'alertmanager'): string {
    return `/etc/${program}/secrets/${this.secret.name}/${this.key}`;
  }

  /**
   * Equal for two references to one value.
   * @internal
   */
  public get _id(): string {
    return `${this.secret.name}/${this.key}`;
  }
}
