import { accountFilesOfClient, clientFields, CrdKind, TOKEN_FILE } from './crd-settings';
import { Credentials } from '../credentials';
import { Plain } from '../crd-spec';
import { fieldsOf } from './resource-spelling';
import { withoutVariables } from '../variable-checks';
import type { PrometheusSpecAlertingAlertmanagers } from '../../../imports/prometheus';
import { IAlertmanagerService } from '../../monitoring';
import { alertmanagerClient, alertmanagerName, alertmanagerSettings } from '../../monitoring/alertmanager';
import { some } from '../../wire/data';
import { RelabelStep } from '../../wire/relabel-steps';

/** An entry of `alerting.alertmanagers`. */
export type AlertmanagerEndpoint = Plain<PrometheusSpecAlertingAlertmanagers>;

const fields = fieldsOf<PrometheusSpecAlertingAlertmanagers>();

/** An Alertmanager as an entry of the Prometheus resource. */
export function alertmanagerEndpoint(
  where: string, credentials: Credentials, alertmanager: IAlertmanagerService, alertRelabelings: readonly RelabelStep[],
): AlertmanagerEndpoint {
  const { namespace, serviceName, portName } = alertmanager;
  const at = `${where}: Alertmanager '${alertmanagerName(alertmanager)}'`;
  const client = alertmanagerClient(alertmanager);
  const { token } = accountFilesOfClient(client);
  return withoutVariables(at, {
    namespace,
    name: serviceName,
    port: { value: portName },
    ...fields({ ...alertmanagerSettings(alertmanager), alertRelabelings: some(alertRelabelings) }),
    ...clientFields({ where: at, kind: CrdKind.ALERTMANAGER, credentials }, client),
    // Here the operator knows no other way to name the file of a token.
    ...token ? { authorization: undefined, bearerTokenFile: TOKEN_FILE } : {},
  });
}
