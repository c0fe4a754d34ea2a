import { Duration } from 'cdk8s';
import { Access, accessOf, SLICES } from './access';
import { KubeletSource } from './kubelet-source';
import { PrometheusDashboards } from './prometheus-dashboards';
import { checkJob, checkProxyEnvironment, ruleProblems } from './plan-checks';
import { partialRulesNotes } from './partial-rules';
import { presenceAlerts, presenceNote } from './presence-alerts';
import { checkDistinct, checkRemoteWrite, credentialsNote, gracePeriodNote, RemoteWriteLimits } from './remote-write-checks';
import { PlaceRules, RuleCollection, RuleCollectionProps } from './rule-collection';
import { checkNeeds, ruleReaders } from './rule-needs';
import { configNames } from './scrape-config';
import { scrapeIntervals } from './scrape-intervals';
import { USUAL_INTERVAL } from '../monitoring/rules/windows';
import { IAlertmanager, IMonitored, RemoteWrite, RuleEdit, RuleGroup, RuleSet, ScrapeJob } from '../monitoring';
import { alertmanagerClient, alertmanagerName, hasService } from '../monitoring/alertmanager';
import { isMonitored, thingName } from '../monitoring/monitored-things';

/**
 * The part of a backend that makes objects. Each function is called once for a thing that has passed the checks of the plan, and may throw:
 * the thing is not planned then.
 */
export interface Placement {
  /** Makes the objects of a scrape job. */
  readonly placeJob: (job: ScrapeJob) => void;
  /** Makes the object of a file of rules. */
  readonly placeRules: PlaceRules;
  /** Makes what sending alerts to an Alertmanager needs. */
  readonly placeAlertmanager: (alertmanager: IAlertmanager) => void;
  /** Makes what sending samples to a remote store needs. */
  readonly placeRemoteWrite: (remoteWrite: RemoteWrite) => void;
  /** Grants access to the API server that follows from what has been placed. */
  readonly grantAccess: (access: Access) => void;
  /** Discovery of kubelets unless their job says otherwise. */
  readonly kubeletSource: KubeletSource;
  /** Whether monitors and rules that are not of this app are taken as well. */
  readonly selectsForeign: boolean;
  /** Minor version of Prometheus whose parser reads the rules before Prometheus does. */
  readonly ruleParser?: string;
}

/** A plan: the Prometheus that it is of, as far as monitoring depends on it, and the backend that places it. */
export interface MonitoringPlanProps extends RemoteWriteLimits, RuleCollectionProps {
  readonly placement: Placement;
  /** Notes that an agent leaves out the rules of a thing; `leftOutRules` is the text. */
  readonly noteWithoutRules: (thing: string) => void;
  /** Says something about the Prometheus that its reader should know. */
  readonly note: (text: string) => void;
  /** Interval of evaluations. What the rules of the library are made for if undefined. */
  readonly evaluationInterval?: Duration;
  /** Whether others send it series. */
  readonly receivesSeries?: boolean;
  /** Whether it is made elsewhere, and remote stores are named there. */
  readonly isMadeElsewhere?: boolean;
  /** Dashboards of the Prometheus, which grow with jobs and remote stores. */
  readonly dashboards?: PrometheusDashboards;
  /** The Prometheus as a thing that it may monitor itself, with the rules about no thing in particular that come with it. */
  readonly itself?: { readonly thing: IMonitored; readonly generalRules: () => RuleSet };
}

/** Rules that an agent leaves out, in words. */
export function leftOutRules(things: readonly string[]): string {
  return `the rules of ${things.join(', ')} are left out, because an agent evaluates none; add them to a Prometheus that has its samples: addRuleSet() takes 'monitoring.rules'`;
}

/** Everything that one Prometheus monitors, evaluates and sends, free of the backend that places it. */
export class MonitoringPlan {
  private readonly monitored = new Map<IMonitored, 'asked' | 'with its alerts'>();
  private readonly rules: RuleCollection;
  private readonly _jobs = new Map<string, ScrapeJob>();
  /** Jobs by the names that they have in Prometheus's configuration. */
  private readonly configNames = new Map<string, string>();
  private readonly _alertmanagers: IAlertmanager[] = [];
  private readonly _remoteWrites: RemoteWrite[] = [];
  private readonly _unjudgedAlerts = new Set<string>();

