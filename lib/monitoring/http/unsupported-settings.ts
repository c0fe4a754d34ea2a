import { HttpConfig, httpConfigOf } from './http-config';
import { TlsClient } from './tls-client';

/** Settings of a TLS client that not every program has, as every one has files. */
type TlsSetting = 'serverName' | 'minVersion' | 'maxVersion';

/** Settings of an HTTP client that not every program has. */
type ClientSetting = keyof HttpConfig | `tls.${TlsSetting}`;

function givenBut(supported: readonly string[], settings: { readonly [name: string]: unknown }): string[] {
  return Object.entries(settings).filter(([name, value]) => value !== undefined && !supported.includes(name)).map(([name]) => name);
}

/** Names of the settings of a TLS client, besides its files, that a program has no place for. */
export function unsupportedTls(tls: TlsClient | undefined, supported: readonly TlsSetting[] = []): string[] {
  const { serverName, minVersion, maxVersion } = tls ?? {};
  return givenBut(supported, { serverName, minVersion, maxVersion });
}

/** Names of the settings of an HTTP client that a program has no place for. */
export function unsupportedSettings(client: HttpConfig, supported: readonly ClientSetting[]): string[] {
  const { serverName, minVersion, maxVersion } = client.tls ?? {};
  return givenBut(supported, {
    ...httpConfigOf(client), 'tls.serverName': serverName, 'tls.minVersion': minVersion, 'tls.maxVersion': maxVersion,
  });
}
