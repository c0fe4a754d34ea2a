import { kubeletSource } from './kubelet-source';
import { contract, copy, copyLabels, drop, keep, keepAll, labelled, labelName, literal, meta, set, Step } from './relabel-steps';
import { ScrapeEndpoint, ScrapeJob } from '../monitoring';
import { AnnotatedDiscovery, Discovery, IngressDiscovery, KubeletsDiscovery, NodeDiscovery, PodDiscovery, ServiceDiscovery, ServiceProbeDiscovery, StaticDiscovery, StaticProbeDiscovery } from '../monitoring/scrape/discovery';

/** What of Kubernetes is looked through for targets. */
export type Role = 'endpointslice' | 'pod' | 'node' | 'service' | 'ingress';

/** How targets of one endpoint are found, and the relabelings that give them the labels of the contract. */
export interface TargetDiscovery {
  /** Where they are found by Kubernetes; in all namespaces unless some are named. */
  readonly kubernetes?: { readonly role: Role; readonly namespaces?: readonly string[] };
  /** What they are, where that is known. */
  readonly targets?: { readonly targets: readonly string[]; readonly labels?: Readonly<Record<string, string>> };
  readonly steps: readonly Step[];
}

/** `host` in brackets or not, with or without a port, and behind the `;` the port that takes its place. */
const HOST_AND_NEW_PORT = '(\\[[^\\]]+\\]|[^:;]+)(?::\\d+)?;(\\d+)';
const BARE_IPV6_AND_NEW_PORT = '([0-9a-fA-F]*:[0-9a-fA-F]*:[0-9a-fA-F:.]*);(\\d+)';

function fixedLabels(labels: Readonly<Record<string, string>>): Step[] {
  return Object.entries(labels).map(([label, value]) => set(label, value));
}

/** Pods that are done stay in the API and in the slices for a while; they cannot be scraped. */
const UNFINISHED = [meta('pod_phase'), '(?:Pending|Running|Unknown)?'] as const;

const ANY = '.+';

/** Ports that a container has and the Service lacks are discovered as well, without the labels of the slice. */
const OF_SERVICE = keep(meta('endpointslice_port'), ANY);

/** The address of a target, with another port. */
function withPort(portLabel: string): Step[] {
  return [
    { source_labels: ['__address__', portLabel], regex: HOST_AND_NEW_PORT, target_label: '__address__', replacement: '$1:$2' },
    { source_labels: ['__address__', portLabel], regex: BARE_IPV6_AND_NEW_PORT, target_label: '__address__', replacement: '[$1]:$2' },
  ];
}

function fixedPort(port: number): Step[] {
  return [{ target_label: '__tmp_port', replacement: `${port}` }, ...withPort('__tmp_port')];
}

function service(job: ScrapeJob, endpoint: ScrapeEndpoint, discovery: ServiceDiscovery): TargetDiscovery {
  const { port = discovery.port, portNumber } = endpoint;
  return {
    kubernetes: { role: 'endpointslice', namespaces: discovery.namespaces },
    steps: [
      ...keepAll([
        ...(discovery.serviceName === undefined ? [] : [[meta('service_name'), literal(discovery.serviceName)] as const]),
        ...labelled('service', discovery.labels),
        port === undefined ? [meta('endpointslice_port'), portNumber?.toString() ?? ANY] : [meta('endpointslice_port_name'), literal(port)],
        UNFINISHED,
      ]),
      contract('namespace', 'service', 'pod', 'container', 'node'),
      { source_labels: [meta('endpointslice_address_target_kind'), meta('endpointslice_address_target_name')], regex: 'Node;(.+)', target_label: 'node' },
      port === undefined && portNumber === undefined ? copy(meta('endpointslice_port_name'), 'endpoint') : set('endpoint', port ?? `${portNumber}`),
      ...copyLabels('service', job._copyLabels),
    ],
  };
}

function pods(job: ScrapeJob, endpoint: ScrapeEndpoint, discovery: PodDiscovery): TargetDiscovery {
  const { port, portNumber } = endpoint;
  // A number need not be declared: all ports of the Pod become one target then, and only a declared one tells the container.
  const byNumber = portNumber === undefined ? [] : fixedPort(portNumber);
  return {
    kubernetes: { role: 'pod', namespaces: discovery.namespaces },
    steps: [
      ...keepAll([
        ...labelled('pod', discovery.labels),
        ...(port === undefined ? [] : [[meta('pod_container_port_name'), literal(port)] as const]),
        UNFINISHED,
      ]),
      drop(meta('pod_container_init'), 'true'),
      contract('namespace', 'pod', ...(portNumber === undefined ? ['container' as const] : []), 'node'),
      port === undefined && portNumber === undefined ? copy(meta('pod_container_port_name'), 'endpoint') : set('endpoint', port ?? `${portNumber}`),
      ...copyLabels('pod', job._copyLabels),
      ...byNumber,
    ],
  };
}

function nodes(job: ScrapeJob, endpoint: ScrapeEndpoint, discovery: NodeDiscovery): TargetDiscovery {
  const { portNumber = discovery.portNumber } = endpoint;
  return {
    kubernetes: { role: 'node' },
    steps: [
      ...keepAll(labelled('node', discovery.labels)),
      contract('node'),
      set('endpoint', discovery.portName ?? endpoint.name),
      ...fixedLabels(discovery.targetLabels),
      ...copyLabels('node', job._copyLabels),
      ...(portNumber === undefined ? [] : fixedPort(portNumber)),
      // Discovery says the node's name, which `node` tells already; like everywhere else it is the address.
      copy('__address__', 'instance'),
    ],
  };
}

