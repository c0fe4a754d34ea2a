import { Duration } from 'cdk8s';
import { MonitorOptions, VictoriaMetricsRuleOptions } from '../components';
import { DataStorage, Exposure, WorkloadOptions } from '../kubernetes';

/** Expected load of a VictoriaMetrics; its resources and the size of its claim follow from it. */
export interface VictoriaMetricsCapacity {
  /** Series that samples are written of at a time. */
  readonly series: number;
  /**
   * Time between two samples of a series.
   * @default Duration.seconds(30)
   */
  readonly sampleInterval?: Duration;
}

/** Database, retention and listeners of a VictoriaMetrics. */
export interface VictoriaMetricsProps extends WorkloadOptions, MonitorOptions {
  /**
   * Time that samples are kept, at least a day.
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
  readonly capacity?: VictoriaMetricsCapacity;
  /**
   * Interval in which one sample of a series is kept, by which equal series of several replicas become one: the scrape interval of a Prometheus
   * that writes with `ReplicaDeduplication.equalSeries()`.
   * @default - all are kept
   * @see https://docs.victoriametrics.com/victoriametrics/#deduplication
   */
  readonly deduplicationInterval?: Duration;
  /**
   * Whether OpenTSDB's protocols, telnet put and HTTP `/api/put`, are accepted at port 4242 of the Service `<name>-opentsdb`. Anyone who reaches the
   * port can write.
   * @default false
   */
  readonly openTsdb?: boolean;
  /**
   * Exposure to users. Anyone who reaches it can read, write and delete series.
   * @default Exposure.clusterIp()
   */
  readonly exposure?: Exposure;
  /**
   * Thresholds of its rules.
   * @default - the library's
   */
  readonly rules?: VictoriaMetricsRuleOptions;
}
