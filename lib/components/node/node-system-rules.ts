import { Duration } from 'cdk8s';
import { NodeRuleOptions } from './node-rule-options';
import { nodeThresholds } from './node-thresholds';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { promql } from '../component-rules';
import { trustedAlert } from '../../monitoring/rules/trusted';

/** CPU, memory and disks of a node that are at their limits. */
export function nodeLoadRules(job: string, options: NodeRuleOptions): AlertingRule[] {
  const { cpuPercent, loadPerCpu, majorPageFaults, memoryPercent, diskQueue } = nodeThresholds(options);
  return [
    trustedAlert({
      alert: 'NodeCPUHighUsage',
      expr: promql`
        100 * (1 - avg without (cpu) (sum without (mode) (rate(node_cpu_seconds_total{${job}, mode=~"idle|iowait"}[2m]))))
        > ${cpuPercent}`,
      for: Duration.minutes(15),
      severity: Severity.INFO,
      summary: 'The CPUs of a node are busy',
      description: '{{ or $labels.node $labels.instance }} has been using {{ printf "%.0f" $value }}% of its CPU time for [for].',
    }),
    trustedAlert({
      alert: 'NodeSystemSaturation',
      expr: promql`
        node_load1{${job}}
          / count without (cpu, mode) (node_cpu_seconds_total{${job}, mode="idle"})
        > ${loadPerCpu}`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'More runs on a node than it has CPUs for',
      description: 'The load of {{ or $labels.node $labels.instance }} has been {{ printf "%.2f" $value }} for each CPU for [for]: processes wait, answers come late.',
    }),
    trustedAlert({
      alert: 'NodeMemoryMajorPagesFaults',
      expr: `rate(node_vmstat_pgmajfault{${job}}[5m]) > ${majorPageFaults}`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'A node reads memory pages from disk all the time',
      description: '{{ or $labels.node $labels.instance }} has had {{ printf "%.0f" $value }} major page faults a second for [for]: it is short of memory.',
    }),
    trustedAlert({
      alert: 'NodeMemoryHighUtilization',
      expr: `100 - 100 * node_memory_MemAvailable_bytes{${job}} / node_memory_MemTotal_bytes{${job}} > ${memoryPercent}`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'The memory of a node is nearly used up',
      description: '{{ or $labels.node $labels.instance }} has been using {{ printf "%.0f" $value }}% of its memory for [for].',
    }),
    trustedAlert({
      alert: 'NodeDiskIOSaturation',
      expr: `rate(node_disk_io_time_weighted_seconds_total{${job}, device!~"(loop|ram|zram|sr)[0-9]+"}[5m]) > ${diskQueue}`,
      for: Duration.minutes(30),
      severity: Severity.WARNING,
      summary: 'A disk does not keep up with its requests',
      description: 'On average {{ printf "%.0f" $value }} requests have been waiting for disk {{ $labels.device }} of {{ or $labels.node $labels.instance }} for [for].',
    }),
    ...fileDescriptors(job),
  ];
}

function fileDescriptors(job: string): AlertingRule[] {
  const { fileHandlesWarningPercent, fileHandlesCriticalPercent } = nodeThresholds();
  return [
    { percent: fileHandlesWarningPercent, severity: Severity.WARNING },
    { percent: fileHandlesCriticalPercent, severity: Severity.CRITICAL },
  ].map(({ percent, severity }) => trustedAlert({
    alert: 'NodeFileDescriptorLimit',
    expr: `100 * node_filefd_allocated{${job}} / node_filefd_maximum{${job}} > ${percent}`,
    for: Duration.minutes(15),
    severity,
    summary: 'The kernel of a node runs out of file handles',
    description: '{{ or $labels.node $labels.instance }} uses {{ printf "%.0f" $value }}% of its file handles; when all are used, nothing can open a file or a connection.',
  }));
}

/** Clock, disk arrays, units and the exporter itself. */
export function nodeHealthRules(job: string, systemd: boolean): AlertingRule[] {
  return [...clock(job), ...raid(job), ...exporter(job), ...(systemd ? units(job) : [])];
}

