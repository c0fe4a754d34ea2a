import { kubeletSource } from './kubelet-source';
import {
  podPortPatternMatch, Port, probeAnnotationMatch, selectionDrops, selectionMatches, serviceNameMatch, servicePort, unnamedPortMatch,
} from './target-selection';
import { ScrapeEndpoint, ScrapeJob } from '../monitoring';
import {
  AnnotatedDiscovery, Discovery, ExternalDiscovery, IngressDiscovery, InNamespaces, KubeletsDiscovery, NodeDiscovery, PodDiscovery, ServiceDiscovery,
  ServiceProbeDiscovery, StaticDiscovery, StaticProbeDiscovery,
} from '../monitoring/scrape/discovery';
import { Verbatim, verbatim } from '../wire/data';
import { contract, copy, copyLabels, drop, keep, keepAll, labelName, literalPattern, meta, RelabelStep, set } from '../wire/relabel-steps';

/** Role of a discovery by Kubernetes. */
type Role = 'EndpointSlice' | 'Pod' | 'Node' | 'Service' | 'Ingress';

type DiscoverySettings = {
  readonly kubernetesSdConfigs?: ReadonlyArray<{
    readonly role: Role;
    readonly namespaces?: { readonly names: readonly string[] };
    readonly attachMetadata?: { readonly node?: boolean; readonly namespace?: boolean };
  }>;
  readonly staticConfigs?: ReadonlyArray<{ readonly targets: readonly string[]; readonly labels?: Verbatim<Readonly<Record<string, string>>> }>;
};

/** Discovery of the targets of one endpoint, and the relabelings that give them the labels of the contract. */
export interface TargetDiscovery {
  /** Service discovery in the wire form. */
  readonly settings: DiscoverySettings;
  readonly steps: readonly RelabelStep[];
}

/** Discovery by Kubernetes, in all namespaces unless some are named, with the metadata of nodes and namespaces where it is needed. */
function inKubernetes(role: Role, { namespaces, namespaceSelection }: InNamespaces = {}, node: boolean = false): DiscoverySettings {
  const namespace = namespaceSelection !== undefined;
  return {
    kubernetesSdConfigs: [{
      role,
      namespaces: namespaces === undefined ? undefined : { names: namespaces },
      attachMetadata: node || namespace ? { node: node || undefined, namespace: namespace || undefined } : undefined,
    }],
  };
}

type Labels = Readonly<Record<string, string>>;

/** Targets whose addresses are known, in groups with labels of their own; in a namespace if they name none. */
function fixedTargets(groups: StaticDiscovery['groups'], namespace?: string): DiscoverySettings {
  const inNamespace: Labels = namespace === undefined ? {} : { namespace };
  return { staticConfigs: groups.map(({ targets, labels }) => ({ targets, labels: verbatim({ ...inNamespace, ...labels }) })) };
}

/** `host` in brackets or not, with or without a port, and behind the `;` the port that takes its place. */
const HOST_AND_NEW_PORT = '(\\[[^\\]]+\\]|[^:;]+)(?::\\d+)?;(\\d+)';
const BARE_IPV6_AND_NEW_PORT = '([0-9a-fA-F]*:[0-9a-fA-F]*:[0-9a-fA-F:.]*);(\\d+)';

function fixedLabels(labels: Labels): RelabelStep[] {
  return Object.entries(labels).map(([label, value]) => set(label, value));
}

/** Pods that are done stay in the API and in the slices for a while; they cannot be scraped. */
const UNFINISHED = [meta('pod_phase'), '(?:Pending|Running|Unknown)?'] as const;

/** Ports that a container has and the Service lacks are discovered as well, without the labels of the slice. */
const OF_SERVICE = keep(meta('endpointslice_port'), '.+');

/** Init containers are discovered as well; most have ended when the Pod is scraped. */
const NO_INIT_CONTAINER = drop(meta('pod_container_init'), 'true');

/** Leaves init containers out, unless the port has a name: those that run on beside the others, as sidecars, are not told from those that end. */
export function withoutInitContainers({ port, portPattern }: ScrapeEndpoint): RelabelStep[] {
  return (port ?? portPattern) === undefined ? [NO_INIT_CONTAINER] : [];
}

/** Labels of the node that are copied to the targets. */
export function nodeLabels(job: ScrapeJob): RelabelStep[] {
  return copyLabels('node', job._copyNodeLabels);
}

