import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { externalServices } from './external-endpoints';
import { AddressedProgram, instanceAddresses } from './instance-addresses';
import { MonitorOptions } from './monitor-options';
import { KUBE_SYSTEM, podsService, podsServiceName } from './pods-service';
import { nameOf, namespaceOf } from '../kubernetes/names';
import { recommendedLabels, selectorLabels } from '../kubernetes/workload-identity';

/** Instances of a program of the cluster, and the Service by which they are discovered. */
export interface InstanceOptions extends MonitorOptions {
  /**
   * IP addresses of instances that run in no Pods of the cluster, IPv4 or IPv6, whichever the cluster has.
   * @default - they run in Pods of `kube-system`, as in clusters made by kubeadm or kind
   */
  readonly addresses?: string[];
  /**
   * Name of the headless Service, and of its Endpoints where there are `addresses`.
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Namespace of the Service and its Endpoints; only with `addresses`, as Pods are found from `kube-system` alone.
   * @default - the chart's, else `default`
   */
  readonly namespace?: string;
  /**
   * Labels of the Pods in `kube-system`; only without `addresses`.
   * @default - those that kubeadm and kind give them
   */
  readonly pods?: { readonly [label: string]: string };
  /**
   * Whether the addresses are written as EndpointSlices, for each family of addresses one, instead of Endpoints, which Kubernetes 1.33
   * deprecates. When this changes in a cluster that runs, delete the objects of the other kind, or each target comes twice.
   * @default false
   */
  readonly endpointSlices?: boolean;
}

/** A program of the cluster, and its port. */
export interface ProgramPort extends AddressedProgram {
  readonly portName: string;
  /** Labels that kubeadm and kind give its Pods. */
  readonly pods: { readonly [label: string]: string };
}

/** The headless Services of a program, one for each family of addresses, and how they are found. */
export interface ProgramService {
  readonly service: ApiObject;
  readonly ipv6Service?: ApiObject;
  readonly serviceName: string;
  readonly namespace: string;
  readonly labels: { readonly [label: string]: string };
}

/** The Service of a program that runs in Pods or at addresses, made in its monitor. Throws on options that have no effect there. */
export function programService(monitor: Construct, of: ProgramPort, options: InstanceOptions): ProgramService {
  const { scope = monitor, id } = monitor.node;
  const { program, portName, port } = of;
  if (options.addresses !== undefined) {
    refuse(monitor, `selects Pods, and addresses names ${program} outside of Pods; leave one of them out`, { pods: options.pods });
    const addresses = instanceAddresses(monitor.node.path, of, options.addresses);
    const name = nameOf(scope, id, options.name);
    const namespace = namespaceOf(monitor, options.namespace);
    const [service, ipv6Service] = externalServices(monitor, {
      name, namespace, labels: recommendedLabels(program, name, 'metrics'), portName, port, addresses, endpointSlices: options.endpointSlices ?? false,
    });
    return { service, ipv6Service, serviceName: name, namespace, labels: selectorLabels(program, name) };
  }
  refuse(monitor, `is for ${program} outside of Pods; name its instances by 'addresses', or leave it out`, {
    namespace: options.namespace, endpointSlices: options.endpointSlices,
  });
  const name = podsServiceName(scope, id, KUBE_SYSTEM, options.name);
  const { service, labels } = podsService(monitor, { name, namespace: KUBE_SYSTEM, program, pods: options.pods ?? of.pods, portName, port });
  return { service, serviceName: name, namespace: KUBE_SYSTEM, labels };
}

/** Throws when a program that runs in the kubelet has options of instances of its own. */
export function refuseInstances(monitor: Construct, { addresses, name, namespace, pods, endpointSlices }: InstanceOptions): void {
  refuse(monitor, "is for a program that runs by itself, and 'kubeletNodes' says that it runs in the kubelet; leave one of them out", {
    addresses, name, namespace, pods, endpointSlices,
  });
}

/** Throws when one of the options is given. */
function refuse(monitor: Construct, why: string, options: { readonly [option: string]: unknown }): void {
  const given = Object.entries(options).find(([, value]) => value !== undefined);
  if (given !== undefined) {
    throw new Error(`${monitor.node.path}: '${given[0]}' ${why}`);
  }
}
