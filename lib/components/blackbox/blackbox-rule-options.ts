import { Duration } from 'cdk8s';

/** Options of the rules about probes. */
export interface BlackboxRuleOptions {
  /**
   * Time before its end at which a certificate is a warning.
   * @default 14 days
   */
  readonly certificateWarning?: Duration;

  /**
   * Time before its end at which a certificate is critical.
   * @default 2 days
   */
  readonly certificateCritical?: Duration;

  /**
   * The regular expression (RE2, anchored) of targets, their label `instance`, that no rule looks at, such as Services that are scaled to zero.
   * @default - none
   */
  readonly ignoredTargets?: string;
}
