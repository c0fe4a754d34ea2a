import { Size } from 'cdk8s';
import { IConstruct } from 'constructs';
import { DiscoverySource } from './discovery-source';
import { ScrapeEndpoint } from './scrape-endpoint';
import { LabelExpression } from '../../kubernetes/label-expression';
import { SecretKey } from '../../kubernetes/secret-key';

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

/**
 * Selection of namespaces by their labels. For labels other than `kubernetes.io/metadata.name` Prometheus reads all namespaces of the cluster, from
 * version 3.6 on; the resources of the operator have no field for that, so an `ExistingPrometheus` rejects it.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#kubernetes_sd_config
 */
export interface NamespaceSelectionProps {
  /**
   * Labels that the namespace has to carry.
   * @default - none
   */
  readonly namespaceLabels?: { readonly [label: string]: string };
  /**
   * Conditions on labels of the namespace; all have to hold.
   * @default - none
   */
  readonly namespaceExpressions?: LabelExpression[];
}

/** Options of a scrape job whose targets may run on nodes, and whose labels may give the label `job`. */
export interface TargetMetadataProps {
  /**
   * Labels of the target's node that are copied to it, such as `topology.kubernetes.io/zone`. Prometheus is granted access to nodes then.
   * @default - none
   */
  readonly copyNodeLabels?: string[];
  /**
   * Whether relabelings of the endpoints see the labels and annotations of the target's node, as `__meta_kubernetes_node_label_<name>` and the like.
   * @default - only with `copyNodeLabels`
   */
  readonly attachNodeMetadata?: boolean;
  /**
   * Label of the Service or the Pod whose value becomes the label `job`; a target without it keeps the job's name. Rules of one job over many
   * applications can tell them apart by it.
   * @default - none: `job` is the job's name
   */
  readonly jobLabel?: string;
}

/** A scrape job of the endpoints of Services. */
export interface ServiceScrapeProps extends ScrapeJobOptions, NamespaceSelectionProps, TargetMetadataProps {
  /**
   * The Service whose endpoints are scraped; its ports are checked. An L2 `Service` of any cdk8s-plus, an L1 `KubeService`, an `ApiObject`, or
   * a construct with one Service below, as `Include` and `Helm` may be. Its manifest is read when the job is made; complete it before.
   * @default - the Services that carry `labels`
   */
  readonly service?: IConstruct;
  /**
   * Name of a Service that this app does not make; `namespaces` says where it is.
   * @default - any
   */
  readonly serviceName?: string;
  /**
   * Labels that the Service has to carry.
   * @default - none; `service` and `serviceName` select it by its name
   */
  readonly labels?: { readonly [label: string]: string };
  /**
   * Conditions on labels of the Service; all have to hold.
   * @default - none
   */
  readonly labelExpressions?: LabelExpression[];
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
export interface PodScrapeProps extends ScrapeJobOptions, NamespaceSelectionProps, TargetMetadataProps {
  /**
   * A workload or a selection of Pods; its ports are checked where they are known. A workload is a Deployment, StatefulSet, DaemonSet, ReplicaSet,
   * Job, CronJob or Pod, as an L2 of any cdk8s-plus, an L1, an `ApiObject`, or a construct with one such object below, as `Include` and `Helm` may
   * be. Its manifest is read when the job is made; complete it before. A selection is a `Pods` of any cdk8s-plus.
   * @default - the Pods that carry `labels`
   */
  readonly pods?: IConstruct;
  /**
   * Labels that the Pods have to carry.
   * @default - those that `pods` selects by
   */
  readonly labels?: { readonly [label: string]: string };
  /**
   * Conditions on labels of the Pods; all have to hold.
   * @default - those that `pods` selects by
   */
  readonly labelExpressions?: LabelExpression[];
  /**
   * Namespaces to look into. Only for these Prometheus is granted access then.
   * @default - the namespace of `pods`, else all
   */
  readonly namespaces?: string[];
  /**
   * Ports and paths. A port by name may be one of a sidecar, be it a container or an init container that restarts always; no init container that ends
   * should have one of that name.
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
   * Conditions on labels of the nodes; all have to hold.
   * @default - none
   */
  readonly labelExpressions?: LabelExpression[];
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

/**
 * Targets with labels of their own.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#static_config
 */
export interface StaticTargetGroup {
  /** `host:port` of each target. */
  readonly targets: string[];
  /**
   * Labels of these targets; they take precedence over `targetLabels`. The label `instance` names a target otherwise than by its address.
   * @default - none
   */
  readonly labels?: { readonly [label: string]: string };
}

/** A scrape job of targets whose addresses are known. */
export interface StaticScrapeProps extends ScrapeJobOptions {
  /**
   * `host:port` of each target.
   * @default - those of `groups`
   */
  readonly targets?: string[];
  /**
   * Targets with labels of their own.
   * @default - none: all targets have the same labels
   */
  readonly groups?: StaticTargetGroup[];
  /**
   * Additional labels of all targets; `instance` names one that is alone otherwise than by its address.
   * @default - none
   */
  readonly targetLabels?: { readonly [label: string]: string };
  /**
   * Paths and their settings; the port is part of the target.
   * @default - path /metrics
   */
  readonly endpoints?: ScrapeEndpoint[];
}

/** Files that a raw scrape job reads. */
export interface RawScrapeOptions {
  /**
   * Secrets whose files the job names, `/etc/prometheus/secrets/<secret>/<key>`.
   * @default - none
   */
  readonly secrets?: SecretKey[];
}

/** A scrape job of targets that a source outside of the cluster tells. */
export interface DiscoveryScrapeProps extends ScrapeJobOptions {
  /** The source. */
  readonly source: DiscoverySource;
  /**
   * Additional labels of all targets.
   * @default - none
   */
  readonly targetLabels?: { readonly [label: string]: string };
  /**
   * Paths and their settings. A port, by number, takes the place of the one that the source tells; relabelings see the labels of the source.
   * @default - path /metrics
   */
  readonly endpoints?: ScrapeEndpoint[];
}

/**
 * A scrape job of what asks for it by annotations: `<prefix>/scrape: "true"`, and optionally `<prefix>/port`, `<prefix>/path` and
 * `<prefix>/scheme`.
 */
export interface AnnotatedScrapeProps extends ScrapeLimits, NamespaceSelectionProps, TargetMetadataProps {
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
