import { VictoriaMetricsRuleOptions } from './victoria-metrics-rule-options';

/** Thresholds of the alerts about VictoriaMetrics. */
export function victoriaMetricsThresholds({ freeDiskPercent = 15, writeErrorPercent = 1 }: VictoriaMetricsRuleOptions = {}) {
  return { freeDiskPercent, writeErrorPercent };
}