  /** @param where the Prometheus, for messages */
  constructor(private readonly where: string, private readonly props: MonitoringPlanProps) {
    this.rules = new RuleCollection(where, props.placement.placeRules, {
      ...props, impliedEdits: () => [...props.impliedEdits?.() ?? [], ...this.unjudgedAlerts.map((alert) => RuleEdit.without(alert))],
      scrapeIntervals: () => (
        scrapeIntervals(this.jobs, props.scrapeInterval?.toMilliseconds() ?? USUAL_INTERVAL, props.evaluationInterval?.toMilliseconds())
      ),
    });
  }

  public get jobs(): readonly ScrapeJob[] {
    return [...this._jobs.values()];
  }

  public get alertmanagers(): readonly IAlertmanager[] {
    return [...this._alertmanagers];
  }

  public get remoteWrites(): readonly RemoteWrite[] {
    return [...this._remoteWrites];
  }

  /** Alerts of what is monitored that are left out, because no shard can tell whether a target is there. */
  public get unjudgedAlerts(): readonly string[] {
    return [...this._unjudgedAlerts];
  }

  /** Whether targets are split between several shards. */
  public get isSharded(): boolean {
    return (this.props.shards ?? 1) > 1;
  }

  /** Names of the series that are recorded. */
  public get records(): readonly string[] {
    return this.rules.records;
  }

  /** Names of series that are not recorded, because no rule uses them. */
  public get optionalRecords(): readonly string[] {
    return this.rules.optionalRecords;
  }

  public monitor(...things: IMonitored[]): IMonitored[] {
    things.forEach((thing) => {
      const before = this.monitored.get(thing);
      if (before === 'asked') {
        throw new Error(`${this.where}: ${thingName(thing)} is monitored already; monitor each thing once`);
      }
      this.monitored.set(thing, 'asked');
      if (before === undefined) {
        this.add(thing);
      }
    });
    return things;
  }

  public addScrapeJob(job: ScrapeJob): ScrapeJob {
    const { placement } = this.props;
    if (this._jobs.has(job.name)) {
      throw new Error(`${this.where}: scrape job '${job.name}' already exists; the name is the value of the label 'job', so give this one another, by its prop 'jobName' if it has one`);
    }
    checkJob(this.where, job, this.props);
    const names = configNames(job);
    const taken = names.find((name) => this.configNames.has(name));
    if (taken !== undefined) {
      throw new Error(`${this.where}: scrape jobs '${this.configNames.get(taken)}' and '${job.name}' would both be '${taken}' in Prometheus's configuration; give one of them, or its endpoint, another name`);
    }
    placement.placeJob(job);
    names.forEach((name) => this.configNames.set(name, job.name));
    this._jobs.set(job.name, job);
    this.props.dashboards?.addJob(job);
    accessOf(job, placement.kubeletSource).forEach(placement.grantAccess);
    return job;
  }

  public addRules(...groups: RuleGroup[]): RuleGroup[] {
    groups.forEach((group) => this.evaluateOwn(group.name, RuleSet.of(group)));
    return groups;
  }

  public addRuleSet(rules: RuleSet): RuleSet {
    this.evaluateOwn(rules.groups[0]?.name ?? 'rules', rules, true);
    return rules;
  }

  public adjustRules(...edits: RuleEdit[]): void {
    if (this.props.agent && edits.length > 0) {
      throw new Error(`${this.where}: an agent evaluates no rules, got edits of rules; leave 'agent' out, or adjust the rules of the store that it writes to`);
    }
    this.rules.edit(...edits);
  }

  public sendAlertsTo(alertmanager: IAlertmanager): IAlertmanager {
    const { agent, placement } = this.props;
    const name = alertmanagerName(alertmanager);
    if (agent) {
      throw new Error(`${this.where}: an agent evaluates no rules and so sends no alerts; leave 'agent' out, or send from where the rules are`);
    }
    if (this._alertmanagers.some((other) => alertmanagerName(other) === name)) {
      throw new Error(`${this.where}: alerts are sent to '${name}' already; name each Alertmanager once`);
    }
    checkProxyEnvironment(`${this.where}: Alertmanager '${name}'`, alertmanagerClient(alertmanager), this.props);
    placement.placeAlertmanager(alertmanager);
    this._alertmanagers.push(alertmanager);
    if (hasService(alertmanager)) {
      placement.grantAccess({ namespaces: [alertmanager.namespace], rules: SLICES });
    }
    if (isMonitored(alertmanager) && !this.monitored.has(alertmanager)) {
      this.monitored.set(alertmanager, 'with its alerts');
      this.add(alertmanager);
    }
    return alertmanager;
  }

