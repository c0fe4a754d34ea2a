import { DataMap } from './data';
import { NotificationTls, renderTls } from './notification-tls';
import { SecretKey } from '../../kubernetes/secret-key';
import { checkTemplatedUrl } from './template';
import { checkNotEmpty } from '../../checks';

/** How to get a token by OAuth 2.0 client credentials. */
export interface NotificationOAuth2Props {
  /** The client's id. */
  readonly clientId: string;

  /** The client's secret. */
  readonly clientSecret: SecretKey;

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
   * @default - the authorities of the image
   */
  readonly tls?: NotificationTls;

  /**
   * Proxy on the way to the issuer of tokens.
   * @default - none
   */
  readonly proxyUrl?: string;
}

/**
 * How Alertmanager shows the service who it is. There is one per integration, as the service sees one `Authorization` header.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#http_config
 */
export class NotificationAuthorization {
  /** A bearer token from a Secret. */
  public static bearer(token: SecretKey): NotificationAuthorization {
    return new NotificationAuthorization({ authorization: { type: 'Bearer', credentials_file: token } });
  }

  /** Credentials from a Secret under another scheme, such as `GenieKey`. Throws on an empty scheme and on `Basic`, which is `basic`. */
  public static scheme(scheme: string, credentials: SecretKey): NotificationAuthorization {
    if (!/^[A-Za-z][-A-Za-z0-9]*$/.test(scheme) || scheme.toLowerCase() === 'basic') {
      throw new Error(`NotificationAuthorization.scheme: '${scheme}' is not allowed; name a scheme such as 'Bearer', `
        + 'for a user name and password use NotificationAuthorization.basic');
    }
    return new NotificationAuthorization({ authorization: { type: scheme, credentials_file: credentials } });
  }

  /** A user name and a password from a Secret. Throws on an empty user name. */
  public static basic(username: string, password: SecretKey): NotificationAuthorization {
    checkNotEmpty(username, 'NotificationAuthorization.basic: the user name', 'name the user whose password the Secret holds');
    return new NotificationAuthorization({ basic_auth: { username, password_file: password } });
  }

  /** A token by OAuth 2.0 client credentials. Throws on an empty client id and on a token URL that is not http(s). */
  public static oauth2(props: NotificationOAuth2Props): NotificationAuthorization {
    const where = 'NotificationAuthorization.oauth2';
    checkNotEmpty(props.clientId, `${where}: clientId`, 'name the client that the issuer knows');
    checkTemplatedUrl(props.tokenUrl, `${where}: tokenUrl`);
    checkTemplatedUrl(props.proxyUrl, `${where}: proxyUrl`);
    return new NotificationAuthorization({
      oauth2: {
        client_id: props.clientId,
        client_secret_file: props.clientSecret,
        token_url: props.tokenUrl,
        scopes: props.scopes && [...props.scopes],
        endpoint_params: props.endpointParams && { ...props.endpointParams },
        tls_config: renderTls(props.tls, `${where}: tls`),
        proxy_url: props.proxyUrl,
      },
    });
  }

  /** @internal */
  public readonly _settings: DataMap;

  private constructor(settings: DataMap) {
    this._settings = settings;
  }
}
