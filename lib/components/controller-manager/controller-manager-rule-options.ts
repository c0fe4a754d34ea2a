/** What can be set of the rules of the controller manager. */
export interface ControllerManagerRuleOptions {
  /**
   * The job label of its targets.
   *
   * @default 'kube-controller-manager'
   */
  readonly jobName?: string;
}
