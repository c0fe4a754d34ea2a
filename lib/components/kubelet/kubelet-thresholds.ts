import { KubeletRuleOptions } from './kubelet-rule-options';

const DAY = 24 * 3600;

/** Thresholds of the alerts about kubelets, containers and volumes, which colour dashboards too. Percentages are 0 to 100. */
export function kubeletThresholds({ throttledPercent = 25, volumeCriticalPercent = 3, volumeWarningPercent = 15 }: KubeletRuleOptions = {}) {
  return {
    throttledPercent,
    relistSeconds: 10,
    podWorkerSeconds: 60,
    certificateWarningSeconds: 7 * DAY,
    certificateCriticalSeconds: DAY,
    volumeCriticalPercent,
    volumeWarningPercent,
    usedVolumeCriticalPercent: 100 - volumeCriticalPercent,
    usedVolumeWarningPercent: 100 - volumeWarningPercent,
  };
}
