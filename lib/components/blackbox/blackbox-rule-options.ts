/** Options of the rules about probes. */
export interface BlackboxRuleOptions {
  /**
   * Days before its end at which a certificate is a warning.
   * @default 14
   */
  readonly certificateWarningDays?: number;

  /**
   * Days before its end at which a certificate is critical.
   * @default 2
   */
  readonly certificateCriticalDays?: number;
}
