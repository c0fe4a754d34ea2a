import { createHash } from 'node:crypto';
import { ApiObject } from 'cdk8s';
import { IServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { KIND } from '../../kubernetes/kinds';
import { SPELLING } from './blackbox-files';
import { BlackboxModule } from './blackbox-module';
import { blackboxPod, CONFIG_FILE, pings, PORT } from './blackbox-pod';
import { AddressProbeOptions, BlackboxProbeOptions, IngressProbeOptions, ServiceProbeOptions } from './blackbox-probes';
import { BlackboxRuleOptions } from './blackbox-rule-options';
import { BLACKBOX_JOB, blackboxRules } from './blackbox-rules';
import { probeDashboards } from './probe-dashboards';
import { ProxyEnvironment, WorkloadOptions } from '../../kubernetes';
import { apiObject } from '../../kubernetes/api-object';
import { note } from '../../kubernetes/notes';
import { serviceAccountOf } from '../../kubernetes/own-namespace';
import { podService } from '../../kubernetes/pod-service';
import { identityOf, metadataOf } from '../../kubernetes/workload-identity';
import { IMonitored, IProber, Monitoring, RuleSet, Scheme, ScrapeEndpoint, ScrapeJob, TlsClient } from '../../monitoring';
import { didYouMean, quoteList } from '../../text';
import { spell } from '../../wire/data';
import { yamlText } from '../../yaml';
import { endpointOptions } from '../monitor-endpoints';
import { MonitorOptions } from '../monitor-options';
import { checkCount } from '../../checks';
import { checkArguments } from '../../arguments';
import { checkOrder } from '../threshold-order';
import { blackboxThresholds } from './blackbox-thresholds';

/** Modules of blackbox-exporter, and its workload. */
export interface BlackboxExporterProps extends WorkloadOptions, MonitorOptions {
  /**
   * The ways of probing, each by its name.
   * @default - BlackboxExporter.defaultModules()
   */
  readonly modules?: BlackboxModule[];
  /**
   * HTTP proxy in the environment, for clients with `proxyFromEnvironment`.
   * @default - none
   */
  readonly proxyEnvironment?: ProxyEnvironment;
  /**
   * Number of Pods.
   * @default 1
   */
  readonly replicas?: number;
  /**
   * Additional flags without leading dashes, checked against the version; an empty value for a flag without one.
   * @default - none
   */
  readonly extraFlags?: { readonly [flag: string]: string };
  /**
   * Thresholds and scope of the rules.
   * @default - those of the rules
   */
  readonly rules?: BlackboxRuleOptions;
}

/**
 * blackbox-exporter: probes targets from outside, by HTTP, TCP, ICMP, DNS and gRPC, on behalf of Prometheus. Targets that are added
 * by `probe`, `probeServices` and `probeIngresses` are monitored together with it.
 * @see https://github.com/prometheus/blackbox_exporter
 */
export class BlackboxExporter extends Construct implements IMonitored, IProber {
  /** `http_2xx`, `tcp_connect`, `tls_connect`, `icmp`, `grpc`. */
  public static defaultModules(): BlackboxModule[] {
    return [
      BlackboxModule.http('http_2xx'),
      BlackboxModule.tcp('tcp_connect'),
      BlackboxModule.tcp('tls_connect', { tls: TlsClient.systemCa() }),
      BlackboxModule.icmp('icmp'),
      BlackboxModule.grpc('grpc'),
    ];
  }

  /** Name of the Deployment, its Service and its ConfigMap. */
  public readonly name: string;
  /** Namespace of the objects. */
  public readonly namespace: string;
  /** Service account of the Pods; it has no rights and hands out no token. */
  public readonly serviceAccount: IServiceAccount;
  /** The Deployment. */
  public readonly workload: ApiObject;
  /** The Service that Prometheus reaches it by. */
  public readonly service: ApiObject;
  /** The ConfigMap with the modules. */
  public readonly configMap: ApiObject;
  /** Host and port that Prometheus reaches it at. */
  public readonly proberAddress: string;
  /** Protocol. */
  public readonly proberScheme: Scheme = Scheme.HTTP;
  /** Path that probes. */
  public readonly proberPath: string = '/probe';
  private readonly _modules: readonly BlackboxModule[];
  private readonly jobs: ScrapeJob[];
  private readonly rules: RuleSet;
  private readonly ruleOptions: BlackboxRuleOptions;
  private isMonitored = false;

  constructor(scope: Construct, id: string, props: BlackboxExporterProps = {}) {
    super(scope, id);
    checkArguments('BlackboxExporter', { props }, this.node.path);
    checkOrder(this.node.path, props.rules, blackboxThresholds);
    const identity = identityOf(this, props, 'blackbox-exporter', 'exporter');
    const { where, name, namespace, selector } = identity;
    [this.name, this.namespace] = [name, namespace];
    checkCount(props.replicas, `${where}: replicas`, 'one');
    props.updateStrategy?._check(where, 'Deployment');
    this._modules = this.modulesOf(props.modules ?? BlackboxExporter.defaultModules());
    this.proberAddress = `${name}.${namespace}.svc:${PORT}`;
    const metadata = metadataOf(identity);
    this.serviceAccount = serviceAccountOf(this, props, identity);
    const config = yamlText({ modules: Object.fromEntries(this._modules.map((module) => [module.name, spell(module._settings, SPELLING)])) });
    this.configMap = apiObject(this, 'Config', KIND.ConfigMap, { metadata, data: { [CONFIG_FILE]: config } });
    const template = blackboxPod(props, {
      identity,
      checksum: createHash('sha256').update(config).digest('hex').slice(0, 16),
      serviceAccountName: this.serviceAccount.name,
      modules: this._modules,
    });
    this.workload = apiObject(this, 'Resource', KIND.Deployment, {
      metadata, spec: { replicas: props.replicas ?? 1, selector: { matchLabels: selector }, template, strategy: props.updateStrategy?._deployment },
    });
    this.service = podService(this, 'Service', identity, { options: props, ports: [{ name: 'http', port: PORT }] });
    const own = ScrapeJob.fromService({
      name: props.jobName ?? BLACKBOX_JOB,
      labels: selector,
      namespaces: [namespace],
      endpoints: [new ScrapeEndpoint({ ...endpointOptions(props), port: 'http' })],
    });
    this.jobs = [own];
    this.ruleOptions = { ...props.rules };
    this.rules = blackboxRules({ jobName: own.name }, this.ruleOptions);
    if (props.hostNetwork === true && pings(this._modules)) {
      note(this, "'hostNetwork' is true, so modules that ping fail unless the sysctl net.ipv4.ping_group_range of the node includes the Pod's group");
    }
  }

  /** Scrape jobs of the exporter and of its probes, their rules and dashboard. Once this is read, no probe can be added. */
  public get monitoring(): Monitoring {
    this.isMonitored = true;
    return { jobs: [...this.jobs], rules: this.rules, dashboards: probeDashboards(this.jobs, this.ruleOptions) };
  }

  /** The ways of probing. */
  public get modules(): BlackboxModule[] {
    return [...this._modules];
  }

  /** Probes addresses. Throws when the module is unknown, or the exporter is monitored already. */
  public probe(options: AddressProbeOptions): ScrapeJob {
    checkArguments('BlackboxExporter.probe', { options }, this.node.path);
    this.moduleOf(options)?._checkTargets(`${this.node.path}: probe '${options.name}'`, options.targets);
    return this.add(ScrapeJob.fromProbes({ ...options, ...this.by(options) }));
  }

  /** Probes the ports of Services that are discovered. Throws when the module is unknown, or the exporter is monitored already. */
  public probeServices(options: ServiceProbeOptions): ScrapeJob {
    checkArguments('BlackboxExporter.probeServices', { options }, this.node.path);
    return this.add(ScrapeJob.fromProbes({ ...options, ...this.by(options) }));
  }

  /** Probes the hosts and paths of Ingresses that are discovered. Throws when the module is unknown, or the exporter is monitored already. */
  public probeIngresses(options: IngressProbeOptions): ScrapeJob {
    checkArguments('BlackboxExporter.probeIngresses', { options }, this.node.path);
    const module = this.moduleOf(options);
    if (module !== undefined && module.prober !== 'http') {
      throw new Error(`${this.node.path}: probe '${options.name}': module '${module.name}' probes by ${module.prober}, and Ingresses are probed by their URLs; choose a module of http`);
    }
    return this.add(ScrapeJob.fromIngresses({ ...options, ...this.by(options) }));
  }

  /** Throws when there is no module of this name. */
  public checkModule(module: string): void {
    checkArguments('BlackboxExporter.checkModule', { module }, this.node.path);
    const names = this._modules.map(({ name }) => name);
    if (!names.includes(module)) {
      throw new Error(`${this.node.path}: there is no module '${module}'${didYouMean(module, names)}; there are ${quoteList(names)}; add it by the prop 'modules'`);
    }
  }

  private moduleOf({ module = 'http_2xx' }: BlackboxProbeOptions): BlackboxModule | undefined {
    return this._modules.find(({ name }) => name === module);
  }

  private by({ module }: BlackboxProbeOptions): { prober: IProber; module: string } {
    return { prober: this, module: module ?? 'http_2xx' };
  }

  private add(job: ScrapeJob): ScrapeJob {
    if (this.isMonitored) {
      throw new Error(`${this.node.path}: probe '${job.name}' comes after the exporter is monitored; add it before, or give it to a Prometheus by `
        + 'addScrapeJob(ScrapeJob.fromProbes({ prober, … }))');
    }
    if (this.jobs.some(({ name }) => name === job.name)) {
      throw new Error(`${this.node.path}: there is a job '${job.name}' already; give this one another 'name'`);
    }
    this.jobs.push(job);
    return job;
  }

  private modulesOf(modules: readonly BlackboxModule[]): readonly BlackboxModule[] {
    if (modules.length === 0) {
      throw new Error(`${this.node.path}: modules is empty, so nothing could be probed; name at least one BlackboxModule, or leave it out`);
    }
    const names = modules.map(({ name }) => name);
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice !== undefined) {
      throw new Error(`${this.node.path}: two modules are called '${twice}'; give one of them another name`);
    }
    return [...modules];
  }
}
