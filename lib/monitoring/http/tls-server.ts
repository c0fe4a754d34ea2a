import { ISecret } from 'cdk8s-plus-27';
import { TlsClient } from './tls-client';
import { SecretKey } from '../../kubernetes/secret-key';
import { checkArguments } from '../../arguments';

/** Certificate of a server. */
export interface TlsServerProps {
  /** Certificate. */
  readonly certificate: SecretKey;
  /** Private key of the certificate, in the same Secret. */
  readonly privateKey: SecretKey;
  /**
   * Certificate authority that signed the certificate, by which clients of the library verify it.
   * @default - the system's authorities
   */
  readonly ca?: SecretKey;
  /**
   * Name in the certificate, by which clients of the library verify it.
   * @default - the name of the server's Service, `<name>.<namespace>.svc`
   */
  readonly serverName?: string;
}

/** Certificate of a server, from Secrets in its namespace. */
export class TlsServer {
  /**
   * Certificate, private key and certificate authority of one Secret, under the keys that cert-manager writes: `tls.crt`, `tls.key`, `ca.crt`.
   * @param serverName name in the certificate; by default that of the server's Service, `<name>.<namespace>.svc`
   */
  public static fromSecret(secret: ISecret, serverName?: string): TlsServer {
    checkArguments('TlsServer.fromSecret', { secret, serverName });
    return new TlsServer({
      certificate: SecretKey.of(secret, 'tls.crt'), privateKey: SecretKey.of(secret, 'tls.key'), ca: SecretKey.of(secret, 'ca.crt'), serverName,
    });
  }

  /** Certificate. */
  public readonly certificate: SecretKey;
  /** Private key of the certificate. */
  public readonly privateKey: SecretKey;
  /** Certificate authority that signed the certificate. */
  public readonly ca?: SecretKey;
  /** Name in the certificate, if it is not that of the server's Service. */
  public readonly serverName?: string;

  /** Throws when certificate and private key are in two Secrets. */
  constructor(props: TlsServerProps) {
    checkArguments('TlsServer', { props });
    const { certificate, privateKey } = props;
    if (certificate.secret.name !== privateKey.secret.name) {
      throw new Error(`TlsServer('${certificate._id}'): the private key is in Secret '${privateKey.secret.name}'; put certificate and private key into one Secret`);
    }
    this.certificate = props.certificate;
    this.privateKey = props.privateKey;
    this.ca = props.ca;
    this.serverName = props.serverName;
  }

  /** TLS settings of a client of the server, whose Service has this name. @internal */
  public _client(serviceName: string): TlsClient {
    const serverName = this.serverName ?? serviceName;
    return this.ca === undefined ? TlsClient.systemCa({ serverName }) : TlsClient.secretCa(this.ca, { serverName });
  }
}
