import { ApiObject } from 'cdk8s';
import { HttpIngressPathType } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { KIND } from './kinds';
import { apiObject, givenAsWritten } from './api-object';
import { claimInApp } from './app-claims';
import { Exposure } from './exposure';
import { HostExposure } from './exposure-options';
import { requireOwnSecret } from './own-namespace';
import { podService, PodServicePort } from './pod-service';
import { metadataOf, WorkloadIdentity } from './workload-identity';
import { WorkloadOptions } from './workload-options';

/** A Service, and the Ingress or HTTPRoute that leads to it. */
export interface ExposedObjects {
  readonly service: ApiObject;
  readonly ingress?: ApiObject;
  readonly httpRoute?: ApiObject;
}

/** Options of an exposed Service. */
export interface ExposedServiceOptions extends Pick<WorkloadOptions, 'serviceLabels' | 'serviceAnnotations'> {
  readonly exposure?: Exposure;
}

/**
 * Makes the Service of a web server with one port, and what exposes it. Throws when the app leads a host and a path, or a node port, elsewhere
 * already, and when the certificate is made in another namespace.
 */
export function exposedService(scope: Construct, identity: WorkloadIdentity, port: PodServicePort, options: ExposedServiceOptions): ExposedObjects {
  const exposure = options.exposure ?? Exposure.clusterIp();
  const { type, nodePort, annotations, fields } = exposure._service;
  const service = podService(scope, 'Service', identity, { options, type, annotations, more: fields, ports: [{ ...port, nodePort }] });
  return { service, ingress: ingressOf(scope, identity, port, exposure), httpRoute: httpRouteOf(scope, identity, port, exposure) };
}

function hostsOf({ host, additionalHosts = [] }: HostExposure): string[] {
  return [host, ...additionalHosts];
}

function pathsOf({ path = '/', paths = [path] }: HostExposure): string[] {
  return [...paths];
}

function claimHosts(scope: Construct, { where }: WorkloadIdentity, at: HostExposure, within: string): void {
  hostsOf(at).forEach((host) => pathsOf(at).forEach((path) => {
    claimInApp(scope, { where, what: `host '${host}' with path '${path.replace(/\/+$/, '') || '/'}'`, within });
  }));
}

function ingressOf(scope: Construct, identity: WorkloadIdentity, port: PodServicePort, { _ingress: ingress }: Exposure): ApiObject | undefined {
  if (ingress === undefined) {
    return undefined;
  }
  const { tlsSecret, className, annotations } = ingress;
  const pathType: `${HttpIngressPathType}` = ingress.pathType ?? 'Prefix';
  const [hosts, paths] = [hostsOf(ingress), pathsOf(ingress)];
  if (tlsSecret !== undefined) {
    requireOwnSecret(`${identity.where}: exposure`, tlsSecret, identity.namespace, 'Ingresses use');
  }
  claimHosts(scope, identity, ingress, `Ingress ${className ?? ''} ${pathType}`);
  const backend = { service: { name: identity.name, port: { name: port.name } } };
  return apiObject(scope, 'Ingress', KIND.Ingress, {
    metadata: { ...metadataOf(identity), annotations },
    spec: {
      ingressClassName: className,
      tls: tlsSecret === undefined ? undefined : [{ hosts, secretName: tlsSecret.name }],
      rules: hosts.map((host) => ({ host, http: { paths: paths.map((path) => ({ path, pathType, backend })) } })),
    },
  });
}

function httpRouteOf(scope: Construct, identity: WorkloadIdentity, { port }: PodServicePort, { _route: route }: Exposure): ApiObject | undefined {
  if (route === undefined) {
    return undefined;
  }
  const { gateway, gatewayNamespace, sectionName, annotations } = route;
  claimHosts(scope, identity, route, `HTTPRoute ${gatewayNamespace ?? identity.namespace} ${gateway} ${sectionName ?? ''}`);
  return apiObject(scope, 'HttpRoute', givenAsWritten('gateway.networking.k8s.io/v1', 'HTTPRoute'), {
    metadata: { ...metadataOf(identity), annotations },
    spec: {
      // With all defaults, as the API server stores it.
      parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: gateway, namespace: gatewayNamespace, sectionName }],
      hostnames: hostsOf(route),
      rules: [{
        matches: pathsOf(route).map((value) => ({ path: { type: 'PathPrefix', value } })),
        backendRefs: [{ group: '', kind: 'Service', name: identity.name, port, weight: 1 }],
      }],
    },
  });
}
