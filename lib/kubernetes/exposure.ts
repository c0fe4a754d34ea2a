import { isIP } from 'node:net';
import { k8s } from 'cdk8s-plus-27';
import { ClusterIpExposure, HostExposure, HttpRouteExposure, IngressExposure, LoadBalancerExposure, NodePortExposure, NodePortRange } from './exposure-options';
import { checkNamedOnce, checkNamespace, checkNotEmpty, checkObjectName, checkServedPath } from '../checks';
import { checkArguments } from '../arguments';

function checkHost(prop: string, host: string, where: string): void {
  if (isIP(host) !== 0 || !/^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(host)) {
    throw new Error(`${where}: ${prop}: '${host}' is not a DNS name, and without a host it would answer for every name; write it as 'prometheus.example.com'`);
  }
  if (host.length > 253 || host.split('.').some((part) => part.length > 63)) {
    throw new Error(`${where}: ${prop}: '${host}' is longer than DNS allows; use at most 63 characters between two dots, and 253 in all`);
  }
}

function checkPath(path: string, where: string): void {
  if (!/^\/[^\s?#]*$/.test(path) || /\/\/|\/\.{1,2}(\/|$)|%2f/i.test(path)) {
    throw new Error(`${where}: path '${path}' is not an absolute path; write it as '/prometheus', without '//', '..' and '%2F'`);
  }
}

function checkHostExposure({ host, additionalHosts = [], path = '/', paths }: HostExposure, where: string): void {
  const hosts = [host, ...additionalHosts];
  hosts.forEach((one, i) => checkHost(i === 0 ? 'host' : 'additionalHosts', one, where));
  checkNamedOnce(hosts, where, 'host');
  checkServedPath(path, where);
  if (paths?.length === 0) {
    throw new Error(`${where}: 'paths' is empty, so nothing would be reached; name at least one, or leave it out for '${path}'`);
  }
  const prefix = path.replace(/\/+$/, '');
  paths?.forEach((one) => {
    checkPath(one, where);
    if (one !== prefix && !one.startsWith(`${prefix}/`)) {
      throw new Error(`${where}: path '${one}' is not within '${path}', below which the program is served; write it as '${prefix}${one}'`);
    }
  });
  checkNamedOnce(paths ?? [], where, 'path');
}

function checkSourceRange(range: string, where: string): void {
  const [address, bits, ...rest] = range.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0 || !/^\d{1,3}$/.test(bits ?? '') || Number(bits) > (family === 4 ? 32 : 128)) {
    throw new Error(`${where}: sourceRanges: '${range}' is not a range of addresses in CIDR notation; write it as '192.0.2.0/24'`);
  }
}

function checkClass(name: string | undefined, where: string): void {
  if (name !== undefined && !/^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(name)) {
    throw new Error(`${where}: loadBalancerClass '${name}' is not a class; write it as its controller does, such as 'service.k8s.aws/nlb'`);
  }
}

/** Fields of a Service that an exposure sets. */
type ServiceFields = Pick<k8s.ServiceSpec, 'internalTrafficPolicy' | 'externalTrafficPolicy' | 'loadBalancerClass' | 'loadBalancerSourceRanges'>;

/** A Service as an exposure has it. */
interface ExposedBy {
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer';
  readonly nodePort?: number;
  /** Range of the node ports. */
  readonly nodePorts?: Required<NodePortRange>;
  readonly annotations?: { readonly [name: string]: string };
  readonly fields?: ServiceFields;
}

/**
 * Exposure of a program to users outside the cluster.
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types
 */
export class Exposure {
  /** Not at all: within the cluster, and by `kubectl port-forward`. Throws when the key of an annotation is none. */
  public static clusterIp(options: ClusterIpExposure = {}): Exposure {
    checkArguments('Exposure.clusterIp', { options });
    const { annotations, internalTrafficPolicy } = options;
    return new Exposure({ type: 'ClusterIP', annotations: { ...annotations }, fields: { internalTrafficPolicy } });
  }

