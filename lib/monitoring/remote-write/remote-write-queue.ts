import { Duration } from 'cdk8s';
import { checkCount } from '../../checks';
import { promDuration } from '../../units';
import { unlessDefault } from '../../wire/data';

/**
 * Queue of a remote write: samples wait in it until they are sent.
 *
 * What is left out is computed. A shard holds five requests. Where the Prometheus has a `capacity`, there are as many shards at most as send five
 * times its samples when a request takes a second, so that what waited while the store was away is sent in a quarter of that time; its own `shards`
 * do not count, since a queue that changed with them would drop what waits. Where it has no `capacity`, all shards together hold at most the 500 000
 * samples that Prometheus's own queue holds, 50 shards of 10 000.
 * @see https://prometheus.io/docs/practices/remote_write/
 */
export interface RemoteWriteQueue {
  /**
   * Samples that one shard holds, at least as many as a request has.
   * @default - five times `maxSamplesPerSend`, 10000
   */
  readonly capacity?: number;
  /**
   * Shards at most.
   * @default - 5 to 200 by the `capacity` of the Prometheus; without one as many as hold 500000 samples, at most 50
   */
  readonly maxShards?: number;
  /**
   * Shards at least.
   * @default 1
   */
  readonly minShards?: number;
  /**
   * Samples in one request at most.
   * @default - a fifth of `capacity`, 2000
   */
  readonly maxSamplesPerSend?: number;
  /**
   * Time that a sample waits at most for a request to fill.
   * @default Duration.seconds(5)
   */
  readonly batchSendDeadline?: Duration;
  /**
   * First pause after a failed request.
   * @default Duration.millis(30)
   */
  readonly minBackoff?: Duration;
  /**
   * Longest pause after failed requests.
   * @default Duration.seconds(5)
   */
  readonly maxBackoff?: Duration;
  /**
   * Send a request again that was answered by 429; else its samples are dropped, as after any other 4xx.
   * @default false
   */
  readonly retryOnHttp429?: boolean;
  /**
   * Samples older than this are dropped.
   * @default - all are sent
   */
  readonly sampleAgeLimit?: Duration;
}

/** Requests that a shard holds. */
const REQUESTS = 5;
/** Prometheus's own. */
const MAX_SHARDS = 50;
const MAX_SAMPLES_PER_SEND = 2000;
/** Samples in the memory of all shards. */
const MAX_SAMPLES = MAX_SHARDS * REQUESTS * MAX_SAMPLES_PER_SEND;
/** Samples to send when a store comes back, as a multiple of those that are scraped meanwhile. */
const CATCH_UP = 5;

interface Sizes {
  readonly capacity?: number;
  readonly maxShards: number;
  readonly minShards?: number;
  readonly maxSamplesPerSend: number;
}

function between(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

function sizesOf(queue: RemoteWriteQueue, samplesPerSecond?: number): Sizes {
  const { minShards, maxShards } = queue;
  const capacity = queue.capacity ?? (queue.maxSamplesPerSend === undefined ? undefined : REQUESTS * queue.maxSamplesPerSend);
  const maxSamplesPerSend = queue.maxSamplesPerSend ?? (capacity === undefined ? MAX_SAMPLES_PER_SEND : Math.max(1, Math.floor(capacity / REQUESTS)));
  const computed = samplesPerSecond === undefined
    ? between(1, Math.floor(MAX_SAMPLES / (capacity ?? REQUESTS * MAX_SAMPLES_PER_SEND)), MAX_SHARDS)
    : between(5, Math.ceil((CATCH_UP * samplesPerSecond) / maxSamplesPerSend), 200);
  // more at least than Prometheus's own are said with how many at most
  return { capacity, maxSamplesPerSend, minShards, maxShards: maxShards ?? Math.max(computed, Math.min(minShards ?? 1, MAX_SHARDS)) };
}

/** Throws on amounts that are not whole numbers above zero, and on limits that exclude each other. */
export function checkQueue(queue: RemoteWriteQueue, where: string): void {
  const { minBackoff = Duration.millis(30), maxBackoff = Duration.seconds(5) } = queue;
  const { capacity, maxShards, minShards, maxSamplesPerSend } = queue;
  Object.entries({ capacity, maxShards, minShards, maxSamplesPerSend }).forEach(([name, limit]) => checkCount(limit, `${where}: queue.${name}`));
  const sizes = sizesOf(queue);
  if (minShards !== undefined && minShards > sizes.maxShards) {
    throw new Error(`${where}: queue.minShards ${minShards} is above maxShards ${sizes.maxShards}; raise 'maxShards'`);
  }
  if (sizes.capacity !== undefined && sizes.capacity < sizes.maxSamplesPerSend) {
    throw new Error(`${where}: queue.capacity ${capacity} is below maxSamplesPerSend ${maxSamplesPerSend}, so that no request fills; leave one of them out`);
  }
  if (minBackoff.toMilliseconds() > maxBackoff.toMilliseconds()) {
    throw new Error(`${where}: queue.minBackoff ${promDuration(minBackoff)} is longer than maxBackoff ${promDuration(maxBackoff)}; swap them`);
  }
}

/** The wire form of a queue, what is computed included; undefined where all of it is Prometheus's own. */
export function queueSettings(queue: RemoteWriteQueue = {}, samplesPerSecond?: number) {
  const { capacity, maxShards, minShards, maxSamplesPerSend } = sizesOf(queue, samplesPerSecond);
  const settings = {
    capacity,
    maxShards: queue.maxShards ?? unlessDefault(maxShards, MAX_SHARDS),
    minShards,
    maxSamplesPerSend: queue.maxSamplesPerSend ?? unlessDefault(maxSamplesPerSend, MAX_SAMPLES_PER_SEND),
    batchSendDeadline: promDuration(queue.batchSendDeadline),
    minBackoff: promDuration(queue.minBackoff),
    maxBackoff: promDuration(queue.maxBackoff),
    retryOnRateLimit: queue.retryOnHttp429,
    sampleAgeLimit: promDuration(queue.sampleAgeLimit),
  };
  return Object.values(settings).every((value) => value === undefined) ? undefined : settings;
}
