import { ISecret } from 'cdk8s-plus-27';
import { SecretKey } from '../../kubernetes/secret-key';

/** The keys of a Secret that hold a client's certificates. */
export interface TlsSecretKeys {
  /**
   * Key of the certificate authority that signed the target's certificate.
   * @default - the system's authorities
   */
  readonly ca?: string;

  /**
   * Key of the client certificate; goes together with `privateKey`.
   * @default - no client certificate
   */
  readonly certificate?: string;

  /**
   * Key of the client's private key; goes together with `certificate`.
   * @default - no client certificate
   */
  readonly privateKey?: string;

  /**
   * The name that the target's certificate has to carry.
   * @default - the host of the target's address
   */
  readonly serverName?: string;
}

/** Options of TLS against a certificate of a known authority. */
export interface ClusterCaOptions {
  /**
   * The name that the target's certificate has to carry.
   * @default - the host of the target's address
   */
  readonly serverName?: string;
}

/**
 * How the scraper meets a target that speaks TLS. The target is verified unless `insecureSkipVerify` says otherwise.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#tls_config
 */
export class TlsClient {
  /** Verifies the target by the authority of the cluster that the scraper runs in. */
  public static clusterCa(options: ClusterCaOptions = {}): TlsClient {
    return new TlsClient(true, false, options.serverName);
  }

  /** Verifies the target by the authorities that the scraper's image brings along, those of the public web. */
  public static systemCa(options: ClusterCaOptions = {}): TlsClient {
    return new TlsClient(false, false, options.serverName);
  }

  /**
   * Verifies the target by an authority in a Secret, and shows it a client certificate where the keys name one. Throws when no key is
   * named, or a certificate without its private key.
   */
  public static fromSecret(secret: ISecret, keys: TlsSecretKeys): TlsClient {
    const where = `TlsClient.fromSecret('${secret.name}')`;
    if ((keys.certificate === undefined) !== (keys.privateKey === undefined)) {
      const [given, missing] = keys.certificate === undefined ? ['privateKey', 'certificate'] : ['certificate', 'privateKey'];
      throw new Error(`${where}: got '${given}' without '${missing}'; a client certificate needs both`);
    }
    if (keys.ca === undefined && keys.certificate === undefined) {
      throw new Error(`${where}: no key is named; name 'ca', or 'certificate' and 'privateKey', or all three`);
    }
    const key = (name?: string) => (name === undefined ? undefined : SecretKey.of(secret, name));
    return new TlsClient(false, false, keys.serverName, key(keys.ca), key(keys.certificate), key(keys.privateKey));
  }

  /** Takes any certificate: whoever answers at the address is believed and is sent the credentials. A last resort, visible in reviews. */
  public static insecureSkipVerify(): TlsClient {
    return new TlsClient(false, true);
  }

  private constructor(
    /** Whether the target is verified by the cluster's authority. */
    public readonly usesClusterCa: boolean,
    /** Whether the target is not verified at all. */
    public readonly skipsVerification: boolean,
    /** The name that the target's certificate has to carry, where it is not the host of the address. */
    public readonly expectedServerName?: string,
    /** The authority, where it is in a Secret. */
    public readonly caKey?: SecretKey,
    /** The client certificate. */
    public readonly certificateKey?: SecretKey,
    /** The client's private key. */
    public readonly privateKeyKey?: SecretKey,
  ) {}

  /** The same, with a name for the target's certificate where none is said. @internal */
  public _expecting(serverName: string): TlsClient {
    return this.skipsVerification || this.expectedServerName !== undefined
      ? this
      : new TlsClient(this.usesClusterCa, false, serverName, this.caKey, this.certificateKey, this.privateKeyKey);
  }

  /** @internal */
  public get _secretKeys(): SecretKey[] {
    return [this.caKey, this.certificateKey, this.privateKeyKey].filter((key) => key !== undefined);
  }
}
