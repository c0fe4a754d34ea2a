import { LabelSelection } from '../kubernetes/label-selection';
import { ScrapeEndpoint } from '../monitoring';
import { Discovery, IngressDiscovery, InNamespaces, ServiceDiscovery, ServiceProbeDiscovery } from '../monitoring/scrape/discovery';
import { drop, expressionDrops, expressionMatches, labelMatches, labelName, literalPattern, meta, RelabelMatch, RelabelStep } from '../wire/relabel-steps';

/** Whether namespaces are selected by their labels, which takes Prometheus 3.6 and no resource of the operator has a field for. */
export function selectsNamespaces(discovery: Discovery): boolean {
  return 'namespaceSelection' in discovery && discovery.namespaceSelection !== undefined;
}

/** Matches of an object that carries the labels, meets the expressions, and is in a namespace that does. */
export function selectionMatches(kind: string, { labels, expressions }: LabelSelection, { namespaceSelection }: InNamespaces): RelabelMatch[] {
  return [
    ...labelMatches(kind, labels),
    ...expressionMatches(kind, expressions),
    ...(namespaceSelection === undefined ? [] : selectionMatches('namespace', namespaceSelection, {})),
  ];
}

/** Drops objects that labels or namespaces exclude. */
export function selectionDrops(kind: string, { expressions }: Partial<LabelSelection>, discovery: InNamespaces): RelabelStep[] {
  return [
    ...expressionDrops(kind, expressions), ...excludedNamespaces(discovery), ...expressionDrops('namespace', discovery.namespaceSelection?.expressions),
  ];
}

/** Drops objects of namespaces that are excluded by name. */
export function excludedNamespaces({ exceptNamespaces }: InNamespaces): RelabelStep[] {
  return exceptNamespaces === undefined ? [] : [drop(meta('namespace'), exceptNamespaces.join('|'))];
}

/** A port by its name, several by a pattern of their names, or one by its number, or none of these where there is only one. */
export interface Port {
  readonly port?: string;
  readonly portPattern?: string;
  readonly portNumber?: number;
}

/** The port of an endpoint of a Service. */
export function servicePort(endpoint: ScrapeEndpoint, discovery: ServiceDiscovery): Port {
  const { port, portPattern, portNumber } = endpoint;
  return { port: portPattern === undefined ? port ?? discovery.port : undefined, portPattern, portNumber };
}

/** The Service by its name, where the discovery names one. */
export function serviceNameMatch({ serviceName }: ServiceDiscovery | ServiceProbeDiscovery): RelabelMatch[] {
  return serviceName === undefined ? [] : [[meta('service_name'), literalPattern(serviceName)]];
}

/** The ports of a Service where none is named: those of the pattern, else the one of its number, else any that is the Service's. */
export function unnamedPortMatch({ port, portPattern, portNumber }: Port): RelabelMatch[] {
  if (port !== undefined) {
    return [];
  }
  return [portPattern === undefined ? [meta('endpointslice_port'), portNumber?.toString() ?? '.+'] : [meta('endpointslice_port_name'), `(?:${portPattern})`]];
}

/** The ports of Pods whose names match a pattern. */
export function podPortPatternMatch({ portPattern }: Port): RelabelMatch[] {
  return portPattern === undefined ? [] : [[meta('pod_container_port_name'), `(?:${portPattern})`]];
}

/** The annotation that asks for a probe, where the discovery has one. */
export function probeAnnotationMatch(kind: 'service' | 'ingress', { annotationPrefix }: ServiceProbeDiscovery | IngressDiscovery): RelabelMatch[] {
  return annotationPrefix === undefined ? [] : [[meta(`${kind}_annotation_${labelName(annotationPrefix)}_probe`), 'true']];
}
