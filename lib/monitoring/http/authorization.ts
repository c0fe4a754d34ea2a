import { SecretKey } from '../../kubernetes/secret-key';
import { AccountFile, Leaf, WireMap } from '../../wire/data';
import { checkArguments } from '../../arguments';

/**
 * `Authorization` header of a client's requests.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#http_config
 */
export class Authorization {
  /**
   * Token of the service account of Prometheus. A target asks the API server whether its owner may read the path that is scraped, so the
   * account is granted `get` on it. Only Prometheus has such a token: receivers and blackbox-exporter cannot use it.
   */
  public static serviceAccountToken(): Authorization {
    return new Authorization('Bearer');
  }

  /** Bearer token in a Secret. */
  public static bearer(token: SecretKey): Authorization {
    checkArguments('Authorization.bearer', { token });
    return new Authorization('Bearer', token);
  }

  /**
   * Credentials in a Secret, under another scheme such as `GenieKey` or `Api-Key`. Throws on text that is not a scheme, and on `Basic`, which is
   * `BasicAuth`.
   */
  public static scheme(scheme: string, credentials: SecretKey): Authorization {
    checkArguments('Authorization.scheme', { scheme, credentials });
    if (!/^[A-Za-z][-A-Za-z0-9]*$/.test(scheme) || scheme.toLowerCase() === 'basic') {
      throw new Error(`Authorization.scheme('${credentials._id}'): '${scheme}' is not allowed; name a scheme such as 'Bearer', for a password use BasicAuth`);
    }
    return new Authorization(scheme, credentials);
  }

  private constructor(
    /** Scheme of the header. */
    public readonly type: string,
    /** Credentials, if they are in a Secret. */
    public readonly credentials?: SecretKey,
  ) {}

  /** Whether it is the token of the service account. */
  public get usesServiceAccountToken(): boolean {
    return this.credentials === undefined;
  }

  /** The wire form. @internal */
  public _wire(): WireMap {
    return { type: this.type, credentials: this.credentials === undefined ? Leaf.account(AccountFile.TOKEN) : Leaf.secret(this.credentials) };
  }
}
