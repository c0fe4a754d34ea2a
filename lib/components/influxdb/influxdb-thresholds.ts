import { InfluxDbRuleOptions } from './influxdb-rule-options';

/** Thresholds of the alerts about InfluxDB, which colour dashboards too. Percentages are 0 to 100. */
export function influxDbThresholds({ freeDiskPercent = 15, writeErrorPercent = 1 }: InfluxDbRuleOptions = {}) {
  return { freeDiskPercent, writeErrorPercent };
}
