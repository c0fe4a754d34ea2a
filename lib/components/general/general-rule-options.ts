/** What can be set of the rules that are about no component in particular. */
export interface GeneralRuleOptions {
  /**
   * How many of the targets of a job and Service may fail to be scraped before TargetDown fires, in percent.
   *
   * @default 10
   */
  readonly targetDownPercent?: number;
}
