import { prometheusSpelling } from '../wire/prometheus-spelling';
import { WebConfig } from '../monitoring';
import { clientSettings } from '../monitoring/http/client-settings';
import { yamlText } from '../yaml';

/** The web configuration as a file, where it is not one in a Secret. */
export function webFile(web: WebConfig | undefined): { [file: string]: string } {
  const certificate = web?._certificate;
  return certificate === undefined ? {} : {
    'web.yml': yamlText({ tls_server_config: {
      cert_file: certificate.certificate._file('prometheus'),
      key_file: certificate.privateKey._file('prometheus'),
    } }),
  };
}

/** HTTP settings of promtool for health pages that need a password. */
export function probeFile(web: WebConfig | undefined, serverName: string): { [file: string]: string } {
  return web?._basicAuth === undefined ? {} : {
    'probe.yml': yamlText(prometheusSpelling(clientSettings({ tls: web._tlsClient(serverName), basicAuth: web._basicAuth }, 'web'))),
  };
}
