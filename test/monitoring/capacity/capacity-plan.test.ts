import { Duration, Size } from 'cdk8s';
import { CapacityPlan, ClusterCapacityOptions, RemoteWriteProtocol, SeriesCapacityOptions } from '../../../lib';

/** The numbers of a plan. */
function numbers(plan: CapacityPlan) {
  const { series, targets, samplesPerSecond, shards, seriesPerPod, largestTargetSeries, memoryRequest, memoryLimit, cpuRequest, claimSize } = plan;
  return {
    series, targets, shards, seriesPerPod, largestTargetSeries,
    samplesPerSecond: Math.round(samplesPerSecond),
    memoryRequest: memoryRequest.toMebibytes(),
    memoryLimit: memoryLimit.toMebibytes(),
    cpuRequest: cpuRequest.amount,
    claimSize: claimSize.toGibibytes(),
    bytesPerSecond: plan.remoteWriteBytesPerSecond(),
  };
}

type Numbers = ReturnType<typeof numbers>;

/** Names of the numbers that differ between two plans. */
function changed(before: CapacityPlan, after: CapacityPlan): string[] {
  const [old, now] = [numbers(before), numbers(after)];
  const names: Array<keyof Numbers> = [
    'series', 'targets', 'shards', 'seriesPerPod', 'largestTargetSeries', 'samplesPerSecond', 'memoryRequest', 'memoryLimit', 'cpuRequest', 'claimSize',
    'bytesPerSecond',
  ];
  return names.filter((name) => old[name] !== now[name]);
}

describe('a cluster', () => {
  const size = { nodes: 100, pods: 3000 };
  const plan = CapacityPlan.forCluster(size);

  test('has the series of its nodes, Pods, containers and control plane', () => {
    const series = 100 * (2620 + 8 * 17) + 3000 * (65 + 58 + 2 * (49 + 11)) + 3 * 14_100 + 10_000 + 4;
    expect(plan.series).toBe(series);
    expect(plan.targets).toBe(100 * 5 + 3 * 4 + 1 + 15);
    expect(plan.largestTargetSeries).toBe(3000 * (58 + 2 * 11) + 100 * 31);
    expect(plan.samplesPerSecond).toBeCloseTo(series / 30);
    // those of 3000 Pods that ended within three hours
    expect(plan.seriesPerPod).toBe(series + (3000 * 243 * 3) / 24);
  });

  test('has all its numbers', () => {
    expect(numbers(plan)).toMatchSnapshot();
  });

  const OPTIONS: Required<ClusterCapacityOptions> = {
    nodes: 300, pods: 4000, cpusPerNode: 64, containersPerPod: 3, apiServers: 5, podsStartedPerDay: 30_000, kubeStateShards: 4, extraSeries: 500_000,
    extraTargets: 5000, scrapeInterval: Duration.seconds(15), retention: Duration.days(30), replicas: 2, shards: 4, maxSeriesPerPod: 500_000,
    remoteWrites: 2, agent: true,
  };
  const ALL = ['series', 'seriesPerPod', 'samplesPerSecond', 'memoryRequest', 'memoryLimit', 'cpuRequest', 'claimSize', 'bytesPerSecond'];
  const OF_POD = ['shards', 'seriesPerPod', 'memoryRequest', 'memoryLimit', 'cpuRequest', 'claimSize'];
  const CHANGES: { readonly [option in keyof Required<ClusterCapacityOptions>]: readonly string[] } = {
    nodes: ['series', 'targets', 'seriesPerPod', 'largestTargetSeries', ...ALL.slice(2)],
    pods: ['series', 'seriesPerPod', 'largestTargetSeries', ...ALL.slice(2)],
    cpusPerNode: ALL,
    containersPerPod: ['series', 'seriesPerPod', 'largestTargetSeries', ...ALL.slice(2)],
    apiServers: ['series', 'targets', ...ALL.slice(1)],
    podsStartedPerDay: ['seriesPerPod', 'memoryRequest', 'memoryLimit', 'cpuRequest'],
    kubeStateShards: ['targets', 'largestTargetSeries'],
    extraSeries: ['series', 'targets', ...ALL.slice(1)],
    extraTargets: ['targets'],
    scrapeInterval: ['samplesPerSecond', 'cpuRequest', 'claimSize', 'bytesPerSecond'],
    retention: ['claimSize'],
    replicas: ['bytesPerSecond'],
    shards: OF_POD,
    maxSeriesPerPod: OF_POD,
    remoteWrites: ['memoryRequest', 'memoryLimit', 'cpuRequest'],
    agent: ['memoryRequest', 'memoryLimit', 'cpuRequest', 'claimSize'],
  };

  test.each(Object.entries(OPTIONS))('%s changes what depends on it, and nothing else', (option, value) => {
    const after = CapacityPlan.forCluster({ ...size, [option]: value });
    expect(changed(plan, after)).toEqual(Object.entries(CHANGES).find(([name]) => name === option)?.[1]);
  });

  test('gives one shard the whole of kube-state-metrics, unless that has shards too', () => {
    const large = { nodes: 5000, pods: 100_000 };
    const whole = CapacityPlan.forCluster(large);
    const split = CapacityPlan.forCluster({ ...large, kubeStateShards: 5 });
    expect(whole.largestTargetSeries).toBeGreaterThan(8_000_000);
    expect(whole.seriesPerPod).toBeGreaterThan(whole.largestTargetSeries);
    expect(whole.seriesPerPod).toBeLessThan(whole.largestTargetSeries * 1.25);
    expect(split.seriesPerPod).toBeLessThan(split.largestTargetSeries * 1.25);
    expect(split.shards).toBeGreaterThan(whole.shards);
    expect(CapacityPlan.forCluster({ ...large, kubeStateShards: 20 }).seriesPerPod).toBeLessThanOrEqual(2_000_000);
  });

  test('keeps the series of a Pod below their most, by as few shards as do', () => {
    const options = { nodes: 1000, pods: 30_000, kubeStateShards: 4 };
    const { shards, seriesPerPod } = CapacityPlan.forCluster(options);
    expect(seriesPerPod).toBeLessThanOrEqual(2_000_000);
    expect(CapacityPlan.forCluster({ ...options, shards: shards - 1 }).seriesPerPod).toBeGreaterThan(2_000_000);
  });
});

