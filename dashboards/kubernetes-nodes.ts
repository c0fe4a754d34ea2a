import { filesystemMatchers } from '../lib/components/node/node-filesystem-rules';
import { nodeThresholds } from '../lib/components/node/node-thresholds';
import { collapsed, dashboard, row, top } from './grafana/dashboard';
import { limits, step } from './grafana/fields';
import { stat, timeSeries } from './grafana/panels';
import { table } from './grafana/table';
import { alertsFiring, ofRow, ofSeries, rate, series, targetsUp, toNode } from './queries';

const at = limits(nodeThresholds());
const nodes = series('node-exporter');
const files = `${nodes}, ${filesystemMatchers()}`;
const disks = `${nodes}, device!~"(loop|ram|zram|sr)[0-9]+"`;
const links = `${nodes}, device!~"lo|veth.+|cali.+|lxc.+|cni.+"`;
const percent = { unit: 'percent', min: 0, max: 100, decimals: 0 } as const;
const toNodeHere = [toNode(ofSeries('node'))];
const full = [at('usedSpaceWarningPercent', 'orange'), at('usedSpaceCriticalPercent', 'red')];

const cpu = `100 - 100 * avg by (cluster, node) (sum without (mode) (${rate(`node_cpu_seconds_total{${nodes}, mode=~"idle|iowait"}`)}))`;
const memory = `100 - 100 * sum by (cluster, node) (node_memory_MemAvailable_bytes{${nodes}}) / sum by (cluster, node) (node_memory_MemTotal_bytes{${nodes}})`;
const load = `sum by (cluster, node) (node_load1{${nodes}}) / count by (cluster, node) (node_cpu_seconds_total{${nodes}, mode="idle"})`;
const filesystem = `max by (cluster, node) (100 - 100 * node_filesystem_avail_bytes{${files}} / node_filesystem_size_bytes{${files}})`;
const pressure = (of: 'cpu' | 'memory' | 'io') => `100 * max by (cluster, node) (${rate(`node_pressure_${of}_waiting_seconds_total{${nodes}}`)})`;
const busy = `100 * max by (cluster, node) (${rate(`node_disk_io_time_seconds_total{${disks}}`)})`;
const traffic = `8 * sum by (cluster, node) (${rate(`node_network_receive_bytes_total{${links}}`)} + ${rate(`node_network_transmit_bytes_total{${links}}`)})`;
const errors = `sum by (cluster, node) (${['receive_errs', 'transmit_errs', 'receive_drop', 'transmit_drop'].map((which) => (
  rate(`node_network_${which}_total{${links}}`)
)).join(' + ')})`;

const top20 = (expr: string) => [{ expr: `topk(20, ${expr})`, legend: '{{node}}' }];

