import { resourceClient, TOKEN_FILE } from './client-spec';
import { Credentials } from './credentials';
import { Plain } from '../crd-spec';
import { withoutVariables } from '../variable-checks';
import type { PrometheusSpecAlertingAlertmanagers } from '../../../imports/prometheus';
import { IAlertmanager, Scheme } from '../../monitoring';

/** An entry of `alerting.alertmanagers`. */
export type AlertmanagerEndpoint = Plain<PrometheusSpecAlertingAlertmanagers>;

/** An Alertmanager as an entry of the Prometheus resource. */
export function alertmanagerEndpoint(where: string, credentials: Credentials, alertmanager: IAlertmanager): AlertmanagerEndpoint {
  const { namespace, serviceName, portName, scheme, pathPrefix } = alertmanager;
  const at = `${where}: Alertmanager '${namespace}/${serviceName}'`;
  const { authorization, ...client } = resourceClient(at, credentials, alertmanager);
  return withoutVariables(at, {
    namespace,
    name: serviceName,
    port: { value: portName },
    scheme: scheme === Scheme.HTTP ? undefined : scheme,
    pathPrefix: pathPrefix === '/' ? undefined : pathPrefix,
    apiVersion: 'v2',
    ...client,
    // Here the operator knows no other way to name the file of a token.
    ...(alertmanager.authorization?.usesServiceAccountToken
      ? { bearerTokenFile: TOKEN_FILE }
      : authorization?.credentials === undefined ? {} : { authorization: { type: authorization.type, credentials: authorization.credentials } }),
  });
}