describe('a number of series', () => {
  test('is what it says, with a target for a thousand', () => {
    expect(numbers(CapacityPlan.forSeries({ series: 100_000 }))).toMatchSnapshot();
  });

  test.each<[string, Omit<SeriesCapacityOptions, 'series'>]>([['targets', { targets: 10 }], ['shards', { shards: 2 }]])('%s matter to shards', (_, options) => {
    const [before, after] = [CapacityPlan.forSeries({ series: 5_000_000 }), CapacityPlan.forSeries({ series: 5_000_000, ...options })];
    expect(before.shards).toBe(3);
    expect(after.seriesPerPod).toBeGreaterThan(before.seriesPerPod);
  });

  test('never has more shards than targets', () => {
    expect(CapacityPlan.forSeries({ series: 9_000_000, targets: 2 }).shards).toBe(2);
  });

  test('grows with the series, linearly', () => {
    const mebibytes = (series: number) => CapacityPlan.forSeries({ series }).memoryRequest.toMebibytes();
    expect((mebibytes(1_000_000) - mebibytes(500_000)) / (mebibytes(500_000) - mebibytes(250_000))).toBeCloseTo(2, 1);
  });

  test('has at least 2 GiB of disk', () => {
    expect(CapacityPlan.forSeries({ series: 1, agent: true }).claimSize).toEqual(Size.gibibytes(2));
  });

  test('sends fewer bytes by the second version of remote write', () => {
    const plan = CapacityPlan.forSeries({ series: 300_000, replicas: 2 });
    expect(plan.remoteWriteBytesPerSecond()).toBe(plan.remoteWriteBytesPerSecond(RemoteWriteProtocol.V1));
    expect(plan.remoteWriteBytesPerSecond(RemoteWriteProtocol.V2)).toBeLessThan(plan.remoteWriteBytesPerSecond());
  });
});

