import { Duration } from 'cdk8s';

/** What can be set of the rules about CoreDNS. */
export interface CoreDnsRuleOptions {
  /**
   * The job label of its targets.
   *
   * @default 'coredns'
   */
  readonly jobName?: string;

  /**
   * The 99th percentile of the time for an answer above which CoreDNSLatencyHigh fires.
   *
   * @default Duration.seconds(4)
   */
  readonly latency?: Duration;
}
