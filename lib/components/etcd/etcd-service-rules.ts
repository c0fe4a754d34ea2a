import { Duration } from 'cdk8s';
import { EtcdRuleOptions } from './etcd-rule-options';
import { etcdThresholds } from './etcd-thresholds';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { latest, promql } from '../component-rules';
import { trustedAlert } from '../../monitoring/rules/trusted';

/** The codes of gRPC that are the server's fault. */
export const SERVER_FAULTS = 'Unknown|FailedPrecondition|ResourceExhausted|Internal|Unavailable|DataLoss|DeadlineExceeded';

/** Calls of clients that fail or are slow. */
export function etcdCallRules(job: string, options: EtcdRuleOptions, extensiveMetrics: boolean): AlertingRule[] {
  const { slowCallSeconds, failedCallsWarningPercent, failedCallsCriticalPercent } = etcdThresholds(options);
  // Streams (watches, lease keep-alives) end with Unavailable whenever their client goes away.
  const unary = `${job}, grpc_type="unary"`;
  return [
    failedCalls(failedCallsWarningPercent, Duration.minutes(10), Severity.WARNING, unary),
    failedCalls(failedCallsCriticalPercent, Duration.minutes(5), Severity.CRITICAL, unary),
    ...(extensiveMetrics ? [slowCalls(slowCallSeconds, unary)] : []),
  ];
}

function slowCalls(limit: number, unary: string): AlertingRule {
  return trustedAlert({
    alert: 'etcdGRPCRequestsSlow',
    expr: promql`
      histogram_quantile(0.99, sum by (cluster, job, instance, grpc_service, grpc_method, le) (
        rate(grpc_server_handling_seconds_bucket{${unary}, grpc_method!="Defragment"}[5m])
      )) > ${limit}`,
    for: Duration.minutes(10),
    severity: Severity.CRITICAL,
    summary: 'etcd is slow to answer',
    description: 'Calls of {{ $labels.grpc_service }}/{{ $labels.grpc_method }} take {{ $value | humanizeDuration }} (99th percentile) '
      + 'at the member of etcd at {{ $labels.instance }}.',
  });
}

/** One failed call of a few is a large share, so there must be three in 5 minutes at least. */
function failedCalls(percent: number, time: Duration, severity: Severity, unary: string): AlertingRule {
  const calls = (of: string) => `sum by (cluster, job, instance, grpc_service, grpc_method) (rate(grpc_server_handled_total{${of}}[5m]))`;
  return trustedAlert({
    alert: 'etcdHighNumberOfFailedGRPCRequests',
    expr: promql`
      100 * (${calls(`${unary}, grpc_code=~"${SERVER_FAULTS}"`)} > 0.01)
        / ${calls(unary)}
      > ${percent}`,
    for: time,
    severity,
    summary: 'Calls of etcd fail',
    description: '{{ printf "%.2f" $value }}% of the calls of {{ $labels.grpc_service }}/{{ $labels.grpc_method }} fail '
      + 'at the member of etcd at {{ $labels.instance }}.',
  });
}

/** Its disk and its database. */
export function etcdStorageRules(job: string, options: EtcdRuleOptions): AlertingRule[] {
  const { quotaPercent, usedDatabasePercent, logSyncWarningSeconds, logSyncCriticalSeconds, commitSeconds } = etcdThresholds(options);
  const size = (of: string) => latest(`etcd_mvcc_db_total_${of}_in_bytes{${job}}`);
  const quota = latest(`etcd_server_quota_backend_bytes{${job}}`);
  return [
    slowDisk('etcdHighFsyncDurations', 'etcd_disk_wal_fsync_duration_seconds', logSyncWarningSeconds, Severity.WARNING, 'write to its log', job),
    slowDisk('etcdHighFsyncDurations', 'etcd_disk_wal_fsync_duration_seconds', logSyncCriticalSeconds, Severity.CRITICAL, 'write to its log', job),
    slowDisk('etcdHighCommitDurations', 'etcd_disk_backend_commit_duration_seconds', commitSeconds, Severity.WARNING, 'commit to its database', job),
    trustedAlert({
      alert: 'etcdDatabaseQuotaLowSpace',
      expr: promql`
        100 * ${size('size')} / ${quota}
        > ${quotaPercent}`,
      for: Duration.minutes(10),
      severity: Severity.CRITICAL,
      summary: 'The database of etcd is nearly as big as it may be',
      description: 'The member of etcd at {{ $labels.instance }} uses {{ printf "%.1f" $value }}% of its quota. When it is full, the cluster takes no writes. '
        + 'Defragment it, `etcdctl defrag`, or raise the quota.',
    }),
    trustedAlert({
      alert: 'etcdExcessiveDatabaseGrowth',
      expr: `predict_linear(etcd_mvcc_db_total_size_in_bytes{${job}}[4h], 4 * 3600) > ${quota}`,
      for: Duration.minutes(10),
      severity: Severity.WARNING,
      summary: 'The database of etcd grows fast',
      description: 'Going by the last 4 hours, the database of the member of etcd at {{ $labels.instance }} will be '
        + '{{ $value | humanize1024 }}B in 4 hours, more than its quota.',
    }),
    trustedAlert({
      alert: 'etcdDatabaseHighFragmentationRatio',
      expr: promql`
        100 * ${size('size_in_use')} / ${size('size')}
        < ${usedDatabasePercent}
        and ${size('size_in_use')} > 100 * 1024 * 1024`,
      for: Duration.minutes(10),
      severity: Severity.WARNING,
      summary: 'Much of the database of etcd is empty',
      description: 'The member of etcd at {{ $labels.instance }} uses only {{ printf "%.0f" $value }}% of what its database takes on disk. Defragment it: '
        + '`etcdctl defrag`, one member after the other.',
    }),
  ];
}

function slowDisk(alert: string, metric: string, limit: number, severity: Severity, verb: string, job: string): AlertingRule {
  return trustedAlert({
    alert,
    expr: promql`
      histogram_quantile(0.99, sum by (cluster, job, instance, le) (rate(${metric}_bucket{${job}}[5m])))
      > ${limit}`,
    for: Duration.minutes(10),
    severity,
    summary: 'The disk of etcd is slow',
    description: `The member of etcd at {{ $labels.instance }} takes {{ $value | humanizeDuration }} to ${verb} (99th percentile); the usual is a few milliseconds.`,
  });
}
