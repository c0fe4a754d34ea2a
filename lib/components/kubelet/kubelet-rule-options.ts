import { Duration } from 'cdk8s';

/** Options of the rules about kubelets, containers and volumes. Percentages are 0 to 100. */
export interface KubeletRuleOptions {
  /**
   * Scrape job of kube-state-metrics, which exposes the volumes that are excluded from alerts.
   * @default kube-state-metrics
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

  /**
   * The regular expression (RE2, anchored) of namespaces whose volumes no rule looks at. A claim of any namespace is left out by the label
   * `excluded-from-alerts: "true"`.
   * @default - none
   */
  readonly ignoredVolumeNamespaces?: string;

  /**
   * 99th percentile of the time that a kubelet takes to list its containers above which KubeletPlegDurationHigh fires.
   * @default Duration.seconds(10)
   */
  readonly relist?: Duration;

  /**
   * 99th percentile of the time that a kubelet takes for a change of a Pod above which KubeletPodStartUpLatencyHigh fires.
   * @default Duration.minutes(1)
   */
  readonly podStart?: Duration;

  /**
   * Rest of the lifetime of a kubelet's certificate below which it is a warning. Below the time at which kubelets renew certificates, which
   * is between 10% and 30% of their lifetime before the end.
   * @default Duration.days(7)
   */
  readonly certificateWarning?: Duration;

  /**
   * Rest of the lifetime of a kubelet's certificate below which it is critical.
   * @default Duration.days(1)
   */
  readonly certificateCritical?: Duration;
}