  public addRemoteWrite(remoteWrite: RemoteWrite): RemoteWrite {
    const { placement, note, isMadeElsewhere } = this.props;
    if (!isMadeElsewhere) {
      checkDistinct(this.where, remoteWrite, this._remoteWrites);
      checkRemoteWrite(this.where, remoteWrite, this.props);
    }
    placement.placeRemoteWrite(remoteWrite);
    this._remoteWrites.push(remoteWrite);
    this.props.dashboards?.addRemoteWrite();
    const ofAll = this._remoteWrites.length === 1 ? gracePeriodNote(this.props) : undefined;
    [credentialsNote(remoteWrite, this.props), ofAll].forEach((text) => text !== undefined && note(text));
    return remoteWrite;
  }

  /** All jobs, where the jobs of nobody else are scraped and no series are sent here. */
  public get knownJobs(): readonly ScrapeJob[] | undefined {
    const { receivesSeries = false, placement: { selectsForeign } } = this.props;
    return receivesSeries || selectsForeign ? undefined : this.jobs;
  }

  /** Problems that show only when everything is known, for `node.addValidation`. */
  public problems(): string[] {
    const homeless = this.props.agent && !this.props.isMadeElsewhere && this._remoteWrites.length === 0
      ? ["an agent keeps no samples and sends them nowhere; name a store by 'remoteWrites' or addRemoteWrite(), or leave 'agent' out"]
      : [];
    const { receivesSeries = false, placement: { selectsForeign } } = this.props;
    return [...homeless, ...ruleProblems(this.rules, this.jobs, { received: receivesSeries, foreign: selectsForeign })];
  }

  private add(thing: IMonitored): void {
    const { agent, itself } = this.props;
    const { jobs = [], rules } = thing.monitoring;
    jobs.forEach((job) => this.addScrapeJob(job));
    if (rules !== undefined && rules.groups.length > 0) {
      this.evaluateOf(thing, jobs[0]?.name ?? rules.groups[0].name, rules);
    }
    // Another Prometheus that monitors this one has general rules of its own.
    if (thing === itself?.thing && !agent) {
      this.evaluate('general', itself.generalRules());
    }
  }

  /** The rules of a thing that is monitored: an agent monitors it without them. */
  private evaluateOf(thing: IMonitored, origin: string, rules: RuleSet): void {
    if (this.props.agent) {
      this.props.noteWithoutRules(thingName(thing, origin));
      return;
    }
    this.evaluate(origin, rules);
    if (!this.isSharded) {
      return;
    }
    partialRulesNotes(rules, { areOwn: false }).forEach(this.props.note);
    const unjudged = presenceAlerts(thing.monitoring);
    if (unjudged.length > 0) {
      unjudged.forEach((alert) => this._unjudgedAlerts.add(alert));
      this.props.note(presenceNote(unjudged));
    }
  }

  /** Rules that the app adds. */
  private evaluateOwn(origin: string, rules: RuleSet, mayRepeat: boolean = false): void {
    this.evaluate(origin, rules, mayRepeat);
    if (this.isSharded) {
      partialRulesNotes(rules, { areOwn: true }).forEach(this.props.note);
    }
  }

  private evaluate(origin: string, rules: RuleSet, mayRepeat: boolean = false): void {
    if (this.props.agent) {
      throw new Error(`${this.where}: an agent evaluates no rules, got those of '${origin}'; leave 'agent' out, or give the rules to the store that it writes to`);
    }
    const { version, features, placement } = this.props;
    ruleReaders(version, placement.ruleParser, features).forEach((reader) => checkNeeds(this.where, rules, reader));
    this.rules.add(origin, rules, mayRepeat);
    rules._notes.forEach(this.props.note);
  }
}