  /** At a port of every node. Throws when the port is outside of the range that the API server allows, or the key of an annotation is none. */
  public static nodePort(port?: number, options: NodePortExposure = {}): Exposure {
    checkArguments('Exposure.nodePort', { port, options });
    const { annotations, internalTrafficPolicy, externalTrafficPolicy } = options;
    const [lowest, highest] = [options.lowest ?? 30000, options.highest ?? 32767];
    if (port !== undefined && (!Number.isInteger(port) || port < lowest || port > highest)) {
      throw new Error(`Exposure.nodePort: ${port} is outside of ${lowest} to ${highest}, which the API server allows; choose a port in it, or leave it out to be given one`);
    }
    return new Exposure({
      type: 'NodePort',
      nodePort: port,
      nodePorts: { lowest, highest },
      annotations: { ...annotations },
      fields: { internalTrafficPolicy, externalTrafficPolicy },
    });
  }

  /** At an address of its own that the cloud provides. Throws when a range of addresses, the class or the key of an annotation is none. */
  public static loadBalancer(options: LoadBalancerExposure = {}): Exposure {
    checkArguments('Exposure.loadBalancer', { options });
    const { annotations, loadBalancerClass, sourceRanges, internalTrafficPolicy, externalTrafficPolicy } = options;
    const where = 'Exposure.loadBalancer';
    checkClass(loadBalancerClass, where);
    if (sourceRanges?.length === 0) {
      throw new Error(`${where}: 'sourceRanges' is empty, which lets all addresses through; name at least one range, or leave it out`);
    }
    sourceRanges?.forEach((range) => checkSourceRange(range, where));
    return new Exposure({
      type: 'LoadBalancer',
      annotations: { ...annotations },
      fields: { internalTrafficPolicy, externalTrafficPolicy, loadBalancerClass, loadBalancerSourceRanges: sourceRanges?.slice() },
    });
  }

  /**
   * By an Ingress. Throws when a host is no DNS name, `path` cannot be served, one of `paths` is not within it, or the class is
   * none.
   */
  public static ingress(ingress: IngressExposure): Exposure {
    checkArguments('Exposure.ingress', { ingress });
    checkHostExposure(ingress, 'Exposure.ingress');
    checkObjectName(ingress.className, 'Exposure.ingress: className');
    return new Exposure({ type: 'ClusterIP' }, { ...ingress });
  }

  /**
   * By an HTTPRoute of the Gateway API, whose CRDs and Gateway have to be there. Throws when a host is no DNS name, `path` cannot be
   * served, one of `paths` is not within it, or the Gateway has no name that it can have.
   */
  public static httpRoute(route: HttpRouteExposure): Exposure {
    checkArguments('Exposure.httpRoute', { route });
    checkHostExposure(route, 'Exposure.httpRoute');
    checkNotEmpty(route.gateway, 'Exposure.httpRoute: gateway', 'name the Gateway');
    checkObjectName(route.gateway, 'Exposure.httpRoute: gateway');
    checkObjectName(route.sectionName, 'Exposure.httpRoute: sectionName');
    if (route.gatewayNamespace !== undefined) {
      checkNamespace(route.gatewayNamespace, 'Exposure.httpRoute: gatewayNamespace');
    }
    return new Exposure({ type: 'ClusterIP' }, undefined, { ...route });
  }

  private constructor(
    /** The Service. @internal */
    public readonly _service: ExposedBy,
    /** @internal */
    public readonly _ingress?: IngressExposure,
    /** @internal */
    public readonly _route?: HttpRouteExposure,
  ) {}

  /** Path below which hosts lead to the program, without a slash at its end; undefined where they lead there with every path. @internal */
  public get _path(): string | undefined {
    return (this._ingress ?? this._route)?.path?.replace(/\/+$/, '') || undefined;
  }

  /** The URL that browsers use, without a slash at its end, where it is known. @internal */
  public get _externalUrl(): string | undefined {
    const at = this._ingress ?? this._route;
    if (at === undefined || at.host.startsWith('*')) {
      return undefined;
    }
    const secure = this._ingress === undefined ? this._route?.https ?? true : this._ingress.tlsSecret !== undefined;
    return `${secure ? 'https' : 'http'}://${at.host}${this._path ?? ''}`;
  }
}
