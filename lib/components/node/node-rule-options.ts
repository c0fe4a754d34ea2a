/** Options of the rules about nodes. Percentages are 0 to 100. */
export interface NodeRuleOptions {
  /**
   * Types of filesystems that no rule looks at.
   * @default - those without a disk below them, and read-only images: tmpfs, ramfs, overlay, squashfs, iso9660, erofs and the like
   */
  readonly ignoredFilesystemTypes?: string[];

  /**
   * The regular expression (RE2, anchored) of mount points that no rule looks at.
   * @default '/var/lib/(kubelet|containerd|docker|containers)/.+|/run/.+|/boot/efi'
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
   * @default 'lo|veth.+|cali.+|lxc.+|cni.+|docker.+|br-.+|flannel.+|tunl.+|kube-.+|nodelocaldns'
   */
  readonly ignoredInterfaces?: string;
}
