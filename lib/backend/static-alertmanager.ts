import { IAlertmanager } from '../monitoring';
import { alertmanagerClient, alertmanagerSettings } from '../monitoring/alertmanager';
import { PlainMap } from '../wire/data';
import { prometheusSpelling } from '../wire/prometheus-spelling';

/** Entry of `alertmanagers` in Prometheus's configuration for one that is reached at its URL. */
export function staticAlertmanager(alertmanager: IAlertmanager): PlainMap {
  const { hostname, port, protocol } = new URL(alertmanager.url);
  return prometheusSpelling({
    ...alertmanagerSettings(alertmanager),
    ...alertmanagerClient(alertmanager),
    staticConfigs: [{ targets: [`${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`] }],
  });
}
