import { Duration } from 'cdk8s';
import { checkCount } from '../../checks';
import { promDuration } from '../../units';
import { unlessDefault } from '../../wire/data';

/**
 * Queue of a remote write: samples wait in it until they are sent.
 *
 * What is left out follows from `capacity`, so that a queue holds no more samples and sends them no slower than Prometheus's own, 50 shards of
 * 10 000: a shard holds five requests, and all shards together 500 000 samples.
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
   * @default - as many as hold 500000 samples, at most 50
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

interface Sizes {
  readonly capacity?: number;
  readonly maxShards: number;
  readonly minShards?: number;
  readonly maxSamplesPerSend: number;
}

function sizesOf({ capacity: given, maxShards, minShards, maxSamplesPerSend }: RemoteWriteQueue): Sizes {
  const capacity = given ?? (maxSamplesPerSend === undefined ? undefined : REQUESTS * maxSamplesPerSend);
  const affordable = capacity === undefined ? MAX_SHARDS : Math.min(MAX_SHARDS, Math.max(minShards ?? 1, Math.floor(MAX_SAMPLES / capacity)));
  return {
    capacity,
    minShards,
    maxShards: maxShards ?? affordable,
    maxSamplesPerSend: maxSamplesPerSend ?? (capacity === undefined ? MAX_SAMPLES_PER_SEND : Math.max(1, Math.floor(capacity / REQUESTS))),
  };
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

/** The wire form of a queue, what follows from its capacity included. */
export function queueSettings(queue: RemoteWriteQueue) {
  const { capacity, maxShards, minShards, maxSamplesPerSend } = sizesOf(queue);
  return {
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
}
