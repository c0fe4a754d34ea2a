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
}
