import { ApiObject } from 'cdk8s';
import { IServiceAccount, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { accessOf, clientUsesAccountFiles, SLICES, usesAccountFiles } from './access';
import { RELOADER_PORT_NAME, reloaderServicePort } from './config-reloader';
import { DiscoveryAccess } from './discovery-access';
import { HttpClient } from './http-client';
import { prometheusConfiguration } from './prometheus-configuration';
import { PrometheusServerProps } from './prometheus-props';
import { CONFIG_DIR, PrometheusSettings, WEB_PORT } from './prometheus-settings';
import { workloadSpec } from './prometheus-workload';
import { RuleFiles } from './rule-files';
import { checkJob, ruleProblems } from './rule-checks';
import { ScrapeFiles } from './scrape-files';
import { SecretMounts } from './secret-mounts';
import { StandIn } from './stand-ins';
import { urlPath } from './url-path';
import { probeFile, webFile } from './web-files';
import { generalRules } from '../components/general/general-rules';
import { prometheusRules } from '../components/prometheus/prometheus-rules';
import { Exposure, SecretKey } from '../kubernetes';
import { disruptionBudget } from '../kubernetes/availability';
import { exposedService } from '../kubernetes/exposed-service';
import { recommendedLabels, selectorLabels } from '../kubernetes/labels';
import { lazily } from '../kubernetes/lazily';
import { nameOf, namespaceOf } from '../kubernetes/names';
import { serviceAccountOf } from '../kubernetes/service-account';
import { IAlertmanager, IMonitored, IPrometheus, MetricSelection, Monitoring, RemoteWrite, RuleEdit, RuleGroup, RuleSet, ScrapeEndpoint, ScrapeJob } from '../monitoring';
import { yamlText } from '../yaml';

/**
 * A Prometheus of its own objects, without an operator: configuration and rules in ConfigMaps, a Deployment or a StatefulSet, a Service,
 * and as much RBAC as its jobs need. A change of configuration or rules is loaded without a restart.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/
 */
export class PrometheusServer extends Construct implements IPrometheus, IMonitored {
  /** Name of the objects. */
  public readonly name: string;
  /** Namespace of the objects. */
  public readonly namespace: string;
  /** Version, as the image's tag tells it. */
  public readonly version: string;
  /** Service account of the Pods. */
  public readonly serviceAccount: IServiceAccount;
  /** Name of the Service that serves port `web`, 9090. */
  public readonly serviceName: string;
  /** URL within the cluster, without a slash at its end. */
  public readonly url: string;
  /** How it is monitored. */
  public readonly monitoring: Monitoring;

  private readonly settings: PrometheusSettings;
  private readonly labels: { [label: string]: string };
  private readonly selector: { [label: string]: string };
  private readonly access: DiscoveryAccess;
  private readonly rules: RuleFiles;
  private readonly scrapes: ScrapeFiles;
  private readonly secrets: SecretMounts;
  private readonly monitored = new Map<IMonitored, 'asked' | 'with its alerts'>();
  private readonly jobs = new Map<string, ScrapeJob>();
  private readonly alertmanagers: IAlertmanager[] = [];
  private readonly remoteWrites: RemoteWrite[] = [];

  constructor(scope: Construct, id: string, props: PrometheusServerProps = {}) {
    super(scope, id);
    const where = this.node.path;
    const settings = new PrometheusSettings(where, props);
    this.settings = settings;
    this.name = nameOf(scope, id, props.name);
    this.namespace = namespaceOf(this, props.namespace);
    this.version = settings.version;
    this.serviceName = this.name;
    this.selector = selectorLabels('prometheus', this.name);
    this.labels = recommendedLabels('prometheus', this.name, 'metrics-database');
    const { name, namespace, labels, selector } = this;
    this.serviceAccount = serviceAccountOf(this, props.serviceAccount, { name, namespace, labels });
    this.access = new DiscoveryAccess(this, 'Access', { name, namespace, labels, serviceAccount: this.serviceAccount });
    this.secrets = new SecretMounts(this, 'Secrets', { program: 'prometheus', name, namespace, labels });
    this.addWebSecrets();
    this.rules = new RuleFiles(this, 'Rules', { name, namespace, labels, implied: () => this.impliedEdits() });
    this.scrapes = new ScrapeFiles(this, 'Scrapes', { name, namespace, labels });
    this.makeConfiguration();
    this.makeWorkload();
    const ports = [{ name: 'web', port: WEB_PORT }];
    exposedService(this, { name, namespace, labels, selector, ports, exposure: props.exposure ?? Exposure.clusterIp() });
    disruptionBudget(this, where, { name, namespace, labels, selector, replicas: settings.replicas, maxUnavailable: props.maxUnavailable ?? 1 });
    this.url = `${settings.scheme}://${name}.${namespace}.svc:${WEB_PORT}${urlPath(settings.externalUrl)}`;
    this.monitoring = { jobs: [this.ownJob()], rules: settings.agent ? undefined : this.ownRules() };
    if (props.selfMonitoring ?? true) {
      this.monitor(this);
    }
    (props.remoteWrites ?? []).forEach((target) => this.remoteWrite(target));
    this.node.addValidation({ validate: () => [...this.agentProblems(), ...ruleProblems(where, this.rules, [...this.jobs.values()])] });
  }

  /** Scrapes each thing and evaluates its rules. Throws when a thing is monitored already, or a job's name is taken. */
  public monitor(...things: IMonitored[]): void {
    things.forEach((thing) => {
      const before = this.monitored.get(thing);
      if (before === 'asked') {
        throw new Error(`${this.node.path}: ${nameOfThing(thing)} is monitored already; each thing is monitored once`);
      }
      this.monitored.set(thing, 'asked');
      if (before === undefined) {
        this.take(thing);
      }
    });
  }

  /** Scrapes one more job. Throws when the job's name is taken, or a Secret that it needs is in another namespace. */
  public addScrapeJob(job: ScrapeJob): void {
    const where = this.node.path;
    if (this.jobs.has(job.name)) {
      throw new Error(`${where}: there is a scrape job '${job.name}' already; a job's name is the value of its label 'job', so give this one another, by its prop 'jobName' if it has one`);
    }
    checkJob(where, job, this.settings);
    job.endpoints.forEach((endpoint) => this.addClient(endpoint, endpoint._secretKeys));
    this.jobs.set(job.name, job);
    this.scrapes.add(job);
    accessOf(job).forEach((access) => this.access.grant(access));
  }

  /** Evaluates more groups of rules. Throws when a group's name is taken, or in agent mode. */
  public addRules(...groups: RuleGroup[]): void {
    groups.forEach((group) => this.takeRules(group.name, RuleSet.of(group)));
  }

  /** Evaluates the groups of a rule set, such as one read from a file. Throws when a group's name is taken, or in agent mode. */
  public addRuleSet(rules: RuleSet): void {
    this.takeRules(rules.groups[0]?.name ?? 'rules', rules);
  }

  /** Changes rules that are here or come later. An edit that in the end names no alert fails the synthesis. */
  public adjustRules(...edits: RuleEdit[]): void {
    this.rules.edit(...edits);
  }

  /** Sends alerts to an Alertmanager, and monitors it if it is one that can be. Throws in agent mode, or when it is told twice. */
  public sendAlertsTo(alertmanager: IAlertmanager): void {
    if (this.settings.agent) {
      throw new Error(`${this.node.path}: an agent evaluates no rules and so sends no alerts; leave 'agent' out, or send from where the rules are`);
    }
    if (this.alertmanagers.some(({ namespace, serviceName }) => namespace === alertmanager.namespace && serviceName === alertmanager.serviceName)) {
      throw new Error(`${this.node.path}: alerts are sent to '${alertmanager.namespace}/${alertmanager.serviceName}' already`);
    }
    this.addClient(alertmanager, [alertmanager.basicAuth?.password, alertmanager.authorization?.credentials]);
    this.alertmanagers.push(alertmanager);
    this.access.grant({ namespaces: [alertmanager.namespace], rules: SLICES });
    if (isMonitored(alertmanager) && !this.monitored.has(alertmanager)) {
      this.monitored.set(alertmanager, 'with its alerts');
      this.take(alertmanager);
    }
  }

  /** Sends samples to a remote store as well. Throws when its name is taken. */
  public remoteWrite(target: RemoteWrite): void {
    const { name } = target._props;
    if (name !== undefined && this.remoteWrites.some((other) => other._props.name === name)) {
      throw new Error(`${this.node.path}: there is a remote write '${name}' already; give this one another name`);
    }
    this.addClient(target._props, target._secretKeys);
    this.remoteWrites.push(target);
  }

  private agentProblems(): string[] {
    return this.settings.agent && this.remoteWrites.length === 0
      ? [`${this.node.path}: an agent keeps no samples and sends them nowhere; name a store by 'remoteWrites' or remoteWrite(), or leave 'agent' out`]
      : [];
  }

  private addWebSecrets(): void {
    const { web } = this.settings.props;
    [...(web?._secretKeys ?? []), web?._basicAuth?.password].forEach((key) => key !== undefined && this.secrets.add(key));
    if (web?._certificate !== undefined) {
      this.secrets.add(web._certificate.certificate, StandIn.CERTIFICATE);
      this.secrets.add(web._certificate.privateKey, StandIn.PRIVATE_KEY);
    }
  }

  /**
   * Mounts what a client needs. Without the files of TLS Prometheus would not start, and a scrape job would have no targets instead of
   * targets that are down, so that something stands in for them.
   */
  private addClient({ tls, oauth2 }: HttpClient, keys: ReadonlyArray<SecretKey | undefined>): void {
    keys.forEach((key) => key !== undefined && this.secrets.add(key));
    [tls, oauth2?.tls].forEach((client) => {
      const files = [
        [client?.caKey, StandIn.AUTHORITY], [client?.certificateKey, StandIn.CERTIFICATE], [client?.privateKeyKey, StandIn.PRIVATE_KEY],
      ] as const;
      files.forEach(([key, standIn]) => key !== undefined && this.secrets.add(key, standIn));
    });
  }

  private take(thing: IMonitored): void {
    const { jobs = [], rules } = thing.monitoring;
    jobs.forEach((job) => this.addScrapeJob(job));
    if (rules !== undefined && rules.groups.length > 0) {
      this.takeRules(jobs[0]?.name ?? rules.groups[0].name, rules, jobs);
    }
    // About no thing in particular, so that another Prometheus which monitors this one does not bring them twice.
    if (thing === this && !this.settings.agent) {
      this.takeRules('general', generalRules(this.settings.props.generalRules));
    }
  }

  private takeRules(origin: string, rules: RuleSet, jobs: readonly ScrapeJob[] = []): void {
    if (this.settings.agent) {
      throw new Error(`${this.node.path}: an agent evaluates no rules, and '${origin}' brings some; leave 'agent' out, or give the rules to the store that it writes to`);
    }
    this.rules.add(origin, rules, jobs);
  }

  private ownJob(): ScrapeJob {
    const { web } = this.settings.props;
    const client = { tls: web?._tlsClient(`${this.name}.${this.namespace}.svc`), basicAuth: web?._basicAuth };
    const path = `${urlPath(this.settings.externalUrl)}/metrics`;
    const metrics = MetricSelection.all()._proven();
    const reloader = this.settings.hasPassword ? [] : [new ScrapeEndpoint({ port: RELOADER_PORT_NAME, metrics })];
    return ScrapeJob.fromService({
      name: this.settings.jobName,
      labels: this.selector,
      namespaces: [this.namespace],
      endpoints: [new ScrapeEndpoint({ port: 'web', name: 'web', path, metrics, ...client }), ...reloader],
    });
  }

  private ownRules(): RuleSet {
    const { jobName, hasPassword, props } = this.settings;
    return prometheusRules({ jobName, configReloader: !hasPassword, ...props.rules });
  }

  /** Without an Alertmanager none can be missed. */
  private impliedEdits(): RuleEdit[] {
    return this.alertmanagers.length > 0 || this.settings.agent ? [] : [RuleEdit.without('PrometheusNotConnectedToAlertmanagers')];
  }

  private makeConfiguration(): void {
    const { name, namespace, labels, settings } = this;
    const { web } = settings.props;
    new k8s.KubeConfigMap(this, 'Configuration', {
      metadata: { name: `${name}-config`, namespace, labels },
      data: {
        'prometheus.yml': lazily(() => yamlText(prometheusConfiguration({
          settings,
          identity: `${namespace}/${name}`,
          scrapes: this.scrapes,
          alertmanagers: this.alertmanagers,
          remoteWrites: this.remoteWrites,
        }))),
        ...webFile(web),
        ...probeFile(web, `${name}.${namespace}.svc`),
      },
    });
  }

  private makeWorkload(): void {
    const { name, namespace, labels, selector, settings } = this;
    new ApiObject(this, 'Resource', {
      apiVersion: 'apps/v1',
      kind: settings.needsIdentity ? 'StatefulSet' : 'Deployment',
      metadata: { name, namespace, labels },
      spec: lazily(() => workloadSpec({
        settings,
        name,
        labels: { ...labels, 'app.kubernetes.io/version': settings.version },
        selector,
        serviceAccountName: this.serviceAccount.name,
        usesAccountFiles: this.alertmanagers.length > 0 || [...this.jobs.values()].some(usesAccountFiles)
          || this.remoteWrites.some(({ _props }) => clientUsesAccountFiles(_props)),
        secrets: this.secrets,
        ruleSources: this.rules.sources,
        scrapes: this.scrapes,
        probeConfigFile: `${CONFIG_DIR}/probe.yml`,
      })),
    });
    // Gives the replicas their names, and shows the reloader to Prometheus alone: it is not for whoever the main Service is exposed to.
    new k8s.KubeService(this, 'Replicas', {
      metadata: { name: `${name}-replicas`, namespace, labels },
      spec: { clusterIp: 'None', selector, publishNotReadyAddresses: true, ports: settings.hasPassword ? undefined : [reloaderServicePort()] },
    });
  }
}

function isMonitored(thing: IAlertmanager): thing is IAlertmanager & IMonitored {
  return 'monitoring' in thing;
}

function nameOfThing(thing: IMonitored): string {
  return Construct.isConstruct(thing) ? `'${thing.node.path}'` : 'the thing';
}
