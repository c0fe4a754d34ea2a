import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { apiObject } from './api-object';
import { Exposure } from './exposure';
import { podService, PodServicePort } from './pod-service';
import { metadataOf, WorkloadIdentity } from './workload-identity';

/** A Service, and the Ingress or HTTPRoute that leads to it. */
export interface ExposedObjects {
  readonly service: ApiObject;
  readonly ingress?: ApiObject;
  readonly httpRoute?: ApiObject;
}

/** Makes the Service of a web server with one port, and what exposes it. */
export function exposedService(
  scope: Construct, identity: WorkloadIdentity, port: PodServicePort, exposure: Exposure = Exposure.clusterIp(),
): ExposedObjects {
  const service = podService(scope, 'Service', identity, { type: exposure._serviceType, ports: [{ ...port, nodePort: exposure._nodePort }] });
  return { service, ingress: ingressOf(scope, identity, port, exposure), httpRoute: httpRouteOf(scope, identity, port, exposure) };
}

function ingressOf(scope: Construct, identity: WorkloadIdentity, port: PodServicePort, { _ingress: ingress }: Exposure): ApiObject | undefined {
  if (ingress === undefined) {
    return undefined;
  }
  const { host, path, tlsSecret, className, annotations } = ingress;
  const backend = { service: { name: identity.name, port: { name: port.name } } };
  return apiObject(scope, 'Ingress', k8s.KubeIngress, {
    metadata: { ...metadataOf(identity), annotations },
    spec: {
      ingressClassName: className,
      tls: tlsSecret === undefined ? undefined : [{ hosts: [host], secretName: tlsSecret.name }],
      rules: [{ host, http: { paths: [{ path: path ?? '/', pathType: 'Prefix', backend }] } }],
    },
  });
}

function httpRouteOf(scope: Construct, identity: WorkloadIdentity, { port }: PodServicePort, { _route: route }: Exposure): ApiObject | undefined {
  if (route === undefined) {
    return undefined;
  }
  const { host, gateway, gatewayNamespace, sectionName, path } = route;
  return new ApiObject(scope, 'HttpRoute', {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: metadataOf(identity),
    spec: {
      parentRefs: [{ name: gateway, namespace: gatewayNamespace, sectionName }],
      hostnames: [host],
      rules: [{ matches: [{ path: { type: 'PathPrefix', value: path ?? '/' } }], backendRefs: [{ name: identity.name, port }] }],
    },
  });
}
