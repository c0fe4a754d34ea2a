import { ISecret } from 'cdk8s-plus-27';
import { ConfigMapKey } from '../../kubernetes/config-map-key';
import { SecretKey } from '../../kubernetes/secret-key';
import { AccountFile, Leaf, WireMap } from '../../wire/data';
import { checkArguments } from '../../arguments';

/** Version of TLS. */
export enum TlsVersion {
  /** TLS 1.0, only for servers that cannot be upgraded. */
  TLS_1_0 = 'TLS10',
  /** TLS 1.1, only for servers that cannot be upgraded. */
  TLS_1_1 = 'TLS11',
  /** TLS 1.2. */
  TLS_1_2 = 'TLS12',
  /** TLS 1.3. */
  TLS_1_3 = 'TLS13',
}

/** Options of a TLS connection besides the certificate authority. */
export interface TlsClientOptions {
  /**
   * Name that the server's certificate has to carry.
   * @default - the host of the server's address
   */
  readonly serverName?: string;
  /**
   * Client certificate; goes together with `privateKey`.
   * @default - no client certificate
   */
  readonly certificate?: SecretKey;
  /**
   * Private key of the client certificate; goes together with `certificate`.
   * @default - no client certificate
   */
  readonly privateKey?: SecretKey;
  /**
   * Oldest version of TLS that is accepted.
   * @default - TLS 1.2
   */
  readonly minVersion?: TlsVersion;
  /**
   * Newest version of TLS that is offered.
   * @default - TLS 1.3
   */
  readonly maxVersion?: TlsVersion;
}

/** Keys of one Secret that hold a certificate authority, a client certificate or both. */
export interface TlsSecretKeys {
  /**
   * Key of the certificate authority that signed the server's certificate.
   * @default - the system's authorities
   */
  readonly ca?: string;
  /**
   * Key of the client certificate; goes together with `privateKey`.
   * @default - no client certificate
   */
  readonly certificate?: string;
  /**
   * Key of the private key of the client certificate; goes together with `certificate`.
   * @default - no client certificate
   */
  readonly privateKey?: string;
  /**
   * Name that the server's certificate has to carry.
   * @default - the host of the server's address
   */
  readonly serverName?: string;
  /**
   * Oldest version of TLS that is accepted.
   * @default - TLS 1.2
   */
  readonly minVersion?: TlsVersion;
  /**
   * Newest version of TLS that is offered.
   * @default - TLS 1.3
   */
  readonly maxVersion?: TlsVersion;
}

/** The certificate authority that the server is verified by. */
type Authority = 'cluster' | 'system' | 'none' | SecretKey | ConfigMapKey | { readonly pem: string };

/**
 * TLS settings of a client. The server's certificate is verified, except by `insecureSkipVerify`.
 *
 * The files of a certificate authority, a client certificate and its key are read when the program loads its configuration. As long as their
 * Secret or ConfigMap is missing, `PrometheusServer` and both backends' Alertmanager read placeholders instead, and only the connections that
 * need them fail.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#tls_config
 */
export class TlsClient {
  /** Verifies the server by the certificate authority of the cluster that the client runs in. Throws on half a client certificate. */
  public static clusterCa(options: TlsClientOptions = {}): TlsClient {
    checkArguments('TlsClient.clusterCa', { options });
    return new TlsClient('TlsClient.clusterCa', 'cluster', options);
  }

  /** Verifies the server by the certificate authorities of the client's image, those of the public web. Throws on half a client certificate. */
  public static systemCa(options: TlsClientOptions = {}): TlsClient {
    checkArguments('TlsClient.systemCa', { options });
    return new TlsClient('TlsClient.systemCa', 'system', options);
  }

  /** Verifies the server by a certificate authority in a Secret. Throws on half a client certificate. */
  public static secretCa(ca: SecretKey, options: TlsClientOptions = {}): TlsClient {
    checkArguments('TlsClient.secretCa', { ca, options });
    return new TlsClient(`TlsClient.secretCa('${ca._id}')`, ca, options);
  }

  /**
   * Verifies the server by a certificate authority in a ConfigMap, such as a bundle of trust-manager or the one that OpenShift injects. Throws on
   * half a client certificate.
   */
  public static configMapCa(ca: ConfigMapKey, options: TlsClientOptions = {}): TlsClient {
    checkArguments('TlsClient.configMapCa', { ca, options });
    return new TlsClient(`TlsClient.configMapCa('${ca._id}')`, ca, options);
  }

  /**
   * Verifies the server by a certificate authority as PEM text, which is in the configuration. Throws on other text and on half a client
   * certificate. Monitors and remote writes of the operator cannot hold one.
   */
  public static pemCa(pem: string, options: TlsClientOptions = {}): TlsClient {
    checkArguments('TlsClient.pemCa', { pem, options });
    return new TlsClient('TlsClient.pemCa', { pem }, options);
  }

