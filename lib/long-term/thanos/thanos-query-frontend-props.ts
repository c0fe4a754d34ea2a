import { Duration } from 'cdk8s';
import { ThanosCache } from './thanos-cache';
import { ThanosReplicaOptions } from './thanos-options';
import { ThanosQuery } from './thanos-query';
import { ThanosQueryFrontendRuleOptions } from '../../components';
import { Exposure } from '../../kubernetes';

/** Thanos Query that is asked, cache and limits of a Thanos Query Frontend. */
export interface ThanosQueryFrontendProps extends ThanosReplicaOptions {
  /** Thanos Query that it asks. */
  readonly query: ThanosQuery;
  /**
   * Cache of answers.
   * @default ThanosCache.inMemory()
   */
  readonly cache?: ThanosCache;
  /**
   * Time that one of the queries is of which a longer range query is made, each with an answer of its own in the cache.
   * @default Duration.hours(24)
   */
  readonly splitInterval?: Duration;
  /**
   * Queries at a time that are made of one range query. Keep it below `maxConcurrent` of the Thanos Query, all replicas of which take them together.
   * @default 14
   */
  readonly maxParallelism?: number;
  /**
   * Requests that are tried again after an error of Thanos Query.
   * @default 5
   */
  readonly maxRetries?: number;
  /**
   * Longest range that may be asked for; a longer one is an error.
   * @default - no limit
   */
  readonly maxQueryLength?: Duration;
  /**
   * Time from which on a query is written to the log with what it asks.
   * @default - none is
   */
  readonly slowQueryLog?: Duration;
  /**
   * Exposure to users. Anyone who reaches it can read all samples.
   * @default Exposure.clusterIp()
   */
  readonly exposure?: Exposure;
  /**
   * Thresholds of its rules.
   * @default - the library's
   */
  readonly rules?: ThanosQueryFrontendRuleOptions;
}