/** The label `endpoint`: the port as the endpoint has it, else the name under which it is discovered. */
export function endpointLabel({ port, portNumber }: Port, discoveredName: string): RelabelStep {
  return port === undefined && portNumber === undefined ? copy(discoveredName, 'endpoint') : set('endpoint', port ?? `${portNumber}`);
}

/** The address of a target, with another port. */
function withPort(portLabel: string): RelabelStep[] {
  return [
    { sourceLabels: ['__address__', portLabel], regex: HOST_AND_NEW_PORT, targetLabel: '__address__', replacement: '$1:$2' },
    { sourceLabels: ['__address__', portLabel], regex: BARE_IPV6_AND_NEW_PORT, targetLabel: '__address__', replacement: '[$1]:$2' },
  ];
}

function fixedPort(port: number): RelabelStep[] {
  return [{ targetLabel: '__tmp_port', replacement: `${port}` }, ...withPort('__tmp_port')];
}

function service(job: ScrapeJob, endpoint: ScrapeEndpoint, discovery: ServiceDiscovery): TargetDiscovery {
  const port = servicePort(endpoint, discovery);
  return {
    settings: inKubernetes('EndpointSlice', discovery, job._attachesNodes),
    steps: [
      ...keepAll([
        ...serviceNameMatch(discovery),
        ...selectionMatches('service', discovery, discovery),
        ...(port.port === undefined ? unnamedPortMatch(port) : [[meta('endpointslice_port_name'), literalPattern(port.port)] as const]),
        UNFINISHED,
      ]),
      ...selectionDrops('service', discovery, discovery),
      contract('namespace', 'service', 'pod', 'container', 'node'),
      { sourceLabels: [meta('endpointslice_address_target_kind'), meta('endpointslice_address_target_name')], regex: 'Node;(.+)', targetLabel: 'node' },
      endpointLabel(port, meta('endpointslice_port_name')),
      ...copyLabels('service', job._copyLabels),
      ...nodeLabels(job),
    ],
  };
}

function pods(job: ScrapeJob, endpoint: ScrapeEndpoint, discovery: PodDiscovery): TargetDiscovery {
  const { port, portNumber } = endpoint;
  // A number need not be declared: all ports of the Pod become one target then, and only a declared one tells the container.
  const byNumber = portNumber === undefined ? [] : fixedPort(portNumber);
  return {
    settings: inKubernetes('Pod', discovery, job._attachesNodes),
    steps: [
      ...keepAll([
        ...selectionMatches('pod', discovery, discovery),
        ...(port === undefined ? podPortPatternMatch(endpoint) : [[meta('pod_container_port_name'), literalPattern(port)] as const]),
        UNFINISHED,
      ]),
      ...selectionDrops('pod', discovery, discovery),
      ...withoutInitContainers(endpoint),
      contract('namespace', 'pod', ...(portNumber === undefined ? ['container' as const] : []), 'node'),
      endpointLabel(endpoint, meta('pod_container_port_name')),
      ...copyLabels('pod', job._copyLabels),
      ...nodeLabels(job),
      ...byNumber,
    ],
  };
}

