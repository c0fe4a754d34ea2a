import { Duration } from 'cdk8s';
import { InfluxDbCredentials } from './influxdb-credentials';
import { StoreCapacity } from './store-capacity';
import { InfluxDbRuleOptions, MonitorOptions } from '../components';
import { DataStorage, Exposure, WorkloadOptions } from '../kubernetes';

/** Database, retention and users of an InfluxDB. */
export interface InfluxDbProps extends WorkloadOptions, MonitorOptions {
  /** Users of the database. Passwords that are changed in the Secret are taken over when the Pod is restarted. */
  readonly credentials: InfluxDbCredentials;
  /**
   * Name of the database.
   * @default prometheus
   */
  readonly database?: string;
  /**
   * Time that samples are kept, at least an hour: the duration of the retention policy `autogen`, which is the default one of the database. Samples
   * are deleted a shard at a time, which is an hour below 2 days, a day up to half a year, a week above.
   * @default Duration.days(90)
   */
  readonly retention?: Duration;
  /**
   * Storage of the database.
   * @default - a claim of its own, of the size that follows from `capacity` and `retention`
   */
  readonly storage?: DataStorage;
  /**
   * Expected load.
   * @default - { series: 100000 }
   */
  readonly capacity?: StoreCapacity;
  /**
   * Exposure to users, who need a password. `/health`, `/ping` and `/metrics` ask for none.
   * @default Exposure.clusterIp()
   */
  readonly exposure?: Exposure;
  /**
   * Thresholds of its rules.
   * @default - the library's
   */
  readonly rules?: InfluxDbRuleOptions;
}
