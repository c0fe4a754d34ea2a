import { Duration } from 'cdk8s';
import { KubeletRuleOptions } from './kubelet-rule-options';
import { seconds } from '../../units';

/** Thresholds of the alerts about kubelets, containers and volumes, which colour dashboards too. Percentages are 0 to 100. */
export function kubeletThresholds(options: KubeletRuleOptions = {}) {
  const {
    throttledPercent = 25, volumeCriticalPercent = 3, volumeWarningPercent = 15, relist = Duration.seconds(10), podStart = Duration.minutes(1),
    certificateWarning = Duration.days(7), certificateCritical = Duration.days(1),
  } = options;
  return {
    throttledPercent,
    relistSeconds: seconds(relist),
    podWorkerSeconds: seconds(podStart),
    certificateWarningSeconds: seconds(certificateWarning),
    certificateCriticalSeconds: seconds(certificateCritical),
    volumeCriticalPercent,
    volumeWarningPercent,
    usedVolumeCriticalPercent: 100 - volumeCriticalPercent,
    usedVolumeWarningPercent: 100 - volumeWarningPercent,
  };
}
