import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { KubeObject, Labels } from './parity';

/** An address that is always that of the same name. */
function address(name: string): string {
  const [a, b, c] = createHash('sha256').update(name).digest();
  return `10.${64 + (a % 64)}.${b}.${1 + (c % 254)}`;
}

function matches(selector: Labels, labels: Labels = {}): boolean {
  return Object.entries(selector).every(([label, value]) => labels[label] === value);
}

/** What a Pod is besides its template. */
export interface PodStatus {
  readonly node?: string;
  readonly phase?: 'Pending' | 'Running' | 'Succeeded' | 'Failed';
  readonly ready?: boolean;
  /** Its address, if not one that follows from its name; empty as long as it has none. */
  readonly ip?: string;
  readonly owner?: { readonly kind: string; readonly name: string };
}

/** A Pod as the kubelet reports it. */
export function pod(namespace: string, name: string, template: KubeObject, status: PodStatus = {}): KubeObject {
  const { node: nodeName = 'node-1', phase = 'Running', ready = phase === 'Running', owner, ip } = status;
  const podIP = ip ?? (template.spec.hostNetwork === true ? address(nodeName) : address(`${namespace}/${name}`));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      namespace, name, uid: name, labels: template.metadata?.labels, annotations: template.metadata?.annotations,
      ownerReferences: owner === undefined ? undefined : [{ apiVersion: 'apps/v1', ...owner, uid: owner.name, controller: true }],
    },
    spec: { ...template.spec, nodeName },
    status: {
      phase, podIP, podIPs: podIP === '' ? [] : [{ ip: podIP }], hostIP: address(nodeName),
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
    },
  };
}

export function node(name: string, labels: Labels = {}): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', ...labels } },
    status: {
      addresses: [{ type: 'InternalIP', address: address(name) }, { type: 'Hostname', address: name }],
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
    },
  };
}

/** The Pods that a workload runs. */
function podsOf(workload: KubeObject, nodes: readonly string[]): KubeObject[] {
  const { kind, metadata, spec } = workload;
  const { namespace, name } = metadata;
  const owner = { kind, name };
  const each = (names: readonly string[]) => names.map((suffix, i) => (
    pod(namespace, `${name}-${suffix}`, spec.template, { owner, node: nodes[i % nodes.length] })
  ));
  const replicas = () => Array.from({ length: spec.replicas ?? 1 }, (_, i) => `${i}`);
  switch (kind) {
    case 'StatefulSet': return each(replicas());
    case 'Deployment': return each(replicas().map((i) => `5d4c8-${i}`));
    case 'DaemonSet': return each(nodes);
    default: return [];
  }
}

/** The StatefulSets that the operator makes of a resource of its own, one a shard, as far as discovery sees them. */
function operated({ kind, metadata, spec }: KubeObject): KubeObject[] {
  const { name, namespace } = metadata;
  const programs: { readonly [kind: string]: { readonly program: string; readonly port: number } } = {
    Prometheus: { program: 'prometheus', port: 9090 },
    PrometheusAgent: { program: 'prometheus', port: 9090 },
    Alertmanager: { program: 'alertmanager', port: 9093 },
  };
  const found = programs[kind];
  if (found === undefined) {
    return [];
  }
  const { program, port } = found;
  const labels = (shard: number) => ({
    ...spec.podMetadata?.labels,
    'app.kubernetes.io/name': kind === 'PrometheusAgent' ? 'prometheus-agent' : program,
    'app.kubernetes.io/managed-by': 'prometheus-operator',
    'app.kubernetes.io/instance': name,
    ...(program === 'alertmanager' ? { alertmanager: name } : { 'operator.prometheus.io/name': name, 'operator.prometheus.io/shard': `${shard}` }),
    ...(kind === 'Prometheus' ? { prometheus: name } : {}),
  });
  const prefix = kind === 'PrometheusAgent' ? 'prom-agent' : program;
  return Array.from({ length: spec.shards ?? 1 }, (_, shard) => ({
    kind: 'StatefulSet',
    metadata: { name: `${prefix}-${name}${shard === 0 ? '' : `-shard-${shard}`}`, namespace },
    spec: {
      replicas: spec.replicas ?? 1,
      template: {
        metadata: { labels: labels(shard), annotations: spec.podMetadata?.annotations },
        spec: {
          containers: [
            { name: program, ports: [{ name: spec.portName ?? 'web', containerPort: port }] },
            { name: 'config-reloader', ports: [{ name: 'reloader-web', containerPort: 8080 }] },
          ],
        },
      },
    },
  }));
}

function containerPort(target: number | string, of: KubeObject): number | undefined {
  return typeof target === 'number'
    ? target
    : of.spec.containers.flatMap(({ ports }: KubeObject) => ports ?? []).find(({ name }: KubeObject) => name === target)?.containerPort;
}

