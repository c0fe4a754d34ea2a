import { accountFilesOfClient, CrdKind, crdSettings, TOKEN_FILE } from './crd-settings';
import { Credentials } from './credentials';
import { Plain, spelled } from '../crd-spec';
import { withoutVariables } from '../variable-checks';
import type { PrometheusSpecAlertingAlertmanagers } from '../../../imports/prometheus';
import { IAlertmanager, Scheme } from '../../monitoring';
import { alertmanagerClient } from '../../monitoring/alertmanager';

/** An entry of `alerting.alertmanagers`. */
export type AlertmanagerEndpoint = Plain<PrometheusSpecAlertingAlertmanagers>;

/** An Alertmanager as an entry of the Prometheus resource. */
export function alertmanagerEndpoint(where: string, credentials: Credentials, alertmanager: IAlertmanager): AlertmanagerEndpoint {
  const { namespace, serviceName, portName, scheme, pathPrefix } = alertmanager;
  const at = `${where}: Alertmanager '${namespace}/${serviceName}'`;
  const client = alertmanagerClient(alertmanager);
  const { token } = accountFilesOfClient(client);
  return withoutVariables(at, {
    namespace,
    name: serviceName,
    port: { value: portName },
    scheme: scheme === Scheme.HTTP ? undefined : scheme,
    pathPrefix: pathPrefix === '/' ? undefined : pathPrefix,
    apiVersion: 'v2',
    ...spelled<Partial<AlertmanagerEndpoint>>(crdSettings({ where: at, kind: CrdKind.ALERTMANAGER, credentials }, client)),
    // Here the operator knows no other way to name the file of a token.
    ...token ? { authorization: undefined, bearerTokenFile: TOKEN_FILE } : {},
  });
}
