import { Duration } from 'cdk8s';
import { synthesize } from '../../server/support';
import { specOf } from '../../operator/operated';
import { Manifest } from '../../manifests';
import { CapacityPlan, PrometheusProps, RemoteWrite, RemoteWriteQueue } from '../../../lib';

/** The settings of a queue, of a Prometheus with some series that it scrapes twice a minute. */
function settings(queue: RemoteWriteQueue, series?: number): Manifest {
  const { queueConfig = {} } = new RemoteWrite({ url: 'https://store.example.com', queue })._settings(series === undefined ? undefined : series / 30);
  return JSON.parse(JSON.stringify(queueConfig));
}

test.each<[string, RemoteWriteQueue, object]>([
  ['nothing', {}, {}],
  ["Prometheus's own capacity", { capacity: 10_000 }, { capacity: 10_000 }],
  ['a quarter of it', { capacity: 2500 }, { capacity: 2500, maxSamplesPerSend: 500 }],
  ['five times as much', { capacity: 50_000 }, { capacity: 50_000, maxSamplesPerSend: 10_000, maxShards: 10 }],
  ['more than all shards hold', { capacity: 1_000_000 }, { capacity: 1_000_000, maxSamplesPerSend: 200_000, maxShards: 1 }],
  ['a few samples', { capacity: 3 }, { capacity: 3, maxSamplesPerSend: 1 }],
  ['the samples of a request', { maxSamplesPerSend: 10_000 }, { capacity: 50_000, maxSamplesPerSend: 10_000, maxShards: 10 }],
  ['both', { capacity: 6000, maxSamplesPerSend: 3000 }, { capacity: 6000, maxSamplesPerSend: 3000 }],
  ['more shards', { capacity: 50_000, maxShards: 40 }, { capacity: 50_000, maxSamplesPerSend: 10_000, maxShards: 40 }],
  ['more shards at least', { capacity: 50_000, minShards: 20 }, { capacity: 50_000, maxSamplesPerSend: 10_000, minShards: 20, maxShards: 20 }],
])('follows from %s', (_, queue, expected) => {
  expect(settings(queue)).toEqual(expected);
});

test.each<[string, RemoteWriteQueue, number, object]>([
  ['a small cluster', {}, 40_000, { maxShards: 5 }],
  ['a large one', {}, 1_000_000, { maxShards: 84 }],
  ['a very large one', {}, 10_000_000, { maxShards: 200 }],
  ['what Prometheus has by itself', {}, 600_000, {}],
  ['larger requests', { capacity: 25_000 }, 1_000_000, { capacity: 25_000, maxSamplesPerSend: 5000, maxShards: 34 }],
  ['more shards at least', { minShards: 20 }, 40_000, { minShards: 20, maxShards: 20 }],
  ['shards that are said', { maxShards: 7 }, 1_000_000, { maxShards: 7 }],
])('has shards for %s', (_, queue, series, expected) => {
  expect(settings(queue, series)).toEqual(expected);
});

test('has shards by the capacity of the Prometheus, and by its scrape interval', () => {
  const of = (props: PrometheusProps) => [
    synthesize(props, (prometheus) => prometheus.addRemoteWrite(new RemoteWrite({ url: 'https://a' }))).configuration.remote_write[0].queue_config?.max_shards,
    specOf(props, (prometheus) => prometheus.addRemoteWrite(new RemoteWrite({ url: 'https://a' }))).remoteWrite[0].queueConfig?.maxShards,
  ];
  expect(of({ capacity: CapacityPlan.forSeries({ series: 1_000_000 }) })).toEqual([84, 84]);
  expect(of({ capacity: CapacityPlan.forSeries({ series: 1_000_000 }), scrapeInterval: Duration.seconds(60) })).toEqual([42, 42]);
  // its own shards do not count
  expect(of({ capacity: CapacityPlan.forSeries({ series: 1_000_000 }), shards: 3 })).toEqual([84, 84]);
  expect(of({})).toEqual([undefined, undefined]);
});

test('sends as fast and holds as much as without a capacity', () => {
  [10_000, 20_000, 50_000, 125_000].forEach((capacity) => {
    const { maxSamplesPerSend = 2000, maxShards = 50 } = settings({ capacity });
    expect([capacity * maxShards, maxSamplesPerSend * maxShards]).toEqual([500_000, 100_000]);
  });
});
