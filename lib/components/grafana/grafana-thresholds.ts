import { GrafanaRuleOptions } from './grafana-rule-options';

/** Thresholds of the alerts about Grafana, which colour dashboards too. Percentages are 0 to 100. */
export function grafanaThresholds({ requestErrorPercent = 50 }: GrafanaRuleOptions = {}) {
  return { requestErrorPercent };
}