/** The slice of a Service: its Pods, of which the controller takes out those that are done; one that has failed is still there. */
function sliceOf(service: KubeObject, pods: readonly KubeObject[]): KubeObject[] {
  const { metadata, spec } = service;
  if (spec.selector === undefined) {
    return [];
  }
  const behind = pods.filter((one) => (
    one.metadata.namespace === metadata.namespace && matches(spec.selector, one.metadata.labels) && one.status.phase !== 'Succeeded' && one.status.podIP !== ''
  ));
  // Pods whose ports differ would be in slices of their own.
  const ports = spec.ports.map(({ name, port, targetPort }: KubeObject) => ({
    name: name ?? '', protocol: 'TCP', port: behind.map((one) => containerPort(targetPort ?? port, one)).find((number) => number !== undefined) ?? null,
  }));
  const endpoints = behind.map((one) => ({
    addresses: [one.status.podIP],
    conditions: { ready: one.status.conditions[0].status === 'True', serving: true, terminating: false },
    targetRef: { kind: 'Pod', namespace: metadata.namespace, name: one.metadata.name },
    nodeName: one.spec.nodeName,
  }));
  return [slice(service, endpoints, ports)];
}

/** A slice that a controller made for a Service. */
export function slice({ metadata }: KubeObject, endpoints: readonly KubeObject[], ports: readonly KubeObject[]): KubeObject {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      namespace: metadata.namespace,
      name: `${metadata.name}-x7k2p`,
      labels: { ...metadata.labels, 'kubernetes.io/service-name': metadata.name, 'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io' },
    },
    addressType: 'IPv4',
    endpoints,
    ports,
  };
}

/** Endpoints without a selector are mirrored to a slice for each family of addresses. */
function mirrored(endpoints: KubeObject): KubeObject[] {
  const ready = ({ ip, nodeName, targetRef }: KubeObject) => ({ addresses: [ip], conditions: { ready: true }, nodeName, targetRef });
  const portOf = ({ name, port, protocol }: KubeObject) => ({ name: name ?? '', port, protocol: protocol ?? 'TCP' });
  return endpoints.subsets.flatMap(({ addresses, ports }: KubeObject) => (['IPv4', 'IPv6'] as const).flatMap((addressType) => {
    const ofFamily = addresses.filter(({ ip }: KubeObject) => isIPv6(ip) === (addressType === 'IPv6'));
    return ofFamily.length === 0 ? [] : [{ ...slice(endpoints, ofFamily.map(ready), ports.map(portOf)), addressType }];
  }));
}

/**
 * A Service as the API server stores it, by initIPFamilyFields of pkg/registry/core/service/storage/alloc.go, in a cluster of IPv4: a headless one
 * without selector has both families, unless it says otherwise.
 */
function stored(service: KubeObject): KubeObject {
  const { spec } = service;
  const { ipFamilyPolicy = spec.selector === undefined && spec.clusterIP === 'None' ? 'RequireDualStack' : 'SingleStack' } = spec;
  const { ipFamilies = ipFamilyPolicy === 'SingleStack' ? ['IPv4'] : ['IPv4', 'IPv6'] } = spec;
  return { ...service, spec: { ...spec, ipFamilyPolicy, ipFamilies } };
}

/** The Endpoints of a Service, as the controller makes them beside its slice. */
function endpointsOf({ metadata, endpoints, ports }: KubeObject): KubeObject {
  const addresses = (ready: boolean) => endpoints.filter(({ conditions }: KubeObject) => conditions.ready === ready)
    .flatMap((endpoint: KubeObject) => endpoint.addresses.map((ip: string) => ({ ip, nodeName: endpoint.nodeName, targetRef: endpoint.targetRef })));
  const { 'kubernetes.io/service-name': name, 'endpointslice.kubernetes.io/managed-by': _, ...labels } = metadata.labels;
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { namespace: metadata.namespace, name, labels },
    subsets: [{ addresses: addresses(true), notReadyAddresses: addresses(false), ports: ports.filter(({ port }: KubeObject) => port !== null) }],
  };
}

/** Objects, and what the controllers of a cluster, the Prometheus Operator's included, make of them: Pods, slices and Endpoints. */
export function clusterOf(objects: readonly KubeObject[]): KubeObject[] {
  const nodes: string[] = objects.filter(({ kind }) => kind === 'Node').map(({ metadata }) => metadata.name);
  const workloads = [...objects, ...objects.flatMap(operated)];
  const pods = [...objects.filter(({ kind }) => kind === 'Pod'), ...workloads.flatMap((workload) => podsOf(workload, nodes))];
  const slices = [
    ...objects.filter(({ kind }) => kind === 'EndpointSlice'),
    ...objects.filter(({ kind }) => kind === 'Service').flatMap((service) => sliceOf(service, pods)),
    ...objects.filter(({ kind }) => kind === 'Endpoints').flatMap(mirrored),
  ];
  return [
    ...objects.filter(({ kind }) => ['Node', 'Ingress', 'Namespace'].includes(kind)), ...objects.filter(({ kind }) => kind === 'Service').map(stored), ...pods, ...slices, ...slices.map(endpointsOf),
  ];
}
