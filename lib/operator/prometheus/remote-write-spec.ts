import { CrdKind, crdSettings } from './crd-settings';
import { Credentials } from './credentials';
import { Plain, spelled } from '../crd-spec';
import { crdRelabelings } from './relabelings';
import { withoutVariables } from '../variable-checks';
import type { PrometheusSpecRemoteWrite } from '../../../imports/prometheus';
import { RemoteWrite, RemoteWriteProtocol } from '../../monitoring';
import { promDuration } from '../../units';

const VERSIONS = { [RemoteWriteProtocol.V1]: 'V1.0', [RemoteWriteProtocol.V2]: 'V2.0' } as const;

/** An entry of `remoteWrite`. */
export type RemoteWriteSpec = Plain<PrometheusSpecRemoteWrite>;

/** A remote store as an entry of the Prometheus resource. */
export function remoteWriteSpec(where: string, credentials: Credentials, target: RemoteWrite): RemoteWriteSpec {
  const { name, protocol, timeout, headers, relabelings, sendExemplars, sendNativeHistograms, queue } = target._props;
  const at = `${where}: remote write '${name ?? target.url}'`;
  return withoutVariables(at, {
    url: target.url,
    name,
    messageVersion: protocol === undefined ? undefined : VERSIONS[protocol],
    remoteTimeout: promDuration(timeout),
    headers: Object.keys(headers ?? {}).length === 0 ? undefined : headers,
    writeRelabelConfigs: crdRelabelings(relabelings ?? []),
    sendExemplars,
    sendNativeHistograms,
    ...spelled<Partial<RemoteWriteSpec>>(crdSettings({ where: at, kind: CrdKind.REMOTE_WRITE, credentials }, target._client)),
    queueConfig: queue === undefined ? undefined : {
      capacity: queue.capacity,
      maxShards: queue.maxShards,
      minShards: queue.minShards,
      maxSamplesPerSend: queue.maxSamplesPerSend,
      batchSendDeadline: promDuration(queue.batchSendDeadline),
      minBackoff: promDuration(queue.minBackoff),
      maxBackoff: promDuration(queue.maxBackoff),
      retryOnRateLimit: queue.retryOnHttp429,
      sampleAgeLimit: promDuration(queue.sampleAgeLimit),
    },
  });
}
