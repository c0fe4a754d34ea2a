import { IAlertmanager } from '../monitoring';
import { alertmanagerClient, alertmanagerSettings } from '../monitoring/alertmanager';
import { PlainMap, some } from '../wire/data';
import { prometheusSpelling } from '../wire/prometheus-spelling';
import { RelabelStep } from '../wire/relabel-steps';

/** Entry of `alertmanagers` in Prometheus's configuration for one that is reached at its URL, with relabelings of the alerts for it. */
export function staticAlertmanager(alertmanager: IAlertmanager, alertRelabelings: readonly RelabelStep[] = []): PlainMap {
  const { hostname, port, protocol } = new URL(alertmanager.url);
  return prometheusSpelling({
    ...alertmanagerSettings(alertmanager),
    ...alertmanagerClient(alertmanager),
    alertRelabelConfigs: some(alertRelabelings),
    staticConfigs: [{ targets: [`${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`] }],
  });
}
