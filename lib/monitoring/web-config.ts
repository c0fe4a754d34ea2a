import { ISecret } from 'cdk8s-plus-27';
import { BasicAuth, TlsClient } from './scrape';
import { SecretKey } from '../kubernetes/secret-key';

/** The certificate that a web server shows. */
export interface WebTlsProps {
  /** The Secret, in the server's namespace, as cert-manager writes it. */
  readonly secret: ISecret;
  /**
   * Key of the certificate.
   * @default tls.crt
   */
  readonly certificateKey?: string;
  /**
   * Key of the private key.
   * @default tls.key
   */
  readonly privateKeyKey?: string;
  /**
   * Key of the authority that signed the certificate, by which the server is scraped.
   * @default ca.crt
   */
  readonly caKey?: string;
  /**
   * The name in the certificate, by which the server is scraped.
   * @default - the name of the server's Service, `<name>.<namespace>.svc`
   */
  readonly serverName?: string;
}

/** How a server is met whose web configuration is in a Secret. */
export interface WebClientProps {
  /**
   * TLS towards the server; the name in its certificate is by default that of its Service, `<name>.<namespace>.svc`.
   * @default - it speaks plain HTTP
   */
  readonly tls?: TlsClient;
  /**
   * A user that may read metrics and the health pages.
   * @default - anyone may
   */
  readonly basicAuth?: BasicAuth;
}

/**
 * How a web server of the Prometheus project protects itself.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/https/
 */
export class WebConfig {
  /** Serves by TLS, with a certificate in a Secret. */
  public static tls(props: WebTlsProps): WebConfig {
    const { secret } = props;
    const certificate = SecretKey.of(secret, props.certificateKey ?? 'tls.crt');
    const privateKey = SecretKey.of(secret, props.privateKeyKey ?? 'tls.key');
    const client = (serverName: string) => TlsClient.fromSecret(secret, { ca: props.caKey ?? 'ca.crt', serverName: props.serverName ?? serverName });
    return new WebConfig([certificate, privateKey], { certificate, privateKey }, undefined, client);
  }

  /** A whole web configuration in a Secret, which is where the hashes of passwords belong, and how the server is then met. */
  public static fromSecret(secret: ISecret, key: string = 'web.yml', client: WebClientProps = {}): WebConfig {
    const file = SecretKey.of(secret, key);
    return new WebConfig([file], undefined, file, (serverName) => client.tls?._expecting(serverName), client.basicAuth);
  }

  private constructor(
    /** What the server reads. @internal */
    public readonly _secretKeys: readonly SecretKey[],
    /** @internal */
    public readonly _certificate?: { readonly certificate: SecretKey; readonly privateKey: SecretKey },
    /** The configuration itself, if it is in a Secret. @internal */
    public readonly _file?: SecretKey,
    /** TLS towards the server. @internal */
    public readonly _tlsClient: (serverName: string) => TlsClient | undefined = () => undefined,
    /** Credentials towards the server. @internal */
    public readonly _basicAuth?: BasicAuth,
  ) {}
}
