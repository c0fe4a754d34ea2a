/** What can be set of the rules about the Prometheus Operator. */
export interface PrometheusOperatorRuleOptions {
  /**
   * The job label of its targets.
   *
   * @default 'prometheus-operator'
   */
  readonly jobName?: string;

  /**
   * How much of what it lists or watches may fail, in percent.
   *
   * @default 40
   */
  readonly apiErrorPercent?: number;

  /**
   * How many of its reconciliations or updates of a status may fail, in percent.
   *
   * @default 10
   */
  readonly reconcileErrorPercent?: number;

  /**
   * Whether it keeps the Service of the kubelets, and with it the rule about that.
   *
   * @default true
   */
  readonly kubeletService?: boolean;
}
