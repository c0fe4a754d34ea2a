import { Duration, Size, Testing } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { CapacityPlan, DataStorage, OperatedPrometheus, PrometheusProps, PrometheusServer, RemoteWrite } from '../../lib';
import { newChart } from '../charts';
import { find, Manifest } from '../manifests';

const capacity = CapacityPlan.forSeries({ series: 1_000_000 });
const store = new RemoteWrite({ url: 'https://store.example.com/write' });
const claim = (size?: Size) => DataStorage.volumeClaimTemplate({ size });

/** What the constructs of both backends say about their props. */
function notes(props: PrometheusProps): string[][] {
  return [PrometheusServer, OperatedPrometheus].map((Prometheus) => (
    new Prometheus(newChart(), 'prometheus', props).node.metadata.map(({ data }) => String(data)).filter((text) => text.includes("'capacity'"))
  ));
}

test.each<[string, PrometheusProps, string | undefined]>([
  ['what follows from it', { capacity, storage: claim() }, undefined],
  ['what is near it', { capacity, storage: claim(Size.gibibytes(120)), resources: { cpuLimit: Cpu.units(1), memoryRequest: Size.gibibytes(4), memoryLimit: Size.gibibytes(8) } }, undefined],
  ['little, without a load', { storage: claim(Size.gibibytes(1)), resources: { memoryLimit: Size.mebibytes(64) } }, undefined],
  ['little memory', { capacity, resources: { memoryRequest: Size.gibibytes(1) } },
    "memoryRequest 1Gi is below the 5041 MiB that 'capacity' takes, so that its node may run out of memory; raise it, leave it out, or correct 'capacity'"],
  ['a low limit', { capacity, resources: { memoryLimit: Size.gibibytes(4) } },
    "memoryLimit 4Gi is below the 5041 MiB that 'capacity' takes, so that the container will be killed; raise it, leave it out, or correct 'capacity'"],
  ['much memory', { capacity, resources: { memoryRequest: Size.gibibytes(64) } },
    "memoryRequest 64Gi is far above the 5041 MiB that 'capacity' takes; lower it, leave it out, or correct 'capacity'"],
  ['a low limit of CPU', { capacity, resources: { cpuLimit: Cpu.millis(100) } },
    "cpuLimit 100m is below the 133m that 'capacity' takes without a single query, so that scrapes will be late"],
  ['a small claim', { capacity, storage: claim(Size.gibibytes(20)) },
    "the claim's size 20Gi is below the 128 GiB that 'capacity' takes, so that samples are kept for about 56 hours instead of 15d"],
  ['a large claim', { capacity, storage: claim(Size.gibibytes(900)) }, "the claim's size 900Gi is far above the 128 GiB that 'capacity' takes; lower it"],
  ['a small size to keep', { capacity, storage: claim(), retentionSize: Size.gibibytes(10) }, 'retentionSize 10Gi is below the 102 GiB'],
  ['a small volume', { capacity, storage: DataStorage.emptyDir({ sizeLimit: Size.gibibytes(1) }) }, "sizeLimit 1Gi is below the 128 GiB that 'capacity' takes, so that the Pod will be evicted"],
  ['a small claim of an agent', { capacity: CapacityPlan.forSeries({ series: 5_000_000 }), agent: true, shards: 3, remoteWrites: [store], storage: claim(Size.mebibytes(100)) },
    "that 'capacity' takes, so that it fills up while the store is away"],
  ['more series than a Pod should hold', { capacity: CapacityPlan.forSeries({ series: 5_000_000 }) },
    "by 'capacity' a Pod holds 5.0 million series, and 2.0 million series is the most that it should; give it more than 1 'shards', such as those of the plan, or the plan another 'maxSeriesPerPod'"],
  ['as many shards as planned', { capacity: CapacityPlan.forSeries({ series: 5_000_000 }), shards: 3 }, undefined],
  ['a target that no shard can hold', { capacity: CapacityPlan.forCluster({ nodes: 5000, pods: 100_000 }), shards: 8 },
    "8.2 million series are of one target, kube-state-metrics: give it 'shards', and the plan 'kubeStateShards'"],
])('%s', (_, props, expected) => {
  notes(props).forEach((said) => {
    expect(said).toEqual(expected === undefined ? [] : [expect.stringContaining(expected)]);
  });
});

test.each<[string, PrometheusProps, string]>([
  ['another interval', { capacity: CapacityPlan.forSeries({ series: 1, scrapeInterval: Duration.seconds(15) }) },
    "test/prometheus: capacity is planned for 'scrapeInterval' 15s, and the Prometheus has 30s; leave it out of the plan, or set the prop 'scrapeInterval'"],
  ['another retention', { capacity: CapacityPlan.forSeries({ series: 1, retention: Duration.days(30) }) }, "'retention' 30d, and the Prometheus has 15d"],
  ['other replicas', { capacity: CapacityPlan.forSeries({ series: 1, replicas: 2 }) }, "'replicas' 2, and the Prometheus has 1"],
  ['other shards', { capacity: CapacityPlan.forSeries({ series: 1, shards: 2 }) }, "'shards' 2, and the Prometheus has 1"],
  ['another mode', { capacity: CapacityPlan.forSeries({ series: 1, agent: true }) }, "'agent' true, and the Prometheus has false"],
])('a plan for %s throws', (_, props, message) => {
  [PrometheusServer, OperatedPrometheus].forEach((Prometheus) => {
    expect(() => new Prometheus(newChart(), 'prometheus', props)).toThrow(message);
  });
});

/** Requested memory on both backends, with a remote write that is added later. */
function memory(props: PrometheusProps, stores: readonly RemoteWrite[] = []): string[] {
  return [PrometheusServer, OperatedPrometheus].map((Prometheus) => {
    const chart = newChart();
    const prometheus = new Prometheus(chart, 'prometheus', props);
    stores.forEach((remoteWrite) => prometheus.addRemoteWrite(remoteWrite));
    const objects: Manifest[] = Testing.synth(chart);
    const resources = Prometheus === PrometheusServer
      ? objects.find(({ kind }) => kind === 'Deployment')?.spec.template.spec.containers[0].resources
      : find(objects, props.agent ? 'PrometheusAgent' : 'Prometheus').spec.resources;
    return resources.requests.memory;
  });
}

test('remote writes take memory, also those that are added later or planned', () => {
  const [without] = memory({ capacity });
  const [one] = memory({ capacity, remoteWrites: [store] });
  expect(Number.parseInt(one)).toBeGreaterThan(Number.parseInt(without));
  expect(memory({ capacity }, [store])).toEqual([one, one]);
  expect(memory({ capacity: CapacityPlan.forSeries({ series: 1_000_000, remoteWrites: 1 }) })).toEqual([one, one]);
  expect(memory({ capacity: CapacityPlan.forSeries({ series: 1_000_000, remoteWrites: 1 }) }, [store])).toEqual([one, one]);
});

test('an agent takes less', () => {
  const [agent] = memory({ capacity, agent: true, remoteWrites: [store] });
  expect(Number.parseInt(agent)).toBeLessThan(Number.parseInt(memory({ capacity, remoteWrites: [store] })[0]));
});
