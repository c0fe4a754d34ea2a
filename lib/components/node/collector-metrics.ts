import { NodeCollector } from './node-collector';

/** Collectors whose metrics rules use, each with what follows `node_` at the beginning of their names. */
const METRICS: ReadonlyArray<readonly [NodeCollector, string]> = [
  [NodeCollector.BONDING, 'bonding_'],
  [NodeCollector.CONNTRACK, 'nf_conntrack_'],
  [NodeCollector.CPU, 'cpu_'],
  [NodeCollector.DISKSTATS, 'disk_'],
  [NodeCollector.FILEFD, 'filefd_'],
  [NodeCollector.FILESYSTEM, 'filesystem_'],
  [NodeCollector.LOADAVG, 'load'],
  [NodeCollector.MDADM, 'md_'],
  [NodeCollector.MEMINFO, 'memory_'],
  [NodeCollector.NETCLASS, 'network_(?:up|carrier_)'],
  [NodeCollector.NETDEV, 'network_(?:receive|transmit)_'],
  [NodeCollector.SYSTEMD, 'systemd_'],
  [NodeCollector.TEXTFILE, 'textfile_'],
  [NodeCollector.TIMEX, 'timex_'],
  [NodeCollector.VMSTAT, 'vmstat_'],
];

/** Whether no metric in a text is of a collector that is disabled. */
export function hasCollectors(text: string, disabled: readonly NodeCollector[]): boolean {
  return !METRICS.some(([collector, metrics]) => (
    disabled.some(({ name }) => name === collector.name) && new RegExp(`\\bnode_${metrics}`).test(text)
  ));
}
