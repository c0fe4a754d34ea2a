import { Duration } from 'cdk8s';
import { EtcdRuleOptions } from './etcd-rule-options';
import { seconds } from '../../units';

/** Thresholds of the alerts about etcd, which colour dashboards too. Percentages are 0 to 100. */
export function etcdThresholds(options: EtcdRuleOptions = {}) {
  const { slowCall = Duration.millis(150), slowPeer = Duration.millis(150), quotaPercent = 95 } = options;
  return {
    slowCallSeconds: seconds(slowCall),
    slowPeerSeconds: seconds(slowPeer),
    quotaPercent,
    failedCallsWarningPercent: 1,
    failedCallsCriticalPercent: 5,
    logSyncWarningSeconds: 0.5,
    logSyncCriticalSeconds: 1,
    commitSeconds: 0.25,
  };
}
