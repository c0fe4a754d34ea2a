import { Duration } from 'cdk8s';

/** Options of the rules about nodes. Percentages are 0 to 100. */
export interface NodeRuleOptions {
  /**
   * Types of filesystems that no rule looks at.
   * @default - those without a disk below them, and read-only images: tmpfs, ramfs, overlay, squashfs, iso9660, erofs and the like
   */
  readonly ignoredFilesystemTypes?: string[];

  /**
   * The regular expression (RE2, anchored) of mount points that no rule looks at.
   * @default /var/lib/(kubelet|containerd|docker|containers)/.+|/run/.+|/boot/efi
   */
  readonly ignoredMountPoints?: string;

  /**
   * Free space below which NodeFilesystemAlmostOutOfSpace fires as a warning, in percent.
   * @default 5
   */
  readonly freeSpaceWarningPercent?: number;

  /**
   * Free space below which NodeFilesystemAlmostOutOfSpace fires as critical, in percent.
   * @default 3
   */
  readonly freeSpaceCriticalPercent?: number;

  /**
   * Free space below which a trend towards a full filesystem is a warning, in percent.
   * @default 15
   */
  readonly fillingUpWarningPercent?: number;

  /**
   * Free space below which a trend towards a full filesystem is critical, in percent.
   * @default 10
   */
  readonly fillingUpCriticalPercent?: number;

  /**
   * Time that the CPUs may be busy before NodeCPUHighUsage fires, in percent.
   * @default 90
   */
  readonly cpuPercent?: number;

  /**
   * Memory in use above which NodeMemoryHighUtilization fires, in percent.
   * @default 90
   */
  readonly memoryPercent?: number;

  /**
   * One-minute load for each CPU above which NodeSystemSaturation fires.
   * @default 2
   */
  readonly loadPerCpu?: number;

  /**
   * Major page faults a second above which NodeMemoryMajorPagesFaults fires.
   * @default 500
   */
  readonly majorPageFaults?: number;

  /**
   * Requests waiting for a disk on average above which NodeDiskIOSaturation fires.
   * @default 10
   */
  readonly diskQueue?: number;

  /**
   * The regular expression (RE2, anchored) of network interfaces whose flapping is of no interest.
   * @default lo|veth.+|cali.+|lxc.+|cni.+|docker.+|br-.+|flannel.+|tunl.+|kube-.+|nodelocaldns
   */
  readonly ignoredInterfaces?: string;

  /**
   * Free inodes below which NodeFilesystemAlmostOutOfFiles fires as a warning, in percent.
   * @default 5
   */
  readonly freeInodesWarningPercent?: number;

  /**
   * Free inodes below which NodeFilesystemAlmostOutOfFiles fires as critical, in percent.
   * @default 3
   */
  readonly freeInodesCriticalPercent?: number;

  /**
   * Free inodes below which a trend towards none is a warning, in percent.
   * @default 40
   */
  readonly fillingUpInodesWarningPercent?: number;

  /**
   * Free inodes below which a trend towards none is critical, in percent.
   * @default 20
   */
  readonly fillingUpInodesCriticalPercent?: number;

  /**
   * File handles in use above which NodeFileDescriptorLimit fires as a warning, in percent of the kernel's limit.
   * @default 70
   */
  readonly fileHandlesWarningPercent?: number;

  /**
   * File handles in use above which NodeFileDescriptorLimit fires as critical, in percent of the kernel's limit.
   * @default 90
   */
  readonly fileHandlesCriticalPercent?: number;

  /**
   * Entries of the connection table in use above which NodeHighNumberConntrackEntriesUsed fires, in percent.
   * @default 75
   */
  readonly conntrackPercent?: number;

  /**
   * Packets with errors above which NodeNetworkReceiveErrs and NodeNetworkTransmitErrs fire, in percent.
   * @default 1
   */
  readonly packetErrorPercent?: number;

  /**
   * Offset of the clock, either way, above which NodeClockSkewDetected fires.
   * @default Duration.millis(50)
   */
  readonly clockSkew?: Duration;

  /**
   * The regular expression (RE2, anchored) of disks whose queue is of no interest.
   * @default (loop|ram|zram|sr)[0-9]+
   */
  readonly ignoredDisks?: string;

  /**
   * Scrape job of kube-state-metrics, which knows the nodes, for NodeExporterMissing.
   * @default kube-state-metrics
   */
  readonly kubeStateJobName?: string;

  /**
   * The regular expression (RE2, anchored) of systemd units that no rule looks at.
   * @default - none
   */
  readonly ignoredUnits?: string;
}
