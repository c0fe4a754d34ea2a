import { ApiObject } from 'cdk8s';
import { IServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { accessOf, SLICES } from './access';
import { DiscoveryAccess } from './discovery-access';
import { PrometheusProps } from './prometheus-props';
import { PrometheusSettings, WEB_PORT } from './prometheus-settings';
import { RELOADER_PORT_NAME } from './reloader-port';
import { checkJob, ruleProblems } from './rule-checks';
import { RuleCollection } from './rule-collection';
import { urlPath } from './url-path';
import { generalRules } from '../components/general/general-rules';
import { prometheusRules } from '../components/prometheus/prometheus-rules';
import { nameOf, namespaceOf } from '../kubernetes/names';
import { serviceAccountOf } from '../kubernetes/own-namespace';
import { recommendedLabels, selectorLabels, WorkloadIdentity } from '../kubernetes/workload-identity';
import { IAlertmanager, IMonitored, IPrometheus, MetricSelection, Monitoring, RemoteWrite, RuleEdit, RuleGroup, RuleSet, ScrapeEndpoint, ScrapeJob } from '../monitoring';

/** What every Prometheus of the library has and does, whichever objects a backend makes of it. */
export abstract class PrometheusBase extends Construct implements IPrometheus, IMonitored {
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

  /** @internal */
  protected readonly _settings: PrometheusSettings;
  /** Labels of the objects. @internal */
  protected readonly _labels: { [label: string]: string };
  /** Labels of the Pods. @internal */
  protected readonly _selector: { [label: string]: string };
  /** @internal */
  protected readonly _access: DiscoveryAccess;
  private readonly monitored = new Map<IMonitored, 'asked' | 'with its alerts'>();
  private readonly jobs = new Map<string, ScrapeJob>();
  private readonly alertmanagers: IAlertmanager[] = [];
  private readonly remoteWrites: RemoteWrite[] = [];

  protected constructor(scope: Construct, id: string, props: PrometheusProps) {
    super(scope, id);
    const settings = new PrometheusSettings(this.node.path, props);
    this._settings = settings;
    this.name = nameOf(scope, id, props.name);
    this.namespace = namespaceOf(this, props.namespace);
    this.version = settings.version;
    this.serviceName = this.name;
    const { name, namespace } = this;
    this._selector = selectorLabels(this._program, name);
    this._labels = recommendedLabels(this._program, name, 'metrics-database');
    this.serviceAccount = serviceAccountOf(this, props.serviceAccount, this._identity);
    this._access = new DiscoveryAccess(this, 'Access', { identity: this._identity, serviceAccount: this.serviceAccount });
    this.url = `${settings.scheme}://${name}.${namespace}.svc:${WEB_PORT}${urlPath(settings.externalUrl)}`;
    this.monitoring = { jobs: [this.ownJob()], rules: settings.agent ? undefined : this.ownRules() };
  }

  /** Roles and ClusterRoles with their bindings, as the jobs so far need them. */
  public get roles(): ApiObject[] {
    return this._access.roles;
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
    checkJob(where, job, this._settings);
    const found = this._found(job);
    this._scrape(found);
    this.jobs.set(job.name, job);
    accessOf(job, found).forEach((access) => this._access.grant(access));
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
    this._rules.edit(...edits);
  }

  /** Sends alerts to an Alertmanager, and monitors it if it is one that can be. Throws in agent mode, or when it is told twice. */
  public sendAlertsTo(alertmanager: IAlertmanager): void {
    if (this._settings.agent) {
      throw new Error(`${this.node.path}: an agent evaluates no rules and so sends no alerts; leave 'agent' out, or send from where the rules are`);
    }
    if (this.alertmanagers.some(({ namespace, serviceName }) => namespace === alertmanager.namespace && serviceName === alertmanager.serviceName)) {
      throw new Error(`${this.node.path}: alerts are sent to '${alertmanager.namespace}/${alertmanager.serviceName}' already`);
    }
    this._alert(alertmanager);
    this.alertmanagers.push(alertmanager);
    this._access.grant({ namespaces: [alertmanager.namespace], rules: SLICES });
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
    this._write(target);
    this.remoteWrites.push(target);
  }

  /** @internal */
  protected get _identity(): WorkloadIdentity {
    return { where: this.node.path, name: this.name, namespace: this.namespace, labels: this._labels, selector: this._selector };
  }

  /** Value of the label `app.kubernetes.io/name` of its Pods. @internal */
  protected get _program(): string {
    return 'prometheus';
  }

  /** Whether the reloader's own server shows the certificate of Prometheus. @internal */
  protected get _reloaderShowsCertificate(): boolean {
    return false;
  }

  /** @internal */
  protected get _scrapeJobs(): readonly ScrapeJob[] {
    return [...this.jobs.values()];
  }

  /** @internal */
  protected get _alertmanagers(): readonly IAlertmanager[] {
    return this.alertmanagers;
  }

  /** @internal */
  protected get _remoteWrites(): readonly RemoteWrite[] {
    return this.remoteWrites;
  }

  /** The rules, in the form that the backend gives them. @internal */
  protected abstract get _rules(): RuleCollection;

  /** The job as this backend finds its targets. @internal */
  protected _found(job: ScrapeJob): ScrapeJob {
    return job;
  }

  /** Makes of a job what the backend needs to scrape it. @internal */
  protected abstract _scrape(job: ScrapeJob): void;

  /** Makes what the backend needs to reach an Alertmanager. @internal */
  protected abstract _alert(alertmanager: IAlertmanager): void;

  /** Makes what the backend needs to reach a remote store. @internal */
  protected abstract _write(target: RemoteWrite): void;

  /** Called by the backend when its objects are there: takes what the props ask for. @internal */
  protected _begin(): void {
    const { props } = this._settings;
    if (props.selfMonitoring ?? true) {
      this.monitor(this);
    }
    (props.remoteWrites ?? []).forEach((target) => this.remoteWrite(target));
    this.node.addValidation({ validate: () => [...this.agentProblems(), ...ruleProblems(this.node.path, this._rules, this._scrapeJobs)] });
  }

  /** Without an Alertmanager none can be missed. @internal */
  protected _impliedEdits(): RuleEdit[] {
    return this.alertmanagers.length > 0 || this._settings.agent ? [] : [RuleEdit.without('PrometheusNotConnectedToAlertmanagers')];
  }

  private agentProblems(): string[] {
    return this._settings.agent && this.remoteWrites.length === 0
      ? [`${this.node.path}: an agent keeps no samples and sends them nowhere; name a store by 'remoteWrites' or remoteWrite(), or leave 'agent' out`]
      : [];
  }

  private take(thing: IMonitored): void {
    const { jobs = [], rules } = thing.monitoring;
    jobs.forEach((job) => this.addScrapeJob(job));
    if (rules !== undefined && rules.groups.length > 0) {
      this.takeRules(jobs[0]?.name ?? rules.groups[0].name, rules, jobs);
    }
    // About no thing in particular, so that another Prometheus which monitors this one does not bring them twice.
    if (thing === this && !this._settings.agent) {
      this.takeRules('general', generalRules(this._settings.props.generalRules));
    }
  }

  private takeRules(origin: string, rules: RuleSet, jobs: readonly ScrapeJob[] = []): void {
    if (this._settings.agent) {
      throw new Error(`${this.node.path}: an agent evaluates no rules, and '${origin}' brings some; leave 'agent' out, or give the rules to the store that it writes to`);
    }
    this._rules.add(origin, rules, jobs);
  }

  private ownJob(): ScrapeJob {
    const { web } = this._settings.props;
    const client = { tls: web?._tlsClient(`${this.name}.${this.namespace}.svc`), basicAuth: web?._basicAuth };
    const path = `${urlPath(this._settings.externalUrl)}/metrics`;
    const metrics = MetricSelection.all()._proven();
    const reloaderTls = this._reloaderShowsCertificate ? client.tls : undefined;
    const reloader = this._settings.hasPassword ? [] : [new ScrapeEndpoint({ port: RELOADER_PORT_NAME, metrics, tls: reloaderTls })];
    return ScrapeJob.fromService({
      name: this._settings.jobName,
      labels: this._selector,
      namespaces: [this.namespace],
      endpoints: [new ScrapeEndpoint({ port: 'web', name: 'web', path, metrics, ...client }), ...reloader],
    });
  }

  private ownRules(): RuleSet {
    const { jobName, hasPassword, props } = this._settings;
    return prometheusRules({ jobName, configReloader: !hasPassword, ...props.rules });
  }
}

function isMonitored(thing: IAlertmanager): thing is IAlertmanager & IMonitored {
  return 'monitoring' in thing;
}

function nameOfThing(thing: IMonitored): string {
  return Construct.isConstruct(thing) ? `'${thing.node.path}'` : 'the thing';
}
