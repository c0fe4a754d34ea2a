import { Discovery, KubeletsDiscovery } from './discovery';
import { inNamespaces } from './namespaces';
import { IngressScrapeProps, ProbeOptions, ProbeScrapeProps } from './probe-job-props';
import { checkRawConfig, filesOf } from './raw-config';
import { ScrapeEndpoint } from './scrape-endpoint';
import { probeAnnotationPrefix, checkMetadata, checkTargetLabels, distinctTargets, limitsOf } from './scrape-job-checks';
import {
  AnnotatedScrapeProps, DiscoveryScrapeProps, NodeScrapeProps, PodScrapeProps, RawScrapeOptions, ScrapeLimits, ServiceScrapeProps, StaticScrapeProps,
  TargetMetadataProps,
} from './scrape-job-props';
import { chosen, podSelection, probedServices, serviceSelection } from './selection';
import { staticTargets } from './static-targets';
import { checkContainerPortName } from '../../checks';
import { checkSelection } from '../../kubernetes/label-selection';
import { checkArguments, labelOf } from '../../arguments';

interface Parts {
  readonly name: string;
  readonly discovery: Discovery;
  readonly endpoints?: readonly ScrapeEndpoint[];
  readonly limits: ScrapeLimits;
  readonly copyLabels?: readonly string[];
  readonly metadata?: TargetMetadataProps;
}

/**
 * Scrape job, free of the way in which a Prometheus is deployed: how targets are discovered, and at which ports and
 * paths. Targets carry `job`, `instance`, and where they have one `namespace`, `service`, `pod`, `container`, `endpoint` and `node`;
 * with several paths `metrics_path` too.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config
 */
export class ScrapeJob {
  /**
   * The endpoints of Services. Throws when neither a Service nor labels are named, `service` makes no Service or several, or an endpoint names a
   * port that the Service lacks.
   */
  public static fromService(props: ServiceScrapeProps): ScrapeJob {
    checkArguments('ScrapeJob.fromService', { props }, labelOf('ScrapeJob', props));
    const where = `ScrapeJob '${props.name}'`;
    const { endpoints, ...selected } = serviceSelection(where, props);
    return new ScrapeJob({ name: props.name, limits: props, discovery: { kind: 'service', ...selected }, endpoints, copyLabels: props.copyLabels, metadata: props });
  }

  /**
   * Pods. Throws when neither Pods nor labels are named, `pods` makes no workload or several, or an endpoint names a port that the Pods lack.
   */
  public static fromPods(props: PodScrapeProps): ScrapeJob {
    checkArguments('ScrapeJob.fromPods', { props }, labelOf('ScrapeJob', props));
    const where = `ScrapeJob '${props.name}'`;
    const { endpoints, ...selected } = podSelection(where, props);
    return new ScrapeJob({ name: props.name, limits: props, discovery: { kind: 'pods', ...selected }, endpoints, copyLabels: props.copyLabels, metadata: props });
  }

  /** The nodes of the cluster. Throws when an endpoint names its port: nodes have no named ports. */
  public static fromNodes(props: NodeScrapeProps): ScrapeJob {
    checkArguments('ScrapeJob.fromNodes', { props }, labelOf('ScrapeJob', props));
    const named = props.endpoints?.find(({ port, portPattern }) => (port ?? portPattern) !== undefined);
    if (named !== undefined) {
      throw new Error(`ScrapeJob '${props.name}': endpoint '${named.name}' names port '${named.port ?? named.portPattern}'; nodes have no named ports, use 'portNumber'`);
    }
    return new ScrapeJob({
      name: props.name,
      limits: props,
      discovery: { kind: 'nodes', ...chosen(props), targetLabels: { ...props.targetLabels }, portName: props.portName },
      endpoints: props.endpoints,
      copyLabels: props.copyLabels,
    });
  }

  /** Targets whose addresses are known. Throws when one is not `host:port`, or two would have the same labels. */
  public static fromStaticTargets(props: StaticScrapeProps): ScrapeJob {
    checkArguments('ScrapeJob.fromStaticTargets', { props }, labelOf('ScrapeJob', props));
    const where = `ScrapeJob '${props.name}'`;
    const placed = props.endpoints?.find(({ port, portPattern, portNumber }) => (port ?? portPattern ?? portNumber) !== undefined);
    if (placed !== undefined) {
      throw new Error(`${where}: endpoint '${placed.name}' names a port; a static target carries its own, as in 'db1:9104'`);
    }
    return new ScrapeJob({ name: props.name, limits: props, discovery: { kind: 'static', groups: staticTargets(where, props) }, endpoints: props.endpoints });
  }

