import { ApiObjectMetadataDefinition } from 'cdk8s';
import { AbstractPod, IPodSelector } from 'cdk8s-plus-27';
import { Labels } from './discovery';
import { ScrapeEndpoint } from './scrape-endpoint';
import { namespacesOf } from './namespaces';
import { PodScrapeProps, ServiceScrapeProps } from './scrape-job-props';
import { didYouMean, quoteList } from '../../text';

interface Selection {
  readonly labels: Labels;
  readonly namespaces?: readonly string[];
  readonly endpoints?: readonly ScrapeEndpoint[];
}

interface Port {
  readonly name?: string;
  readonly number: number;
}

/** Selects the Services of a job, with the endpoints that follow where none is named. */
export function serviceSelection(where: string, props: ServiceScrapeProps): Selection & { readonly serviceName?: string } {
  const { service } = props;
  if (service === undefined) {
    return { ...byLabels(where, 'service', 'Service', props), endpoints: props.endpoints };
  }
  checkCarried(where, `Service '${service.name}'`, labelsOf(service.metadata), props.labels);
  const namespace = service.metadata.namespace ?? 'default';
  if (props.namespaces !== undefined && !props.namespaces.includes(namespace)) {
    throw new Error(`${where}: namespaces are ${quoteList(props.namespaces)}, and Service '${service.name}' is in '${namespace}'; leave 'namespaces' out`);
  }
  const ports = service.ports.map((port) => ({ name: port.name, number: port.targetPort ?? port.port }));
  return {
    serviceName: service.name,
    labels: { ...props.labels },
    namespaces: namespacesOf(where, props.namespaces ?? [namespace]),
    endpoints: checkedEndpoints(where, `Service '${service.name}'`, ports, props.endpoints),
  };
}

/** Selects the Pods of a job, with the endpoints that follow where none is named. */
export function podSelection(where: string, props: PodScrapeProps): Selection {
  const { pods } = props;
  if (pods === undefined) {
    return { ...byLabels(where, 'pods', 'Pod', props), endpoints: props.endpoints };
  }
  const selector = pods.toPodSelectorConfig();
  const config = selector.labelSelector._toKube();
  if ((config.matchExpressions ?? []).length > 0) {
    throw new Error(`${where}: '${pods.node.path}' selects by expressions; name the Pods by 'labels'`);
  }
  if (isWorkload(pods)) {
    checkCarried(where, `the Pods of '${pods.node.path}'`, labelsOf(pods.podMetadata), props.labels, 'carry');
  }
  const names = selector.namespaces?.names;
  return {
    labels: { ...config.matchLabels, ...props.labels },
    namespaces: namespacesOf(where, props.namespaces ?? (names === undefined || names.length === 0 ? undefined : names)),
    endpoints: isWorkload(pods)
      ? checkedEndpoints(where, `'${pods.node.path}'`, pods.containers.flatMap((container) => container.ports), props.endpoints)
      : props.endpoints,
  };
}

function isWorkload(pods: IPodSelector): pods is AbstractPod {
  return pods instanceof AbstractPod;
}

/** Throws when labels are asked for that a thing of the app does not carry. */
function checkCarried(where: string, owner: string, carried: Labels, labels: Labels = {}, verb = 'carries'): void {
  Object.entries(labels).forEach(([label, value]) => {
    if (carried[label] !== value) {
      const found = carried[label] === undefined ? `no label '${label}'${didYouMean(label, Object.keys(carried))}` : `${label}=${carried[label]}`;
      throw new Error(`${where}: labels ask for ${label}=${value}, and ${owner} ${verb} ${found}; leave 'labels' out`);
    }
  });
}

function labelsOf(definition: ApiObjectMetadataDefinition): Labels {
  const metadata: unknown = definition.toJson();
  return isLabelled(metadata) ? metadata.labels : {};
}

function isLabelled(metadata: unknown): metadata is { readonly labels: Labels } {
  return typeof metadata === 'object' && metadata !== null && 'labels' in metadata;
}

function byLabels(where: string, prop: string, kind: string, props: { labels?: Labels; namespaces?: string[] }): Selection {
  const labels = { ...props.labels };
  if (Object.keys(labels).length === 0) {
    throw new Error(`${where}: neither '${prop}' nor 'labels' is given, so every ${kind} would be scraped; name the labels of those to scrape`);
  }
  return { labels, namespaces: namespacesOf(where, props.namespaces) };
}

function checkedEndpoints(where: string, owner: string, ports: readonly Port[], endpoints?: readonly ScrapeEndpoint[]): readonly ScrapeEndpoint[] {
  const names = ports.flatMap((port) => port.name ?? []);
  const all = ports.map((port) => (port.name === undefined ? `${port.number}` : `${port.name} (${port.number})`));
  if (endpoints === undefined) {
    if (ports.length !== 1) {
      throw new Error(`${where}: ${owner} has ${ports.length} ports (${quoteList(all)}); say by 'endpoints' which to scrape`);
    }
    return [ports[0].name === undefined ? new ScrapeEndpoint({ portNumber: ports[0].number }) : new ScrapeEndpoint({ port: ports[0].name })];
  }
  endpoints.forEach(({ name, port, portNumber }) => {
    if (port !== undefined && !names.includes(port)) {
      throw new Error(`${where}: endpoint '${name}' names port '${port}', and ${owner} has ${quoteList(all)}${didYouMean(port, names)}`);
    }
    if (portNumber !== undefined && !ports.some((candidate) => candidate.number === portNumber)) {
      throw new Error(`${where}: endpoint '${name}' names port number ${portNumber}, and the targets of ${owner} have ${quoteList(all)}`);
    }
  });
  return endpoints;
}
