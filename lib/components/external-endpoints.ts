import { isIPv6 } from 'node:net';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { numberOrText } from '../kubernetes/spelling';
import { KIND } from '../kubernetes/kinds';
import { apiObject } from '../kubernetes/api-object';

/** Services and addresses of targets outside of the cluster. */
export interface ExternalEndpointsProps {
  /** Name of the Service; the one of IPv6 addresses beside IPv4 ones has `-ipv6` behind it. */
  readonly name: string;
  readonly namespace: string;
  readonly labels: { [label: string]: string };
  readonly portName: string;
  readonly port: number;
  readonly addresses: readonly string[];
  /** Whether addresses are written as EndpointSlices instead of Endpoints; with both each target would come twice. */
  readonly endpointSlices: boolean;
}

type Family = 'IPv4' | 'IPv6';

/** The addresses of a family, and the name of their Service. */
interface Members {
  readonly family: Family;
  readonly name: string;
  readonly addresses: readonly string[];
}

function byFamily({ name, addresses }: ExternalEndpointsProps): readonly [Members, Members?] {
  const [v6, v4] = [addresses.filter((address) => isIPv6(address)), addresses.filter((address) => !isIPv6(address))];
  if (v4.length === 0) {
    return [{ family: 'IPv6', name, addresses: v6 }];
  }
  return [{ family: 'IPv4', name, addresses: v4 }, v6.length === 0 ? undefined : { family: 'IPv6', name: `${name}-ipv6`, addresses: v6 }];
}

/**
 * A headless Service without selector for each family of addresses, and the addresses. Without a family of its own such a Service has both, the first
 * of which is the cluster's, and Prometheus discovers the addresses of the first alone.
 */
export function externalServices(scope: Construct, props: ExternalEndpointsProps): readonly [ApiObject, ApiObject?] {
  const write = props.endpointSlices ? slice : endpoints;
  const [first, second] = byFamily(props);
  const make = (members: Members, i: number): ApiObject => {
    const { namespace, labels, port, portName } = props;
    const made = apiObject(scope, i === 0 ? 'Service' : `Service${members.family}`, KIND.Service, {
      metadata: { name: members.name, namespace, labels },
      spec: {
        clusterIp: 'None',
        ipFamilyPolicy: 'SingleStack',
        ipFamilies: [members.family],
        ports: [{ name: portName, port, targetPort: numberOrText(port), protocol: 'TCP' }],
      },
    });
    write(scope, props, members, i === 0 ? 'Endpoints' : `Endpoints${members.family}`);
    return made;
  };
  return [make(first, 0), second && make(second, 1)];
}

/** Endpoints of the same name and metadata as the Service; the control plane mirrors them as EndpointSlices. */
function endpoints(scope: Construct, { namespace, labels, port, portName }: ExternalEndpointsProps, { name, addresses }: Members, id: string): void {
  apiObject(scope, id, KIND.Endpoints, {
    metadata: { name, namespace, labels },
    subsets: [{ addresses: addresses.map((ip) => ({ ip })), ports: [{ name: portName, port, protocol: 'TCP' }] }],
  });
}

/** An EndpointSlice of the Service. */
function slice(scope: Construct, { name, namespace, labels, port, portName }: ExternalEndpointsProps, members: Members): void {
  apiObject(scope, members.family, KIND.EndpointSlice, {
    metadata: {
      name: `${name}-${members.family.toLowerCase()}`,
      namespace,
      labels: { ...labels, 'kubernetes.io/service-name': members.name, 'endpointslice.kubernetes.io/managed-by': 'cdk8s' },
    },
    addressType: members.family,
    endpoints: members.addresses.map((address) => ({ addresses: [address], conditions: { ready: true } })),
    ports: [{ name: portName, port, protocol: 'TCP' }],
  });
}
