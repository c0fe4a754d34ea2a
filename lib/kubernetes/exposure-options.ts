import { HttpIngressPathType, ISecret } from 'cdk8s-plus-27';

/** Bounds of the node ports that the API server hands out. */
export interface NodePortRange {
  /**
   * Lowest port of the API server's `--service-node-port-range`.
   * @default 30000
   */
  readonly lowest?: number;
  /**
   * Highest port of the API server's `--service-node-port-range`.
   * @default 32767
   */
  readonly highest?: number;
}

/**
 * Pods that a Service leads traffic to.
 * @see https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-policies
 */
export enum TrafficPolicy {
  /** All Pods that are ready. */
  CLUSTER = 'Cluster',
  /** Pods of the node that the traffic comes to; none where that has none. */
  LOCAL = 'Local',
}

/** A Service within the cluster. */
export interface ClusterIpExposure {
  /**
   * Annotations of the Service.
   * @default - none
   */
  readonly annotations?: { readonly [name: string]: string };
  /**
   * Pods that traffic from within the cluster is led to.
   * @default TrafficPolicy.CLUSTER
   */
  readonly internalTrafficPolicy?: TrafficPolicy;
}

/** A Service at a port of every node. */
export interface NodePortExposure extends NodePortRange, ClusterIpExposure {
  /**
   * Pods that traffic from outside of the cluster is led to. With TrafficPolicy.LOCAL they see the client's address.
   * @default TrafficPolicy.CLUSTER
   */
  readonly externalTrafficPolicy?: TrafficPolicy;
}

/** A Service with an address outside of the cluster. */
export interface LoadBalancerExposure extends ClusterIpExposure {
  /**
   * Class of the load balancer, as its controller calls it: `service.k8s.aws/nlb`.
   * @default - the cloud provider's
   */
  readonly loadBalancerClass?: string;
  /**
   * Ranges of client addresses that are let through, in CIDR notation: `192.0.2.0/24`.
   * @default - all
   */
  readonly sourceRanges?: string[];
  /**
   * Pods that traffic from outside of the cluster is led to. With TrafficPolicy.LOCAL they see the client's address.
   * @default TrafficPolicy.CLUSTER
   */
  readonly externalTrafficPolicy?: TrafficPolicy;
}

/** Hosts and paths by which a program is reached. */
export interface HostExposure {
  /** Host name that browsers use. */
  readonly host: string;
  /**
   * Additional host names. With TLS the certificate has to name them too.
   * @default - none
   */
  readonly additionalHosts?: string[];
  /**
   * Path below which the program is served.
   * @default /
   */
  readonly path?: string;
  /**
   * Paths that are exposed with all that is below them, each within `path`: `/api/v1/write` for remote write alone.
   * @default - `path`
   */
  readonly paths?: string[];
  /**
   * Annotations for the controller.
   * @default - none
   */
  readonly annotations?: { readonly [name: string]: string };
}

/** An Ingress. */
export interface IngressExposure extends HostExposure {
  /**
   * Secret with the certificate of the hosts, `tls.crt` and `tls.key`, in the program's namespace.
   * @default - plain HTTP
   */
  readonly tlsSecret?: ISecret;
  /**
   * Class of the Ingress.
   * @default - the cluster's default
   */
  readonly className?: string;
  /**
   * Interpretation of the paths.
   * @default HttpIngressPathType.PREFIX
   */
  readonly pathType?: HttpIngressPathType;
}

/** A route of the Gateway API. */
export interface HttpRouteExposure extends HostExposure {
  /** Name of the Gateway. */
  readonly gateway: string;
  /**
   * Namespace of the Gateway.
   * @default - the program's
   */
  readonly gatewayNamespace?: string;
  /**
   * Listener of the Gateway.
   * @default - all that take the host
   */
  readonly sectionName?: string;
  /**
   * Whether the Gateway serves the host by HTTPS.
   * @default true
   */
  readonly https?: boolean;
}
