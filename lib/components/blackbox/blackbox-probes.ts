import { Duration } from 'cdk8s';
import { IngressProbeSelection, Relabeling, ScrapeJobOptions, ServiceProbeSelection } from '../../monitoring';

/** Options of every job of probes. */
export interface BlackboxProbeOptions extends ScrapeJobOptions {
  /**
   * Module that probes.
   * @default http_2xx
   */
  readonly module?: string;
  /**
   * Time between two probes.
   * @default - the Prometheus's own
   */
  readonly interval?: Duration;
  /**
   * Time after which a probe is given up.
   * @default - the Prometheus's own
   */
  readonly timeout?: Duration;
  /**
   * Changes to the target's labels, after those that the library makes.
   * @default - none
   */
  readonly relabelings?: Relabeling[];
}

/** Probes of addresses. */
export interface AddressProbeOptions extends BlackboxProbeOptions {
  /** Targets: URLs for HTTP, `host:port` for TCP and gRPC, hosts for ICMP, servers for DNS. */
  readonly targets: string[];
  /**
   * More labels of the targets.
   * @default - none
   */
  readonly targetLabels?: { readonly [label: string]: string };
}

/** Probes of the ports of Services. */
export interface ServiceProbeOptions extends BlackboxProbeOptions, ServiceProbeSelection {}

/** Probes of the hosts and paths of Ingresses. */
export interface IngressProbeOptions extends BlackboxProbeOptions, IngressProbeSelection {}
