/** Options of the rules about Grafana. */
export interface GrafanaRuleOptions {
  /**
   * Share of the requests to a handler that fail with a server error above which GrafanaRequestsFailing fires, in percent.
   * @default 50
   */
  readonly requestErrorPercent?: number;
}
