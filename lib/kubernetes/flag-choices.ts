const LEVELS = ['debug', 'info', 'warn', 'error'];
const FORMATS = ['logfmt', 'json'];
const COMPRESSIONS = ['snappy', 'zstd'];

/**
 * Values of flags that have no others, in all programs and versions that have the flag.
 * @see https://github.com/prometheus/common/blob/main/promslog/slog.go
 * @see https://github.com/prometheus/prometheus/blob/main/cmd/prometheus/main.go
 * @see https://github.com/prometheus/blackbox_exporter/blob/master/main.go
 * @see https://github.com/prometheus-operator/prometheus-operator/blob/main/internal/log/log.go
 */
export const FLAG_CHOICES: ReadonlyMap<string, readonly string[]> = new Map([
  ['log.level', LEVELS],
  ['log.format', FORMATS],
  // without `none` since 0.26, which then changes nothing
  ['log.prober', [...LEVELS, 'none']],
  ['log-format', FORMATS],
  ['storage.tsdb.wal-compression-type', COMPRESSIONS],
  ['storage.agent.wal-compression-type', COMPRESSIONS],
]);

/** Flags whose values are durations as Prometheus writes them, `1d12h`, which no type of the flag tells. */
export const PROMETHEUS_DURATIONS: readonly string[] = [
  'auto-gomemlimit.refresh-interval', 'config.auto-reload-interval', 'query.lookback-delta', 'query.timeout', 'rules.alert.for-grace-period',
  'rules.alert.for-outage-tolerance', 'rules.alert.resend-delay', 'scrape.discovery-reload-interval', 'storage.agent.retention.max-time',
  'storage.agent.retention.min-time', 'storage.agent.wal-truncate-frequency', 'storage.remote.flush-deadline', 'storage.tsdb.block-reload-interval',
  'storage.tsdb.max-block-duration', 'storage.tsdb.min-block-duration', 'storage.tsdb.retention.time', 'web.read-timeout',
];

/** Flags whose values are sizes as Prometheus writes them, `512MB`. */
export const PROMETHEUS_SIZES: readonly string[] = [
  'storage.agent.wal-segment-size', 'storage.tsdb.max-block-chunk-segment-size', 'storage.tsdb.retention.size', 'storage.tsdb.wal-segment-size',
];
