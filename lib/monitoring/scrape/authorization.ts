import { ISecret } from 'cdk8s-plus-27';
import { TlsClient } from './tls-client';
import { SecretKey } from '../../kubernetes/secret-key';
import { checkUrl } from '../../checks';

/**
 * The `Authorization` header that a target wants to see.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#http_config
 */
export class Authorization {
  /**
   * The token of the scraper's own service account. The target asks the API server who that is and what it may do, so the scraper is
   * granted `get` on the path that is scraped.
   */
  public static serviceAccountToken(): Authorization {
    return new Authorization(true, 'Bearer');
  }

  /**
   * Credentials in a Secret.
   * @param type the scheme of the header, by default `Bearer`
   */
  public static fromSecret(secret: ISecret, key: string, type: string = 'Bearer'): Authorization {
    if (!/^[A-Za-z][-A-Za-z0-9]*$/.test(type) || type.toLowerCase() === 'basic') {
      throw new Error(`Authorization.fromSecret('${secret.name}'): type '${type}' is not allowed; name a scheme such as 'Bearer', and use BasicAuth for basic`);
    }
    return new Authorization(false, type, SecretKey.of(secret, key));
  }

  private constructor(
    /** Whether it is the scraper's own token. */
    public readonly usesServiceAccountToken: boolean,
    /** The scheme of the header. */
    public readonly type: string,
    /** Where the credentials are, if in a Secret. */
    public readonly credentials?: SecretKey,
  ) {}
}

/** Where user name and password of HTTP basic authentication are. */
export interface BasicAuthProps {
  /** The user name; it is not a secret and stands in the configuration. */
  readonly username: string;
  /** The Secret that holds the password. */
  readonly secret: ISecret;
  /**
   * Key of the password in the Secret.
   * @default password
   */
  readonly passwordKey?: string;
}

/**
 * HTTP basic authentication towards a target.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#http_config
 */
export class BasicAuth {
  /** The user name. */
  public readonly username: string;
  /** Where the password is. */
  public readonly password: SecretKey;

  constructor(props: BasicAuthProps) {
    if (props.username === '') {
      throw new Error(`BasicAuth of Secret '${props.secret.name}': username is empty; name the user whose password the Secret holds`);
    }
    this.username = props.username;
    this.password = SecretKey.of(props.secret, props.passwordKey ?? 'password');
  }
}

/** How to get a token by OAuth 2.0 client credentials. */
export interface OAuth2Props {
  /** The client's id. */
  readonly clientId: string;
  /** The Secret that holds the client's secret. */
  readonly secret: ISecret;
  /**
   * Key of the client secret.
   * @default client-secret
   */
  readonly clientSecretKey?: string;
  /** URL that issues tokens. */
  readonly tokenUrl: string;
  /**
   * Scopes to ask for.
   * @default - none
   */
  readonly scopes?: string[];
  /**
   * Further parameters of the token request.
   * @default - none
   */
  readonly endpointParams?: { readonly [name: string]: string };
  /**
   * TLS towards the issuer of tokens.
   * @default - the system's authorities
   */
  readonly tls?: TlsClient;
}

/**
 * OAuth 2.0 client credentials towards a target.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#oauth2
 */
export class OAuth2 {
  /** The client's id. */
  public readonly clientId: string;
  /** Where the client's secret is. */
  public readonly clientSecret: SecretKey;
  /** URL that issues tokens. */
  public readonly tokenUrl: string;
  /** TLS towards the issuer of tokens. */
  public readonly tls?: TlsClient;
  private readonly _scopes: string[];
  private readonly _endpointParams: { readonly [name: string]: string };

  constructor(props: OAuth2Props) {
    checkUrl(props.tokenUrl, `OAuth2 of client '${props.clientId}': tokenUrl`);
    this.clientId = props.clientId;
    this.clientSecret = SecretKey.of(props.secret, props.clientSecretKey ?? 'client-secret');
    this.tokenUrl = props.tokenUrl;
    this.tls = props.tls;
    this._scopes = [...(props.scopes ?? [])];
    this._endpointParams = { ...props.endpointParams };
  }

  /** Scopes to ask for. */
  public get scopes(): string[] {
    return [...this._scopes];
  }

  /** Further parameters of the token request. */
  public get endpointParams(): { [name: string]: string } {
    return { ...this._endpointParams };
  }

  /** @internal */
  public get _secretKeys(): SecretKey[] {
    return [this.clientSecret, ...(this.tls?._secretKeys ?? [])];
  }
}
