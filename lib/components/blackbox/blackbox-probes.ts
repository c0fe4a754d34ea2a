import { Duration } from 'cdk8s';
import { Relabeling, ScrapeJobOptions } from '../../monitoring';

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
export interface ServiceProbeOptions extends BlackboxProbeOptions {
  /**
   * Labels that a Service has to carry.
   * @default - none: Services annotated with `<annotationPrefix>/probe: "true"`
   */
  readonly labels?: { readonly [label: string]: string };
  /**
   * Namespaces of the Services.
   * @default - all
   */
  readonly namespaces?: string[];
  /**
   * Prefix of the annotation that asks for a probe.
   * @default prometheus.io
   */
  readonly annotationPrefix?: string;
}

/** Probes of the hosts and paths of Ingresses. */
export interface IngressProbeOptions extends BlackboxProbeOptions {
  /**
   * Labels that an Ingress has to carry; an empty map for all Ingresses.
   * @default - Ingresses annotated with `<annotationPrefix>/probe: "true"`
   */
  readonly labels?: { readonly [label: string]: string };
  /**
   * Namespaces of the Ingresses.
   * @default - all
   */
  readonly namespaces?: string[];
  /**
   * Prefix of the annotation that asks for a probe.
   * @default prometheus.io
   */
  readonly annotationPrefix?: string;
}