test.each<[string, () => CapacityPlan, string]>([
  ['no node', () => CapacityPlan.forCluster({ nodes: 0, pods: 1 }), 'CapacityPlan.forCluster: nodes: 0 is not a whole number above 0; say what is to be monitored, rounded up'],
  ['half a Pod', () => CapacityPlan.forCluster({ nodes: 1, pods: 1.5 }), 'CapacityPlan.forCluster: pods: 1.5 is not a whole number above 0'],
  ['no API server', () => CapacityPlan.forCluster({ nodes: 1, pods: 1, apiServers: 0 }), 'apiServers: 0 is not a whole number above 0; leave it out for the default'],
  ['no shard of kube-state-metrics', () => CapacityPlan.forCluster({ nodes: 1, pods: 1, kubeStateShards: 0 }), 'kubeStateShards: 0 is not a whole number above 0'],
  ['CPUs below zero', () => CapacityPlan.forCluster({ nodes: 1, pods: 1, cpusPerNode: -1 }), 'CapacityPlan.forCluster: cpusPerNode: -1 is not above 0; choose a larger number'],
  ['containers that are none', () => CapacityPlan.forCluster({ nodes: 1, pods: 1, containersPerPod: NaN }), 'containersPerPod: NaN is not a finite number; compute it from values that are set'],
  ['Pods without end', () => CapacityPlan.forCluster({ nodes: 1, pods: 1, podsStartedPerDay: Infinity }), 'podsStartedPerDay: Infinity is not a finite number; compute it from values that are set'],
  ['Pods that start below zero', () => CapacityPlan.forCluster({ nodes: 1, pods: 1, podsStartedPerDay: -1 }), 'podsStartedPerDay: -1 is not a number from 0 up; leave it out for the default'],
  ['series below zero', () => CapacityPlan.forCluster({ nodes: 1, pods: 1, extraSeries: -5 }), 'extraSeries: -5 is not a number from 0 up'],
  ['targets below zero', () => CapacityPlan.forCluster({ nodes: 1, pods: 1, extraTargets: -5 }), 'extraTargets: -5 is not a number from 0 up'],
  ['no series', () => CapacityPlan.forSeries({ series: 0 }), 'CapacityPlan.forSeries: series: 0 is not a whole number above 0'],
  ['no target', () => CapacityPlan.forSeries({ series: 1, targets: 0 }), 'CapacityPlan.forSeries: targets: 0 is not a whole number above 0; leave it out for one for 1000 series'],
  ['no interval', () => CapacityPlan.forSeries({ series: 1, scrapeInterval: Duration.millis(0) }), 'scrapeInterval (ms): 0 is not a whole number above 0; leave it out for 30 seconds'],
  ['no retention', () => CapacityPlan.forSeries({ series: 1, retention: Duration.millis(0) }), 'retention (ms): 0 is not a whole number above 0; leave it out for 15 days'],
  ['no replica', () => CapacityPlan.forSeries({ series: 1, replicas: 0 }), 'replicas: 0 is not a whole number above 0; leave it out for the default'],
  ['no shard', () => CapacityPlan.forSeries({ series: 1, shards: 0 }), 'shards: 0 is not a whole number above 0'],
  ['no series in a Pod', () => CapacityPlan.forSeries({ series: 1, maxSeriesPerPod: 0 }), 'maxSeriesPerPod: 0 is not a whole number above 0'],
  ['stores below zero', () => CapacityPlan.forSeries({ series: 1, remoteWrites: -1 }), 'remoteWrites: -1 is not a number from 0 up'],
])('%s throws', (_, plan, message) => {
  expect(plan).toThrow(message);
});