function clock(job: string): AlertingRule[] {
  return [
    trustedAlert({
      alert: 'NodeClockSkewDetected',
      expr: promql`
        node_timex_offset_seconds{${job}} > 0.05 and deriv(node_timex_offset_seconds{${job}}[5m]) >= 0
        or
        node_timex_offset_seconds{${job}} < -0.05 and deriv(node_timex_offset_seconds{${job}}[5m]) <= 0`,
      for: Duration.minutes(10),
      severity: Severity.WARNING,
      summary: 'The clock of a node is off and not getting nearer',
      description: 'The clock of {{ or $labels.node $labels.instance }} is {{ $value | humanizeDuration }} off. See that its time synchronisation runs.',
    }),
    trustedAlert({
      alert: 'NodeClockNotSynchronising',
      expr: `min_over_time(node_timex_sync_status{${job}}[5m]) == 0 and node_timex_maxerror_seconds{${job}} >= 16`,
      for: Duration.minutes(10),
      severity: Severity.WARNING,
      summary: 'The clock of a node is not synchronised',
      description: 'The kernel of {{ or $labels.node $labels.instance }} says that nothing sets its clock. See that NTP or chrony runs there.',
    }),
  ];
}

function raid(job: string): AlertingRule[] {
  return [
    trustedAlert({
      alert: 'NodeRAIDDegraded',
      expr: `node_md_disks_required{${job}} - ignoring (state) node_md_disks{${job}, state="active"} > 0`,
      for: Duration.minutes(15),
      severity: Severity.CRITICAL,
      summary: 'A disk array has lost disks and no spare has taken over',
      description: 'Array {{ $labels.device }} of {{ or $labels.node $labels.instance }} lacks {{ $value }} disks. Losing more may lose its data.',
    }),
    trustedAlert({
      alert: 'NodeRAIDDiskFailure',
      expr: `node_md_disks{${job}, state="failed"} > 0`,
      severity: Severity.WARNING,
      summary: 'A disk of an array has failed',
      description: 'Array {{ $labels.device }} of {{ or $labels.node $labels.instance }} has {{ $value }} failed disks to be replaced.',
    }),
  ];
}

function exporter(job: string): AlertingRule[] {
  return [
    trustedAlert({
      alert: 'NodeTextFileCollectorScrapeError',
      expr: `node_textfile_scrape_error{${job}} == 1`,
      severity: Severity.WARNING,
      summary: 'node-exporter cannot read a file of metrics',
      description: 'A file in the textfile folder of node-exporter on {{ or $labels.node $labels.instance }} cannot be read or parsed; its metrics are missing.',
    }),
    trustedAlert({
      alert: 'NodeExporterDown',
      expr: `up{${job}} == 0 or absent(up{${job}})`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'node-exporter does not answer',
      description: '{{ if $labels.instance }}node-exporter at {{ $labels.instance }} has failed every scrape{{ else }}No node-exporter has been known'
        + '{{ end }} for [for]. A node in trouble would not be noticed; the node itself may be well.',
    }),
  ];
}

function units(job: string): AlertingRule[] {
  return [
    trustedAlert({
      alert: 'NodeSystemdServiceFailed',
      expr: `node_systemd_unit_state{${job}, state="failed"} == 1`,
      for: Duration.minutes(5),
      severity: Severity.WARNING,
      summary: 'A systemd unit has failed',
      description: 'Unit {{ $labels.name }} of {{ or $labels.node $labels.instance }} has been failed for [for].',
    }),
    trustedAlert({
      alert: 'NodeSystemdServiceCrashlooping',
      expr: `increase(node_systemd_service_restart_total{${job}}[5m]) > 2`,
      for: Duration.minutes(15),
      severity: Severity.WARNING,
      summary: 'A systemd service restarts over and over',
      description: 'Service {{ $labels.name }} of {{ or $labels.node $labels.instance }} restarts {{ printf "%.0f" $value }} times in [5m], and has done so for [for].',
    }),
  ];
}
