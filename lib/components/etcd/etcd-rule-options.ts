import { Duration } from 'cdk8s';

/** What can be set of the rules about etcd. */
export interface EtcdRuleOptions {
  /**
   * The 99th percentile of the time for a unary call above which etcdGRPCRequestsSlow fires.
   *
   * @default Duration.millis(150)
   */
  readonly slowCall?: Duration;

  /**
   * The 99th percentile of the round trip between two members above which etcdMemberCommunicationSlow fires.
   *
   * @default Duration.millis(150)
   */
  readonly slowPeer?: Duration;

  /**
   * How much of its quota the database may use before etcdDatabaseQuotaLowSpace fires, in percent.
   *
   * @default 95
   */
  readonly quotaPercent?: number;
}
