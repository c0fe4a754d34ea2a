/** Options of the rules about InfluxDB. */
export interface InfluxDbRuleOptions {
  /**
   * Share of the claim that is free below which InfluxDBDiskFilling fires, if it would be full within 4 days, in percent.
   * @default 15
   */
  readonly freeDiskPercent?: number;

  /**
   * Share of the samples sent to it that it rejects above which InfluxDBIngestionFailing fires, in percent.
   * @default 1
   */
  readonly writeErrorPercent?: number;

  /**
   * Name of the kubelets' scrape job, which knows how full the claim is.
   * @default kubelet
   */
  readonly kubeletJobName?: string;

  /**
   * Name of the scrape job of the Prometheus that writes to it, which knows what InfluxDB rejects.
   * @default prometheus
   */
  readonly prometheusJobName?: string;
}
