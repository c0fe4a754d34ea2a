import { DiscoverySource } from './discovery-source';
import { IProber } from './prober';
import { LabelSelection } from '../../kubernetes/label-selection';
import { Wire } from '../../wire/data';

/** The namespaces that a discovery looks into: those named, or all; of these those that are not excluded, and whose labels are selected. */
export interface InNamespaces {
  readonly namespaces?: readonly string[];
  readonly exceptNamespaces?: readonly string[];
  readonly namespaceSelection?: LabelSelection;
}

/** Labels and their values. */
export interface Labels {
  readonly [label: string]: string;
}

/** The endpoints of Services. */
export interface ServiceDiscovery extends InNamespaces, LabelSelection {
  readonly kind: 'service';
  /** Only the Service of this name. */
  readonly serviceName?: string;
  /** Name of the port of endpoints that have none of their own. */
  readonly port?: string;
}

/** Pods. */
export interface PodDiscovery extends InNamespaces, LabelSelection {
  readonly kind: 'pods';
}

/** The nodes of the cluster. */
export interface NodeDiscovery extends LabelSelection {
  readonly kind: 'nodes';
  readonly targetLabels: Labels;
  /** Value of the label `endpoint`. */
  readonly portName?: string;
  /** Number of the port of endpoints that have none of their own. */
  readonly portNumber?: number;
}

/** The kubelets of all nodes: among the nodes, and behind a Service that an operator keeps for them; at least one of the two. */
export interface KubeletsDiscovery {
  readonly kind: 'kubelets';
  /** Name of the Service's port, and value of the label `endpoint`. */
  readonly portName: string;
  /** Number of the port on the nodes; undefined where kubelets are not discovered among them. */
  readonly portNumber?: number;
  /** Namespace of the Service; undefined where kubelets are not discovered behind it. */
  readonly serviceNamespace?: string;
}

/** Targets by their addresses. */
export interface StaticDiscovery {
  readonly kind: 'static';
  readonly groups: ReadonlyArray<{ readonly targets: readonly string[]; readonly labels: Labels }>;
}

/** Targets that a source outside of the cluster tells. */
export interface ExternalDiscovery {
  readonly kind: 'external';
  readonly source: DiscoverySource;
  readonly targetLabels: Labels;
}

/** Common part of the discoveries of things to probe. */
export interface Probing {
  readonly prober: IProber;
  readonly module: string;
}

/** Addresses to probe. */
export interface StaticProbeDiscovery extends Probing {
  readonly kind: 'static-probes';
  readonly targets: readonly string[];
  readonly targetLabels: Labels;
}

/** Ports of Services to probe. */
export interface ServiceProbeDiscovery extends Probing, InNamespaces, LabelSelection {
  readonly kind: 'service-probes';
  /** Only the Service of this name. */
  readonly serviceName?: string;
  /** Only the port of this name. */
  readonly port?: string;
  readonly targetLabels: Labels;
  /** Prefix of the annotations that have to ask for it. */
  readonly annotationPrefix?: string;
}

/** Hosts and paths of Ingresses to probe. */
export interface IngressDiscovery extends Probing, InNamespaces, LabelSelection {
  readonly kind: 'ingresses';
  /** Prefix of the annotations that have to ask for it. */
  readonly annotationPrefix?: string;
}

/** Pods, or the endpoints of Services, with the annotation `<prefix>/scrape: "true"`. */
export interface AnnotatedDiscovery extends InNamespaces {
  readonly kind: 'annotated-pods' | 'annotated-services';
  readonly annotationPrefix: string;
}

/** A `scrape_config` without its job name, as the caller wrote it. */
export type RawConfig = Readonly<Record<string, unknown>>;

/** A user's own `scrape_config`. */
export interface RawDiscovery {
  readonly kind: 'raw';
  readonly config: RawConfig;
  /** Files of Secrets that it names, each under its setting. */
  readonly files: Wire;
}

/** Discovery of the targets of a job. */
export type Discovery =
  | ServiceDiscovery
  | PodDiscovery
  | NodeDiscovery
  | KubeletsDiscovery
  | StaticDiscovery
  | ExternalDiscovery
  | StaticProbeDiscovery
  | ServiceProbeDiscovery
  | IngressDiscovery
  | AnnotatedDiscovery
  | RawDiscovery;
