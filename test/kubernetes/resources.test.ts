import { Chart, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { AlertmanagerServer, ComputeResources, ConfigReloaderOptions, PrometheusOperator, PrometheusServer } from '../../lib';
import { resourcesOf } from '../../lib/kubernetes/resources';
import { newChart, synth } from '../charts';
import { find, Loose } from '../manifests';
import { madeOf, SUBJECTS } from '../pod-options';

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

const reloading = { memoryRequest: Size.gibibytes(4), memoryLimit: Size.gibibytes(2) };

describe.each(SUBJECTS)('$of', (subject) => {
  const seen = (resources: ComputeResources): Loose => {
    const { pod, main } = madeOf(subject, { resources });
    return subject.operated ? pod.resources : main.resources;
  };

  test('has the default limit lifted by a request', () => {
    expect(seen({ memoryRequest: Size.gibibytes(4) })).toEqual({ limits: { memory: '8Gi' }, requests: { cpu: expect.any(String), memory: '4Gi' } });
  });

  test('runs without a memory limit where that is said', () => {
    expect(seen({ noMemoryLimit: true })).toEqual({ requests: { cpu: expect.any(String), memory: expect.any(String) } });
  });

  test('refuses a request above its limit', () => {
    expect(() => subject.make(newChart(), { resources: reloading })).toThrow("test/it: resources: 'memoryRequest' 4Gi is above 'memoryLimit' 2Gi");
  });
});

describe('the config-reloader', () => {
  const reloader = (make: (chart: Chart) => object): Loose => {
    const { spec } = synth(make).find(({ kind }) => ['Deployment', 'StatefulSet'].includes(kind))!;
    return spec.template.spec.containers[1].resources;
  };
  const unlimited = { memoryRequest: Size.mebibytes(50), noMemoryLimit: true };

  test.each<[string, (options: ConfigReloaderOptions) => (chart: Chart) => object]>([
    ['PrometheusServer', (options) => (chart) => new PrometheusServer(chart, 'it', options)],
    ['AlertmanagerServer', (options) => (chart) => new AlertmanagerServer(chart, 'it', options)],
  ])('of %s is as any other container', (_, make) => {
    expect(reloader(make({}))).toEqual({ requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '64Mi' } });
    expect(reloader(make({ reloaderResources: { memoryRequest: Size.mebibytes(50) } }))).toEqual({ requests: { cpu: '10m', memory: '50Mi' }, limits: { memory: '100Mi' } });
    expect(reloader(make({ reloaderResources: unlimited }))).toEqual({ requests: { cpu: '10m', memory: '50Mi' } });
    expect(() => make({ reloaderResources: reloading })(newChart())).toThrow("test/it: config-reloader: resources: 'memoryRequest' 4Gi is above 'memoryLimit' 2Gi");
  });

  test('of the operator has the same, where nothing is said by 0', () => {
    const args = (resources?: ComputeResources): string[] => find(synth((chart) => new PrometheusOperator(chart, 'it', { configReloader: { resources } })), 'Deployment')
      .spec.template.spec.containers[0].args.filter((arg: string) => /^--config-reloader-(cpu|memory)/.test(arg));
    expect(args()).toEqual([
      '--config-reloader-cpu-request=10m', '--config-reloader-cpu-limit=0', '--config-reloader-memory-request=32Mi', '--config-reloader-memory-limit=64Mi',
    ]);
    expect(args(unlimited)).toEqual([
      '--config-reloader-cpu-request=10m', '--config-reloader-cpu-limit=0', '--config-reloader-memory-request=50Mi', '--config-reloader-memory-limit=0',
    ]);
    expect(() => args(reloading)).toThrow("test/it: configReloader: resources: 'memoryRequest' 4Gi is above 'memoryLimit' 2Gi");
  });
});
