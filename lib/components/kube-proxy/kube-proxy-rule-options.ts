/** What can be set of the rules of kube-proxy. */
export interface KubeProxyRuleOptions {
  /**
   * The job label of its targets.
   *
   * @default 'kube-proxy'
   */
  readonly jobName?: string;
}