  /**
   * Targets that a source outside of the cluster tells: HTTP, files, DNS, Consul, EC2, GCE, Azure. Throws when an endpoint names its port by name.
   */
  public static fromDiscovery(props: DiscoveryScrapeProps): ScrapeJob {
    checkArguments('ScrapeJob.fromDiscovery', { props }, labelOf('ScrapeJob', props));
    const named = props.endpoints?.find(({ port, portPattern }) => (port ?? portPattern) !== undefined);
    if (named !== undefined) {
      throw new Error(`ScrapeJob '${props.name}': endpoint '${named.name}' names port '${named.port ?? named.portPattern}', and these targets have no named ports; use 'portNumber', or a relabeling`);
    }
    const discovery: Discovery = { kind: 'external', source: props.source, targetLabels: { ...props.targetLabels } };
    return new ScrapeJob({ name: props.name, limits: props, discovery, endpoints: props.endpoints });
  }

  /** Probes of addresses, or of the ports of Services. */
  public static fromProbes(props: ProbeScrapeProps): ScrapeJob {
    checkArguments('ScrapeJob.fromProbes', { props }, labelOf('ScrapeJob', props));
    const where = `ScrapeJob '${props.name}'`;
    const { prober, module, targets } = props;
    prober.checkModule(module);
    const selecting = [
      props.service, props.port, props.labels, props.labelExpressions, props.namespaces, props.namespaceLabels, props.namespaceExpressions,
      props.annotationPrefix,
    ];
    if (targets !== undefined && selecting.some((prop) => prop !== undefined)) {
      throw new Error(`${where}: got 'targets' together with a selection of Services; make a job of each`);
    }
    const discovery: Discovery = targets !== undefined
      ? { kind: 'static-probes', prober, module, targets: [...distinctTargets(where, targets)], targetLabels: { ...props.targetLabels } }
      : {
        kind: 'service-probes',
        prober,
        module,
        ...probedServices(where, props),
        targetLabels: { ...props.targetLabels },
        annotationPrefix: probeAnnotationPrefix(where, props, props.service),
      };
    return new ScrapeJob({ name: props.name, limits: props, discovery, endpoints: [probeEndpoint(props)] });
  }

  /** Probes of the hosts and paths of Ingresses; those with TLS by https. */
  public static fromIngresses(props: IngressScrapeProps): ScrapeJob {
    checkArguments('ScrapeJob.fromIngresses', { props }, labelOf('ScrapeJob', props));
    const { prober, module } = props;
    prober.checkModule(module);
    const where = `ScrapeJob '${props.name}'`;
    const discovery: Discovery = {
      kind: 'ingresses',
      prober,
      module,
      ...chosen(props),
      ...inNamespaces(where, props),
      annotationPrefix: probeAnnotationPrefix(where, props),
    };
    return new ScrapeJob({ name: props.name, limits: props, discovery, endpoints: [probeEndpoint(props)] });
  }

  /** Pods that ask for it: `prometheus.io/scrape: "true"`. */
  public static fromAnnotatedPods(props: AnnotatedScrapeProps = {}): ScrapeJob {
    checkArguments('ScrapeJob.fromAnnotatedPods', { props }, labelOf('ScrapeJob', props));
    return ScrapeJob.annotated('annotated-pods', props);
  }

  /** The endpoints of Services that ask for it: `prometheus.io/scrape: "true"`. */
  public static fromAnnotatedServices(props: AnnotatedScrapeProps = {}): ScrapeJob {
    checkArguments('ScrapeJob.fromAnnotatedServices', { props }, labelOf('ScrapeJob', props));
    return ScrapeJob.annotated('annotated-services', props);
  }

  /**
   * A `scrape_config` that exists already, as an object; its `job_name` is the job's name. Whatever access it needs is the caller's to
   * grant. Throws when it has another `job_name`; on what Prometheus would refuse, at any depth; on a secret in clear, which a file of a Secret
   * holds instead, named by a setting that ends in `_file`; and when it names a file of a Secret that is not among `secrets`.
   */
  public static raw(name: string, config: { [key: string]: unknown }, options: RawScrapeOptions = {}): ScrapeJob {
    checkArguments('ScrapeJob.raw', { name, config, options });
    if ('job_name' in config && config.job_name !== name) {
      throw new Error(`ScrapeJob.raw('${name}'): its job_name is '${String(config.job_name)}'; leave job_name out or make both the same`);
    }
    const { job_name: _, ...rest } = config;
    const secrets = [...options.secrets ?? []];
    checkRawConfig(`ScrapeJob.raw('${name}')`, rest, secrets);
    return new ScrapeJob({ name, discovery: { kind: 'raw', config: rest, files: filesOf(rest, secrets) }, endpoints: [], limits: {} });
  }

  /** The kubelets of all nodes, at the port of the discovery. @internal */
  public static _fromKubelets(name: string, discovery: Omit<KubeletsDiscovery, 'kind'>, endpoints: readonly ScrapeEndpoint[]): ScrapeJob {
    return new ScrapeJob({ name, discovery: { kind: 'kubelets', ...discovery }, endpoints, limits: {} });
  }

