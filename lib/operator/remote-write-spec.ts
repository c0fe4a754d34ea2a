import { resourceClient } from './client-spec';
import { Credentials } from './credentials';
import { Plain } from './l1';
import { crdRelabelings } from './relabelings';
import { withoutVariables } from './reloader-texts';
import type { PrometheusSpecRemoteWrite } from '../../imports/prometheus';
import { RemoteWrite, RemoteWriteProtocol } from '../monitoring';
import { promDuration } from '../monitoring/duration';

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
    remoteTimeout: timeout === undefined ? undefined : promDuration(timeout),
    headers: Object.keys(headers ?? {}).length === 0 ? undefined : headers,
    writeRelabelConfigs: crdRelabelings(relabelings ?? []),
    sendExemplars,
    sendNativeHistograms,
    ...resourceClient(at, credentials, target._props),
    queueConfig: queue === undefined ? undefined : {
      capacity: queue.capacity,
      maxShards: queue.maxShards,
      minShards: queue.minShards,
      maxSamplesPerSend: queue.maxSamplesPerSend,
      batchSendDeadline: queue.batchSendDeadline === undefined ? undefined : promDuration(queue.batchSendDeadline),
      minBackoff: queue.minBackoff === undefined ? undefined : promDuration(queue.minBackoff),
      maxBackoff: queue.maxBackoff === undefined ? undefined : promDuration(queue.maxBackoff),
      retryOnRateLimit: queue.retryOnHttp429,
      sampleAgeLimit: queue.sampleAgeLimit === undefined ? undefined : promDuration(queue.sampleAgeLimit),
    },
  });
}
