import { ISecret } from 'cdk8s-plus-27';
import { checkArguments } from '../../arguments';
import { SecretKey } from '../../kubernetes/secret-key';

/** Keys of a Secret with a certificate of Thanos, and the name in the certificate. */
export interface ThanosTlsOptions {
  /**
   * Key of the certificate authority that signed the certificates of all programs of Thanos.
   * @default ca.crt
   */
  readonly ca?: string;
  /**
   * Key of the certificate, of a server and of a client.
   * @default tls.crt
   */
  readonly certificate?: string;
  /**
   * Key of its private key.
   * @default tls.key
   */
  readonly privateKey?: string;
  /**
   * Name in the certificate, by which clients verify it.
   * @default - the name of the Service of the StoreAPI, `<service>.<namespace>.svc`
   */
  readonly serverName?: string;
}

/**
 * Mutual TLS of the StoreAPI, by which programs of Thanos read each other's samples: a server shows its certificate, and answers clients with a
 * certificate of the same authority alone. TLS 1.3. A renewed certificate is used at once, another authority when the Pods are restarted.
 *
 * The certificate is one of servers and of clients, by cert-manager `usages: [server auth, client auth]`.
 */
export class ThanosTls {
  /**
   * Certificate, private key and certificate authority of one Secret in the namespace of the program. Throws when the app makes the Secret without
   * these keys, and on a name that is none.
   */
  public static fromSecret(secret: ISecret, options: ThanosTlsOptions = {}): ThanosTls {
    checkArguments('ThanosTls.fromSecret', { secret, options });
    const { ca = 'ca.crt', certificate = 'tls.crt', privateKey = 'tls.key', serverName } = options;
    [ca, certificate, privateKey].forEach((key) => SecretKey.of(secret, key));
    return new ThanosTls(secret, { ca, certificate, privateKey, serverName });
  }

  private constructor(
    /** The Secret. @internal */
    public readonly _secret: ISecret,
    private readonly options: ThanosTlsOptions & { readonly ca: string; readonly certificate: string; readonly privateKey: string },
  ) {}

  /** Names of the files of the Secret. @internal */
  public get _files(): { readonly ca: string; readonly certificate: string; readonly privateKey: string } {
    const { ca, certificate, privateKey } = this.options;
    return { ca, certificate, privateKey };
  }

  /** Name in the certificate of a server behind a Service. @internal */
  public _serverName(service: string, namespace: string): string {
    return this.options.serverName ?? `${service}.${namespace}.svc`;
  }
}
