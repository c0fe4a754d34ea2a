import { NodeRuleOptions } from './node-rule-options';

/** Thresholds of the alerts about nodes, which colour dashboards too. Percentages are 0 to 100. */
export function nodeThresholds(options: NodeRuleOptions = {}) {
  const {
    cpuPercent = 90, loadPerCpu = 2, majorPageFaults = 500, memoryPercent = 90, diskQueue = 10, freeSpaceWarningPercent = 5,
    freeSpaceCriticalPercent = 3, fillingUpWarningPercent = 15, fillingUpCriticalPercent = 10,
  } = options;
  return {
    cpuPercent,
    loadPerCpu,
    majorPageFaults,
    memoryPercent,
    diskQueue,
    freeSpaceWarningPercent,
    freeSpaceCriticalPercent,
    fillingUpWarningPercent,
    fillingUpCriticalPercent,
    usedSpaceWarningPercent: 100 - freeSpaceWarningPercent,
    usedSpaceCriticalPercent: 100 - freeSpaceCriticalPercent,
    fileHandlesWarningPercent: 70,
    fileHandlesCriticalPercent: 90,
    conntrackPercent: 75,
  };
}
