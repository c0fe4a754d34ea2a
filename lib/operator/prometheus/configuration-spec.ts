import { clientFields, CrdKind, CrdTarget } from './crd-settings';
import { Credentials } from '../credentials';
import { Plain } from '../crd-spec';
import { fieldsOf } from './resource-spelling';
import { withoutVariables } from '../variable-checks';
import type { PrometheusSpecRemoteRead, PrometheusSpecTracingConfig } from '../../../imports/prometheus';
import { tracingSettings, tracingTls } from '../../backend/configuration-checks';
import { TracingOptions } from '../../backend/prometheus-configuration-props';
import { RemoteRead } from '../../monitoring';

const readFields = fieldsOf<PrometheusSpecRemoteRead>();
const tracingFields = fieldsOf<PrometheusSpecTracingConfig>();

/** A store as an entry of `remoteRead`. */
export function remoteReadSpec(where: string, credentials: Credentials, store: RemoteRead): Plain<PrometheusSpecRemoteRead> {
  const place = `${where}: remote read '${store._name ?? store.url}'`;
  const { followRedirects, ...client } = store._client;
  return withoutVariables(place, {
    ...readFields(store._settings()),
    ...clientFields({ where: place, kind: CrdKind.REMOTE_READ, credentials }, client),
    ...(followRedirects === false ? { followRedirects } : {}),
  });
}

/** Traces as `tracingConfig`. */
export function tracingSpec(where: string, credentials: Credentials, tracing: TracingOptions): Plain<PrometheusSpecTracingConfig> {
  const target: CrdTarget = { where: `${where}: tracing`, kind: CrdKind.TRACING, credentials };
  const { tlsConfig } = clientFields(target, tracingTls(tracing));
  return withoutVariables(target.where, {
    ...tracingFields(tracingSettings(tracing)),
    samplingFraction: { value: tracing.samplingFraction ?? 1 },
    ...(tlsConfig === undefined ? {} : { tlsConfig }),
  });
}
