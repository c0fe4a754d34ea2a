import { Duration } from 'cdk8s';
import { OWN_FLAGS } from './prometheus-options';
import { PROMETHEUS_FLAGS } from '../generated/prometheus';
import { ExtraFlags, FlagRules, ownFlags } from '../kubernetes/flags';
import { parsePromDuration } from '../units';

/** Flags by the prop that sets them. */
const BY_PROP = {
  agent: ['agent'],
  web: ['web.config.file'],
  externalUrl: ['web.external-url', 'web.route-prefix'],
  remoteWriteReceiver: ['web.enable-remote-write-receiver'],
  otlpReceiver: ['web.enable-otlp-receiver'],
  retention: ['storage.tsdb.retention.time'],
  retentionSize: ['storage.tsdb.retention.size'],
  query: ['query.lookback-delta', 'query.timeout', 'query.max-concurrency', 'query.max-samples'],
  enableFeatures: ['enable-feature'],
  logLevel: ['log.level'],
};

/** Flags that the library sets. */
export const OWN_PROMETHEUS_FLAGS = ownFlags(BY_PROP, ...OWN_FLAGS);

/** Facts about the flags of a Prometheus. */
export function prometheusFlagRules({ version, agent }: { readonly version: string; readonly agent: boolean }): FlagRules {
  return {
    version,
    program: 'prometheus',
    title: 'Prometheus',
    flags: PROMETHEUS_FLAGS,
    syntax: 'kingpin',
    mode: agent ? 'agent' : 'server',
    own: OWN_PROMETHEUS_FLAGS,
  };
}

const FLUSH_DEADLINE = 'storage.remote.flush-deadline';

/** Time to send what is queued when Prometheus ends, where a flag says it. */
export function flushDeadlineOf({ [FLUSH_DEADLINE]: deadline = '' }: ExtraFlags = {}): Duration | undefined {
  return parsePromDuration(deadline);
}

/** Throws on a shorter time than Prometheus's own to send what is queued when shards change or it ends: what is not sent then is dropped. */
export function checkFlushDeadline(where: string, { [FLUSH_DEADLINE]: deadline }: ExtraFlags = {}): void {
  if (deadline !== undefined && (flushDeadlineOf({ [FLUSH_DEADLINE]: deadline })?.toMilliseconds() ?? 0) < 60_000) {
    throw new Error(`${where}: extraFlags: flag '${FLUSH_DEADLINE}' got '${deadline}', and is at least '1m', so that a slow store loses no samples; leave it out`);
  }
}
