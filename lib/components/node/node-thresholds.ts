import { Duration } from 'cdk8s';
import { NodeRuleOptions } from './node-rule-options';
import { seconds } from '../../units';

/** Thresholds of the alerts about nodes, which colour dashboards too. Percentages are 0 to 100. */
export function nodeThresholds(options: NodeRuleOptions = {}) {
  const {
    freeSpaceWarningPercent = 5, freeSpaceCriticalPercent = 3, freeInodesWarningPercent = 5, freeInodesCriticalPercent = 3,
    fillingUpWarningPercent = 15, fillingUpCriticalPercent = 10, fillingUpInodesWarningPercent = 40, fillingUpInodesCriticalPercent = 20,
    cpuPercent = 90, loadPerCpu = 2, majorPageFaults = 500, memoryPercent = 90, diskQueue = 10, fileHandlesWarningPercent = 70,
    fileHandlesCriticalPercent = 90, conntrackPercent = 75, packetErrorPercent = 1, clockSkew = Duration.millis(50),
  } = options;
  return {
    freeSpaceWarningPercent,
    freeSpaceCriticalPercent,
    freeInodesWarningPercent,
    freeInodesCriticalPercent,
    fillingUpWarningPercent,
    fillingUpCriticalPercent,
    fillingUpInodesWarningPercent,
    fillingUpInodesCriticalPercent,
    usedSpaceWarningPercent: 100 - freeSpaceWarningPercent,
    usedSpaceCriticalPercent: 100 - freeSpaceCriticalPercent,
    cpuPercent,
    loadPerCpu,
    majorPageFaults,
    memoryPercent,
    diskQueue,
    fileHandlesWarningPercent,
    fileHandlesCriticalPercent,
    conntrackPercent,
    packetErrorPercent,
    clockSkewSeconds: seconds(clockSkew),
  };
}
