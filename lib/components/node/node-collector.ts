import { checkArguments } from '../../arguments';

/**
 * A collector of node-exporter. Those of the version that the library deploys have a constant; `of` names those of another.
 * @see https://github.com/prometheus/node_exporter#collectors
 */
export class NodeCollector {
  /** ARP table entries per interface. On by default. */
  public static readonly ARP = new NodeCollector('arp');
  /** Caches of block devices. On by default. */
  public static readonly BCACHE = new NodeCollector('bcache');
  /** Bcachefs file systems. On by default. */
  public static readonly BCACHEFS = new NodeCollector('bcachefs');
  /** Bonded interfaces and their active members. On by default. */
  public static readonly BONDING = new NodeCollector('bonding');
  /** Btrfs file systems. On by default. */
  public static readonly BTRFS = new NodeCollector('btrfs');
  /** Fragments of free memory. Off by default. */
  public static readonly BUDDYINFO = new NodeCollector('buddyinfo');
  /** Number of cgroups. Off by default. */
  public static readonly CGROUPS = new NodeCollector('cgroups');
  /** Entries of the connection tracking table. On by default. */
  public static readonly CONNTRACK = new NodeCollector('conntrack');
  /** Time that CPUs spend in each mode. On by default. */
  public static readonly CPU = new NodeCollector('cpu');
  /** Known vulnerabilities of the CPU and their mitigation. Off by default. */
  public static readonly CPU_VULNERABILITIES = new NodeCollector('cpu_vulnerabilities');
  /** CPU frequencies. On by default. */
  public static readonly CPUFREQ = new NodeCollector('cpufreq');
  /** Disk I/O. On by default. */
  public static readonly DISKSTATS = new NodeCollector('diskstats');
  /** Make and model of the machine. On by default. */
  public static readonly DMI = new NodeCollector('dmi');
  /** Multipath devices and their paths. On by default. */
  public static readonly DMMULTIPATH = new NodeCollector('dmmultipath');
  /** Replicated block devices. Off by default. */
  public static readonly DRBD = new NodeCollector('drbd');
  /** AMD GPUs. Off by default. */
  public static readonly DRM = new NodeCollector('drm');
  /** Memory errors, corrected and not. On by default. */
  public static readonly EDAC = new NodeCollector('edac');
  /** Available entropy. On by default. */
  public static readonly ENTROPY = new NodeCollector('entropy');
  /** Statistics of network drivers. Off by default. */
  public static readonly ETHTOOL = new NodeCollector('ethtool');
  /** Fibre Channel hosts. On by default. */
  public static readonly FIBRECHANNEL = new NodeCollector('fibrechannel');
  /** Open files. On by default. */
  public static readonly FILEFD = new NodeCollector('filefd');
  /** Space and inodes of file systems. On by default. */
  public static readonly FILESYSTEM = new NodeCollector('filesystem');
  /** Temperatures, fans, voltages. On by default. */
  public static readonly HWMON = new NodeCollector('hwmon');
  /** InfiniBand and Omni-Path. On by default. */
  public static readonly INFINIBAND = new NodeCollector('infiniband');
  /** Interrupts per CPU and kind; many series. Off by default. */
  public static readonly INTERRUPTS = new NodeCollector('interrupts');
  /** IPVS services and their backends. On by default. */
  public static readonly IPVS = new NodeCollector('ipvs');
  /** Tasks that the kernel found hung. On by default. */
  public static readonly KERNEL_HUNG = new NodeCollector('kernel_hung');
  /** Merging of equal memory pages. Off by default. */
  public static readonly KSMD = new NodeCollector('ksmd');
  /** Kernel network caches. Off by default. */
  public static readonly LNSTAT = new NodeCollector('lnstat');
  /** Load averages. On by default. */
  public static readonly LOADAVG = new NodeCollector('loadavg');
  /** Login sessions. Off by default. */
  public static readonly LOGIND = new NodeCollector('logind');
  /** Software RAID arrays. On by default. */
  public static readonly MDADM = new NodeCollector('mdadm');
  /** Memory. On by default. */
  public static readonly MEMINFO = new NodeCollector('meminfo');
  /** Memory per NUMA node. Off by default. */
  public static readonly MEMINFO_NUMA = new NodeCollector('meminfo_numa');
  /** NFS client per mount; many series. Off by default. */
  public static readonly MOUNTSTATS = new NodeCollector('mountstats');
  /** Properties and link state of interfaces. On by default. */
  public static readonly NETCLASS = new NodeCollector('netclass');
  /** Bytes, packets and errors of interfaces. On by default. */
  public static readonly NETDEV = new NodeCollector('netdev');
  /** Protocol statistics of the network stack. On by default. */
  public static readonly NETSTAT = new NodeCollector('netstat');
  /** Routing table. Off by default. */
  public static readonly NETWORK_ROUTE = new NodeCollector('network_route');
  /** NFS client. On by default. */
  public static readonly NFS = new NodeCollector('nfs');
  /** NFS server. On by default. */
  public static readonly NFSD = new NodeCollector('nfsd');
  /** A local NTP server; deprecated upstream. Off by default. */
  public static readonly NTP = new NodeCollector('ntp');
  /** NVMe controllers. On by default. */
  public static readonly NVME = new NodeCollector('nvme');
  /** Paths of NVMe over Fabrics. Off by default. */
  public static readonly NVMESUBSYSTEM = new NodeCollector('nvmesubsystem');
  /** Name and version of the operating system. On by default. */
  public static readonly OS = new NodeCollector('os');
  /** PCI devices. Off by default. */
  public static readonly PCIDEVICE = new NodeCollector('pcidevice');
  /** Performance counters; needs more privileges than the DaemonSet has. Off by default. */
  public static readonly PERF = new NodeCollector('perf');
  /** Power supplies and batteries. On by default. */
  public static readonly POWERSUPPLYCLASS = new NodeCollector('powersupplyclass');
  /** Pressure stall information. On by default. */
  public static readonly PRESSURE = new NodeCollector('pressure');
  /** Number of processes and threads by state. Off by default. */
  public static readonly PROCESSES = new NodeCollector('processes');
  /** Queueing disciplines. Off by default. */
  public static readonly QDISC = new NodeCollector('qdisc');
  /** Energy that the CPU takes; its files are often for root only. On by default. */
  public static readonly RAPL = new NodeCollector('rapl');
  /** Runit services; deprecated upstream. Off by default. */
  public static readonly RUNIT = new NodeCollector('runit');
  /** Scheduler statistics per CPU. On by default. */
  public static readonly SCHEDSTAT = new NodeCollector('schedstat');
  /** State of SELinux. On by default. */
  public static readonly SELINUX = new NodeCollector('selinux');
  /** Kernel slabs; their file is for root only. Off by default. */
  public static readonly SLABINFO = new NodeCollector('slabinfo');
  /** Sockets in use. On by default. */
  public static readonly SOCKSTAT = new NodeCollector('sockstat');
  /** Soft interrupts per CPU. Off by default. */
  public static readonly SOFTIRQS = new NodeCollector('softirqs');
  /** Packets that the kernel processed and dropped per CPU. On by default. */
  public static readonly SOFTNET = new NodeCollector('softnet');
  /** Boot time, context switches, forks. On by default. */
  public static readonly STAT = new NodeCollector('stat');
  /** Supervisord programs; deprecated upstream. Off by default. */
  public static readonly SUPERVISORD = new NodeCollector('supervisord');
  /** Swap devices. Off by default. */
  public static readonly SWAP = new NodeCollector('swap');
  /** Chosen sysctl values. Off by default. */
  public static readonly SYSCTL = new NodeCollector('sysctl');
  /** State of systemd units, which the alerts on failed services need. Off by default. */
  public static readonly SYSTEMD = new NodeCollector('systemd');
  /** SCSI tapes. On by default. */
  public static readonly TAPESTATS = new NodeCollector('tapestats');
  /** TCP connections by state; slow with very many. Off by default. */
  public static readonly TCPSTAT = new NodeCollector('tcpstat');
  /** Metrics that other programs leave in files. On by default. */
  public static readonly TEXTFILE = new NodeCollector('textfile');
  /** Temperatures of thermal zones. On by default. */
  public static readonly THERMAL_ZONE = new NodeCollector('thermal_zone');
  /** System time. On by default. */
  public static readonly TIME = new NodeCollector('time');
  /** Synchronisation of the clock. On by default. */
  public static readonly TIMEX = new NodeCollector('timex');
  /** Queues of UDP sockets. On by default. */
  public static readonly UDP_QUEUES = new NodeCollector('udp_queues');
  /** Kernel release and architecture. On by default. */
  public static readonly UNAME = new NodeCollector('uname');
  /** Paging, swapping, OOM kills. On by default. */
  public static readonly VMSTAT = new NodeCollector('vmstat');
  /** Hardware watchdogs. On by default. */
  public static readonly WATCHDOG = new NodeCollector('watchdog');
  /** Wireless interfaces. Off by default. */
  public static readonly WIFI = new NodeCollector('wifi');
  /** IPsec. Off by default. */
  public static readonly XFRM = new NodeCollector('xfrm');
  /** XFS file systems. On by default. */
  public static readonly XFS = new NodeCollector('xfs');
  /** ZFS. On by default. */
  public static readonly ZFS = new NodeCollector('zfs');
  /** Memory zones. Off by default. */
  public static readonly ZONEINFO = new NodeCollector('zoneinfo');

  /** A collector by its name, as the flag `--collector.<name>` has it. Throws when it is no such name. */
  public static of(name: string): NodeCollector {
    checkArguments('NodeCollector.of', { name });
    if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name)) {
      throw new Error(`NodeCollector.of: '${name}' is not the name of a collector; use lower-case letters, digits and underscores, as in 'cpu_vulnerabilities'`);
    }
    return new NodeCollector(name);
  }

  private constructor(
    /** The collector's name. */
    public readonly name: string,
  ) {}
}
