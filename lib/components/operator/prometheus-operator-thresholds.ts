import { PrometheusOperatorRuleOptions } from './prometheus-operator-rule-options';

/** Thresholds of the alerts about the Prometheus Operator, which colour dashboards too. Percentages are 0 to 100. */
export function prometheusOperatorThresholds({ apiErrorPercent = 40, reconcileErrorPercent = 10 }: PrometheusOperatorRuleOptions = {}) {
  return { apiErrorPercent, reconcileErrorPercent };
}
