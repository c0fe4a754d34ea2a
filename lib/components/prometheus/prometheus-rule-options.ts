/** What can be set of the rules about Prometheus itself. */
export interface PrometheusRuleOptions {
  /**
   * How many of the queries that may run at once may run before PrometheusHighQueryLoad fires, in percent.
   *
   * @default 80
   */
  readonly queryLoadPercent?: number;

  /**
   * How many seconds remote write may lag before PrometheusRemoteWriteBehind fires.
   *
   * @default 120
   */
  readonly remoteWriteLagSeconds?: number;
}