/** What has been found is not scraped but named to the prober; `instance` stays what is probed. */
function viaProber({ prober, module }: StaticProbeDiscovery | ServiceProbeDiscovery | IngressDiscovery): Step[] {
  return [
    copy('__address__', '__param_target'),
    copy('__param_target', 'instance'),
    set('__param_module', module),
    set('module', module),
    set('__address__', prober.proberAddress),
  ];
}

function staticTargets(discovery: StaticDiscovery | StaticProbeDiscovery): TargetDiscovery {
  const labels = Object.keys(discovery.targetLabels).length === 0 ? undefined : { ...discovery.targetLabels };
  return {
    targets: { targets: discovery.targets, labels },
    steps: discovery.kind === 'static' ? [] : viaProber(discovery),
  };
}

function askedForProbe(kind: 'service' | 'ingress', prefix: string | undefined): Array<[string, string]> {
  return prefix === undefined ? [] : [[meta(`${kind}_annotation_${labelName(prefix)}_probe`), 'true']];
}

function serviceProbes(discovery: ServiceProbeDiscovery): TargetDiscovery {
  return {
    kubernetes: { role: 'service', namespaces: discovery.namespaces },
    steps: [
      ...keepAll([...askedForProbe('service', discovery.annotationPrefix), ...labelled('service', discovery.labels)]),
      contract('namespace', 'service'),
      copy(meta('service_port_name'), 'endpoint'),
      ...fixedLabels(discovery.targetLabels),
      ...viaProber(discovery),
    ],
  };
}

function ingresses(discovery: IngressDiscovery): TargetDiscovery {
  return {
    kubernetes: { role: 'ingress', namespaces: discovery.namespaces },
    steps: [
      ...keepAll([...askedForProbe('ingress', discovery.annotationPrefix), ...labelled('ingress', discovery.labels)]),
      contract('namespace', 'ingress'),
      {
        source_labels: [meta('ingress_scheme'), '__address__', meta('ingress_path')],
        regex: '(.+);(.+);(.+)', target_label: '__address__', replacement: '$1://$2$3',
      },
      ...viaProber(discovery),
    ],
  };
}

/** The port that the endpoint names, where the annotations name none. */
function portUnlessAnnotated({ port, portNumber }: ScrapeEndpoint, annotatedPort: string, portName: string): Step[] {
  if (port !== undefined) {
    return [{ action: 'keep', source_labels: [annotatedPort, portName], regex: `.+;.*|;${literal(port)}` }];
  }
  return portNumber === undefined ? [] : fixedPort(portNumber);
}

function annotated(job: ScrapeJob, endpoint: ScrapeEndpoint, discovery: AnnotatedDiscovery): TargetDiscovery {
  const ofPods = discovery.kind === 'annotated-pods';
  const kind = ofPods ? 'pod' : 'service';
  const annotation = (name: string) => meta(`${kind}_annotation_${labelName(discovery.annotationPrefix)}_${name}`);
  const portName = ofPods ? meta('pod_container_port_name') : meta('endpointslice_port_name');
  const { portNumber } = endpoint;
  // A port by number may be declared or not: all ports of a Pod become one target then, so neither port nor container can be told.
  const unlessNumbered = (source: string, target: string): Step[] => (
    portNumber === undefined ? [{ source_labels: [annotation('port'), source], regex: ';(.+)', target_label: target }] : []
  );
  return {
    kubernetes: { role: ofPods ? 'pod' : 'endpointslice', namespaces: discovery.namespaces },
    steps: [
      ...keepAll([[annotation('scrape'), 'true'], UNFINISHED]),
      ofPods ? drop(meta('pod_container_init'), 'true') : OF_SERVICE,
      { source_labels: [annotation('scheme')], regex: '(https?)', target_label: '__scheme__' },
      copy(annotation('path'), '__metrics_path__'),
      ...portUnlessAnnotated(endpoint, annotation('port'), portName),
      ...withPort(annotation('port')),
      contract('namespace', ...(ofPods ? [] : ['service' as const]), 'pod', 'node'),
      ...unlessNumbered(meta('pod_container_name'), 'container'),
      ...unlessNumbered(portName, 'endpoint'),
      ...(portNumber === undefined ? [] : [{ source_labels: [annotation('port')], regex: '', target_label: 'endpoint', replacement: `${portNumber}` }]),
      ...copyLabels(kind, job._copyLabels),
    ],
  };
}

/** How the targets of an endpoint of a job are found; nothing for a job that is raw text. */
export function targetDiscovery(job: ScrapeJob, endpoint: ScrapeEndpoint): TargetDiscovery {
  const { _discovery: given } = job;
  const discovery: Exclude<Discovery, KubeletsDiscovery> = given.kind === 'kubelets' ? kubeletSource(given, 'nodes') : given;
  switch (discovery.kind) {
    case 'service': return service(job, endpoint, discovery);
    case 'pods': return pods(job, endpoint, discovery);
    case 'nodes': return nodes(job, endpoint, discovery);
    case 'static':
    case 'static-probes': return staticTargets(discovery);
    case 'service-probes': return serviceProbes(discovery);
    case 'ingresses': return ingresses(discovery);
    case 'annotated-pods':
    case 'annotated-services': return annotated(job, endpoint, discovery);
    case 'raw': return { steps: [] };
  }
}
