import { isIPv6 } from 'node:net';
import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { apiObject } from '../../kubernetes/api-object';

/** Service and addresses of targets outside of the cluster. */
export interface ExternalEndpointsProps {
  readonly name: string;
  readonly namespace: string;
  readonly labels: { [label: string]: string };
  readonly portName: string;
  readonly port: number;
  readonly addresses: readonly string[];
}

/** A headless Service without selector. */
export function externalService(scope: Construct, props: ExternalEndpointsProps): ApiObject {
  const { name, namespace, labels, port } = props;
  return apiObject(scope, 'Service', k8s.KubeService, {
    metadata: { name, namespace, labels },
    spec: { clusterIp: 'None', ports: [{ name: props.portName, port, targetPort: k8s.IntOrString.fromNumber(port), protocol: 'TCP' }] },
  });
}

/** Endpoints of the same name and metadata as the Service; the control plane mirrors them as EndpointSlices. */
export function externalEndpoints(scope: Construct, props: ExternalEndpointsProps): ApiObject {
  const { name, namespace, labels, port, portName, addresses } = props;
  return apiObject(scope, 'Endpoints', k8s.KubeEndpoints, {
    metadata: { name, namespace, labels },
    subsets: [{ addresses: addresses.map((ip) => ({ ip })), ports: [{ name: portName, port, protocol: 'TCP' }] }],
  });
}

/** EndpointSlices of the Service, one for each family of addresses. Endpoints must not be there too, or each target comes twice. */
export function externalSlices(scope: Construct, props: ExternalEndpointsProps): ApiObject[] {
  const { name, namespace, labels, port, portName, addresses } = props;
  const families = [
    { addressType: 'IPv4', members: addresses.filter((address) => !isIPv6(address)) },
    { addressType: 'IPv6', members: addresses.filter((address) => isIPv6(address)) },
  ];
  return families.filter(({ members }) => members.length > 0).map(({ addressType, members }) => apiObject(scope, addressType, k8s.KubeEndpointSlice, {
    metadata: {
      name: `${name}-${addressType.toLowerCase()}`,
      namespace,
      labels: { ...labels, 'kubernetes.io/service-name': name, 'endpointslice.kubernetes.io/managed-by': 'cdk8s' },
    },
    addressType,
    endpoints: members.map((address) => ({ addresses: [address], conditions: { ready: true } })),
    ports: [{ name: portName, port, protocol: 'TCP' }],
  }));
}
