import { filesystemMatchers } from '../lib/components/node/node-filesystem-rules';
import { nodeThresholds } from '../lib/components/node/node-thresholds';
import { collapsed, dashboard, labelVariable, row, top } from './grafana/dashboard';
import { colored, limits, override } from './grafana/fields';
import { dashed, mirrored, stat, timeSeries } from './grafana/panels';
import { table } from './grafana/table';
import { alertsFiring, rate, series } from './queries';

const at = limits(nodeThresholds());
const node = series('node-exporter', 'node=~"$node"');
const files = `${node}, ${filesystemMatchers()}`;
const disks = `${node}, device!~"(loop|ram|zram|sr)[0-9]+"`;
const links = `${node}, device!~"lo|veth.+|cali.+|lxc.+|cni.+"`;
const percent = { unit: 'percent', min: 0, max: 100 } as const;
const cores = `count(node_cpu_seconds_total{${node}, mode="idle"})`;
const used = `100 - 100 * node_filesystem_avail_bytes{${files}} / node_filesystem_size_bytes{${files}}`;
const full = [at('usedSpaceWarningPercent', 'orange'), at('usedSpaceCriticalPercent', 'red')];

export default dashboard({
  uid: 'kubernetes-node',
  title: 'Kubernetes / Node',
  description: 'One node: utilization, saturation and errors of its CPUs, memory, disks and network.',
  topic: 'kubernetes',
  jobs: ['node-exporter'],
  variables: [labelVariable('node', 'Node', `node_uname_info{${series('node-exporter')}}`)],
  alerts: 'node=~"$node"',
  rows: [
    top(
      stat('CPU used', {
        description: 'Share of the time in which the CPUs did something. Near 100% programs wait for a CPU.', ...percent, decimals: 0,
        thresholds: [at('cpuPercent', 'orange')],
        query: `100 - 100 * avg(sum without (mode) (${rate(`node_cpu_seconds_total{${node}, mode=~"idle|iowait"}`)}))`,
      }),
      stat('Memory used', {
        description: 'Share of the memory that programs cannot get. Near 100% the kernel kills some.', ...percent, decimals: 0,
        thresholds: [at('memoryPercent', 'orange')],
        query: `100 - 100 * sum(node_memory_MemAvailable_bytes{${node}}) / sum(node_memory_MemTotal_bytes{${node}})`,
      }),
      stat('Fullest filesystem', {
        description: 'Used share of the filesystem with the least room. Near 100% writes fail, and the kubelet evicts Pods.', ...percent, decimals: 0,
        thresholds: full, query: `max(${used})`,
      }),
      stat('Load per CPU', {
        description: 'Tasks that run or wait, over the last minute, for each CPU. Above 1 some wait.', unit: 'short', min: 0, decimals: 2,
        thresholds: [at('loadPerCpu', 'orange')], query: `sum(node_load1{${node}}) / ${cores}`,
      }),
      alertsFiring('node=~"$node"'),
      stat('Up for', {
        description: 'Time since the node booted. A few minutes after an unplanned restart are worth a look.', unit: 's', min: 0, decimals: 1, course: false,
        query: `time() - max(node_boot_time_seconds{${node}})`,
      }),
    ),
    row(
      'Utilization',
      timeSeries('CPU by mode', {
        description: 'Share of the CPU time by what it was spent on. Much iowait is a slow disk, steal is time that the hypervisor took.', ...percent, stacked: true,
        queries: [{ expr: `100 * sum by (mode) (${rate(`node_cpu_seconds_total{${node}, mode!="idle"}`)}) / scalar(${cores})`, legend: '{{mode}}' }],
      }),
      timeSeries('Memory', {
        description: 'Memory by use, against all that there is. Cache and buffers are given back when programs need them.', unit: 'bytes', stacked: true,
        overrides: [dashed('total'), colored('programs', 'blue'), colored('cache', 'green')],
        queries: [
          {
            expr: `node_memory_MemTotal_bytes{${node}} - node_memory_MemFree_bytes{${node}} - node_memory_Buffers_bytes{${node}} - node_memory_Cached_bytes{${node}}`,
            legend: 'programs',
          },
          { expr: `node_memory_Buffers_bytes{${node}}`, legend: 'buffers' },
          { expr: `node_memory_Cached_bytes{${node}}`, legend: 'cache' },
          { expr: `node_memory_MemTotal_bytes{${node}}`, legend: 'total' },
        ],
      }),
      timeSeries('Disk busy', {
        description: 'Share of the time in which a disk had a request to serve. A single disk at 100% is saturated, an array may not be.', ...percent,
        queries: [{ expr: `100 * ${rate(`node_disk_io_time_seconds_total{${disks}}`)}`, legend: '{{device}}' }],
      }),
      mirrored('Network', {
        description: 'Bits received, above, and sent, below, by interface.', unit: 'bps', below: /sent/,
        queries: [
          { expr: `8 * ${rate(`node_network_receive_bytes_total{${links}}`)}`, legend: '{{device}} received' },
          { expr: `8 * ${rate(`node_network_transmit_bytes_total{${links}}`)}`, legend: '{{device}} sent' },
        ],
      }),
    ),
    row(
      'Saturation',
      timeSeries('Load', {
        description: 'Tasks that run or wait, against the number of CPUs. Above that line some wait.', unit: 'short', width: 8,
        overrides: [dashed('CPUs')],
        queries: [
          { expr: `node_load1{${node}}`, legend: '1 min' },
          { expr: `node_load5{${node}}`, legend: '5 min' },
          { expr: `node_load15{${node}}`, legend: '15 min' },
          { expr: cores, legend: 'CPUs' },
        ],
      }),
      timeSeries('Pressure', {
        description: 'Share of the time in which some task waited for a resource. Above a few percent programs are slower than they could be. Needs a kernel with PSI.',
        ...percent, max: undefined, width: 8,
        queries: [
          { expr: `100 * ${rate(`node_pressure_cpu_waiting_seconds_total{${node}}`)}`, legend: 'CPU' },
          { expr: `100 * ${rate(`node_pressure_memory_waiting_seconds_total{${node}}`)}`, legend: 'memory' },
          { expr: `100 * ${rate(`node_pressure_io_waiting_seconds_total{${node}}`)}`, legend: 'disk' },
        ],
      }),
      timeSeries('Disk queue', {
        description: 'Requests that wait for each disk on average. The alert fires above the dashed line.', unit: 'short', width: 8,
        thresholds: [at('diskQueue', 'orange')],
        queries: [{ expr: rate(`node_disk_io_time_weighted_seconds_total{${disks}}`), legend: '{{device}}' }],
      }),
    ),
    row(
      'Errors',
      timeSeries('Network errors and drops', {
        description: 'Packets a second that were damaged or dropped, by interface. A healthy network has almost none.', unit: 'pps',
        queries: ['receive', 'transmit'].flatMap((direction) => [
          { expr: rate(`node_network_${direction}_errs_total{${links}}`), legend: `{{device}} ${direction} errors` },
          { expr: rate(`node_network_${direction}_drop_total{${links}}`), legend: `{{device}} ${direction} drops` },
        ]),
      }),
      timeSeries('Memory shortage', {
        description: 'Pages that had to be read from disk again, a second, and programs that the kernel killed for lack of memory, in the range.', unit: 'short',
        overrides: [override('killed programs', { id: 'custom.axisPlacement', value: 'right' }, { id: 'custom.drawStyle', value: 'bars' }, { id: 'custom.fillOpacity', value: 70 })],
        queries: [
          { expr: rate(`node_vmstat_pgmajfault{${node}}`), legend: 'major page faults' },
          { expr: `increase(node_vmstat_oom_kill{${node}}[$__rate_interval])`, legend: 'killed programs' },
        ],
      }),
    ),
    collapsed(
      'Filesystems',
      table('Filesystems by use', {
        description: 'Filesystems with room and inodes, the fullest first. Without free inodes no file can be made, whatever the room.', sortBy: 'Used',
        columns: [
          { label: 'mountpoint', name: 'Mounted on' },
          { label: 'device', name: 'Device' },
          { label: 'fstype', name: 'Type' },
          { query: `max by (mountpoint, device, fstype) (node_filesystem_size_bytes{${files}})`, name: 'Size', unit: 'bytes' },
          { query: `max by (mountpoint, device, fstype) (node_filesystem_avail_bytes{${files}})`, name: 'Available', unit: 'bytes' },
          { query: `max by (mountpoint, device, fstype) (${used})`, name: 'Used', ...percent, decimals: 1, bar: true, thresholds: full },
          {
            query: `max by (mountpoint, device, fstype) (100 - 100 * node_filesystem_files_free{${files}} / (node_filesystem_files{${files}} > 0))`,
            name: 'Inodes used', ...percent, decimals: 1, bar: true, thresholds: full,
          },
        ],
      }),
    ),
    collapsed(
      'Disks',
      mirrored('Disk throughput', {
        description: 'Bytes a second read, above, and written, below, by disk.', unit: 'Bps', below: /written/,
        queries: [
          { expr: rate(`node_disk_read_bytes_total{${disks}}`), legend: '{{device}} read' },
          { expr: rate(`node_disk_written_bytes_total{${disks}}`), legend: '{{device}} written' },
        ],
      }),
      mirrored('Disk requests', {
        description: 'Requests a second, reads above, writes below, by disk.', unit: 'iops', below: /written/,
        queries: [
          { expr: rate(`node_disk_reads_completed_total{${disks}}`), legend: '{{device}} read' },
          { expr: rate(`node_disk_writes_completed_total{${disks}}`), legend: '{{device}} written' },
        ],
      }),
      timeSeries('Disk latency', {
        description: 'Time that a request took on average, by disk. Milliseconds are usual for SSDs, tens of them for disks that turn.', unit: 's', width: 24,
        queries: ['read', 'write'].map((verb) => ({
          expr: `${rate(`node_disk_${verb}_time_seconds_total{${disks}}`)} / (${rate(`node_disk_${verb}s_completed_total{${disks}}`)} > 0)`,
          legend: `{{device}} ${verb}`,
        })),
      }),
    ),
    collapsed(
      'Kernel',
      timeSeries('File handles', {
        description: 'Share of the file handles of the kernel in use. When all are, nothing can open a file or a connection.', ...percent, width: 8,
        thresholds: [at('fileHandlesWarningPercent', 'orange'), at('fileHandlesCriticalPercent', 'red')],
        queries: [{ expr: `100 * node_filefd_allocated{${node}} / node_filefd_maximum{${node}}`, legend: 'file handles' }],
      }),
      timeSeries('Connection table', {
        description: 'Share of the conntrack entries in use. When all are, new connections are dropped.', ...percent, width: 8,
        thresholds: [at('conntrackPercent', 'orange')],
        queries: [{ expr: `100 * node_nf_conntrack_entries{${node}} / node_nf_conntrack_entries_limit{${node}}`, legend: 'entries' }],
      }),
      timeSeries('Clock', {
        description: 'Offset of the clock from its source, and the error that the kernel assumes at most. Seconds break certificates and tokens.', unit: 's', width: 8,
        min: undefined,
        queries: [
          { expr: `node_timex_offset_seconds{${node}}`, legend: 'offset' },
          { expr: `node_timex_maxerror_seconds{${node}}`, legend: 'largest error' },
        ],
      }),
    ),
  ],
});
