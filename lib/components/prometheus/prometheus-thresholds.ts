import { PrometheusRuleOptions } from './prometheus-rule-options';

/** Thresholds of the alerts about Prometheus, which colour dashboards too. */
export function prometheusThresholds(options: PrometheusRuleOptions = {}) {
  const {
    queryLoadPercent = 80, remoteWriteLagSeconds = 120, remoteWriteFailedPercent = 1, notificationWarningPercent = 1, notificationCriticalPercent = 3,
    sampleLimitPercent = 80, plannedSeriesPercent = 150, storagePercent = 90,
  } = options;
  return {
    queryLoadPercent, remoteWriteLagSeconds, remoteWriteFailedPercent, notificationWarningPercent, notificationCriticalPercent, sampleLimitPercent,
    plannedSeriesPercent, storagePercent,
  };
}
