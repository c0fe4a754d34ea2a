/** Options of the rules about the Prometheus Operator. */
export interface PrometheusOperatorRuleOptions {
  /**
   * Share of list and watch requests that fail above which PrometheusOperatorListErrors and PrometheusOperatorWatchErrors fire, in percent.
   * @default 40
   */
  readonly apiErrorPercent?: number;

  /**
   * Share of reconciliations and status updates that fail above which PrometheusOperatorReconcileErrors and
   * PrometheusOperatorStatusUpdateErrors fire, in percent.
   * @default 10
   */
  readonly reconcileErrorPercent?: number;
}
