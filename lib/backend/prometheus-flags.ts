import { atLeast } from '../kubernetes/images';
import { didYouMean } from '../text';

interface Flag {
  /** Which of the two modes knows the flag. */
  readonly mode: 'both' | 'server' | 'agent';
  /** The first version that has it, where that is not 3.0 or earlier. */
  readonly since?: string;
  /** The first version that no longer has it. */
  readonly until?: string;
}

/** The flags of Prometheus 3.0 to 3.13, as `cmd/prometheus/main.go` of each declares them. */
export const PROMETHEUS_FLAGS: Readonly<Record<string, Flag>> = {
  'agent': { mode: 'both' },
  'alertmanager.drain-notification-queue-on-shutdown': { mode: 'server' },
  'alertmanager.notification-batch-size': { mode: 'server', since: '3.4' },
  'alertmanager.notification-queue-capacity': { mode: 'server' },
  'auto-gomaxprocs': { mode: 'both' },
  'auto-gomemlimit': { mode: 'both' },
  'auto-gomemlimit.ratio': { mode: 'both' },
  'config.auto-reload': { mode: 'both', since: '3.12' },
  'config.auto-reload-interval': { mode: 'both' },
  'config.file': { mode: 'both' },
  'enable-feature': { mode: 'both' },
  'log.format': { mode: 'both' },
  'log.level': { mode: 'both' },
  'query.lookback-delta': { mode: 'server' },
  'query.max-concurrency': { mode: 'server' },
  'query.max-samples': { mode: 'server' },
  'query.timeout': { mode: 'server' },
  'rules.alert.for-grace-period': { mode: 'server' },
  'rules.alert.for-outage-tolerance': { mode: 'server' },
  'rules.alert.resend-delay': { mode: 'server' },
  'rules.max-concurrent-evals': { mode: 'server' },
  'scrape.adjust-timestamps': { mode: 'both' },
  'scrape.discovery-reload-interval': { mode: 'both' },
  'scrape.timestamp-tolerance': { mode: 'both' },
  'storage.agent.checkpoint-batch-size': { mode: 'agent', since: '3.12' },
  'storage.agent.checkpoint-from-in-memory-series': { mode: 'agent', since: '3.12' },
  'storage.agent.no-lockfile': { mode: 'agent' },
  'storage.agent.path': { mode: 'agent' },
  'storage.agent.retention.max-time': { mode: 'agent' },
  'storage.agent.retention.min-time': { mode: 'agent' },
  'storage.agent.wal-compression': { mode: 'agent' },
  'storage.agent.wal-compression-type': { mode: 'agent' },
  'storage.agent.wal-segment-size': { mode: 'agent' },
  'storage.agent.wal-truncate-frequency': { mode: 'agent' },
  'storage.remote.flush-deadline': { mode: 'both' },
  'storage.remote.read-concurrent-limit': { mode: 'server' },
  'storage.remote.read-max-bytes-in-frame': { mode: 'server' },
  'storage.remote.read-sample-limit': { mode: 'server' },
  'storage.tsdb.allow-overlapping-compaction': { mode: 'server' },
  'storage.tsdb.block-reload-interval': { mode: 'server', since: '3.9' },
  'storage.tsdb.delay-compact-file.path': { mode: 'server', since: '3.9' },
  'storage.tsdb.delayed-compaction.max-percent': { mode: 'server' },
  'storage.tsdb.head-chunks-write-queue-size': { mode: 'server' },
  'storage.tsdb.max-block-chunk-segment-size': { mode: 'server' },
  'storage.tsdb.max-block-duration': { mode: 'server' },
  'storage.tsdb.min-block-duration': { mode: 'server' },
  'storage.tsdb.no-lockfile': { mode: 'server' },
  'storage.tsdb.path': { mode: 'server' },
  'storage.tsdb.retention.size': { mode: 'server' },
  'storage.tsdb.retention.time': { mode: 'server' },
  'storage.tsdb.samples-per-chunk': { mode: 'server' },
  'storage.tsdb.wal-compression': { mode: 'server' },
  'storage.tsdb.wal-compression-type': { mode: 'server' },
  'storage.tsdb.wal-segment-size': { mode: 'server' },
  'web.config.file': { mode: 'both' },
  'web.console.libraries': { mode: 'both' },
  'web.console.templates': { mode: 'both' },
  'web.cors.origin': { mode: 'both' },
  'web.enable-admin-api': { mode: 'both' },
  'web.enable-lifecycle': { mode: 'both' },
  'web.enable-otlp-receiver': { mode: 'both' },
  'web.enable-remote-write-receiver': { mode: 'both' },
  'web.external-url': { mode: 'both' },
  'web.listen-address': { mode: 'both' },
  'web.max-connections': { mode: 'both' },
  'web.max-notifications-subscribers': { mode: 'both' },
  'web.page-title': { mode: 'both' },
  'web.read-timeout': { mode: 'both' },
  'web.remote-write-receiver.accepted-protobuf-messages': { mode: 'both' },
  'web.route-prefix': { mode: 'both' },
  'web.search.max-limit': { mode: 'server', since: '3.13' },
  'web.user-assets': { mode: 'both' },
  'write-documentation': { mode: 'both' },
};

/** Throws unless this version of Prometheus takes the flag in this mode. */
export function checkFlag(where: string, flag: string, version: string, mode: 'server' | 'agent'): void {
  const name = flag.replace(/^no-/, '');
  const known = PROMETHEUS_FLAGS[name];
  if (flag.startsWith('-')) {
    throw new Error(`${where}: flag '${flag}' is written without leading dashes`);
  }
  if (known === undefined) {
    throw new Error(`${where}: Prometheus has no flag '${flag}'${didYouMean(name, Object.keys(PROMETHEUS_FLAGS))}`);
  }
  if (known.since !== undefined && !atLeast(version, known.since)) {
    throw new Error(`${where}: Prometheus ${version} has no flag '${flag}', which is there since ${known.since}; choose a newer image`);
  }
  if (known.until !== undefined && atLeast(version, known.until)) {
    throw new Error(`${where}: Prometheus ${version} has no flag '${flag}' any more, it went with ${known.until}`);
  }
  if (known.mode !== 'both' && known.mode !== mode) {
    throw new Error(`${where}: flag '${flag}' is for the ${known.mode} mode only, and this Prometheus runs in ${mode} mode`);
  }
}
