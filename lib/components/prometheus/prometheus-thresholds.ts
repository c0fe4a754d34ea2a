import { Duration } from 'cdk8s';
import { PrometheusRuleOptions } from './prometheus-rule-options';
import { seconds } from '../../units';

/** Thresholds of the alerts about Prometheus, which colour dashboards too. */
export function prometheusThresholds(options: PrometheusRuleOptions = {}) {
  const {
    queryLoadPercent = 80, remoteWriteLag = Duration.minutes(2), remoteWriteFailedPercent = 1,
    notificationWarningPercent = 1, notificationCriticalPercent = 3,
  } = options;
  return {
    queryLoadPercent,
    remoteWriteLagSeconds: seconds(remoteWriteLag),
    remoteWriteFailedPercent,
    notificationWarningPercent,
    notificationCriticalPercent,
  };
}