export default dashboard({
  uid: 'kubernetes-nodes',
  title: 'Kubernetes / Nodes',
  description: 'All nodes beside each other, by utilization, saturation and errors of their CPUs, memory, disks and networks.',
  topic: 'kubernetes',
  jobs: ['node-exporter'],
  variables: [],
  alerts: 'alertname=~"Node.+|KubeNode.+"',
  rows: [
    top(
      targetsUp('node-exporter', 'Exporters'),
      stat('Busiest CPU', {
        description: 'CPU use of the node that uses most of it.', ...percent, thresholds: [at('cpuPercent', 'orange')], query: `max(${cpu})`,
      }),
      stat('Fullest memory', {
        description: 'Memory use of the node that uses most of it. Near 100% programs are killed there.', ...percent, thresholds: [at('memoryPercent', 'orange')],
        query: `max(${memory})`,
      }),
      stat('Fullest filesystem', {
        description: 'Used share of the filesystem with the least room, of all nodes.', ...percent, thresholds: full, query: `max(${filesystem})`,
      }),
      stat('Load per CPU', {
        description: 'Tasks that run or wait for each CPU, of the node with the most. Above 1 some wait.', unit: 'short', min: 0, decimals: 2,
        thresholds: [at('loadPerCpu', 'orange')], query: `max(${load})`,
      }),
      alertsFiring('alertname=~"Node.+|KubeNode.+"'),
    ),
    row(
      'All nodes',
      table('Nodes', {
        description: 'Each node with its use, its load and its errors. A click leads to the node.', sortBy: 'CPU', height: 9,
        columns: [
          { label: 'node', name: 'Node', links: [toNode(ofRow('Node'))] },
          { query: `max by (node) (${cpu})`, name: 'CPU', ...percent, bar: true, thresholds: [at('cpuPercent', 'orange')] },
          { query: `max by (node) (${memory})`, name: 'Memory', ...percent, bar: true, thresholds: [at('memoryPercent', 'orange')] },
          { query: `max by (node) (${filesystem})`, name: 'Fullest filesystem', ...percent, bar: true, thresholds: full },
          { query: `max by (node) (${load})`, name: 'Load per CPU', unit: 'short', decimals: 2, thresholds: [at('loadPerCpu', 'orange')] },
          { query: `max by (node) (${traffic})`, name: 'Network', unit: 'bps' },
          { query: `max by (node) (${errors})`, name: 'Network errors', unit: 'pps', thresholds: [step(10, 'orange')] },
          { query: `max by (node) (time() - node_boot_time_seconds{${nodes}})`, name: 'Up for', unit: 's', decimals: 1 },
        ],
      }),
    ),
    row(
      'CPU',
      timeSeries('CPU utilization', {
        description: 'Share of the CPU time in use, the twenty busiest nodes.', ...percent, thresholds: [at('cpuPercent', 'orange')], links: toNodeHere, queries: top20(cpu),
      }),
      timeSeries('CPU saturation', {
        description: 'Load for each CPU, the twenty nodes with the most. Above 1 tasks wait.', unit: 'short', thresholds: [at('loadPerCpu', 'orange')], links: toNodeHere,
        queries: top20(load),
      }),
    ),
    row(
      'Memory',
      timeSeries('Memory utilization', {
        description: 'Share of the memory that programs cannot get, the twenty fullest nodes.', ...percent, thresholds: [at('memoryPercent', 'orange')], links: toNodeHere,
        queries: top20(memory),
      }),
      timeSeries('Memory saturation', {
        description: 'Pages a second that were read from disk again, the twenty nodes with the most. The alert fires above the dashed line.', unit: 'short',
        thresholds: [at('majorPageFaults', 'orange')], links: toNodeHere,
        queries: top20(`max by (cluster, node) (${rate(`node_vmstat_pgmajfault{${nodes}}`)})`),
      }),
    ),
    row(
      'Disk',
      timeSeries('Disk utilization', {
        description: 'Share of the time in which the busiest disk of a node had a request to serve, the twenty busiest.', ...percent, links: toNodeHere, queries: top20(busy),
      }),
      timeSeries('Disk saturation', {
        description: 'Requests that wait for the busiest disk of a node, the twenty with the most. The alert fires above the dashed line.', unit: 'short',
        thresholds: [at('diskQueue', 'orange')], links: toNodeHere,
        queries: top20(`max by (cluster, node) (${rate(`node_disk_io_time_weighted_seconds_total{${disks}}`)})`),
      }),
    ),
    row(
      'Network',
      timeSeries('Network utilization', {
        description: 'Bits a second that a node receives and sends, the twenty busiest.', unit: 'bps', links: toNodeHere, queries: top20(traffic),
      }),
      timeSeries('Network errors', {
        description: 'Packets a second that were damaged or dropped, the twenty nodes with the most. A healthy network has almost none.', unit: 'pps', links: toNodeHere,
        queries: top20(errors),
      }),
    ),
    collapsed(
      'Pressure',
      ...([['cpu', 'CPU pressure', 'a CPU'], ['memory', 'Memory pressure', 'memory'], ['io', 'Disk pressure', 'a disk']] as const).map(([of, title, what]) => (
        timeSeries(title, {
          description: `Share of the time in which some task waited for ${what}, the twenty nodes with the most. Needs a kernel with PSI.`, unit: 'percent', width: 8,
          links: toNodeHere, queries: top20(pressure(of)),
        })
      )),
    ),
  ],
});