  /**
   * Verifies the server by a certificate authority in a Secret, and presents a client certificate of the same Secret where the keys name one. Throws
   * when no key is named, and on half a client certificate.
   */
  public static fromSecret(secret: ISecret, keys: TlsSecretKeys): TlsClient {
    checkArguments('TlsClient.fromSecret', { secret, keys });
    const where = `TlsClient.fromSecret('${secret.name}')`;
    const { ca, certificate, privateKey, ...options } = keys;
    if (ca === undefined && certificate === undefined && privateKey === undefined) {
      throw new Error(`${where}: no key is named; name 'ca', or 'certificate' and 'privateKey', or all three`);
    }
    const key = (name?: string) => (name === undefined ? undefined : SecretKey.of(secret, name));
    return new TlsClient(where, key(ca) ?? 'system', { ...options, certificate: key(certificate), privateKey: key(privateKey) });
  }

  /**
   * Accepts any certificate: credentials go to anyone who answers at the address. A last resort, visible in reviews. Throws on half a client
   * certificate.
   */
  public static insecureSkipVerify(options: TlsClientOptions = {}): TlsClient {
    checkArguments('TlsClient.insecureSkipVerify', { options });
    return new TlsClient('TlsClient.insecureSkipVerify', 'none', options);
  }

  /** Name that the server's certificate has to carry, if it is not the host of the address. */
  public readonly serverName?: string;
  /** Client certificate. */
  public readonly certificate?: SecretKey;
  /** Private key of the client certificate. */
  public readonly privateKey?: SecretKey;
  /** Oldest version of TLS that is accepted. */
  public readonly minVersion?: TlsVersion;
  /** Newest version of TLS that is offered. */
  public readonly maxVersion?: TlsVersion;

  private constructor(private readonly where: string, private readonly authority: Authority, options: TlsClientOptions) {
    const { serverName, certificate, privateKey, minVersion, maxVersion } = options;
    if ((certificate === undefined) !== (privateKey === undefined)) {
      const [given, missing] = certificate === undefined ? ['privateKey', 'certificate'] : ['certificate', 'privateKey'];
      throw new Error(`${where}: got '${given}' without '${missing}'; a client certificate needs both`);
    }
    if (minVersion !== undefined && maxVersion !== undefined && minVersion > maxVersion) {
      throw new Error(`${where}: minVersion ${minVersion} is newer than maxVersion ${maxVersion}; swap them`);
    }
    this.serverName = serverName;
    this.certificate = certificate;
    this.privateKey = privateKey;
    this.minVersion = minVersion;
    this.maxVersion = maxVersion;
  }

  /** Whether the server is verified by the cluster's certificate authority. */
  public get usesClusterCa(): boolean {
    return this.authority === 'cluster';
  }

  /** Whether any certificate is accepted. */
  public get skipsVerification(): boolean {
    return this.authority === 'none';
  }

  /** The certificate authority, if it is in a Secret. */
  public get ca(): SecretKey | undefined {
    return this.authority instanceof SecretKey ? this.authority : undefined;
  }

  /** The certificate authority, if it is in a ConfigMap. */
  public get caConfigMap(): ConfigMapKey | undefined {
    return this.authority instanceof ConfigMapKey ? this.authority : undefined;
  }

  /** The certificate authority, if it is in the configuration itself. @internal */
  public get _pem(): string | undefined {
    return typeof this.authority === 'object' && 'pem' in this.authority ? this.authority.pem : undefined;
  }

  /** The same, with a server name unless it has one or accepts any certificate. @internal */
  public _withServerName(serverName: string): TlsClient {
    const isNamed = this.skipsVerification || this.serverName !== undefined;
    return isNamed ? this : new TlsClient(this.where, this.authority, { ...this.options, serverName });
  }

  /** The wire form. @internal */
  public _wire(): WireMap {
    return {
      ca: this.caSetting,
      cert: Leaf.secret(this.certificate),
      keySecret: Leaf.secret(this.privateKey),
      serverName: this.serverName,
      insecureSkipVerify: this.skipsVerification || undefined,
      minVersion: this.minVersion,
      maxVersion: this.maxVersion,
    };
  }

  private get options(): TlsClientOptions {
    const { serverName, certificate, privateKey, minVersion, maxVersion } = this;
    return { serverName, certificate, privateKey, minVersion, maxVersion };
  }

  private get caSetting(): Leaf | string | undefined {
    const { authority } = this;
    if (authority instanceof SecretKey) {
      return Leaf.secret(authority);
    }
    if (authority instanceof ConfigMapKey) {
      return Leaf.configMap(authority);
    }
    if (typeof authority === 'object') {
      return authority.pem;
    }
    return authority === 'cluster' ? Leaf.account(AccountFile.CA) : undefined;
  }
}
