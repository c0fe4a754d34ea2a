import { MonitorOptions } from '../../components';
import { WorkloadOptions } from '../../kubernetes';
import { LogLevel } from '../../backend';
import { ThanosTls } from '../../monitoring';

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

/** Options of the programs of Thanos that Thanos Query asks. */
export interface ThanosStoreOptions extends ThanosReplicaOptions {
  /**
   * Mutual TLS of its StoreAPI, and of its own requests to those of others. The ThanosQuery and all that it asks have it.
   * @default - none: anyone who reaches its port can read all samples
   */
  readonly tls?: ThanosTls;
}
