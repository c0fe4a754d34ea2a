import { clientFields, cloudFields, CrdKind, CrdTarget } from './crd-settings';
import { Credentials } from '../credentials';
import { Plain } from '../crd-spec';
import { fieldsOf } from './resource-spelling';
import { withoutVariables } from '../variable-checks';
import type { PrometheusSpecRemoteWrite } from '../../../imports/prometheus';
import { RemoteWrite } from '../../monitoring';

/** An entry of `remoteWrite`. */
export type RemoteWriteSpec = Plain<PrometheusSpecRemoteWrite>;

const fields = fieldsOf<PrometheusSpecRemoteWrite>();

/** A remote store as an entry of the Prometheus resource. */
export function remoteWriteSpec(where: string, credentials: Credentials, target: RemoteWrite, samplesPerSecond?: number): RemoteWriteSpec {
  const place = `${where}: remote write '${target._props.name ?? target.url}'`;
  const resource: CrdTarget = { where: place, kind: CrdKind.REMOTE_WRITE, credentials };
  const client = { ...clientFields(resource, target._client), ...cloudFields(resource, target._cloudOfResource) };
  return withoutVariables(place, { ...fields(target._settings(samplesPerSecond)), ...client });
}
