import { ProxyOptions, proxySettings } from './proxy';
import { TlsClient } from './tls-client';
import { checkNotEmpty, checkTlsUrl, checkUrl } from '../../checks';
import { SecretKey } from '../../kubernetes/secret-key';
import { secretsOfUser } from '../../secret-texts';
import { Leaf, verbatim, WireMap } from '../../wire/data';
import { checkArguments } from '../../arguments';

/** OAuth 2.0 client credentials, and the server that issues tokens for them. */
export interface OAuth2Props extends ProxyOptions {
  /** Id of the client; it is in the configuration. */
  readonly clientId: string;
  /** Secret of the client. */
  readonly clientSecret: SecretKey;
  /** URL of the token endpoint. */
  readonly tokenUrl: string;
  /**
   * Scopes of the token.
   * @default - none
   */
  readonly scopes?: string[];
  /**
   * Additional parameters of the token request.
   * @default - none
   */
  readonly endpointParams?: { readonly [name: string]: string };
  /**
   * TLS settings for the token endpoint.
   * @default - the system's authorities
   */
  readonly tls?: TlsClient;
}

/**
 * Authorization by OAuth 2.0 client credentials.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#oauth2
 */
export class OAuth2 {
  /** Id of the client. */
  public readonly clientId: string;
  /** Secret of the client. */
  public readonly clientSecret: SecretKey;
  /** URL of the token endpoint. */
  public readonly tokenUrl: string;
  /** TLS settings for the token endpoint. */
  public readonly tls?: TlsClient;
  private readonly _scopes: readonly string[];
  private readonly _endpointParams: { readonly [name: string]: string };
  private readonly proxy: WireMap;

  /** Throws on an empty client id, on URLs that are not http or https, on secrets in parameters, and on proxy settings that exclude each other. */
  constructor(props: OAuth2Props) {
    checkArguments('OAuth2', { props });
    checkNotEmpty(props.clientId, `OAuth2('${props.clientSecret._id}'): clientId`, 'name the client that the issuer knows');
    const where = `OAuth2 of client '${props.clientId}'`;
    checkUrl(props.tokenUrl, `${where}: tokenUrl`, "give the credentials by 'clientId' and 'clientSecret'");
    checkTlsUrl(props.tokenUrl, props.tls, where);
    const [secret] = secretsOfUser(props.endpointParams, 'endpointParams', '');
    if (secret !== undefined) {
      throw new Error(`${where}: ${secret.path} ${secret.says}, which the manifest would show; give it by 'clientSecret'`);
    }
    this.clientId = props.clientId;
    this.clientSecret = props.clientSecret;
    this.tokenUrl = props.tokenUrl;
    this.tls = props.tls;
    this.proxy = proxySettings(props, where);
    this._scopes = [...props.scopes ?? []];
    this._endpointParams = { ...props.endpointParams };
  }

  /** Scopes of the token. */
  public get scopes(): string[] {
    return [...this._scopes];
  }

  /** Additional parameters of the token request. */
  public get endpointParams(): { [name: string]: string } {
    return { ...this._endpointParams };
  }

  /** The wire form. @internal */
  public _wire(): WireMap {
    return {
      clientId: this.clientId,
      clientSecret: Leaf.secret(this.clientSecret),
      tokenUrl: this.tokenUrl,
      scopes: this._scopes.length === 0 ? undefined : this._scopes,
      endpointParams: verbatim(this._endpointParams),
      tlsConfig: this.tls?._wire(),
      ...this.proxy,
    };
  }
}
