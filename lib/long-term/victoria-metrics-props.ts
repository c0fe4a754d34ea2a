import { Duration } from 'cdk8s';
import { StoreCapacity } from './store-capacity';
import { MonitorOptions, VictoriaMetricsRuleOptions } from '../components';
import { DataStorage, Exposure, WorkloadOptions } from '../kubernetes';
import { BasicAuth } from '../monitoring';

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
  readonly capacity?: StoreCapacity;
  /**
   * Interval in which one sample of a series is kept, by which equal series of several replicas become one: the scrape interval of a Prometheus
   * that writes with `ReplicaDeduplication.equalSeries()`.
   * @default - all are kept
   * @see https://docs.victoriametrics.com/victoriametrics/#deduplication
   */
  readonly deduplicationInterval?: Duration;
  /**
   * Whether OpenTSDB's protocols, telnet put and HTTP `/api/put`, are accepted at port 4242 of the Service `<name>-opentsdb`. Anyone who reaches the
   * port can write by telnet, with `basicAuth` too.
   * @default false
   */
  readonly openTsdb?: boolean;
  /**
   * User and password that it asks for. The Secret has to be in the namespace of each that uses it: VictoriaMetrics, the Prometheus that writes and
   * scrapes, the Grafana that reads. A password that is changed in the Secret is taken over within seconds of its arrival in the Pods, by Grafana
   * when it starts.
   * @default - none: anyone who reaches it can read, write and delete series
   */
  readonly basicAuth?: BasicAuth;
  /**
   * Additional flags without leading dashes, checked against the version; an empty value for a flag without one.
   * @default - none
   */
  readonly extraFlags?: { readonly [flag: string]: string };
  /**
   * Exposure to users. Without `basicAuth` anyone who reaches it can read, write and delete series.
   * @default Exposure.clusterIp()
   */
  readonly exposure?: Exposure;
  /**
   * Thresholds of its rules.
   * @default - the library's
   */
  readonly rules?: VictoriaMetricsRuleOptions;
}
