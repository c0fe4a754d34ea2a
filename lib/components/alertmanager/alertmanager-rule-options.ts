/** What can be set of the rules about Alertmanager. */
export interface AlertmanagerRuleOptions {
  /**
   * The job label of its targets.
   *
   * @default 'alertmanager'
   */
  readonly jobName?: string;

  /**
   * Whether a config reloader beside it is scraped in the same job, and with it the rule about that.
   *
   * @default true
   */
  readonly configReloader?: boolean;

  /**
   * The integrations whose failure in the whole cluster is critical, such as `pagerduty`; that of the others is then a warning.
   *
   * @default - all of them are critical
   */
  readonly criticalIntegrations?: string[];
}
