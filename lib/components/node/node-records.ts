import { RecordingRule, RuleGroup } from '../../monitoring/rules';
import { optionalRecord, trustedGroup } from '../../monitoring/rules/trusted';
import { promql } from '../component-rules';

/** Modes in which a CPU does nothing for this node. */
const IDLE = 'idle|iowait|steal';

/** Block devices; not loop devices, RAM disks and optical drives. */
const DISKS = '(/dev/)?(mmcblk.p.+|nvme.+|rbd.+|sd.+|vd.+|xvd.+|dm-.+|md.+|dasd.+)';

/** Recording rules of node-mixin, kube-prometheus and kubernetes-mixin over the series of node-exporter, whose targets carry `node`. */
export function nodeRecords(job: string): RuleGroup[] {
  return [
    trustedGroup({ name: 'node-exporter.rules', rules: [...utilisation(job), ...disks(job), ...networks(job)] }),
    trustedGroup({ name: 'kube-prometheus-node-recording.rules', rules: [...instances(job), ...cluster(job)] }),
    trustedGroup({ name: 'node.rules', rules: nodes(job) }),
  ];
}

/** Available memory, by the kernel's estimate; kernels before 3.14 have none. */
function available(job: string): string {
  const parts = ['Buffers', 'Cached', 'MemFree', 'Slab'].map((part) => `node_memory_${part}_bytes{${job}}`);
  return `(node_memory_MemAvailable_bytes{${job}} or ${parts.join(' + ')})`;
}

function busy(job: string, range: string): string {
  return `rate(node_cpu_seconds_total{${job}, mode!~"${IDLE}"}[${range}])`;
}

function utilisation(job: string): RecordingRule[] {
  return [
    optionalRecord({ record: 'instance:node_num_cpu:sum', expr: `count without (cpu, mode) (node_cpu_seconds_total{${job}, mode="idle"})` }),
    optionalRecord({
      record: 'instance:node_cpu_utilisation:rate5m',
      expr: `1 - avg without (cpu) (sum without (mode) (rate(node_cpu_seconds_total{${job}, mode=~"${IDLE}"}[5m])))`,
    }),
    optionalRecord({ record: 'instance:node_load1_per_cpu:ratio', expr: `node_load1{${job}} / instance:node_num_cpu:sum{${job}}` }),
    optionalRecord({ record: 'instance:node_memory_utilisation:ratio', expr: `1 - ${available(job)} / node_memory_MemTotal_bytes{${job}}` }),
    optionalRecord({ record: 'instance:node_vmstat_pgmajfault:rate5m', expr: `rate(node_vmstat_pgmajfault{${job}}[5m])` }),
  ];
}

function disks(job: string): RecordingRule[] {
  return ['io_time_seconds', 'io_time_weighted_seconds'].map((metric) => optionalRecord({
    record: `instance_device:node_disk_${metric}:rate5m`,
    expr: `rate(node_disk_${metric}_total{${job}, device=~"${DISKS}"}[5m])`,
  }));
}

function networks(job: string): RecordingRule[] {
  const devices = [{ of: 'excluding_lo', matcher: 'device!="lo"' }, { of: 'physical', matcher: 'device!~"lo|veth.+"' }];
  const metrics = ['receive_bytes', 'transmit_bytes', 'receive_drop', 'transmit_drop'];
  return devices.flatMap(({ of, matcher }) => metrics.map((metric) => optionalRecord({
    record: `instance:node_network_${metric}_${of}:rate5m`,
    expr: `sum without (device) (rate(node_network_${metric}_total{${job}, ${matcher}}[5m]))`,
  })));
}

function instances(job: string): RecordingRule[] {
  return [
    optionalRecord({ record: 'instance:node_cpu:rate:sum', expr: `sum by (cluster, instance) (${busy(job, '3m')})` }),
    ...['receive_bytes', 'transmit_bytes'].map((metric) => optionalRecord({
      record: `instance:node_network_${metric}:rate:sum`,
      expr: `sum by (cluster, instance) (rate(node_network_${metric}_total{${job}}[3m]))`,
    })),
    optionalRecord({
      record: 'instance:node_cpu:ratio',
      expr: promql`
        sum without (cpu, mode) (${busy(job, '5m')})
          / count without (cpu, mode) (node_cpu_seconds_total{${job}, mode="idle"})`,
    }),
  ];
}

function cluster(job: string): RecordingRule[] {
  return [
    optionalRecord({ record: 'cluster:node_cpu:sum_rate5m', expr: `sum by (cluster) (${busy(job, '5m')})` }),
    optionalRecord({
      record: 'cluster:node_cpu:ratio',
      expr: `cluster:node_cpu:sum_rate5m / count by (cluster) (node_cpu_seconds_total{${job}, mode="idle"})`,
    }),
  ];
}

function nodes(job: string): RecordingRule[] {
  return [
    optionalRecord({ record: 'node:node_num_cpu:sum', expr: `count by (cluster, node) (node_cpu_seconds_total{${job}, mode="idle"})` }),
    optionalRecord({ record: ':node_memory_MemAvailable_bytes:sum', expr: `sum by (cluster) (${available(job)})` }),
    optionalRecord({
      record: 'node:node_cpu_utilization:ratio_rate5m',
      expr: `avg by (cluster, node) (sum without (mode) (${busy(job, '5m')}))`,
    }),
    optionalRecord({ record: 'cluster:node_cpu:ratio_rate5m', expr: 'avg by (cluster) (node:node_cpu_utilization:ratio_rate5m)' }),
  ];
}
