import { Delivery } from './delivery';
import { WorkloadOptions } from '../../kubernetes/workload-options';
import { IMonitored } from '../monitored';
import { RemoteWrite } from '../remote-write';
import { MetricSelection } from '../scrape';

/**
 * Options of forwarding samples to a sink. Those of a workload are the gateway's; its name is by default that of the Prometheus and the kind of the
 * sink, `prometheus-kafka`, as of its scrape job and of the remote write, and its namespace that of the Prometheus.
 */
export interface ForwardOptions extends WorkloadOptions {
  /**
   * Selection of the series that are forwarded. Each sample costs the sink, so select what its readers use.
   * @default MetricSelection.all()
   */
  readonly select?: MetricSelection;
  /**
   * Moment at which a request of Prometheus is answered: after delivery, or at once.
   * @default Delivery.acknowledged()
   */
  readonly delivery?: Delivery;
  /**
   * Samples a second that are forwarded; the gateway's resources follow from it.
   * @default 2000
   */
  readonly samplesPerSecond?: number;
  /**
   * Number of gateway Pods.
   * @default 2
   */
  readonly replicas?: number;
  /**
   * Gateway Pods that may be evicted at a time, with several replicas.
   * @default 1
   */
  readonly maxUnavailable?: number;
}

/** Forwarding of the samples of a Prometheus to a sink. */
export interface IForwarding extends IMonitored {
  /** The remote write of the Prometheus. */
  readonly remoteWrite: RemoteWrite;
}
