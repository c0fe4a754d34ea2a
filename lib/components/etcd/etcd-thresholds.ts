import { Duration } from 'cdk8s';
import { EtcdRuleOptions } from './etcd-rule-options';
import { seconds } from '../../units';

/** Thresholds of the alerts about etcd, which colour dashboards too. Percentages are 0 to 100. */
export function etcdThresholds(options: EtcdRuleOptions = {}) {
  const {
    slowCall = Duration.millis(150), slowPeer = Duration.millis(150), quotaPercent = 95, usedDatabasePercent = 50, failedCallsWarningPercent = 1,
    failedCallsCriticalPercent = 5, logSyncWarning = Duration.millis(500), logSyncCritical = Duration.seconds(1), commit = Duration.millis(250),
  } = options;
  return {
    slowCallSeconds: seconds(slowCall),
    slowPeerSeconds: seconds(slowPeer),
    quotaPercent,
    usedDatabasePercent,
    failedCallsWarningPercent,
    failedCallsCriticalPercent,
    logSyncWarningSeconds: seconds(logSyncWarning),
    logSyncCriticalSeconds: seconds(logSyncCritical),
    commitSeconds: seconds(commit),
  };
}
