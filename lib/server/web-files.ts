import { prometheusSpelling } from '../wire/prometheus-spelling';
import { configDir, Program } from '../kubernetes/mount-paths';
import { WebConfig } from '../monitoring';
import { clientSettings } from '../monitoring/http/client-settings';
import { yamlText } from '../yaml';

const WEB_FILE = 'web.yml';

/** The web configuration as a file, where it is not one in a Secret. */
export function webFile(web: WebConfig | undefined, program: Program): { [file: string]: string } {
  const certificate = web?._certificate;
  return certificate === undefined ? {} : {
    [WEB_FILE]: yamlText({ tls_server_config: {
      cert_file: certificate.certificate._file(program),
      key_file: certificate.privateKey._file(program),
    } }),
  };
}

/** Path of the web configuration, if there is one. */
export function webFilePath(web: WebConfig | undefined, program: Program): string | undefined {
  return web === undefined ? undefined : web._file?._file(program) ?? `${configDir(program)}/${WEB_FILE}`;
}

/** The file with the HTTP settings for Prometheus of programs in its Pod. */
export const CLIENT_FILE = 'probe.yml';

/** HTTP settings of promtool, for health pages that need a password, and of a sidecar of Thanos. */
export function probeFile(web: WebConfig | undefined, serverName: string, sidecar: boolean): { [file: string]: string } {
  const client = { tls: web?._tlsClient(serverName), basicAuth: web?._basicAuth };
  const isNeeded = client.basicAuth !== undefined || (sidecar && client.tls !== undefined);
  return isNeeded ? { [CLIENT_FILE]: yamlText(prometheusSpelling(clientSettings(client, 'web'))) } : {};
}
