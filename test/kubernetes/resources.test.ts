import { Chart, Size, Testing } from 'cdk8s';
import { Cpu, k8s } from 'cdk8s-plus-27';
import {
  AlertmanagerServer, BlackboxExporter, ComputeResources, KubeStateMetrics, NodeExporterDaemonSet, OperatedAlertmanager, OperatedPrometheus,
  PrometheusOperator, PrometheusServer,
} from '../../lib';
import { resourcesOf } from '../../lib/kubernetes/resources';

const defaults = { cpuRequest: Cpu.millis(10), memoryRequest: Size.mebibytes(32), memoryLimit: Size.mebibytes(64) };

/** CPU and memory that are requested, then their limits. */
function told(given?: ComputeResources): Array<string | number | undefined> {
  const { requests, limits } = resourcesOf('here', given, defaults);
  return [requests, limits].flatMap((quantities) => ['cpu', 'memory'].map((resource) => quantities?.[resource]?.value));
}

test.each<[string, ComputeResources | undefined, Array<string | undefined>]>([
  ['none', undefined, ['10m', '32Mi', undefined, '64Mi']],
  ['all', { cpuRequest: Cpu.millis(20), cpuLimit: Cpu.units(1), memoryRequest: Size.mebibytes(40), memoryLimit: Size.mebibytes(50) }, ['20m', '40Mi', '1', '50Mi']],
  ['limits above the default requests', { cpuLimit: Cpu.units(0.5), memoryLimit: Size.gibibytes(1) }, ['10m', '32Mi', '0.5', '1Gi']],
  ['limits below the default requests', { cpuLimit: Cpu.millis(5), memoryLimit: Size.mebibytes(16) }, ['5m', '16Mi', '5m', '16Mi']],
  ['a request below half of the default limit', { memoryRequest: Size.mebibytes(8) }, ['10m', '8Mi', undefined, '64Mi']],
  ['a request just below the default limit', { memoryRequest: Size.mebibytes(60) }, ['10m', '60Mi', undefined, '120Mi']],
  ['a request above the default limit', { memoryRequest: Size.gibibytes(4) }, ['10m', '4Gi', undefined, '8Gi']],
  ['no memory limit', { noMemoryLimit: true }, ['10m', '32Mi', undefined, undefined]],
  ['a request without a limit', { memoryRequest: Size.gibibytes(4), noMemoryLimit: true, cpuLimit: Cpu.units(2) }, ['10m', '4Gi', '2', undefined]],
  ['a request that is the limit', { cpuRequest: Cpu.units(1), cpuLimit: Cpu.millis(1000), memoryRequest: Size.gibibytes(1), memoryLimit: Size.mebibytes(1024) }, ['1', '1Gi', '1000m', '1Gi']],
])('given %s', (_, given, expected) => {
  expect(told(given)).toEqual(expected);
});

test.each<[string, ComputeResources]>([
  ["here: resources: 'memoryRequest' 4Gi is above 'memoryLimit' 2Gi, which the API server refuses; raise 'memoryLimit', or leave it out", { memoryRequest: Size.gibibytes(4), memoryLimit: Size.gibibytes(2) }],
  ["here: resources: 'cpuRequest' 2 is above 'cpuLimit' 500m, which the API server refuses; raise 'cpuLimit', or leave it out for no limit", { cpuRequest: Cpu.units(2), cpuLimit: Cpu.millis(500) }],
  ["here: resources: got 'memoryLimit' 1Gi with 'noMemoryLimit'; leave out one of them", { memoryLimit: Size.gibibytes(1), noMemoryLimit: true }],
])('%s', (message, given) => {
  expect(() => told(given)).toThrow(message);
});

describe('no request is above its limit', () => {
  const resources = { memoryRequest: Size.gibibytes(4) };
  const make: Array<[string, (chart: Chart) => unknown]> = [
    ['PrometheusServer', (chart) => new PrometheusServer(chart, 'x', { resources })],
    ['OperatedPrometheus', (chart) => new OperatedPrometheus(chart, 'x', { resources })],
    ['AlertmanagerServer', (chart) => new AlertmanagerServer(chart, 'x', { resources })],
    ['OperatedAlertmanager', (chart) => new OperatedAlertmanager(chart, 'x', { resources })],
    ['NodeExporterDaemonSet', (chart) => new NodeExporterDaemonSet(chart, 'x', { resources })],
    ['KubeStateMetrics', (chart) => new KubeStateMetrics(chart, 'x', { resources })],
    ['BlackboxExporter', (chart) => new BlackboxExporter(chart, 'x', { resources })],
    ['PrometheusOperator', (chart) => new PrometheusOperator(chart, 'x', { resources })],
  ];

  test.each(make)('%s', (_, construct) => {
    const chart = Testing.chart();
    construct(chart);
    const found = JSON.stringify(Testing.synth(chart)).match(/\{"limits":[^}]*\},"requests":[^}]*\}/g)?.map((text) => JSON.parse(`${text}}`) as k8s.ResourceRequirements) ?? [];
    expect(found).toContainEqual({ limits: { memory: '8Gi' }, requests: { cpu: expect.any(String), memory: '4Gi' } });
  });
});
