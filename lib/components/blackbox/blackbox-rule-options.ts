/** What can be set of the rules about probes. */
export interface BlackboxRuleOptions {
  /**
   * The job label of blackbox-exporter's own target.
   *
   * @default 'blackbox-exporter'
   */
  readonly jobName?: string;

  /**
   * How many days before its end a certificate is a warning.
   *
   * @default 14
   */
  readonly certificateWarningDays?: number;

  /**
   * How many days before its end a certificate is critical.
   *
   * @default 2
   */
  readonly certificateCriticalDays?: number;
}
