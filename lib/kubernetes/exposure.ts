import { ISecret } from 'cdk8s-plus-27';

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

/** An Ingress. */
export interface IngressExposure {
  /** Host name that browsers use. */
  readonly host: string;
  /**
   * Path below which the program is served.
   * @default /
   */
  readonly path?: string;
  /**
   * Secret with the certificate of the host, `tls.crt` and `tls.key`, in the program's namespace.
   * @default - plain HTTP
   */
  readonly tlsSecret?: ISecret;
  /**
   * Class of the Ingress.
   * @default - the cluster's default
   */
  readonly className?: string;
  /**
   * Annotations for the controller.
   * @default - none
   */
  readonly annotations?: { readonly [name: string]: string };
}

/** A route of the Gateway API. */
export interface HttpRouteExposure {
  /** Host name that browsers use. */
  readonly host: string;
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
   * Path below which the program is served.
   * @default /
   */
  readonly path?: string;
  /**
   * Whether the Gateway serves the host by HTTPS.
   * @default true
   */
  readonly https?: boolean;
}

function checkHost(host: string, where: string): void {
  if (!/^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(host)) {
    throw new Error(`${where}: host '${host}' is not a DNS name such as 'prometheus.example.com'; without a host it would answer for every name`);
  }
}

function checkPath(path: string | undefined, where: string): void {
  if (path !== undefined && !/^\/[^\s?#]*$/.test(path)) {
    throw new Error(`${where}: path '${path}' is not an absolute path such as '/prometheus'`);
  }
}

/**
 * Exposure of a program to users outside the cluster.
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types
 */
export class Exposure {
  /** Not at all: within the cluster, and by `kubectl port-forward`. */
  public static clusterIp(): Exposure {
    return new Exposure('ClusterIP');
  }

  /** At a port of every node. Throws when the port is outside of the range that the API server allows. */
  public static nodePort(port?: number, range: NodePortRange = {}): Exposure {
    const [lowest, highest] = [range.lowest ?? 30000, range.highest ?? 32767];
    if (port !== undefined && (!Number.isInteger(port) || port < lowest || port > highest)) {
      throw new Error(`Exposure.nodePort: ${port} is outside of ${lowest} to ${highest}, which the API server allows; choose a port in it, or leave it out to be given one`);
    }
    return new Exposure('NodePort', port);
  }

  /** At an address of its own that the cloud provides. */
  public static loadBalancer(): Exposure {
    return new Exposure('LoadBalancer');
  }

  /** By an Ingress. Throws when the host is no DNS name. */
  public static ingress(ingress: IngressExposure): Exposure {
    checkHost(ingress.host, 'Exposure.ingress');
    checkPath(ingress.path, 'Exposure.ingress');
    return new Exposure('ClusterIP', undefined, { ...ingress });
  }

  /** By an HTTPRoute of the Gateway API, whose CRDs and Gateway have to be there. Throws when the host is no DNS name. */
  public static httpRoute(route: HttpRouteExposure): Exposure {
    checkHost(route.host, 'Exposure.httpRoute');
    checkPath(route.path, 'Exposure.httpRoute');
    return new Exposure('ClusterIP', undefined, undefined, { ...route });
  }

  private constructor(
    /** Type of the Service. @internal */
    public readonly _serviceType: 'ClusterIP' | 'NodePort' | 'LoadBalancer',
    /** Port of the nodes. @internal */
    public readonly _nodePort?: number,
    /** @internal */
    public readonly _ingress?: IngressExposure,
    /** @internal */
    public readonly _route?: HttpRouteExposure,
  ) {}

  /** The URL that browsers use, without a slash at its end, where it is known. @internal */
  public get _externalUrl(): string | undefined {
    const at = this._ingress ?? this._route;
    if (at === undefined || at.host.startsWith('*')) {
      return undefined;
    }
    const secure = this._ingress === undefined ? this._route?.https ?? true : this._ingress.tlsSecret !== undefined;
    return `${secure ? 'https' : 'http'}://${at.host}${(at.path ?? '').replace(/\/+$/, '')}`;
  }
}
