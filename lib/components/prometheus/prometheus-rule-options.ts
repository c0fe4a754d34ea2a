/** What can be set of the rules about Prometheus itself. */
export interface PrometheusRuleOptions {
  /**
   * The job label of its targets.
   *
   * @default 'prometheus'
   */
  readonly jobName?: string;

  /**
   * Whether alerts are sent to an Alertmanager, and with it the rules about that.
   *
   * @default true
   */
  readonly alertmanagers?: boolean;

  /**
   * Whether a config reloader beside it is scraped in the same job, and with it the rule about that.
   *
   * @default true
   */
  readonly configReloader?: boolean;

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
