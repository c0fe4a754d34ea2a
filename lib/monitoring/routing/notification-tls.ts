import { DataMap } from './data';
import { SecretKey } from '../../kubernetes/secret-key';

/** A version of TLS. */
export enum NotificationTlsVersion {
  /** TLS 1.0, only for what cannot be renewed. */
  TLS_1_0 = 'TLS10',
  /** TLS 1.1, only for what cannot be renewed. */
  TLS_1_1 = 'TLS11',
  /** TLS 1.2. */
  TLS_1_2 = 'TLS12',
  /** TLS 1.3. */
  TLS_1_3 = 'TLS13',
}

/**
 * TLS towards the service that takes the notifications. The service is always verified unless `insecureSkipVerify` says otherwise.
 *
 * Unlike all other files, those of `ca`, `certificate` and `privateKey` are read when Alertmanager loads its configuration, and it does not
 * start without them. `AlertmanagerServer` puts files in their place, by which nobody is believed, for as long as their Secret is missing.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#tls_config
 */
export interface NotificationTls {
  /**
   * The authority that signed the service's certificate, from a Secret.
   * @default - `caPem`, else the authorities of the image
   */
  readonly ca?: SecretKey;

  /**
   * The authority that signed the service's certificate, as PEM text: it is no secret, and cannot be missing when it is written here.
   * @default - `ca`, else the authorities of the image
   */
  readonly caPem?: string;

  /**
   * The client certificate; goes together with `privateKey`.
   * @default - none
   */
  readonly certificate?: SecretKey;

  /**
   * The client's private key; goes together with `certificate`.
   * @default - none
   */
  readonly privateKey?: SecretKey;

  /**
   * The name that the service's certificate has to carry.
   * @default - the host of the URL
   */
  readonly serverName?: string;

  /**
   * Take any certificate: whoever answers is believed.
   * @default false
   */
  readonly insecureSkipVerify?: boolean;

  /**
   * The oldest version of TLS to speak.
   * @default - TLS 1.2
   */
  readonly minVersion?: NotificationTlsVersion;

  /**
   * The newest version of TLS to speak.
   * @default - the newest there is
   */
  readonly maxVersion?: NotificationTlsVersion;
}

/** The `tls_config` of the settings; throws on half a client certificate, on two authorities, on versions the wrong way round. */
export function renderTls(tls: NotificationTls | undefined, where: string): DataMap | undefined {
  if (tls === undefined) {
    return undefined;
  }
  if ((tls.certificate === undefined) !== (tls.privateKey === undefined)) {
    const [given, missing] = tls.certificate === undefined ? ['privateKey', 'certificate'] : ['certificate', 'privateKey'];
    throw new Error(`${where}: got '${given}' without '${missing}'; a client certificate needs both`);
  }
  if (tls.ca !== undefined && tls.caPem !== undefined) {
    throw new Error(`${where}: got 'ca' and 'caPem'; keep one of them`);
  }
  if (tls.caPem !== undefined && !/^-----BEGIN CERTIFICATE-----$/m.test(tls.caPem)) {
    throw new Error(`${where}: caPem is not a certificate in PEM form; it begins with '-----BEGIN CERTIFICATE-----'`);
  }
  if (tls.minVersion !== undefined && tls.maxVersion !== undefined && tls.minVersion > tls.maxVersion) {
    throw new Error(`${where}: minVersion ${tls.minVersion} is newer than maxVersion ${tls.maxVersion}; exchange them`);
  }
  return {
    ca: tls.caPem,
    ca_file: tls.ca,
    cert_file: tls.certificate,
    key_file: tls.privateKey,
    server_name: tls.serverName,
    insecure_skip_verify: tls.insecureSkipVerify,
    min_version: tls.minVersion,
    max_version: tls.maxVersion,
  };
}
