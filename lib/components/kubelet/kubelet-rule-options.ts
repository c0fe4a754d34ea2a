/** Options of the rules about kubelets, containers and volumes. Percentages are 0 to 100. */
export interface KubeletRuleOptions {
  /**
   * Scrape job of kube-state-metrics, which exposes the volumes that are excluded from alerts.
   * @default 'kube-state-metrics'
   */
  readonly kubeStateJobName?: string;

  /**
   * Share of throttled CPU periods of a container above which CPUThrottlingHigh fires, in percent.
   * @default 25
   */
  readonly throttledPercent?: number;

  /**
   * Free space below which the volume of a claim is critical, in percent.
   * @default 3
   */
  readonly volumeCriticalPercent?: number;

  /**
   * Free space below which the volume of a claim that will be full within four days is a warning, in percent.
   * @default 15
   */
  readonly volumeWarningPercent?: number;
}
