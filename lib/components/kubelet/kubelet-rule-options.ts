/** What can be set of the rules about kubelets, containers and volumes. Percentages are 0 to 100. */
export interface KubeletRuleOptions {
  /**
   * The job label of kube-state-metrics' targets, which know the volumes that are to be left alone.
   *
   * @default 'kube-state-metrics'
   */
  readonly kubeStateJobName?: string;

  /**
   * How much of its CPU periods a container may be throttled in before CPUThrottlingHigh fires, in percent.
   *
   * @default 25
   */
  readonly throttledPercent?: number;

  /**
   * Free space below which the volume of a claim is critical, in percent.
   *
   * @default 3
   */
  readonly volumeCriticalPercent?: number;

  /**
   * Free space below which the volume of a claim that will be full within four days is a warning, in percent.
   *
   * @default 15
   */
  readonly volumeWarningPercent?: number;
}