function nodes(job: ScrapeJob, endpoint: ScrapeEndpoint, discovery: NodeDiscovery): TargetDiscovery {
  const { portNumber = discovery.portNumber } = endpoint;
  return {
    settings: inKubernetes('Node'),
    steps: [
      ...keepAll(selectionMatches('node', discovery, {})),
      ...selectionDrops('node', discovery, {}),
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

/** Passes a discovered address to the prober instead of scraping it; `instance` stays the probed address. */
function viaProber({ prober, module }: StaticProbeDiscovery | ServiceProbeDiscovery | IngressDiscovery): RelabelStep[] {
  return [
    copy('__address__', '__param_target'),
    copy('__param_target', 'instance'),
    set('__param_module', module),
    set('module', module),
    set('__address__', prober.proberAddress),
  ];
}

function staticTargets(discovery: StaticDiscovery | StaticProbeDiscovery, namespace: string | undefined): TargetDiscovery {
  return discovery.kind === 'static'
    ? { settings: fixedTargets(discovery.groups, namespace), steps: [] }
    : { settings: fixedTargets([{ targets: discovery.targets, labels: discovery.targetLabels }], namespace), steps: viaProber(discovery) };
}

/** Each backend spells the settings of the source with its client. */
function external({ portNumber }: ScrapeEndpoint, { targetLabels }: ExternalDiscovery): TargetDiscovery {
  return { settings: {}, steps: [...(portNumber === undefined ? [] : fixedPort(portNumber)), ...fixedLabels(targetLabels)] };
}

function serviceProbes(discovery: ServiceProbeDiscovery): TargetDiscovery {
  return {
    settings: inKubernetes('Service', discovery),
    steps: [
      ...keepAll([
        ...probeAnnotationMatch('service', discovery),
        ...serviceNameMatch(discovery),
        ...selectionMatches('service', discovery, discovery),
        ...(discovery.port === undefined ? [] : [[meta('service_port_name'), literalPattern(discovery.port)] as const]),
      ]),
      ...selectionDrops('service', discovery, discovery),
      contract('namespace', 'service'),
      copy(meta('service_port_name'), 'endpoint'),
      ...fixedLabels(discovery.targetLabels),
      ...viaProber(discovery),
    ],
  };
}

function ingresses(discovery: IngressDiscovery): TargetDiscovery {
  return {
    settings: inKubernetes('Ingress', discovery),
    steps: [
      ...keepAll([...probeAnnotationMatch('ingress', discovery), ...selectionMatches('ingress', discovery, discovery)]),
      ...selectionDrops('ingress', discovery, discovery),
      contract('namespace', 'ingress'),
      {
        sourceLabels: [meta('ingress_scheme'), '__address__', meta('ingress_path')],
        regex: '(.+);(.+);(.+)', targetLabel: '__address__', replacement: '$1://$2$3',
      },
      ...viaProber(discovery),
    ],
  };
}

/** The port that the endpoint names, where the annotations name none. */
function portUnlessAnnotated({ port, portPattern, portNumber }: ScrapeEndpoint, annotatedPort: string, portName: string): RelabelStep[] {
  const name = port === undefined ? portPattern && `(?:${portPattern})` : literalPattern(port);
  if (name !== undefined) {
    return [{ action: 'keep', sourceLabels: [annotatedPort, portName], regex: `.+;.*|;${name}` }];
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
  const unlessNumbered = (source: string, target: string): RelabelStep[] => (
    portNumber === undefined ? [{ sourceLabels: [annotation('port'), source], regex: ';(.+)', targetLabel: target }] : []
  );
  return {
    settings: inKubernetes(ofPods ? 'Pod' : 'EndpointSlice', discovery, job._attachesNodes),
    steps: [
      ...keepAll([[annotation('scrape'), 'true'], ...selectionMatches(kind, { labels: {} }, discovery), UNFINISHED]),
      ...selectionDrops(kind, {}, discovery),
      ofPods ? NO_INIT_CONTAINER : OF_SERVICE,
      { sourceLabels: [annotation('scheme')], regex: '(https?)', targetLabel: '__scheme__' },
      copy(annotation('path'), '__metrics_path__'),
      ...portUnlessAnnotated(endpoint, annotation('port'), portName),
      ...withPort(annotation('port')),
      contract('namespace', ...(ofPods ? [] : ['service' as const]), 'pod', 'node'),
      ...unlessNumbered(meta('pod_container_name'), 'container'),
      ...unlessNumbered(portName, 'endpoint'),
      ...(portNumber === undefined ? [] : [{ sourceLabels: [annotation('port')], regex: '', targetLabel: 'endpoint', replacement: `${portNumber}` }]),
      ...copyLabels(kind, job._copyLabels),
      ...nodeLabels(job),
    ],
  };
}

/**
 * Discovery of the targets of an endpoint of a job; empty for a raw job. `namespace` is that of targets whose addresses are known, unless they have
 * their own.
 */
export function targetDiscovery(job: ScrapeJob, endpoint: ScrapeEndpoint, namespace?: string): TargetDiscovery {
  const { _discovery: given } = job;
  const discovery: Exclude<Discovery, KubeletsDiscovery> = given.kind === 'kubelets' ? kubeletSource(given, 'nodes') : given;
  switch (discovery.kind) {
    case 'service': return service(job, endpoint, discovery);
    case 'pods': return pods(job, endpoint, discovery);
    case 'nodes': return nodes(job, endpoint, discovery);
    case 'static':
    case 'static-probes': return staticTargets(discovery, namespace);
    case 'service-probes': return serviceProbes(discovery);
    case 'ingresses': return ingresses(discovery);
    case 'annotated-pods':
    case 'annotated-services': return annotated(job, endpoint, discovery);
    case 'external': return external(endpoint, discovery);
    case 'raw': return { settings: {}, steps: [] };
  }
}
