import { Duration } from 'cdk8s';
import { InfluxDb2Credentials } from './influxdb2-credentials';
import { StoreCapacity } from './store-capacity';
import { InfluxDb2RuleOptions, MonitorOptions } from '../components';
import { DataStorage, Exposure, WorkloadOptions } from '../kubernetes';

/** Organization, bucket, retention and users of an InfluxDB 2. */
export interface InfluxDb2Props extends WorkloadOptions, MonitorOptions {
  /** Users of the bucket. Passwords that are changed in the Secret are taken over when the Pod is restarted; the administrator's token is not. */
  readonly credentials: InfluxDb2Credentials;
  /**
   * Name of the organization.
   * @default prometheus
   */
  readonly org?: string;
  /**
   * Name of the bucket, by which InfluxQL has it as a database.
   * @default prometheus
   */
  readonly bucket?: string;
  /**
   * Time that samples are kept, at least an hour: the retention period of the bucket. Samples are deleted a shard at a time, which is an hour
   * below 2 days, a day up to half a year, a week above.
   * @default Duration.days(90)
   */
  readonly retention?: Duration;
  /**
   * Storage of the bucket, and of organizations and users.
   * @default - a claim of its own, of the size that follows from `capacity` and `retention`
   */
  readonly storage?: DataStorage;
  /**
   * Expected load.
   * @default - { series: 100000 }
   */
  readonly capacity?: StoreCapacity;
  /**
   * Exposure to users, who need a password or a token. `/health`, `/ready`, `/ping` and `/metrics` ask for none.
   * @default Exposure.clusterIp()
   */
  readonly exposure?: Exposure;
  /**
   * Thresholds of its rules.
   * @default - the library's
   */
  readonly rules?: InfluxDb2RuleOptions;
}
