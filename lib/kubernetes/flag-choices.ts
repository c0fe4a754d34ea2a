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
