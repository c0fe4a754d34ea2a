import { RemoteWrite, RemoteWriteQueue } from '../../../lib';

const settings = (queue: RemoteWriteQueue) => JSON.parse(JSON.stringify(new RemoteWrite({ url: 'https://store.example.com', queue })._settings().queueConfig));

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

test('sends as fast and holds as much as without a capacity', () => {
  [10_000, 20_000, 50_000, 125_000].forEach((capacity) => {
    const { maxSamplesPerSend = 2000, maxShards = 50 } = settings({ capacity });
    expect([capacity * maxShards, maxSamplesPerSend * maxShards]).toEqual([500_000, 100_000]);
  });
});
