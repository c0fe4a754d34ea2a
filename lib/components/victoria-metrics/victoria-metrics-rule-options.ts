/** Options of the rules about VictoriaMetrics. */
export interface VictoriaMetricsRuleOptions {
  /**
   * Share of the disk that is free below which VictoriaMetricsDiskFilling fires, if it would be full within 4 days, in percent.
   * @default 15
   */
  readonly freeDiskPercent?: number;

  /**
   * Share of the write requests that fail above which VictoriaMetricsIngestionFailing fires, in percent.
   * @default 1
   */
  readonly writeErrorPercent?: number;
}
