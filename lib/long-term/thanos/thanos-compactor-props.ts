import { Duration } from 'cdk8s';
import { ThanosOptions } from './thanos-options';
import { ThanosCompactorRuleOptions } from '../../components';
import { DataStorage } from '../../kubernetes';
import { ObjectStorage } from '../../monitoring';

/** Time that samples of each resolution are kept in a bucket. Downsampled ones are no smaller: they make long queries fast. */
export interface ThanosRetention {
  /**
   * Samples as they were scraped, at least 40 hours with downsampling.
   * @default - for ever
   */
  readonly raw?: Duration;
  /**
   * Samples of 5 minutes, at least 10 days with downsampling.
   * @default - for ever
   */
  readonly fiveMinutes?: Duration;
  /**
   * Samples of an hour.
   * @default - for ever
   */
  readonly oneHour?: Duration;
}

/** Bucket, retention and limits of a Thanos Compactor. */
export interface ThanosCompactorProps extends ThanosOptions {
  /** Bucket whose blocks are merged, downsampled and deleted. It has one compactor. */
  readonly objectStorage: ObjectStorage;
  /**
   * Time that samples are kept.
   * @default - for ever
   */
  readonly retention?: ThanosRetention;
  /**
   * Whether samples of 5 minutes and of an hour are made, by which long queries are fast.
   * @default true
   */
  readonly downsampling?: boolean;
  /**
   * Labels by which equal series of replicas differ, whose blocks are merged into one without the label, such as `prometheus_replica`. It halves the
   * bucket of a pair, and cannot be undone.
   * @default - none: the blocks of each replica are kept
   */
  readonly mergedReplicaLabels?: string[];
  /**
   * Time between the moment when a block is no longer needed and its deletion, in which stores go over to others.
   * @default Duration.hours(48)
   */
  readonly deleteDelay?: Duration;
  /**
   * Compactions and downsamplings at a time, each of which takes a core and as much memory again.
   * @default 1
   */
  readonly concurrency?: number;
  /**
   * Storage of the blocks that are worked on: as large as the blocks of two weeks of the largest Prometheus, twice.
   * @default - a claim of 100 GiB
   */
  readonly storage?: DataStorage;
  /**
   * Thresholds of its rules.
   * @default - the library's
   */
  readonly rules?: ThanosCompactorRuleOptions;
}