  private static annotated(kind: 'annotated-pods' | 'annotated-services', props: AnnotatedScrapeProps): ScrapeJob {
    const name = props.name ?? kind;
    const where = `ScrapeJob '${name}'`;
    const annotationPrefix = props.annotationPrefix ?? 'prometheus.io';
    const discovery: Discovery = { kind, annotationPrefix, ...inNamespaces(where, props) };
    return new ScrapeJob({
      name, limits: props, discovery, endpoints: [props.endpoint ?? new ScrapeEndpoint({ name: 'metrics' })], copyLabels: props.copyLabels, metadata: props,
    });
  }

  /** The job's name, the value of the label `job`. */
  public readonly name: string;
  /** Discovery of the targets. @internal */
  public readonly _discovery: Discovery;
  /** Bounds. @internal */
  public readonly _limits: ScrapeLimits;
  /** Kubernetes labels that are copied to the targets. @internal */
  public readonly _copyLabels: readonly string[];
  /** Labels of nodes that are copied to the targets. @internal */
  public readonly _copyNodeLabels: readonly string[];
  /** Whether the targets are discovered with the metadata of their nodes. @internal */
  public readonly _attachesNodes: boolean;
  /** Kubernetes label whose value is the label `job`, where the target has it. @internal */
  public readonly _jobLabel?: string;
  private readonly _endpoints: readonly ScrapeEndpoint[];

  private constructor(parts: Parts) {
    const where = `ScrapeJob '${parts.name}'`;
    this.name = parts.name;
    this._discovery = parts.discovery;
    this._endpoints = [...(parts.endpoints ?? [new ScrapeEndpoint()])];
    this._copyLabels = [...(parts.copyLabels ?? [])];
    this._copyNodeLabels = [...(parts.metadata?.copyNodeLabels ?? [])];
    this._attachesNodes = parts.metadata?.attachNodeMetadata ?? this._copyNodeLabels.length > 0;
    this._jobLabel = parts.metadata?.jobLabel;
    this._limits = limitsOf(where, parts.limits);
    if (this._endpoints.length === 0 && parts.discovery.kind !== 'raw') {
      throw new Error(`${where}: endpoints is empty; name at least one ScrapeEndpoint, or leave it out for the default`);
    }
    if (parts.discovery.kind === 'pods' || parts.discovery.kind === 'annotated-pods') {
      this._endpoints.forEach(({ name, port }) => port !== undefined && checkContainerPortName(port, `${where}: endpoint '${name}'`));
    }
    if ('targetLabels' in parts.discovery) {
      checkTargetLabels(`${where}: targetLabels`, parts.discovery.targetLabels);
    }
    if ('labels' in parts.discovery) {
      checkSelection(where, parts.discovery);
    }
    if ('namespaceSelection' in parts.discovery && parts.discovery.namespaceSelection !== undefined) {
      checkSelection(`${where}: namespaces`, parts.discovery.namespaceSelection);
    }
    checkMetadata(where, {
      copyLabels: this._copyLabels, copyNodeLabels: this._copyNodeLabels, attachesNodes: this._attachesNodes, jobLabel: this._jobLabel,
    });
    this.checkDistinct(where);
  }

  /** Ports and paths that are scraped. */
  public get endpoints(): ScrapeEndpoint[] {
    return [...this._endpoints];
  }

  /** Whether the targets carry `metrics_path`, because the job has several paths. @internal */
  public get _hasSeveralPaths(): boolean {
    return new Set(this._endpoints.map((endpoint) => endpoint.path)).size > 1;
  }

  /** Limits in the wire form. @internal */
  public _limitSettings() {
    const { bodySizeLimit, ...counts } = this._limits;
    return { bodySizeLimit: bodySizeLimit === undefined ? undefined : `${bodySizeLimit.toKibibytes()}KiB`, ...counts };
  }

  private checkDistinct(where: string): void {
    const seen = new Map<string, ScrapeEndpoint>();
    const names = new Set<string>();
    for (const endpoint of this._endpoints) {
      if (names.has(endpoint.name)) {
        throw new Error(`${where}: two endpoints are called '${endpoint.name}'; give one of them another 'name'`);
      }
      names.add(endpoint.name);
      const key = `${endpoint.port ?? ''} ${endpoint.portPattern ?? ''} ${endpoint.portNumber ?? ''} ${endpoint.path}`;
      const twin = seen.get(key);
      if (twin !== undefined && endpoint.relabelings.length === 0 && twin.relabelings.length === 0) {
        throw new Error(`${where}: endpoints '${twin.name}' and '${endpoint.name}' give targets with equal labels; tell them apart by port, path or relabelings`);
      }
      seen.set(key, endpoint);
    }
  }
}

function probeEndpoint(props: ProbeOptions): ScrapeEndpoint {
  const { prober, interval, timeout, relabelings, httpConfig } = props;
  return new ScrapeEndpoint({ ...httpConfig, name: 'probe', path: prober.proberPath, scheme: prober.proberScheme, interval, timeout, relabelings });
}
