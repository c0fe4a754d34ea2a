/** What can be set of the rules of the scheduler. */
export interface SchedulerRuleOptions {
  /**
   * The job label of its targets.
   *
   * @default 'kube-scheduler'
   */
  readonly jobName?: string;
}
