import { BasicAuth } from './http/basic-auth';
import { HttpConfig } from './http/http-config';
import { TlsClient } from './http/tls-client';
import { TlsServer } from './http/tls-server';
import { Scheme } from './scrape';
import { SecretKey } from '../kubernetes/secret-key';
import { checkArguments } from '../arguments';

/** Client settings for a server whose web configuration is in a Secret. */
export interface WebClientProps {
  /**
   * TLS settings; the name in the server's certificate is by default that of its Service, `<name>.<namespace>.svc`.
   * @default - plain HTTP
   */
  readonly tls?: TlsClient;
  /**
   * A user that may read metrics and the health pages.
   * @default - no authentication
   */
  readonly basicAuth?: BasicAuth;
}

/**
 * TLS and authentication of a web server of the Prometheus project.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/https/
 */
export class WebConfig {
  /** Serves TLS with a certificate from Secrets. */
  public static tls(server: TlsServer): WebConfig {
    checkArguments('WebConfig.tls', { server });
    const { certificate, privateKey } = server;
    return new WebConfig([certificate, privateKey], { certificate, privateKey }, undefined, (serverName) => server._client(serverName));
  }

  /** A whole web configuration in a Secret, where the hashes of passwords belong, and how clients reach the server then. */
  public static fromSecret(file: SecretKey, client: WebClientProps = {}): WebConfig {
    checkArguments('WebConfig.fromSecret', { file, client });
    return new WebConfig([file], undefined, file, (serverName) => client.tls?._withServerName(serverName), client.basicAuth);
  }

  private constructor(
    /** Files that the server reads. @internal */
    public readonly _secretKeys: readonly SecretKey[],
    /** @internal */
    public readonly _certificate?: { readonly certificate: SecretKey; readonly privateKey: SecretKey },
    /** The configuration itself, if it is in a Secret. @internal */
    public readonly _file?: SecretKey,
    /** TLS settings for the server. @internal */
    public readonly _tlsClient: (serverName: string) => TlsClient | undefined = () => undefined,
    /** Credentials for the server. @internal */
    public readonly _basicAuth?: BasicAuth,
  ) {}

  /** Protocol of the server. @internal */
  public get _scheme(): Scheme {
    return this._tlsClient('localhost') === undefined ? Scheme.HTTP : Scheme.HTTPS;
  }

  /** Settings of a client of the server, whose Service has this name; undefined where it needs none. @internal */
  public _client(serviceName: string): HttpConfig | undefined {
    const [tls, basicAuth] = [this._tlsClient(serviceName), this._basicAuth];
    return tls === undefined && basicAuth === undefined ? undefined : { tls, basicAuth };
  }
}
