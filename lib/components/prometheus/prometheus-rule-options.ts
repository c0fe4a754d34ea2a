/** Options of the rules about Prometheus itself. */
export interface PrometheusRuleOptions {
  /**
   * Share of the concurrent queries allowed above which PrometheusHighQueryLoad fires, in percent.
   * @default 80
   */
  readonly queryLoadPercent?: number;

  /**
   * Seconds of lag above which PrometheusRemoteWriteBehind fires.
   * @default 120
   */
  readonly remoteWriteLagSeconds?: number;
}
