import { Duration } from 'cdk8s';
import { IConstruct } from 'constructs';
import { IProber } from './prober';
import { Relabeling } from './relabeling';
import { NamespaceSelectionProps, ScrapeJobOptions } from './scrape-job-props';
import { LabelExpression } from '../../kubernetes/label-expression';
import { HttpConfig } from '../http';

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
   * HTTP client settings for the prober: TLS, authorization, proxy. What the probe itself sends is said by the module.
   * @default - none
   */
  readonly httpConfig?: HttpConfig;
  /**
   * Changes to the target's labels, after those that the library makes.
   * @default - none
   */
  readonly relabelings?: Relabeling[];
}

/** Selection of the Services to probe. */
export interface ServiceProbeSelection extends NamespaceSelectionProps {
  /**
   * The Service to probe, at each of its ports; any construct that `ScrapeJob.fromService()` accepts.
   * @default - none: Services are discovered
   */
  readonly service?: IConstruct;
  /**
   * Name of the only port to probe.
   * @default - each port of the Services
   */
  readonly port?: string;
  /**
   * Labels that a Service has to carry to be probed; an empty map for all Services.
   * @default - with none of `service`, `labels` and `labelExpressions`, Services annotated with `<annotationPrefix>/probe: "true"`
   */
  readonly labels?: { readonly [label: string]: string };
  /**
   * Conditions on labels of the Services; all have to hold.
   * @default - none
   */
  readonly labelExpressions?: LabelExpression[];
  /**
   * Namespaces of the Services.
   * @default - the namespace of `service`, else all
   */
  readonly namespaces?: string[];
  /**
   * Prefix of the annotation that asks for a probe.
   * @default prometheus.io
   */
  readonly annotationPrefix?: string;
}

/** Selection of the Ingresses to probe. */
export interface IngressProbeSelection extends NamespaceSelectionProps {
  /**
   * Labels that an Ingress has to carry to be probed; an empty map for all Ingresses.
   * @default - with neither `labels` nor `labelExpressions`, Ingresses annotated with `<annotationPrefix>/probe: "true"`
   */
  readonly labels?: { readonly [label: string]: string };
  /**
   * Conditions on labels of the Ingresses; all have to hold.
   * @default - none
   */
  readonly labelExpressions?: LabelExpression[];
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

/** A scrape job that probes addresses, or Services that are discovered. */
export interface ProbeScrapeProps extends ProbeOptions, ServiceProbeSelection {
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
}

/** A scrape job that probes the hosts and paths of Ingresses. */
export interface IngressScrapeProps extends ProbeOptions, IngressProbeSelection {}
