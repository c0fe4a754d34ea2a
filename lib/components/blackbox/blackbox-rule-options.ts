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

  /**
   * The regular expression (RE2, anchored) of targets, their label `instance`, that no rule looks at, such as Services that are scaled to zero.
   * @default - none
   */
  readonly ignoredTargets?: string;
}
