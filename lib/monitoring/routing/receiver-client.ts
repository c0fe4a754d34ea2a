import { WireMap } from '../../wire/data';
import { clientSettings } from '../http/client-settings';
import { HttpConfig } from '../http/http-config';
import { TlsClient } from '../http/tls-client';

/** The wire form of TLS settings; throws on the cluster's certificate authority, which Alertmanager's Pods do not have as a file. */
export function receiverTls(tls: TlsClient | undefined, where: string): WireMap | undefined {
  if (tls?.usesClusterCa === true) {
    throw new Error(`${where}: Alertmanager has no service account with the cluster's certificate authority; name ConfigMap 'kube-root-ca.crt' by TlsClient.configMapCa()`);
  }
  return tls?._wire();
}

/** The wire form of a receiver's HTTP client. Throws on what `clientSettings` throws on, and on files of a service account. */
export function receiverClient(config: HttpConfig | undefined, where: string): WireMap | undefined {
  if (config === undefined) {
    return undefined;
  }
  if (config.authorization?.usesServiceAccountToken === true) {
    throw new Error(`${where}: authorization is the token of a service account, and Alertmanager has none; use Authorization.bearer()`);
  }
  receiverTls(config.tls, `${where}: tls`);
  receiverTls(config.oauth2?.tls, `${where}: oauth2.tls`);
  return clientSettings(config, where);
}
