import { KubeObject, listObjects } from './kubectl';
import { Labels } from './prometheus-api';

interface Node extends KubeObject {
  readonly status: { readonly addresses: readonly { readonly type: string; readonly address: string }[] };
}

interface Pod extends KubeObject {
  readonly spec: { readonly containers: readonly { readonly name: string; readonly ports?: readonly { readonly containerPort: number }[] }[] };
}

interface EndpointSlice extends KubeObject {
  readonly ports?: readonly { readonly name?: string; readonly port: number }[];
  readonly endpoints?: readonly {
    readonly addresses: readonly string[];
    readonly nodeName?: string;
    readonly targetRef?: { readonly kind: string; readonly name: string };
  }[];
}

/** Targets that a Service's endpoints have to become. */
export interface ServiceTargets {
  readonly job: string;
  readonly namespace: string;
  readonly service: string;
  /** Name of the Service's port. */
  readonly port: string;
  /** Labels that these targets must not have, although the contract gives them: with `honorLabels` they would stand on others' series. */
  readonly without?: readonly string[];
}

/** Targets that each node has to become. */
export interface NodeTargets {
  readonly job: string;
  readonly port: number;
  readonly labels: Labels;
}

function defined(labels: Record<string, string | undefined>): Labels {
  return Object.fromEntries(Object.entries(labels).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function hostPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** The labels by the contract of the library, concluded from what the API server says about Services, Pods and nodes. */
export async function expectedOfService({ job, namespace, service, port, without = [] }: ServiceTargets): Promise<Labels[]> {
  const [slices, pods] = await Promise.all([
    listObjects<EndpointSlice>('endpointslices', { namespace, selector: `kubernetes.io/service-name=${service}` }),
    listObjects<Pod>('pods', { namespace }),
  ]);
  return slices.flatMap(({ ports = [], endpoints = [] }) => ports.filter(({ name }) => name === port).flatMap(({ port: number }) => (
    endpoints.flatMap(({ addresses, nodeName, targetRef }) => addresses.map((address) => {
      const pod = targetRef?.kind === 'Pod' ? pods.find(({ metadata }) => metadata.name === targetRef.name) : undefined;
      const container = pod?.spec.containers.find(({ ports: declared = [] }) => declared.some(({ containerPort }) => containerPort === number));
      const labels = defined({
        job, namespace, service, endpoint: port, instance: hostPort(address, number),
        node: nodeName, pod: pod?.metadata.name, container: container?.name,
      });
      return Object.fromEntries(Object.entries(labels).filter(([name]) => !without.includes(name)));
    }))
  )));
}

export async function expectedOfNodes({ job, port, labels }: NodeTargets): Promise<Labels[]> {
  const nodes = await listObjects<Node>('nodes');
  return nodes.map(({ metadata, status }) => {
    const address = status.addresses.find(({ type }) => type === 'InternalIP')?.address ?? '';
    return { job, instance: hostPort(address, port), node: metadata.name, ...labels };
  });
}

/** Label sets as sorted lines, so that a difference reads like one of texts. */
export function lines(labelSets: readonly Labels[]): string[] {
  const line = (labels: Labels) => Object.entries(labels).map(([name, value]) => `${name}=${value}`).sort().join(' ');
  return labelSets.map(line).sort();
}
