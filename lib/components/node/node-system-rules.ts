import { Duration } from 'cdk8s';
import { NodeRuleOptions } from './node-rule-options';
import { nodeThresholds } from './node-thresholds';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { latest, promql } from '../component-rules';
import { trustedAlert } from '../../monitoring/rules/trusted';

const DEVICES_WITHOUT_DISK = '(loop|ram|zram|sr)[0-9]+';
const NODE = '{{ or $labels.node $labels.instance }}';

/** CPU, memory and disks of a node that are at their limits. */
export function nodeLoadRules(job: string, options: NodeRuleOptions): AlertingRule[] {
  const { cpuPercent, loadPerCpu, majorPageFaults, memoryPercent, diskQueue } = nodeThresholds(options);
  const memory = (what: string) => latest(`node_memory_${what}_bytes{${job}}`);
  return [
    trustedAlert({
      alert: 'NodeCPUHighUsage',
      expr: promql`
        100 * (1 - avg without (cpu) (sum without (mode) (rate(node_cpu_seconds_total{${job}, mode=~"idle|iowait"}[5m]))))
        > ${cpuPercent}`,
      for: Duration.minutes(15),
      severity: Severity.INFO,
      summary: 'The CPUs of a node are busy',
      description: `${NODE} has been using {{ printf "%.0f" $value }}% of its CPU time for [for].`,
    }),
    trustedAlert({
      alert: 'NodeSystemSaturation',
      expr: promql`
        ${latest(`node_load1{${job}}`)}
          / count without (cpu, mode) (${latest(`node_cpu_seconds_total{${job}, mode="idle"}`)})
        > ${loadPerCpu}`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'More processes want to run on a node than it has CPUs for',
      description: `The load of ${NODE} has been above ${loadPerCpu} for each CPU for [for], now {{ printf "%.2f" $value }}: processes wait, answers come late.`,
    }),
    trustedAlert({
      alert: 'NodeMemoryMajorPagesFaults',
      expr: `rate(node_vmstat_pgmajfault{${job}}[5m]) > ${majorPageFaults}`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'A node reads memory pages from disk all the time',
      description: `${NODE} has had {{ printf "%.0f" $value }} major page faults a second for [for]: it is short of memory.`,
    }),
    trustedAlert({
      alert: 'NodeMemoryHighUtilization',
      expr: `100 - 100 * ${memory('MemAvailable')} / ${memory('MemTotal')} > ${memoryPercent}`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'The memory of a node is nearly used up',
      description: `${NODE} has been using {{ printf "%.0f" $value }}% of its memory for [for].`,
    }),
    trustedAlert({
      alert: 'NodeDiskIOSaturation',
      expr: promql`
        rate(node_disk_io_time_weighted_seconds_total{${job}, device!~${JSON.stringify(options.ignoredDisks ?? DEVICES_WITHOUT_DISK)}}[5m])
        > ${diskQueue}`,
      for: Duration.minutes(30),
      severity: Severity.WARNING,
      summary: 'A disk does not keep up with its requests',
      description: `On average {{ printf "%.0f" $value }} requests have been waiting for disk {{ $labels.device }} of ${NODE} for [for].`,
    }),
    ...fileDescriptors(job, options),
  ];
}

function fileDescriptors(job: string, options: NodeRuleOptions): AlertingRule[] {
  const { fileHandlesWarningPercent, fileHandlesCriticalPercent } = nodeThresholds(options);
  return [
    { percent: fileHandlesWarningPercent, severity: Severity.WARNING },
    { percent: fileHandlesCriticalPercent, severity: Severity.CRITICAL },
  ].map(({ percent, severity }) => trustedAlert({
    alert: 'NodeFileDescriptorLimit',
    expr: `100 * ${latest(`node_filefd_allocated{${job}}`)} / ${latest(`node_filefd_maximum{${job}}`)} > ${percent}`,
    for: Duration.minutes(15),
    severity,
    summary: 'The kernel of a node runs out of file handles',
    description: `${NODE} has been using {{ printf "%.0f" $value }}% of its file handles for [for]; when all are used, nothing can open a file or a connection.`,
  }));
}
