import { MonitorOptions } from '../../components';
import { WorkloadOptions } from '../../kubernetes';
import { LogLevel } from '../../backend';

/** Options that all programs of Thanos have. */
export interface ThanosOptions extends WorkloadOptions, MonitorOptions {
  /**
   * Log level.
   * @default LogLevel.INFO
   */
  readonly logLevel?: LogLevel;
}

/** Options of the programs of Thanos that run in several replicas. */
export interface ThanosReplicaOptions extends ThanosOptions {
  /**
   * Replicas, each of which does the same.
   * @default 1
   */
  readonly replicas?: number;
  /**
   * Replicas that may be evicted at a time.
   * @default 1
   */
  readonly maxUnavailable?: number;
}
