/** What can be set of the rules about the objects of the cluster. */
export interface KubeStateRuleOptions {
  /**
   * The regular expression (RE2, anchored) of namespaces that the rules about workloads and quotas look at.
   *
   * @default - all
   */
  readonly namespaces?: string;

  /**
   * How many hours a Job may run before KubeJobNotCompleted fires.
   *
   * @default 12
   */
  readonly jobHours?: number;

  /**
   * How much of the allocatable CPU or memory the quotas of all namespaces may add up to, in percent.
   *
   * @default 150
   */
  readonly quotaOvercommitPercent?: number;
}
