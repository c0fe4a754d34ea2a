import { Duration, Size } from 'cdk8s';
import { IPodSelector, Service } from 'cdk8s-plus-27';
import { IProber } from './prober';
import { Relabeling } from './relabeling';
import { ScrapeEndpoint } from './scrape-endpoint';

/**
 * Bounds of a scrape job; a scrape that exceeds one fails, so a bound protects Prometheus at the price of the target.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config
 */
export interface ScrapeLimits {
  /**
   * Samples that one scrape may bring.
   * @default - no limit
   */
  readonly sampleLimit?: number;
  /**
   * Targets that the job may have.
   * @default - no limit
   */
  readonly targetLimit?: number;
  /**
   * Labels that a sample may have.
   * @default - no limit
   */
  readonly labelLimit?: number;
  /**
   * Length of a label's name, in bytes.
   * @default - no limit
   */
  readonly labelNameLengthLimit?: number;
  /**
   * Length of a label's value, in bytes.
   * @default - no limit
   */
  readonly labelValueLengthLimit?: number;
  /**
   * Size of a response before it is unpacked.
   * @default - no limit
   */
  readonly bodySizeLimit?: Size;
  /**
   * Dropped targets that Prometheus keeps to show.
   * @default - no limit
   */
  readonly keepDroppedTargets?: number;
}

/** Options of every scrape job. */
export interface ScrapeJobOptions extends ScrapeLimits {
  /** The job's name: the value of the label `job`, unique within a Prometheus. */
  readonly name: string;
}

/** A scrape job of the endpoints of Services. */
export interface ServiceScrapeProps extends ScrapeJobOptions {
  /**
   * The Service whose endpoints are scraped; its ports are checked.
   * @default - the Services that carry `labels`
   */
  readonly service?: Service;
  /**
   * Labels that the Service has to carry.
   * @default - those of `service`
   */
  readonly labels?: { readonly [label: string]: string };
  /**
   * Namespaces to look into. Only for these Prometheus is granted access then.
   * @default - the namespace of `service`, else all
   */
  readonly namespaces?: string[];
  /**
   * Ports and paths.
   * @default - the only port of `service`, path /metrics
   */
  readonly endpoints?: ScrapeEndpoint[];
  /**
   * Labels of the Service that are copied to its targets.
   * @default - none
   */
  readonly copyLabels?: string[];
}

/** A scrape job of Pods, without a Service. */
export interface PodScrapeProps extends ScrapeJobOptions {
  /**
   * A workload or a selection of Pods; its ports are checked where they are known.
   * @default - the Pods that carry `labels`
   */
  readonly pods?: IPodSelector;
  /**
   * Labels that the Pods have to carry.
   * @default - those that `pods` selects by
   */
  readonly labels?: { readonly [label: string]: string };
  /**
   * Namespaces to look into. Only for these Prometheus is granted access then.
   * @default - the namespace of `pods`, else all
   */
  readonly namespaces?: string[];
  /**
   * Ports and paths.
   * @default - the only port of `pods`, path /metrics
   */
  readonly endpoints?: ScrapeEndpoint[];
  /**
   * Labels of the Pod that are copied to its targets.
   * @default - none
   */
  readonly copyLabels?: string[];
}

/** A scrape job of the nodes of the cluster. */
export interface NodeScrapeProps extends ScrapeJobOptions {
  /**
   * Labels that the nodes have to carry.
   * @default - none: all nodes
   */
  readonly labels?: { readonly [label: string]: string };
  /**
   * Ports, by number, and paths.
   * @default - the kubelet's port, path /metrics
   */
  readonly endpoints?: ScrapeEndpoint[];
  /**
   * Value of the label `endpoint`.
   * @default - the endpoint's name
   */
  readonly portName?: string;
  /**
   * Additional labels of all targets.
   * @default - none
   */
  readonly targetLabels?: { readonly [label: string]: string };
  /**
   * Labels of the node that are copied to its targets.
   * @default - none
   */
  readonly copyLabels?: string[];
}

/** A scrape job of targets whose addresses are known. */
export interface StaticScrapeProps extends ScrapeJobOptions {
  /** `host:port` of each target. */
  readonly targets: string[];
  /**
   * Additional labels of all targets.
   * @default - none
   */
  readonly targetLabels?: { readonly [label: string]: string };
  /**
   * Paths and their settings; the port is part of the target.
   * @default - path /metrics
   */
  readonly endpoints?: ScrapeEndpoint[];
}

/** Options of a job of probes. */
export interface ProbeOptions extends ScrapeJobOptions {
  /** The prober. */
  readonly prober: IProber;
  /** Module of the prober. */
  readonly module: string;
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

/** A scrape job that probes addresses, or Services that are discovered. */
export interface ProbeScrapeProps extends ProbeOptions {
  /**
   * Targets of the prober: URLs or host:port, as its module expects.
   * @default - none: Services are discovered
   */
  readonly targets?: string[];
  /**
   * Additional labels of the targets.
   * @default - none
   */
  readonly targetLabels?: { readonly [label: string]: string };
  /**
   * Labels that a Service has to carry to be probed, at each of its ports; an empty map for all Services.
   * @default - with neither `targets` nor `labels`, Services annotated with `<annotationPrefix>/probe: "true"`
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

/** A scrape job that probes the hosts and paths of Ingresses. */
export interface IngressScrapeProps extends ProbeOptions {
  /**
   * Labels that an Ingress has to carry to be probed; an empty map for all Ingresses.
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

/**
 * A scrape job of what asks for it by annotations: `<prefix>/scrape: "true"`, and optionally `<prefix>/port`, `<prefix>/path` and
 * `<prefix>/scheme`.
 */
export interface AnnotatedScrapeProps extends ScrapeLimits {
  /**
   * The job's name.
   * @default - annotated-pods, annotated-services
   */
  readonly name?: string;
  /**
   * Prefix of the annotations.
   * @default prometheus.io
   */
  readonly annotationPrefix?: string;
  /**
   * Namespaces to look into.
   * @default - all
   */
  readonly namespaces?: string[];
  /**
   * Endpoint settings; port, path and scheme of the annotations take precedence.
   * @default - path /metrics, the annotated port, else each port that is declared
   */
  readonly endpoint?: ScrapeEndpoint;
  /**
   * Labels of the Pod or Service that are copied to its targets.
   * @default - none
   */
  readonly copyLabels?: string[];
}
