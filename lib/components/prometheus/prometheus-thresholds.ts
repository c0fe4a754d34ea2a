import { PrometheusRuleOptions } from './prometheus-rule-options';

/** Thresholds of the alerts about Prometheus, which colour dashboards too. */
export function prometheusThresholds({ queryLoadPercent = 80, remoteWriteLagSeconds = 120 }: PrometheusRuleOptions = {}) {
  return {
    queryLoadPercent,
    remoteWriteLagSeconds,
    remoteWriteFailedPercent: 1,
    notificationWarningPercent: 1,
    notificationCriticalPercent: 3,
  };
}
