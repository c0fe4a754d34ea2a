import { Duration } from 'cdk8s';

/** Options of the rules about etcd. */
export interface EtcdRuleOptions {
  /**
   * The 99th percentile of the time for a unary call above which etcdGRPCRequestsSlow fires.
   * @default Duration.millis(150)
   */
  readonly slowCall?: Duration;

  /**
   * The 99th percentile of the round trip between two members above which etcdMemberCommunicationSlow fires.
   * @default Duration.millis(150)
   */
  readonly slowPeer?: Duration;

  /**
   * Share of its quota that the database uses above which etcdDatabaseQuotaLowSpace fires, in percent.
   * @default 95
   */
  readonly quotaPercent?: number;

  /**
   * Share of the database's file in use below which etcdDatabaseHighFragmentationRatio fires, in percent.
   * @default 50
   */
  readonly usedDatabasePercent?: number;

  /**
   * Share of the unary calls of a method that fail above which etcdHighNumberOfFailedGRPCRequests fires as a warning, in percent.
   * @default 1
   */
  readonly failedCallsWarningPercent?: number;

  /**
   * Share of the unary calls of a method that fail above which etcdHighNumberOfFailedGRPCRequests fires as critical, in percent.
   * @default 5
   */
  readonly failedCallsCriticalPercent?: number;

  /**
   * The 99th percentile of the time to write to the log above which etcdHighFsyncDurations fires as a warning.
   * @default Duration.millis(500)
   */
  readonly logSyncWarning?: Duration;

  /**
   * The 99th percentile of the time to write to the log above which etcdHighFsyncDurations fires as critical.
   * @default Duration.seconds(1)
   */
  readonly logSyncCritical?: Duration;

  /**
   * The 99th percentile of the time to commit to the database above which etcdHighCommitDurations fires.
   * @default Duration.millis(250)
   */
  readonly commit?: Duration;
}
