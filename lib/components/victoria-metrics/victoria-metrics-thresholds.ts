import { VictoriaMetricsRuleOptions } from './victoria-metrics-rule-options';

/** Thresholds of the alerts about VictoriaMetrics, which colour dashboards too. Percentages are 0 to 100. */
export function victoriaMetricsThresholds({ freeDiskPercent = 15, writeErrorPercent = 1 }: VictoriaMetricsRuleOptions = {}) {
  return { freeDiskPercent, writeErrorPercent };
}
